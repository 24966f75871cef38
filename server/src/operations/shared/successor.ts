import { listVault } from '../console';
import type { Facts } from '../facts';
import type { Step } from '../plan';
import type { Outcome } from '../procedure';
import { allowCommands, firstStart, step } from '../steps';
import { moveData } from './delegate-namespace';
import { externalCrypto, newNode, newNodeStep } from './new-node';
import type { KmsSettings } from './provider';
import { givenIds, manualInit, OLD_IDENTIFIER, registration } from './registration';
import { kmsReady } from './requirements';

/**
 * Procedure (i), external keys. Keys in a KMS never come out: a new node gets them from the backup that was made when
 * they went in. Source: `external_key_storage_migration_export_keys.rst` 3.5, main, in the other direction.
 * @param facts as if the node had no `kms` section
 * @param settings of the new KMS; undefined: no KMS
 */
export function successor(facts: Facts, settings: KmsSettings | undefined): Outcome {
  const { target } = facts;
  const repair = allowCommands(facts, ['repair']);
  if (repair === undefined) return { refusals: [`No file at hand can take the settings of ${target.id}.`] };
  const next = newNode(
    facts,
    settings === undefined ? { provider: 'jce' } : externalCrypto(facts, settings),
    manualInit(facts),
  );
  return {
    warnings: [
      'Canton does not document this: it follows from the migration in the other direction, which Canton itself does not test under one identity. Rehearse all of it on a test network first.',
      'A KMS never hands a private key out. This needs the offline copy of the keys from the time when they were imported; keys that Canton or you made in the KMS cannot be taken along, and then only `migrate-transfer-assets` is left.',
      'There is no way back once the new node was connected.',
      ...(settings === undefined
        ? ['The keys will be in clear in the database of the new node and in its backups.']
        : []),
    ],
    steps: [
      step('confirm', 'It was rehearsed', 'The whole plan went through on a test network.'),
      step(
        'confirm',
        'The copy of the keys is at hand',
        'For every key of the node, with fingerprint, name, purpose and usage.',
      ),
      ...(settings === undefined ? [] : imports(facts, settings)),
      step('backup', 'Back up the old node', 'Its database, and the table of its keys.'),
      ...repair.forward,
      newNodeStep(facts, next),
      firstStart({ ...facts, target: { ...target, name: next.name } }, 'It opens its Admin API and waits.'),
      ...(settings === undefined
        ? uploads(facts, next.ref)
        : registration(facts, next.ref, target.name, OLD_IDENTIFIER)),
      sameIdentity(facts, next.ref),
      ...moveData(facts, next),
    ],
    rollback: [
      step(
        'restart',
        'Go on with the old node',
        'Only before the new node was connected. Never connect both under one identity.',
      ),
      ...repair.back,
    ],
  };
}

export function sameIdentity({ ref }: Facts, next: string): Step {
  return step(
    'verify',
    'The identity is the same',
    'Both lines print the same id. Compare the fingerprints of all keys with those exported, too: if one differs, the import was wrong.',
    [`${ref}.id`, `${next}.id`],
  );
}

function imports(facts: Facts, { provider }: KmsSettings): Step[] {
  const access = { mode: 'external', creates: false, keyIds: givenIds(facts) } as const;
  return [
    ...kmsReady(facts, provider, access, 'The new KMS is ready'),
    step(
      'external',
      'Import the keys into the new KMS',
      `With the algorithm and purpose that each has. Note the id beside each fingerprint.${
        provider === 'aws' ? ' AWS cannot hold Ed25519 keys for Canton.' : ''
      }`,
    ),
  ];
}

function uploads(facts: Facts, ref: string): Step[] {
  const mappings = `${ref}.topology.owner_to_key_mappings`;
  return [
    step('console', 'Upload the keys', 'The second line once for each file of the copy.', [
      `${ref}.health.wait_for_ready_for_id()`,
      `${ref}.keys.secret.upload_from("<file>", Some("<name>"))`,
      listVault(facts, ref),
    ]),
    step(
      'console',
      'Initialise the identity',
      'With the namespace key of the old node, and all keys together that are no namespace keys.',
      [
        `val namespaceKey = ${ref}.keys.public.list(filterFingerprint = ${facts.ref}.namespace.fingerprint.unwrap).head.publicKey.asInstanceOf[SigningPublicKey]`,
        `${ref}.topology.init_id_from_uid(UniqueIdentifier.tryCreate(${OLD_IDENTIFIER}, Namespace(namespaceKey.id)))`,
        `${ref}.health.wait_for_ready_for_node_topology()`,
        `${ref}.topology.namespace_delegations.propose_delegation(Namespace(namespaceKey.id), namespaceKey, CanSignAllMappings)`,
        `val namespaceKeys = ${ref}.keys.secret.list(filterPurpose = Set(KeyPurpose.Signing), filterUsage = SigningKeyUsage.NamespaceOnly).map(_.id)`,
        `${mappings}.add_keys(${ref}.keys.secret.list().filterNot(k => namespaceKeys.contains(k.id)).map(k => (k.id, k.purpose)))`,
        `${ref}.health.wait_for_initialized()`,
      ],
    ),
  ];
}
