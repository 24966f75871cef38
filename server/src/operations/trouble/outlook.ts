import { isKmsType, type KmsType } from '../../../../schemas/kms-types';
import { type CantonVersion, compareVersions } from '../../../../schemas/version';
import { markdownCode, markdownRow } from '../../text/encoders/markdown';
import { factsOf, type PlanRequest } from '../facts';
import type { Plan, VaultState } from '../plan';
import { providerOf } from '../shared/provider';
import { type Cell, MOMENTS, type Moment, type Trouble, type TroubledNode, troublesOf } from './troubles';

/** The failures that are possible from now on, and what to watch. */
export interface Outlook {
  readonly troubles: readonly Trouble[];
  /** Whole sentences, Markdown. */
  readonly watch: readonly string[];
}

/** The outlook for a node after a plan; undefined if it does not use a KMS then, or if that is unknown. */
export function outlookAfter(request: PlanRequest, { vault, steps, possible }: Plan): Outlook | undefined {
  const facts = factsOf(request);
  if (facts === undefined || !possible) return undefined;
  const last = steps.findLast(({ leaves }) => leaves !== undefined)?.leaves ?? vault;
  const type = providerOf(facts) ?? facts.target.kmsType;
  return outlookOf(last, type, facts.kind, request);
}

function outlookOf(
  vault: VaultState | undefined,
  type: string | undefined,
  kind: TroubledNode['kind'],
  { version }: Pick<PlanRequest, 'version'>,
): Outlook | undefined {
  if (vault === undefined || vault === 'clear' || !isKmsType(type)) return undefined;
  const node: TroubledNode = { vault, type, kind };
  return { troubles: troublesOf(node), watch: watchList(node, version) };
}

/** Events of the KMS that are worth an alarm. Sources: AWS CloudTrail for KMS; audit logging of Cloud KMS. */
const ALARMS: Readonly<Record<KmsType, string>> = {
  aws: 'Alarms on the CloudTrail events `DisableKey`, `ScheduleKeyDeletion`, `DeleteImportedKeyMaterial` and `PutKeyPolicy` of the keys of this node, and on `errorCode` in its own calls.',
  gcp: 'Alerts on the audit log methods `DestroyCryptoKeyVersion`, `UpdateCryptoKeyVersion` and `SetIamPolicy` of the keys of this node, and on refused calls of its service account.',
  driver: 'Alarms of the KMS behind the driver on keys that are disabled or deleted, and on changes of rights.',
};

/**
 * The signals to watch from now on, in whole sentences (Markdown). Sources: `KmsMetrics.scala`, `SigningMetrics.scala`,
 * `DecryptionMetrics.scala` 3.5; `DriverKms.scala:320-360` 3.5; health and listing were seen green on a running 3.5.
 */
function watchList({ vault, type, kind }: TroubledNode, version: CantonVersion): readonly string[] {
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

const WHEN: Readonly<Record<Moment, string>> = {
  running: 'while it runs',
  restart: 'at a restart',
  failover: 'on failover',
  restore: 'at a restore',
};

/** The outlook as sections of a runbook. */
export function outlookSections({ troubles, watch }: Outlook): readonly string[] {
  const rows = troubles.flatMap(({ title, cells }) =>
    MOMENTS.map((moment, i) => row(i === 0 ? `**${title}**` : '', WHEN[moment], cells[moment])),
  );
  return [
    '## What to watch',
    watch.map((one) => `- ${one}`).join('\n'),
    '## When it breaks',
    'A row marked _shown_ was produced on a running Canton by a test; a row marked _derived_ follows from the source that it names. `canton-kms explain --log` explains the lines of a log.',
    [
      '| Trouble | When | What Canton does | In the log | What to do | Lost | Basis |',
      '| --- | --- | --- | --- | --- | --- | --- |',
      ...rows,
    ].join('\n'),
  ];
}

function row(title: string, when: string, { canton, log, remedy, lost, basis, source }: Cell): string {
  return markdownRow([
    title,
    when,
    canton,
    log === undefined ? '' : markdownCode(log),
    remedy,
    lost ?? 'nothing',
    `${basis}: ${source}`,
  ]);
}
