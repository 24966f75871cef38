import { CANTON_VERSIONS } from '../../../../schemas/version';
import type { HoconObject } from '../../edits/hocon-text';
import { listVault, liveness } from '../console/lines';
import { type Facts, is2x, isOn, option } from '../facts';
import type { Outcome, Procedure } from '../procedure';
import { ask, pick, type Question } from '../question';
import { editionReasons, hasEncryption, rejoin } from '../shared/envelope';
import { moveData } from '../shared/move-data';
import { externalCrypto, newNode, newNodeStep } from '../shared/new-node';
import { type KmsSettings, kmsSettings, PROVIDERS, requiredQuestions } from '../shared/provider';
import { idQuestions, KEY_IDS, registration } from '../shared/registration';
import { readiness, wrapperKeyShape } from '../shared/requirements';
import { firstStart, restart } from '../shared/restart';
import { editSteps, step } from '../steps';
import { manualInit } from './register-keys';
import { decrypt } from './revert-envelope';

const LEAVE = 'none';

/**
 * Procedure (i). With envelope encryption it takes two plans, one for each restart. Source:
 * `external_key_storage_migration_export_keys.rst` 3.5, main; `participant_kms_migration/*.rst` 2.10.4;
 * `EncryptedCryptoPrivateStore.scala` 3.3 to main.
 */
export const changeProvider: Procedure = {
  name: 'change-provider',
  title: 'Leave the KMS or change the provider',
  summary: 'Go over to another KMS, account or region, or go back to keys without a KMS',
  versions: CANTON_VERSIONS,
  questions: (facts) => [
    pick('provider', 'Where to?', [
      ...PROVIDERS,
      { value: LEAVE, label: 'No KMS', detail: 'Keys in the database, in clear' },
    ]),
    ...(isLeaving(facts) ? [] : requiredQuestions(fresh(facts), option(facts, 'provider'))),
    ...(isLeaving(facts) ? [] : ownKeys(facts)),
  ],
  plan: (facts) => {
    const reasons = [...editionReasons(facts), ...modeReasons(facts)];
    if (reasons.length > 0) return { reasons };
    if (facts.target.mode === 'external') return successor(facts);
    const isDecrypted = isOn(facts, 'crypto', 'private-key-store', 'encryption', 'reverted');
    if (isLeaving(facts)) return { reasons: [`This is the procedure \`revert-envelope\` for ${facts.target.id}.`] };
    const settings = kmsSettings(fresh(facts));
    if (settings.reasons.length > 0) return { reasons: settings.reasons };
    return isDecrypted ? encryptAgain(facts, settings) : firstHalf(facts);
  },
};

function isLeaving(facts: Facts): boolean {
  return option(facts, 'provider') === LEAVE;
}

function ownKeys(facts: Facts): readonly Question[] {
  if (facts.target.mode === 'external') return idQuestions(facts);
  return [ask('wrapper-key-id', 'Id of your own wrapper key there, or empty: Canton makes one', '', true)];
}

function modeReasons(facts: Facts): string[] {
  const { target, kind } = facts;
  if (option(facts, 'provider') === undefined)
    return ['The new provider is not given: `aws`, `gcp`, `driver`, or `none` to leave the KMS.'];
  if (target.mode !== 'external') {
    return hasEncryption(facts) ? [] : [`${target.id} uses no KMS. To begin with one: \`enable-envelope\`.`];
  }
  if (kind !== 'participant') {
    return [
      `The keys of a ${kind} cannot leave the KMS: onboard a new node with keys where you want them, or deploy a new ${is2x(facts) ? 'domain' : 'synchronizer'}.`,
    ];
  }
  return facts.version === '3.3' || facts.version === '3.4'
    ? [
        `Canton ${facts.version} has no documented way for a participant whose keys are in the KMS. Move its assets to a new node: \`migrate-transfer-assets\`.`,
      ]
    : [];
}

/** As if there were no section yet: nothing of the old provider's settings counts for the new one. */
function fresh(facts: Facts): Facts {
  return { ...facts, target: { ...facts.target, kmsType: undefined } };
}

function firstHalf(facts: Facts): Outcome {
  const outcome = decrypt(facts);
  const steps = (outcome.steps ?? []).filter(({ title }) => title !== 'Clean up later');
  const later = step(
    'confirm',
    'Then the new provider',
    'Plan this procedure again when the keys are verified to be decrypted: it then encrypts them with the new provider.',
  );
  return { ...outcome, steps: [...steps, later] };
}

/** A node talks to one KMS only, so that it cannot decrypt with the old and encrypt with the new one at once. */
function encryptAgain(facts: Facts, { provider, section }: KmsSettings): Outcome {
  const { target, ref } = facts;
  const wrapperKey = option(facts, 'wrapper-key-id');
  const crypto = [...target.path, 'crypto'];
  const encryption: HoconObject = { type: 'kms', ...(wrapperKey && { 'wrapper-key-id': wrapperKey }) };
  const edit = editSteps(
    facts,
    'Go over to the new provider',
    'The keys are in clear, so that nothing of the old section is needed.',
    [
      { kind: 'replace', path: [...crypto, 'kms'], value: section },
      { kind: 'replace', path: [...crypto, 'private-key-store', 'encryption'], value: encryption },
    ],
  );
  if (edit === undefined) return { reasons: [`No file at hand can take the settings of ${target.id}.`] };
  return {
    warnings: [
      `Only after a start with \`reverted = true\`: otherwise ${target.name} cannot read its keys and does not start.`,
      'Backups made since then have the keys in clear: protect or destroy them.',
    ],
    steps: [
      step('verify', 'The keys are decrypted', 'The line is `true`.', [
        `${ref}.keys.secret.list().forall(_.wrapperKeyId.isEmpty)`,
      ]),
      step(
        'confirm',
        'The new KMS is ready',
        readiness(facts, provider, { mode: 'envelope', creates: wrapperKey === undefined }),
      ),
      ...(wrapperKey === undefined
        ? []
        : [step('external', 'Create the wrapper key', `\`${wrapperKey}\`: ${wrapperKeyShape(provider)}.`)]),
      step('backup', 'Back up the database', 'The keys are in it in clear.'),
      ...edit.forward,
      restart(facts, 'It encrypts the keys with a key of the new provider.'),
      ...rejoin(facts),
      step('verify', 'Verify', 'Every key has the new wrapper key.', [
        `${ref}.keys.secret.get_wrapper_key_id()`,
        `${ref}.keys.secret.list().forall(_.wrapperKeyId.isDefined)`,
        listVault(facts),
        ...liveness(facts),
      ]),
      step('external', 'Keep the old wrapper key', 'As long as a backup may be restored that it encrypts.'),
    ],
    rollback: [
      step(
        'restart',
        'Go back',
        'Decrypt again (`revert-envelope`), or restore the backup from before with the former configuration.',
      ),
      ...edit.back,
    ],
  };
}

/** Keys in a KMS never come out: a new node gets them from the backup that was made when they went in. */
function successor(facts: Facts): Outcome {
  const { target } = facts;
  if (is2x(facts)) {
    return {
      reasons: [
        'Canton 2.x goes back or over by the same steps as it came: `migrate-transfer-assets`, with the new participant configured for the new place.',
      ],
    };
  }
  const leaving = isLeaving(facts);
  const settings = leaving ? undefined : kmsSettings(fresh(facts), KEY_IDS);
  if (settings !== undefined && settings.reasons.length > 0) return { reasons: settings.reasons };
  const repair = editSteps(
    facts,
    'Allow repair commands',
    'The import of contracts needs them, in the process of the console.',
    [{ kind: 'set', path: ['canton', 'features', 'enable-repair-commands'], value: true }],
  );
  if (repair === undefined) return { reasons: [`No file at hand can take the settings of ${target.id}.`] };
  const next = newNode(
    facts,
    settings === undefined ? { provider: 'jce' } : externalCrypto(fresh(facts), settings),
    manualInit(facts),
  );
  return {
    warnings: [
      'A KMS never hands a private key out. This needs the offline copy of the keys from the time when they were imported; keys that Canton or you made in the KMS cannot be taken along, and then only `migrate-transfer-assets` is left.',
      'Canton does not document this: it follows from the migration in the other direction. Rehearse all of it on a test network first.',
      'There is no way back once the new node was connected.',
    ],
    steps: [
      step('confirm', 'It was rehearsed', 'The whole plan went through on a test network.'),
      step(
        'confirm',
        'The copy of the keys is at hand',
        'For every key of the node, with fingerprint, name, purpose and usage.',
      ),
      ...(settings === undefined
        ? []
        : [
            step(
              'confirm',
              'The new KMS is ready',
              readiness(facts, settings.provider, { mode: 'external', creates: false }),
            ),
            step(
              'external',
              'Import the keys into the new KMS',
              'With the algorithm and purpose that each has. Note the id beside each fingerprint.',
            ),
          ]),
      ...repair.forward,
      newNodeStep(facts, next),
      firstStart({ ...facts, target: { ...target, name: next.name } }, 'It opens its Admin API and waits.'),
      ...(leaving ? uploads(facts, next.ref) : registration(facts, next.ref, target.name, OLD_IDENTIFIER)),
      step('verify', 'The identity is the same', 'Both lines print the same id.', [
        `${facts.ref}.id`,
        `${next.ref}.id`,
      ]),
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

const OLD_IDENTIFIER = '"<identifier of the old node, the part of its id before ::>"';

function uploads(facts: Facts, ref: string) {
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
      'With the fingerprint of the namespace key, and all other keys together.',
      [
        `val namespaceKey = ${ref}.keys.secret.list(filterUsage = SigningKeyUsage.NamespaceOnly).head.publicKey.asInstanceOf[SigningPublicKey]`,
        `${ref}.topology.init_id_from_uid(UniqueIdentifier.tryCreate(${OLD_IDENTIFIER}, Namespace(namespaceKey.id)))`,
        `${ref}.health.wait_for_ready_for_node_topology()`,
        `${ref}.topology.namespace_delegations.propose_delegation(Namespace(namespaceKey.id), namespaceKey, CanSignAllMappings)`,
        `${mappings}.add_keys(${ref}.keys.secret.list().filter(_.id != namespaceKey.id).map(k => (k.id, k.purpose)))`,
        `${ref}.health.wait_for_initialized()`,
      ],
    ),
  ];
}
