import type { HoconObject } from '../../edits/hocon-text';
import { listVault, scalaString } from '../console';
import { type Facts, option, textAt } from '../facts';
import type { Step } from '../plan';
import { type Answers, type Choice, type Outcome, type Procedure, pick } from '../procedure';
import { moveData } from '../shared/delegate-namespace';
import { asFingerprint } from '../shared/keys';
import { externalCrypto, newNode, newNodeStep } from '../shared/new-node';
import { type KmsSettings, kmsSettings, providerOf, providerQuestions } from '../shared/provider';
import { givenIds, idQuestions, KEY_IDS, manualInit, OLD_IDENTIFIER, registration } from '../shared/registration';
import { kmsReady } from '../shared/requirements';
import { sameIdentity } from '../shared/successor';
import { allowCommands, firstStart, step } from '../steps';

const SPEC = 'namespace-key-spec';
const ED25519 = 'ec-curve-25519';
const ANSWERS: Answers = {
  [SPEC]: 'kind of the present namespace key: `ec-curve-25519`, `ec-p-256`, `ec-p-384`, `ec-secp-256k-1`',
  ...KEY_IDS,
};

/**
 * Procedure (f). Source: `kms/migration/external_key_storage_migration_export_keys.rst` 3.5, main;
 * `KmsMigrationIntegrationTest.scala` 3.5, which tests another path; `AwsKms.scala`, `GcpKms.scala` 3.4, 3.5, main.
 */
export const migrateExportKeys: Procedure = {
  name: 'migrate-export-keys',
  title: 'Migrate to external keys by exporting the keys',
  summary: 'Move an existing participant with its identity to keys in a KMS, on a new node',
  since: '3.5',
  answers: ANSWERS,
  writesKms: true,
  refusals: nodeRefusals,
  questions: (facts) => {
    const provider = providerQuestions(facts);
    const spec = providerOf(facts) === 'aws' ? [pick(`set.${SPEC}`, 'Of what kind is the namespace key?', SPECS)] : [];
    return option(facts, `set.${SPEC}`) === ED25519 ? [] : [...provider, ...spec, ...idQuestions(facts)];
  },
  plan: (facts) => {
    const settings = kmsSettings(facts, ANSWERS);
    const refusals = [...keyRefusals(facts, settings.provider), ...settings.refusals];
    return refusals.length > 0 ? { refusals } : outcome(facts, settings);
  },
};

/** The namespace is the hash of the root key, so that this very key has to go into the KMS. */
const SPECS: readonly Choice[] = [
  { value: ED25519, label: 'Ed25519', detail: 'The default of Canton; AWS cannot hold it' },
  { value: 'ec-p-256', label: 'P-256', detail: 'EcP256' },
  { value: 'ec-p-384', label: 'P-384', detail: 'EcP384' },
  { value: 'ec-secp-256k-1', label: 'secp256k1', detail: 'EcSecp256k1' },
];

function nodeRefusals(facts: Facts): string[] {
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

function keyRefusals(facts: Facts, provider: string): string[] {
  const given = option(facts, `set.${SPEC}`);
  if (given !== undefined && !SPECS.some(({ value }) => value === given)) {
    return [`'${given}' is not accepted for '${SPEC}': ${SPECS.map(({ value }) => value).join(', ')}.`];
  }
  const spec = given ?? textAt(facts, 'crypto', 'signing', 'keys', 'default') ?? ED25519;
  if (provider !== 'aws' || spec !== ED25519) return [];
  return [
    `AWS KMS cannot hold Ed25519 keys, and the namespace key of ${facts.target.id} is one unless it was made otherwise (\`${facts.ref}.keys.public.list(filterFingerprint = ${facts.ref}.namespace.fingerprint.unwrap)\` tells). If it is on P-256, P-384 or secp256k1, say so with \`--set ${SPEC}=ec-p-256\`; else use Google Cloud or a driver, or \`migrate-transfer-assets\`.`,
  ];
}

function outcome(facts: Facts, settings: KmsSettings): Outcome {
  const { target } = facts;
  const { provider } = settings;
  const repair = allowCommands(facts, ['repair']);
  if (repair === undefined) return { refusals: [`No file at hand can take the settings of ${target.id}.`] };
  const rsa: HoconObject = {
    encryption: { algorithms: { default: 'rsa-oaep-sha-256' }, keys: { default: 'rsa-2048' } },
  };
  const next = newNode(facts, externalCrypto(facts, settings, rsa), manualInit(facts));
  const access = { mode: 'external', creates: false, keyIds: givenIds(facts) } as const;
  return {
    warnings: [
      'Canton itself does not test this: its test moves to another namespace and another synchronizer (`migrate-transfer-assets`). Rehearse all of it on a test network with the same versions first.',
      'There is no way back once the new node was connected.',
      'Private keys are on disk in clear for a while. Keep one encrypted offline copy, above all of the namespace key: without it you can neither leave the KMS nor change the provider. Destroy every other.',
      'Key export from a remote console needs `canton.features.enable-preview-commands = yes` there and on the node, with a restart of each. With it everyone with access to the Admin API can export private keys: take it away afterwards.',
      ...(provider === 'gcp'
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
      ...kmsReady(facts, provider, access),
      namespaceKey(facts),
      ...repair.forward,
      ...replaceSigningKeys(facts, provider),
      ...replaceEncryptionKey(facts, provider),
      exportKeys(facts),
      importKeys(provider),
      newNodeStep(facts, next),
      firstStart({ ...facts, target: { ...target, name: next.name } }, 'It opens its Admin API and waits.'),
      ...registration(facts, next.ref, target.name, OLD_IDENTIFIER),
      sameIdentity(facts, next.ref),
      ...moveData(facts, next),
      step(
        'external',
        'Clean up',
        'Destroy the exported files but for the encrypted offline copy, and take `enable-preview-commands` and `enable-repair-commands` away.',
      ),
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
    'Its kind must be one that the KMS can import. AWS: P-256, P-384 or secp256k1. Google Cloud also Ed25519, drivers what they support (rebuilt for Canton 3.4.4 or later). The keys for sequencer authentication and protocol signing must be of such a kind, too, but can be replaced before.',
    [`${ref}.keys.public.list(filterFingerprint = ${ref}.namespace.fingerprint.unwrap)`],
  );
}

function exportKeys(facts: Facts): Step {
  const { ref } = facts;
  return step(
    'console',
    'Export the keys',
    "Write down fingerprint, name, purpose and usage of every key; the import needs all of it. No password, since the files are read outside of Canton. The files hold pairs in Canton's own format: `CryptoKeyPair.fromTrustedByteString` reads them, and the PKCS#8 bytes are the third field of the private key (`case SigningPrivateKey(id, _, key, _, _)`, `case EncryptionPrivateKey(id, _, key, _)`).",
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

/** Step 0 for the signing keys; a new key is announced by the old node, or rotated in after the migration. */
export function replaceSigningKeys(facts: Facts, provider: string): Step[] {
  const { ref, target } = facts;
  const generate = (value: string, suffix: string, usage: string) =>
    `val ${value} = ${ref}.keys.secret.generate_signing_key(name = ${scalaString(`${target.name}-${suffix}-p256`)}, usage = SigningKeyUsage.${usage}, keySpec = Some(SigningKeySpec.EcP256))`;
  const which = provider === 'aws' ? 'AWS cannot hold Ed25519 keys.' : 'Only where the KMS cannot hold their kind.';
  return replaceKeys(facts, {
    what: 'signing keys',
    why: `Sequencer authentication and protocol signing. ${which} Leave out those that fit already.`,
    make: [
      generate('authKey', 'sequencer-auth', 'SequencerAuthenticationOnly'),
      generate('signKey', 'signing', 'ProtocolOnly'),
    ],
    values: ['authKey', 'signKey'],
    purpose: 'Signing',
    after: 'They stay in the vault of the old node.',
  });
}

export function replaceEncryptionKey(facts: Facts, provider: string): Step[] {
  const { ref, target } = facts;
  const why =
    provider === 'driver'
      ? 'Not needed where the driver can hold the P-256 key for ECIES that a node has by default.'
      : 'AWS and Google Cloud cannot hold the ECIES key that a node has by default.';
  const name = scalaString(`${target.name}-encryption-rsa`);
  return replaceKeys(facts, {
    what: 'encryption key',
    why,
    make: [`val rsaKey = ${ref}.keys.secret.generate_encryption_key(${name}, Some(EncryptionKeySpec.Rsa2048))`],
    values: ['rsaKey'],
    purpose: 'Encryption',
    after: 'It stays on the old node, for messages that were encrypted for it.',
  });
}

interface Replacement {
  readonly what: string;
  readonly why: string;
  readonly make: readonly string[];
  readonly values: readonly string[];
  readonly purpose: 'Signing' | 'Encryption';
  readonly after: string;
}

/** With a backup between making and announcing (k3). */
function replaceKeys(facts: Facts, { what, why, make, values, purpose, after }: Replacement): Step[] {
  const { ref } = facts;
  const mappings = `${ref}.topology.owner_to_key_mappings`;
  const old = (value: string) => asFingerprint(facts, `"<fingerprint of the key that ${value} replaces>"`);
  return [
    step('console', `Replace the ${what}`, why, make),
    step('backup', 'Back up the database', 'Before anything new is announced.'),
    step('console', `Announce the new ${what}`, 'Repeat the last line until every synchronizer shows them.', [
      ...values.map((value) => `${mappings}.add_key(${value}.fingerprint, ${value}.purpose)`),
      `${mappings}.list(filterKeyOwnerUid = ${ref}.id.filterString).map(r => (r.context.storeId, r.item.keys.map(_.id)))`,
    ]),
    step(
      'console',
      `Take the old ${what} out of use`,
      after,
      values.map((value) => `${mappings}.remove_key(${old(value)}, KeyPurpose.${purpose})`),
    ),
  ];
}
