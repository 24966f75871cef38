import { isKmsType, supportedSchemes, supportsScheme } from '../../../../schemas/kms-types';
import { providerDefault } from '../../../../schemas/schemes';
import type { ConfigChange } from '../../edits/edit-config';
import { scalaString } from '../../text/encoders/scala';
import {
  allThere,
  announcedHere,
  announcedKeys,
  announcedOnce,
  everyKey,
  listVault,
  liveness,
  reconnect,
  stringOr,
} from '../console';
import { type Facts, onlyAlgorithm, option, textAt } from '../facts';
import type { Step } from '../plan';
import type { Outcome } from '../procedure';
import { type ConsoleLine, condition, editSteps, noFileToChange, restart, step } from '../steps';
import { memoryRefusals } from './envelope';
import { kmsHandling } from './kms-handling';
import { type KmsSettings, labelOf } from './provider';
import { record } from './registration';
import { kmsReady } from './requirements';
import { evidence } from './shown';
import { catchUp, waitForMessages, waitForOrderer } from './waits';

/** A key that a node keeps, in the order in which it is registered or uploaded. */
export interface Carried {
  readonly role: 'encryption' | 'signing' | 'namespace' | 'intermediate' | 'sequencer-auth';
  /** Undefined for the encryption key. */
  readonly usage?: string;
}

const ENCRYPTION: Carried = { role: 'encryption' };
const SIGNING: Carried = { role: 'signing', usage: 'SigningKeyUsage.ProtocolOnly' };
const NAMESPACE: Carried = { role: 'namespace', usage: 'SigningKeyUsage.NamespaceOnly' };
export const INTERMEDIATE: Carried = { role: 'intermediate', usage: 'SigningKeyUsage.NamespaceOnly' };
const AUTHENTICATION: Carried = { role: 'sequencer-auth', usage: 'SigningKeyUsage.SequencerAuthenticationOnly' };

/**
 * The sequencer authentication key comes last: with it, the node connects automatically, and it ends its subscription
 * at the first message that it cannot decrypt.
 */
export function carried({ kind }: Facts, namespace: Carried): readonly Carried[] {
  return [...(kind === 'participant' ? [ENCRYPTION] : []), SIGNING, namespace, AUTHENTICATION];
}

/** The evidence for the procedure, in words. */
function basis(facts: Facts, provider: string, isRootHeld: boolean): string[] {
  const kind = facts.kind === 'participant' ? '' : `-${facts.kind}`;
  const name = `in-place${kind}${isRootHeld ? '' : '-ed25519'}`;
  return [
    `This procedure is not in Digital Asset's documentation. ${evidence(facts, name, provider)} Rehearse it on a test network, back up, and ask Digital Asset for support.`,
    'A failed start stops the whole process, so other nodes in it restart as well.',
  ];
}

/**
 * Keeps the process of a sequencer alive while its keys are missing. A submission that reaches it meanwhile cannot be signed,
 * and ended the process on 3.5
 * (`AvailabilityModule`: "Failed to sign local batches"; `PekkoModuleSystem.scala`: "crashing the node").
 */
export function survival({ kind }: Facts): ConfigChange[] {
  if (kind !== 'sequencer') return [];
  return [{ kind: 'set', path: ['canton', 'parameters'], value: { 'exit-on-fatal-failures': false } }];
}

/** Shown on 3.5: consensus is stuck at the message that could not be signed until the sequencer starts again. */
export function secondRestart(facts: Facts): Step[] {
  if (facts.kind !== 'sequencer') return [];
  const text =
    'Restart it once more: otherwise consensus stops at the message that it could not sign. First remove `canton.parameters.exit-on-fatal-failures = false`, which kept a submission from stopping the process while the node had no keys.';
  return [restart(facts, text)];
}

/** The way in which an existing node keeps its database and identity, and its keys go into the KMS. */
export function moveIn(facts: Facts, settings: KmsSettings, namespaceSpec: string): Outcome {
  const { target, ref, kind } = facts;
  const { provider, section } = settings;
  const lost = memoryRefusals(facts);
  if (lost.length > 0) return { refusals: lost };
  const holds = (spec: string, of: 'signing.keys' | 'encryption.keys') =>
    !isKmsType(provider) || supportsScheme(provider, of, spec, facts.version);
  const isRootHeld = holds(namespaceSpec, 'signing.keys');
  const encryptionSpec =
    textAt(facts, 'crypto', 'encryption', 'keys', 'default') ??
    providerDefault('jce', 'encryption.keys', facts.version);
  const replaces = {
    signing: !isRootHeld,
    encryption: kind === 'participant' && !holds(encryptionSpec, 'encryption.keys'),
  };
  if (replaces.signing && onlyAlgorithm(facts, 'jce') !== undefined)
    return { refusals: [oneAlgorithm(facts, namespaceSpec, provider)] };
  const keys = carried(facts, isRootHeld ? NAMESPACE : INTERMEDIATE);
  const edit = editSteps(facts, 'Use the KMS for all keys', 'Canton uses the KMS for every key.', [
    ...kmsChanges(facts, section),
    ...schemeChanges(facts, provider),
    ...survival(facts),
  ]);
  if (edit === undefined) return noFileToChange(facts);
  return {
    warnings: [
      ...basis(facts, provider, isRootHeld),
      `The private keys are temporarily in files in plaintext. Keep one encrypted copy offline, especially of the root namespace key: without it, ${target.name} can never leave the KMS with its current keys. Destroy all other copies.`,
      'The former keys remain in the table `common_crypto_private_keys` of the database and in its backups.',
      'Key export from a remote console requires `canton.features.enable-preview-commands = yes` there and on the node. It allows everyone with access to the Admin API to export private keys, so remove it afterwards.',
      ...(isRootHeld
        ? []
        : [
            `${labelOf(provider)} does not support the root namespace key ('${namespaceSpec}'). Keep it offline, outside the KMS; an intermediate key signs instead. Only the root key can create, renew or revoke delegations.`,
          ]),
    ],
    steps: [
      step(
        'confirm',
        'The procedure was rehearsed',
        'The whole plan succeeded on a test network with the same versions.',
      ),
      ...kmsReady(facts, provider, { mode: 'external', creates: false }),
      step(
        'verify',
        'Check the keys',
        `The last line shows the root namespace key: its key spec is '${namespaceSpec}', as planned. If the KMS does not support a signing key that is in use, replace the key first: \`rotate-external-keys\` with \`--set key-spec=ec-p-256\`.`,
        [
          listVault(facts),
          announcedKeys(facts),
          `${ref}.keys.public.list(filterFingerprint = ${ref}.namespace.fingerprint.unwrap)`,
        ],
      ),
      ...prepare(facts, replaces),
      step(
        'verify',
        'All events are processed',
        kind === 'participant'
          ? 'The ping succeeds after the last key was removed. Pending commands are not a problem.'
          : 'The node works.',
        liveness(facts),
      ),
      ...exportKeys(facts, isRootHeld),
      importKeys(provider),
      step('backup', 'Back up the database', 'The backup contains the keys. You can go back with it.'),
      ...edit.forward,
      restart(
        facts,
        '`keys.secret.list()` is then empty. An error of `MissingKeysAlerter` for each announced key, "this key is not present in the private crypto store", is expected; the health status remains healthy.',
        'external',
      ),
      registerKeys(facts, keys, replaces),
      ...(kind === 'participant'
        ? [step('console', 'Reconnect', 'Run this once for all synchronizers.', reconnect(facts))]
        : []),
      ...secondRestart(facts),
      step(
        'verify',
        'Verify',
        `Every announced key is in the vault, with a KMS key ID and the same fingerprint as before.${kind === 'sequencer' ? ' A participant must be able to ping.' : ' After a longer stop, pings time out until the backlog is processed: try again later.'}`,
        [
          everyKey(facts, 'every key has a KMS key ID', '_.kmsKeyId.isDefined'),
          allThere(facts),
          listVault(facts),
          announcedKeys(facts),
          ...liveness(facts),
        ],
      ),
      record(facts),
      step(
        'confirm',
        'Rotate the keys afterwards',
        'Plan `rotate-external-keys`, so that only the namespace key was ever outside the KMS. After that there is no way back.',
      ),
      step(
        'external',
        'Clean up',
        'When you no longer need the way back, back up the database, run `delete from common_crypto_private_keys` in it, and destroy the exported files except the encrypted offline copy.',
      ),
    ],
    rollback: [
      ...edit.back,
      restart(
        facts,
        'The former keys are still in the database. Possible as long as no key was rotated in the KMS. The registered keys remain, so you can switch again with a restart.',
      ),
    ],
  };
}

function oneAlgorithm({ kind, target, version }: Facts, spec: string, provider: string): string {
  const instead =
    kind === 'participant' ? ' Plan `migrate-transfer-assets`, or update Canton first.' : ' Update Canton first.';
  return `Canton ${version} signs only with the default algorithm of ${target.id}, so that it cannot announce new keys beside its '${spec}' keys, which ${labelOf(provider)} does not support. Canton 3.5 can.${instead}`;
}

/** `private-key-store` has no effect beside `provider = kms`; settings of another KMS would be refused. */
function kmsChanges({ target }: Facts, section: KmsSettings['section']): ConfigChange[] {
  const crypto = [...target.path, 'crypto'];
  const isOther = target.kmsType !== undefined && target.kmsType !== section.type;
  return [
    { kind: 'set', path: [...crypto, 'provider'], value: 'kms' },
    { kind: isOther ? 'replace' : 'set', path: [...crypto, 'kms'], value: section },
    ...(target.crypto?.entries.get('private-key-store') === undefined
      ? []
      : [{ kind: 'remove', path: [...crypto, 'private-key-store'], otherwise: { encryption: null } } as const]),
  ];
}

/** Configured defaults that the KMS cannot create are replaced by those of the KMS. */
function schemeChanges(facts: Facts, provider: string): ConfigChange[] {
  return (['signing', 'encryption'] as const).flatMap((section): ConfigChange[] => {
    const isHeld = (['keys', 'algorithms'] as const).every((what) => {
      const scheme = textAt(facts, 'crypto', section, what, 'default');
      const supported = isKmsType(provider)
        ? supportedSchemes(provider, `${section}.${what}`, facts.version)
        : undefined;
      return scheme === undefined || supported === undefined || supported.includes(scheme);
    });
    if (isHeld) return [];
    const value = {
      algorithms: { default: providerDefault('kms', `${section}.algorithms`, facts.version) },
      keys: { default: providerDefault('kms', `${section}.keys`, facts.version) },
    };
    return [{ kind: 'set', path: [...facts.target.path, 'crypto', section], value }];
  });
}

/** Replaces the current keys with new ones of kinds that the KMS supports, while the node still has no KMS. */
function prepare(facts: Facts, replaces: { readonly signing: boolean; readonly encryption: boolean }): Step[] {
  const { ref, target } = facts;
  if (!replaces.signing && !replaces.encryption) return [];
  const signing = (value: string, suffix: string, usage: string): ConsoleLine => ({
    code: `val ${value} = ${ref}.keys.secret.generate_signing_key(name = ${scalaString(`${target.name}-${suffix}`)}, usage = SigningKeyUsage.${usage}, keySpec = Some(SigningKeySpec.EcP256))`,
    value: 'signing-key',
  });
  const made: ConsoleLine[] = [
    ...(replaces.signing
      ? [
          signing('intermediateKey', 'intermediate-p256', 'NamespaceOnly'),
          signing('signingKey', 'signing-p256', 'ProtocolOnly'),
          signing('authKey', 'sequencer-auth-p256', 'SequencerAuthenticationOnly'),
        ]
      : []),
    ...(replaces.encryption
      ? [
          {
            code: `val encryptionKey = ${ref}.keys.secret.generate_encryption_key(${scalaString(`${target.name}-encryption-rsa`)}, Some(EncryptionKeySpec.Rsa2048))`,
            value: 'encryption-key' as const,
          },
        ]
      : []),
  ];
  const values = [
    ...(replaces.signing ? ['signingKey', 'authKey'] : []),
    ...(replaces.encryption ? ['encryptionKey'] : []),
  ];
  const mappings = `${ref}.topology.owner_to_key_mappings`;
  const mine = announcedHere(facts);
  const old = replaces.signing ? mine : `${mine}.filter(_.purpose == KeyPurpose.Encryption)`;
  return [
    step(
      'console',
      'Create keys that the KMS supports',
      'Do this with the current configuration, while the node is connected.',
      [{ code: `val oldKeys = ${old}.map(_.id.unwrap)`, value: 'texts' }, ...made],
    ),
    step('backup', 'Back up the database', 'Back up before a new key is announced.'),
    ...catchUp(facts),
    ...(replaces.signing
      ? [
          step(
            'console',
            'Delegate to the intermediate key',
            'The root key signs this, and stays outside the KMS. With `CanSignAllMappings` instead, the intermediate key can delegate to a successor without the root key.',
            [
              {
                code: `${ref}.topology.namespace_delegations.propose_delegation(${ref}.namespace, intermediateKey, CanSignAllButNamespaceDelegations)`,
                done: `${ref}.topology.namespace_delegations.list(store = TopologyStoreId.Authorized, filterTargetKey = Some(intermediateKey.fingerprint)).nonEmpty`,
              },
            ],
          ),
        ]
      : []),
    step('console', 'Announce the new keys', 'Repeat the last line until every store shows them.', [
      {
        code: `${mappings}.add_keys(Seq(${values.join(', ')}).map(k => (k.fingerprint, k.purpose)))`,
        done: `Seq(${values.join(', ')}).forall(k => ${mine}.exists(_.id == k.id))`,
      },
      announcedOnce(facts, `Seq(${values.join(', ')}).forall(k => r.item.keys.exists(_.id == k.id))`),
    ]),
    ...(replaces.encryption ? [waitForMessages(facts)] : []),
    step('console', 'Take the old keys out of use', 'Repeat the last line until every store shows only the new keys.', [
      condition(
        'the new keys are announced in every store',
        `Seq(${values.join(', ')}).forall(k => ${mappings}.list(filterKeyOwnerUid = ${ref}.id.filterString).forall(_.item.keys.exists(_.id == k.id)))`,
      ),
      `${mine}.filter(k => oldKeys.contains(k.id.unwrap)).foreach(k => ${mappings}.remove_key(k.id, k.purpose))`,
      announcedOnce(facts, '!r.item.keys.exists(k => oldKeys.contains(k.id.unwrap))'),
    ]),
    ...waitForOrderer(facts),
  ];
}

/** Exports only the keys in use, because rotated keys are not read again. */
function exportKeys(facts: Facts, isRootHeld: boolean): Step[] {
  const { ref } = facts;
  const namespace = isRootHeld ? `${ref}.namespace.fingerprint` : 'intermediateKey.id';
  const root = isRootHeld
    ? ''
    : ' The root namespace key is exported to `root-namespace.offline`: it does not go into the KMS, and is kept offline.';
  return [
    step(
      'console',
      'Export the keys',
      `Export the keys in use, each to a file \`<fingerprint>.key\`. Write down the fingerprint, name and usage of every key, which are needed to register it.${root} Do not set a password, because the files are read outside Canton. They contain key pairs in Canton's format: \`CryptoKeyPair.fromTrustedByteString\` reads them, and the PKCS#8 bytes are the third field of the private key (\`case SigningPrivateKey(id, _, key, _, _)\`, \`case EncryptionPrivateKey(id, _, key, _)\`).`,
      [
        listVault(facts),
        `(${announcedHere(facts)}.map(_.id) :+ ${namespace}).foreach(id => ${ref}.keys.secret.download_to(id, id.unwrap + ".key"))`,
        ...(isRootHeld
          ? []
          : [`${ref}.keys.secret.download_to(${ref}.namespace.fingerprint, "root-namespace.offline")`]),
      ],
    ),
  ];
}

/** @param which the keys to import */
export function importKeys(
  provider: string,
  which = 'Import only the current keys, because former ones are not read again.',
): Step {
  return step(
    'external',
    'Import the keys into the KMS',
    `${kmsHandling(provider).importing}${which} Note the KMS key ID for each fingerprint.`,
  );
}

function registerKeys(
  facts: Facts,
  keys: readonly Carried[],
  replaces: { readonly signing: boolean; readonly encryption: boolean },
): Step {
  const { ref, target } = facts;
  const suffixOf = ({ role }: Carried) => {
    if (role === 'encryption') return replaces.encryption ? 'encryption-rsa' : role;
    return replaces.signing ? `${role}-p256` : role;
  };
  const lines = keys.map((key) => {
    const id = stringOr(option(facts, `set.${key.role}-key-id`), `KMS key ID of the ${key.role} key`);
    const name = `name = ${scalaString(`${target.name}-${suffixOf(key)}`)}`;
    return key.usage === undefined
      ? `${ref}.keys.secret.register_kms_encryption_key(${id}, ${name})`
      : `${ref}.keys.secret.register_kms_signing_key(${id}, ${key.usage}, ${name})`;
  });
  return step(
    'console',
    'Register the keys under their old names',
    'Keep this order, because the node connects automatically as soon as it has the sequencer authentication key. Each line returns a fingerprint, which must be that of the exported key. After an interruption, `keys.secret.list()` shows which keys are registered: continue with the others. If the node is replicated, do this on the active replica (`health.status.isActive`).',
    [...lines, allThere(facts)],
  );
}
