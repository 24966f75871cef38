import { scalaString } from '../../text/encoders/scala';
import { liveness } from '../console';
import { type Facts, is2x, option } from '../facts';
import type { Step } from '../plan';
import { ask, type Outcome, type Procedure, pick, type Question } from '../procedure';
import { editionRefusals } from '../shared/envelope';
import { ALL, INTERMEDIATE, KEY, KEY_ANSWER, keyAnswer, keyChoices, keyKinds, ROOT } from '../shared/key-kinds';
import { asFingerprint, fingerprintOf, lengthRefusals } from '../shared/keys';
import { externalKeyShapes } from '../shared/kms-handling';
import {
  MULTI_REGION,
  MULTI_REGION_ANSWER,
  multiRegionChanges,
  multiRegionQuestion,
  multiRegionRefusals,
  replicate,
} from '../shared/multi-region';
import { rotateIntermediate2x } from '../shared/rotate-intermediate-2x';
import {
  isPaused,
  KEY_SPEC,
  PAUSE,
  PAUSE_ANSWERS,
  pauseRefusals,
  rotation,
  specChanges,
} from '../shared/rotate-node-keys';
import { rotation2x } from '../shared/rotate-node-keys-2x';
import { MANAGER_ANSWER, managerQuestion, needsManager } from '../shared/topology-2x';
import { catchUp } from '../shared/waits';
import { ACTIVE_REPLICA, condition, editSteps, type GuardedLine, noFileToChange, rollingRestart, step } from '../steps';

/**
 * Procedure (k), on the running node. Source: `kms/key_rotation/rotate_external_keys.rst` 3.5, main;
 * `manual_kms_key_rotation.rst` 2.10.4; `VaultAdministration.scala` all lines.
 */
export const rotateExternalKeys: Procedure = {
  name: 'rotate-external-keys',
  title: 'Rotate the keys of a node',
  summary: 'Replace one key or all keys of a running node with new ones',
  needsKeys: true,
  answers: { ...KEY_ANSWER, ...PAUSE_ANSWERS, ...MULTI_REGION_ANSWER, ...MANAGER_ANSWER },
  refusals: (facts) => [...editionRefusals(facts)],
  questions: (facts) => {
    const which = pick(`set.${KEY}`, 'Which key?', keyChoices(facts));
    return [which, ...questionsAbout(facts, keyAnswer(facts)), ...managerQuestion(facts)];
  },
  plan: (facts) => {
    const answer = keyAnswer(facts);
    if (answer === ROOT) return { refusals: rootKeyRefusals(facts) };
    const refusals = [
      ...keyRefusals(facts, answer),
      ...vaultRefusals(facts),
      ...lengthRefusals(option(facts, 'new-key-id')),
      ...multiRegionRefusals(facts),
    ];
    if (answer === INTERMEDIATE) refusals.push(...intermediateRefusals(facts), ...settingRefusals(facts));
    else refusals.push(...pauseRefusals(facts));
    if (refusals.length > 0) return { refusals };
    return answer === INTERMEDIATE
      ? rotateIntermediate(facts)
      : withSettings(facts, is2x(facts) ? rotation2x(facts) : rotation(facts));
  },
};

function questionsAbout(facts: Facts, key: string | undefined): readonly Question[] {
  if (key === ROOT) return [];
  const isExternal = facts.target.mode === 'external';
  if (key === ALL) return isExternal ? multiRegionQuestion(facts) : [];
  const which =
    key === INTERMEDIATE
      ? 'Fingerprint of the key to replace (empty: there is none yet)'
      : 'Fingerprint of the key to rotate (empty: enter it later)';
  const own = ask('new-key-id', 'ID of your own new key in the KMS (empty: Canton creates one)', '', true);
  const pause = pick(`set.${PAUSE}`, 'Pause for a backup?', [
    { value: 'no', label: 'No pause', detail: 'One command creates the key, announces it and removes the old one' },
    { value: 'yes', label: 'Pause for a backup', detail: 'The new key is backed up before other nodes know it' },
  ]);
  return [
    ask('fingerprint', which, '1220…', true),
    ...(isExternal ? [own] : []),
    ...(key === INTERMEDIATE || isPaused(facts) ? [] : [pause]),
    ...(!isExternal || key === INTERMEDIATE || option(facts, 'new-key-id') !== undefined
      ? []
      : multiRegionQuestion(facts)),
  ];
}

/** Without external keys, Canton creates the new keys itself, and stores them in its database. */
function vaultRefusals(facts: Facts): readonly string[] {
  const { target } = facts;
  const names = ['new-key-id', `set.${MULTI_REGION}`].filter((name) => option(facts, name) !== undefined);
  if (target.mode === 'external' || names.length === 0) return [];
  const instead = target.mode === 'envelope' ? ' To rotate its wrapper key, plan `rotate-wrapper-key`.' : '';
  return [
    `${target.id} does not have its keys in a KMS (\`provider = kms\`), so '${names.join("', '").replaceAll('set.', '')}' has no effect: Canton creates the new key.${instead}`,
  ];
}

/** It requires a separate edit and restart. */
function settingRefusals(facts: Facts): string[] {
  return [MULTI_REGION, KEY_SPEC, PAUSE]
    .filter((name) => option(facts, `set.${name}`) !== undefined)
    .map(
      (name) =>
        `'${name}' does not apply to namespace keys. Change the settings for new keys with \`configure\` first.`,
    );
}

function keyRefusals(facts: Facts, answer: string | undefined): string[] {
  const names = [ALL, ...keyKinds(facts).map(({ name }) => name), INTERMEDIATE, ROOT];
  if (answer !== undefined && !names.includes(answer)) {
    return [`A ${facts.kind} of Canton ${facts.version} has no key '${answer}' to rotate. Use ${names.join(', ')}.`];
  }
  const isSingle = fingerprintOf(facts) !== undefined || option(facts, 'new-key-id') !== undefined;
  return answer === ALL && isSingle
    ? ['When all keys are rotated, Canton creates the new keys. Remove the fingerprint and the new key.']
    : [];
}

/** Settings for the creation of new keys come first, with a restart. */
function withSettings(facts: Facts, { steps = [], rollback = [], ...outcome }: Outcome): Outcome {
  const edit = editSteps(
    facts,
    'Change the settings of new keys',
    'The settings apply to keys that are created from now on.',
    [...multiRegionChanges(facts), ...specChanges(facts)],
  );
  if (edit === undefined) return noFileToChange(facts);
  const first =
    edit.back.length === 0
      ? []
      : [...edit.forward, rollingRestart(facts, 'Canton then creates new keys with these settings.')];
  return {
    ...outcome,
    steps: [...first, ...steps, ...replicate(facts)],
    rollback: [...rollback, ...edit.back],
  };
}

/** The root key cannot be rotated, because the namespace is its hash. Describes the remaining options. */
function rootKeyRefusals(facts: Facts): string[] {
  const { kind, target } = facts;
  const fact = `The root namespace key of ${target.id} cannot be rotated, because its fingerprint is the namespace.`;
  if (kind !== 'participant') {
    const place = is2x(facts) ? 'domain' : 'synchronizer';
    return [`${fact} A ${kind} gets another root key only with a new ${place}.`];
  }
  const way = is2x(facts) ? ' with `--set way=new-namespace`' : '';
  return [`${fact} Create a new namespace on a new node and move the assets: plan \`migrate-transfer-assets\`${way}.`];
}

function intermediateRefusals(facts: Facts): string[] {
  if (!needsManager(facts)) return [];
  return [`A ${facts.kind} of Canton 2.x has no namespace of its own; it uses the one of the domain manager.`];
}

/**
 * Replaces the intermediate namespace key, or creates the first one. Source: `keys/namespace_key.rst` 3.5, main;
 * `NamespaceIntermediateKmsKeyIntegrationTest.scala` 3.5.
 */
function rotateIntermediate(facts: Facts): Outcome {
  return is2x(facts) ? rotateIntermediate2x(facts, newKeyLine(facts), ownKey(facts)) : rotate3x(facts);
}

function rotate3x(facts: Facts): Outcome {
  const { ref } = facts;
  const old = fingerprintOf(facts);
  const delegations = `${ref}.topology.namespace_delegations`;
  return {
    warnings: [
      'The root key must be accessible for this. Restore the permission of the node to sign with it while you do this, or use the scripts in `scripts/offline-root-key`.',
      "Transactions that the old key signed remain valid, and are not signed again. Canton's tests confirm this only for key mappings.",
    ],
    steps: [
      step(
        'verify',
        'The delegations',
        `They show which key is the root key and which the intermediate one. ${ACTIVE_REPLICA}`,
        [
          `${delegations}.list(store = TopologyStoreId.Authorized, filterNamespace = ${ref}.namespace.toProtoPrimitive)`,
          ...(old === undefined ? [] : isIntermediate(facts, old)),
        ],
      ),
      ...ownKey(facts),
      step('console', 'Make the new key known to the node', 'The key may not sign for the namespace yet.', [
        newKeyLine(facts),
      ]),
      step('backup', 'Back up the database', 'Back up before the new key is announced, and note its KMS key ID.'),
      ...catchUp(facts),
      step(
        'console',
        'Delegate to the new key',
        `The root key signs this. \`TOPOLOGY_NO_APPROPRIATE_SIGNING_KEY_IN_STORE\` means that it is not accessible; the new key then remains unused. ${offline(facts)}`,
        [
          {
            code: `${delegations}.propose_delegation(${ref}.namespace, newKey, CanSignAllButNamespaceDelegations)`,
            done: `${delegations}.list(store = TopologyStoreId.Authorized, filterTargetKey = Some(newKey.fingerprint)).nonEmpty`,
          },
        ],
      ),
      ...(old === undefined ? [] : [revoke(facts, old)]),
      step(
        'verify',
        'Verify',
        `Every node shows the root key and the new key${old === undefined ? '' : ', and no longer the old one'}. The second line asks ${ref} itself.`,
        [
          `<another node>.topology.namespace_delegations.list(store = <synchronizer id>, filterNamespace = ${ref}.namespace.toProtoPrimitive).map(_.item.target.fingerprint)`,
          `${delegations}.list(store = TopologyStoreId.Authorized, filterNamespace = ${ref}.namespace.toProtoPrimitive).map(_.item.target.fingerprint)`,
          ...liveness(facts),
        ],
      ),
    ],
    rollback: [
      step('console', 'Delegate to the old key again', 'The root key signs this as well.', [
        ...(old === undefined
          ? []
          : [`${delegations}.propose_delegation(${ref}.namespace, oldKey, CanSignAllButNamespaceDelegations)`]),
        `${delegations}.propose_revocation(${ref}.namespace, newKey)`,
      ]),
    ],
  };
}

/** Asked before a new key is made, which would remain unused. Revoking the root key would end the namespace. */
function isIntermediate(facts: Facts, old: string): GuardedLine[] {
  const { ref } = facts;
  const key = asFingerprint(facts, scalaString(old));
  return [
    condition(
      'the old key is not the root namespace key, which cannot be rotated',
      `${ref}.namespace.fingerprint != ${key}`,
    ),
    {
      ...condition(
        'the namespace is delegated to the old key',
        `${ref}.topology.namespace_delegations.list(store = TopologyStoreId.Authorized, filterTargetKey = Some(${key})).nonEmpty`,
      ),
      done: 'noted("newKey").isDefined',
    },
  ];
}

function revoke(facts: Facts, old: string): Step {
  const { ref } = facts;
  const stores = `${ref}.topology.owner_to_key_mappings.list(filterKeyOwnerUid = ${ref}.id.filterString).map(_.context.storeId).distinct`;
  const isDelegated = `${stores}.forall(store => ${ref}.topology.namespace_delegations.list(store = store, filterTargetKey = Some(newKey.fingerprint)).nonEmpty)`;
  return step('console', 'Revoke the old key', 'The root key signs this as well.', [
    { ...condition('every store shows the delegation to the new key', isDelegated), until: isDelegated },
    `val oldKey = ${ref}.keys.public.list(filterFingerprint = ${scalaString(old)}).head.publicKey.asInstanceOf[SigningPublicKey]`,
    {
      code: `${ref}.topology.namespace_delegations.propose_revocation(${ref}.namespace, oldKey)`,
      done: `${ref}.topology.namespace_delegations.list(store = TopologyStoreId.Authorized, filterTargetKey = Some(oldKey.fingerprint)).isEmpty`,
    },
  ]);
}

function offline({ ref }: Facts): string {
  return `With an offline root key, export the new key (\`${ref}.keys.public.download_to(newKey.id, "new.pub")\`), sign delegation and revocation with the scripts, and load both (\`${ref}.topology.transactions.load_single_from_files(Seq("revoke.cert", "new.cert"), TopologyStoreId.Authorized)\`).`;
}

function ownKey(facts: Facts): Step[] {
  const id = option(facts, 'new-key-id');
  if (id === undefined) return [];
  const text = `\`${id}\` exists and was never used by this node.\n\n${externalKeyShapes(facts, facts.target.kmsType, false)}`;
  return [step('external', 'Create the new key', text)];
}

function newKeyLine(facts: Facts): GuardedLine {
  const { ref } = facts;
  const id = option(facts, 'new-key-id');
  const name = scalaString(`${facts.target.name}-intermediate-2`);
  const usage = 'SigningKeyUsage.NamespaceOnly';
  const args =
    id === undefined
      ? [`name = ${name}`, ...(is2x(facts) ? [] : [`usage = ${usage}`])]
      : [scalaString(id), ...(is2x(facts) ? [] : [usage]), `name = ${name}`];
  const command = id === undefined ? 'generate_signing_key' : 'register_kms_signing_key';
  return { code: `val newKey = ${ref}.keys.secret.${command}(${args.join(', ')})`, value: 'signing-key' };
}
