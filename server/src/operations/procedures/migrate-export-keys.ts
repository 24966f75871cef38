import type { HoconObject } from '../../edits/hocon-text';
import { listVault } from '../console/lines';
import { scalaString } from '../console/text';
import { type Facts, option, textAt } from '../facts';
import type { Step } from '../plan';
import type { Outcome, Procedure } from '../procedure';
import { asFingerprint } from '../shared/existing-keys';
import { moveData } from '../shared/move-data';
import { externalCrypto, newNode, newNodeStep } from '../shared/new-node';
import { type KmsSettings, kmsSettings, providerQuestions } from '../shared/provider';
import { idQuestions, KEY_IDS, registration } from '../shared/registration';
import { readiness } from '../shared/requirements';
import { firstStart } from '../shared/restart';
import { editSteps, step } from '../steps';
import { manualInit } from './register-keys';

const SPEC = 'namespace-key-spec';

/**
 * Procedure (f). Source: `kms/migration/external_key_storage_migration_export_keys.rst` 3.5, main;
 * `KmsMigrationIntegrationTest.scala` 3.5, which tests another path; `AwsKms.scala`, `GcpKms.scala` 3.4, 3.5, main.
 */
export const migrateExportKeys: Procedure = {
  name: 'migrate-export-keys',
  title: 'Migrate to external keys by exporting the keys',
  summary: 'Move an existing participant with its identity to keys in a KMS, on a new node',
  versions: ['3.5', '3.6'],
  questions: (facts) => [...providerQuestions(facts), ...idQuestions(facts)],
  plan: (facts) => {
    const settings = kmsSettings(facts, [...KEY_IDS, SPEC]);
    const reasons = [...settings.reasons, ...nodeReasons(facts), ...keyReasons(facts, settings.provider)];
    return reasons.length > 0 ? { reasons } : outcome(facts, settings);
  },
};

function nodeReasons(facts: Facts): string[] {
  const { target, kind } = facts;
  if (kind !== 'participant') {
    return [
      `There is no migration for a ${kind}: its root key can only be replaced with a new synchronizer, or, where there are several of its kind, by onboarding a new node with new keys and offboarding ${target.name}.`,
    ];
  }
  if (target.mode === 'external') {
    return [`${target.id} keeps its keys in a KMS already, and that never hands them out. See \`change-provider\`.`];
  }
  if (option(facts, 'state') === 'new')
    return [`A new node needs no migration: \`enable-external\` or \`register-keys\`.`];
  return [];
}

/** The namespace is the hash of the root key, so that this very key has to go into the KMS. */
function keyReasons(facts: Facts, provider: string): string[] {
  if (provider !== 'aws') return [];
  const spec =
    option(facts, `set.${SPEC}`) ?? textAt(facts, 'crypto', 'signing', 'keys', 'default') ?? 'ec-curve-25519';
  if (spec !== 'ec-curve-25519') return [];
  return [
    `AWS KMS cannot hold Ed25519 keys, and the namespace key of ${facts.target.id} is one unless it was made otherwise (\`${facts.ref}.keys.public.list(filterFingerprint = ${facts.ref}.namespace.fingerprint.unwrap)\` tells). If it is on P-256, P-384 or secp256k1, say so with \`--set ${SPEC}=ec-p-256\`; else use Google Cloud or a driver, or \`migrate-transfer-assets\`.`,
  ];
}

function outcome(facts: Facts, settings: KmsSettings): Outcome {
  const { target } = facts;
  const repair = editSteps(
    facts,
    'Allow repair commands',
    'The import of contracts needs them, in the process of the console. With a remote console key export needs `canton.features.enable-preview-commands = yes` there and on the node; take it away afterwards, since it lets everyone with access to the Admin API export private keys.',
    [{ kind: 'set', path: ['canton', 'features', 'enable-repair-commands'], value: true }],
  );
  if (repair === undefined) return { reasons: [`No file at hand can take the settings of ${target.id}.`] };
  const rsa: HoconObject = {
    encryption: { algorithms: { default: 'rsa-oaep-sha-256' }, keys: { default: 'rsa-2048' } },
  };
  const next = newNode(facts, externalCrypto(facts, settings, rsa), manualInit(facts));
  return {
    warnings: [
      'Canton itself does not test this: its test moves to another namespace and another synchronizer. Rehearse all of it on a test network with the same versions first.',
      'There is no way back once the new node was connected.',
      'Private keys are on disk in clear for a while. Keep one encrypted offline copy, above all of the namespace key: without it you can neither leave the KMS nor change the provider. Destroy every other.',
      ...(settings.provider === 'gcp'
        ? ['Whether Google Cloud HSM imports an Ed25519 key was not verified by anyone we know of. Try it first.']
        : []),
    ],
    steps: [
      step('confirm', 'It was rehearsed', 'The whole plan went through on a test network.'),
      step(
        'confirm',
        'The keys are worth keeping',
        'You trust that they never leaked. Otherwise: `migrate-transfer-assets`.',
      ),
      step('confirm', 'The KMS is ready', readiness(facts, settings.provider, { mode: 'external', creates: false })),
      namespaceKey(facts),
      ...repair.forward,
      ...replaceEncryptionKey(facts),
      exportKeys(facts),
      importKeys(settings.provider),
      newNodeStep(facts, next),
      firstStart({ ...facts, target: { ...target, name: next.name } }, 'It opens its Admin API and waits.'),
      ...registration(facts, next.ref, target.name, '"<identifier of the old node, the part of its id before ::>"'),
      step(
        'verify',
        'The identity is the same',
        'Both lines print the same id. Compare the fingerprints of all keys with those exported, too: if one differs, the import was wrong.',
        [`${facts.ref}.id`, `${next.ref}.id`],
      ),
      ...moveData(facts, next),
    ],
    rollback: [
      step(
        'restart',
        'Go on with the old node',
        'Only before the new node was connected: stop the new node and start the old one with its own database. Never connect both under one identity.',
      ),
      ...repair.back,
    ],
  };
}

function namespaceKey({ ref }: Facts): Step {
  return step(
    'verify',
    'The namespace key can be imported',
    'Its kind must be one that the KMS can import. AWS: P-256, P-384 or secp256k1. Google Cloud also Ed25519, drivers what they support (rebuilt for Canton 3.4.4 or later). The keys for sequencer authentication and protocol signing can be rotated to another kind before.',
    [`${ref}.keys.public.list(filterFingerprint = ${ref}.namespace.fingerprint.unwrap)`],
  );
}

function replaceEncryptionKey(facts: Facts): Step[] {
  const { ref, target } = facts;
  const mappings = `${ref}.topology.owner_to_key_mappings`;
  return [
    step(
      'console',
      'Make an RSA encryption key',
      'AWS and Google Cloud cannot hold the ECIES key that a node has by default.',
      [
        `val rsaKey = ${ref}.keys.secret.generate_encryption_key(${scalaString(`${target.name}-encryption-rsa`)}, Some(EncryptionKeySpec.Rsa2048))`,
      ],
    ),
    step('backup', 'Back up the database', 'Before the new key is announced.'),
    step('console', 'Announce it', 'Repeat the second line until every synchronizer shows the key.', [
      `${mappings}.add_key(rsaKey.fingerprint, rsaKey.purpose)`,
      `${mappings}.list(filterKeyOwnerUid = ${ref}.id.filterString).map(r => (r.context.storeId, r.item.keys.map(_.id)))`,
    ]),
    step(
      'console',
      'Take the old encryption key out of use',
      'It stays on the old node, for messages that were encrypted for it.',
      [
        `${mappings}.remove_key(${asFingerprint(facts, '"<fingerprint of the old encryption key>"')}, KeyPurpose.Encryption)`,
      ],
    ),
  ];
}

function exportKeys(facts: Facts): Step {
  const { ref } = facts;
  return step(
    'console',
    'Export the keys',
    "Write down fingerprint, name, purpose and usage of every key; the import needs all of it. The files hold pairs in Canton's own format: `CryptoKeyPair.fromTrustedByteString` reads them, and the PKCS#8 bytes are the third field of the private key (`case SigningPrivateKey(id, _, key, _, _)`, `case EncryptionPrivateKey(id, _, key, _)`).",
    [
      listVault(facts),
      `${ref}.keys.secret.list().foreach(k => ${ref}.keys.secret.download_to(k.id, k.id.unwrap + ".key"))`,
    ],
  );
}

function importKeys(provider: string): Step {
  const how =
    provider === 'aws'
      ? 'AWS: import of key material for asymmetric keys. '
      : provider === 'gcp'
        ? 'Google Cloud: an import job of the key ring. '
        : '';
  return step(
    'external',
    'Import the keys into the KMS',
    `${how}Wrap each PKCS#8 blob with the wrapping key of the provider and import it with the algorithm and purpose that it has. Note the KMS id beside each fingerprint. Canton gives no help here.`,
  );
}
