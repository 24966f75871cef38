import type { KmsType } from '../../../../schemas/kms-types';
import { type CantonVersion, compareVersions } from '../../../../schemas/version';
import type { TroubledNode } from './troubles';

/** Events of the KMS that are worth an alarm. Sources: AWS CloudTrail for KMS; audit logging of Cloud KMS. */
const ALARMS: Readonly<Record<KmsType, string>> = {
  aws: 'Alarms on the CloudTrail events `DisableKey`, `ScheduleKeyDeletion`, `DeleteImportedKeyMaterial` and `PutKeyPolicy` of the keys of this node, and on `errorCode` in its own calls.',
  gcp: 'Alerts on the audit log methods `DestroyCryptoKeyVersion`, `UpdateCryptoKeyVersion` and `SetIamPolicy` of the keys of this node, and on refused calls of its service account.',
  driver: 'Alarms of the KMS behind the driver on keys that are disabled or deleted, and on changes of rights.',
};

/**
 * What to watch from now on, in whole sentences (Markdown). Sources: `KmsMetrics.scala`, `SigningMetrics.scala`,
 * `DecryptionMetrics.scala` 3.5; `DriverKms.scala:320-360` 3.5; health and listing were seen green on a running 3.5.
 */
export function watchList({ vault, type, kind }: TroubledNode, version: CantonVersion): readonly string[] {
  const isSigning = vault === 'external';
  return [
    ALARMS[type],
    `The warning \`KMS operation … failed\` in the log${isSigning ? ', `MissingKeysAlerter`, and `SYNC_SERVICE_SYNCHRONIZER_DISCONNECTED`' : ''}. \`canton-kms explain --log\` names the cause.`,
    ...(isSigning && compareVersions(version, '3.5') >= 0
      ? [
          'The metrics `signing.latency` and `decryption.latency`; with session signing keys also `kms.session-signing-keys-fallback`, which counts calls that they should have avoided.',
        ]
      : []),
    ...(isSigning
      ? []
      : [
          'The right to decrypt and the state of the wrapper key before each planned restart: run the script of `canton-kms preflight`. A running node does not show that either is gone.',
        ]),
    health(type, kind === 'participant'),
  ];
}

function health(type: KmsType, pings: boolean): string {
  const proof = pings ? 'only a ping is proof' : 'only a ping of a participant through this node is proof';
  return type === 'driver'
    ? `The health of the node, which includes that of the driver; but ${proof}.`
    : `A ping at regular times: health stays green whatever the KMS answers, and a synchronizer stays listed as connected; ${proof}.`;
}
