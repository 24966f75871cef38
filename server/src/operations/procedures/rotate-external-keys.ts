import { scalaString } from '../../text/encoders/scala';
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
import {
  isPaused,
  KEY_SPEC,
  needsManager,
  PAUSE,
  PAUSE_ANSWERS,
  pauseRefusals,
  rotation,
  specChanges,
} from '../shared/rotate-node-keys';
import { allowCommands, type ConsoleLine, editSteps, restart, step } from '../steps';

/**
 * Procedure (k), on the running node. Source: `kms/key_rotation/rotate_external_keys.rst` 3.5, main;
 * `manual_kms_key_rotation.rst` 2.10.4; `VaultAdministration.scala` all lines.
 */
export const rotateExternalKeys: Procedure = {
  name: 'rotate-external-keys',
  title: 'Rotate the keys of a node',
  summary: 'Replace one key or all keys of a running node by new ones',
  answers: { ...KEY_ANSWER, ...PAUSE_ANSWERS, ...MULTI_REGION_ANSWER },
  refusals: (facts) => [...editionRefusals(facts)],
  questions: (facts) => {
    if (needsManager(facts)) return multiRegionQuestion(facts);
    const which = pick(`set.${KEY}`, 'Which key?', keyChoices(facts));
    return [which, ...questionsAbout(facts, keyAnswer(facts))];
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
    else refusals.push(...managerRefusals(facts), ...pauseRefusals(facts));
    if (refusals.length > 0) return { refusals };
    return answer === INTERMEDIATE ? rotateIntermediate(facts) : withSettings(facts, rotation(facts));
  },
};

function questionsAbout(facts: Facts, key: string | undefined): readonly Question[] {
  if (key === ROOT) return [];
  const isExternal = facts.target.mode === 'external';
  if (key === ALL) return isExternal ? multiRegionQuestion(facts) : [];
  const which =
    key === INTERMEDIATE
      ? 'Fingerprint of the key to replace, or empty: there is none yet'
      : 'Fingerprint of the key to rotate, or empty: fill it in later';
  const own = ask('new-key-id', 'Id of your own new key in the KMS, or empty: Canton makes one', '', true);
  const pause = pick(`set.${PAUSE}`, 'With a pause for a backup?', [
    { value: 'no', label: 'In one go', detail: 'One command makes, announces and replaces' },
    { value: 'yes', label: 'In single steps', detail: 'The new key is in a backup before others know it' },
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

/** In clear and envelope mode Canton makes the new keys itself, and keeps them in its database. */
function vaultRefusals(facts: Facts): readonly string[] {
  const { target } = facts;
  const names = ['new-key-id', `set.${MULTI_REGION}`].filter((name) => option(facts, name) !== undefined);
  if (target.mode === 'external' || names.length === 0) return [];
  const instead = target.mode === 'envelope' ? ' Its wrapper key: `rotate-wrapper-key`.' : '';
  return [
    `${target.id} does not keep its keys in a KMS (\`provider = kms\`), so that '${names.join("', '").replaceAll('set.', '')}' has no use: Canton makes the new key.${instead}`,
  ];
}

function managerRefusals(facts: Facts): readonly string[] {
  if (!needsManager(facts) || (keyAnswer(facts) === ALL && !isPaused(facts))) return [];
  return [
    `The keys of a ${facts.kind} of Canton 2.x are rotated together, through the domain manager; how a single one is rotated is not documented. Leave out the fingerprint and the new key.`,
  ];
}

/** It takes an edit and a restart of its own. */
function settingRefusals(facts: Facts): string[] {
  return [MULTI_REGION, KEY_SPEC, PAUSE]
    .filter((name) => option(facts, `set.${name}`) !== undefined)
    .map((name) => `'${name}' is not for namespace keys here: set what new keys are made with by \`configure\` first.`);
}

function keyRefusals(facts: Facts, answer: string | undefined): string[] {
  const names = [ALL, ...keyKinds(facts).map(({ name }) => name), INTERMEDIATE, ROOT];
  if (answer !== undefined && !names.includes(answer)) {
    return [`A ${facts.kind} of Canton ${facts.version} has no key '${answer}' to rotate: it is ${names.join(', ')}.`];
  }
  const isSingle = fingerprintOf(facts) !== undefined || option(facts, 'new-key-id') !== undefined;
  return answer === ALL && isSingle
    ? ['All keys are rotated to keys that Canton makes: leave out fingerprint and new key.']
    : [];
}

/** Settings that new keys are made with come first, with a restart. */
function withSettings(facts: Facts, { steps = [], rollback = [], ...outcome }: Outcome): Outcome {
  const edit = editSteps(
    facts,
    'Change the settings of new keys',
    'They have effect on keys that are made from now on.',
    [...multiRegionChanges(facts), ...specChanges(facts)],
  );
  if (edit === undefined) return { refusals: [`No file at hand can take the settings of ${facts.target.id}.`] };
  const first = edit.back.length === 0 ? [] : [...edit.forward, restart(facts, 'New keys are made as it says.')];
  return {
    ...outcome,
    steps: [...first, ...steps, ...replicate(facts)],
    rollback: [...rollback, ...edit.back],
  };
}

/** Nobody can rotate it: the namespace is the hash of this key. Says what is left. */
export function rootKeyRefusals(facts: Facts): string[] {
  const { kind, target } = facts;
  const fact = `The root namespace key of ${target.id} cannot be rotated: its fingerprint is the namespace.`;
  if (kind !== 'participant') {
    const place = is2x(facts) ? 'domain' : 'synchronizer';
    return [`${fact} A ${kind} gets another one only with a new ${place}.`];
  }
  const way = is2x(facts) ? ' with `--set way=new-namespace`' : '';
  return [`${fact} Build a new namespace on a new node and move the assets: \`migrate-transfer-assets\`${way}.`];
}

export function intermediateRefusals(facts: Facts): string[] {
  if (!is2x(facts) || (facts.kind !== 'sequencer' && facts.kind !== 'mediator')) return [];
  return [`A ${facts.kind} of Canton 2.x has no namespace of its own; that of the domain manager counts.`];
}

/**
 * Replaces the intermediate namespace key, or makes the first one. Source: `keys/namespace_key.rst` 3.5, main;
 * `NamespaceIntermediateKmsKeyIntegrationTest.scala` 3.5; `TopologyAdministration.scala` 2.10 (`all.renew`).
 */
export function rotateIntermediate(facts: Facts): Outcome {
  return is2x(facts) ? rotate2x(facts) : rotate3x(facts);
}

function rotate3x(facts: Facts): Outcome {
  const { ref } = facts;
  const old = fingerprintOf(facts);
  const delegations = `${ref}.topology.namespace_delegations`;
  return {
    warnings: [
      'The root key must be reachable for this: give the node its right to sign back for as long as it takes, or use the scripts of `scripts/offline-root-key`.',
      'What the old key has signed stays valid: nothing is signed again. Canton shows that in one test for mappings of keys only.',
    ],
    steps: [
      step('verify', 'The delegations', 'They show which key is the root key and which the intermediate one.', [
        `${delegations}.list(store = TopologyStoreId.Authorized, filterNamespace = ${ref}.namespace.toProtoPrimitive)`,
      ]),
      ...ownKey(facts),
      step('console', 'Make the new key known to the node', 'It may not sign for the namespace yet.', [
        newKeyLine(facts),
      ]),
      step('backup', 'Back up the database', 'Before the new key is announced; and note its id in the KMS.'),
      step(
        'console',
        'Delegate to the new key',
        `The root key signs this. \`TOPOLOGY_NO_APPROPRIATE_SIGNING_KEY_IN_STORE\` means that it is out of reach; the new key is then left unused. ${offline(facts)}`,
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
        `On every node: root key and new key${old === undefined ? '' : ', and no longer the old one'}. The last line asks as ${ref} itself.`,
        [
          `<another node>.topology.namespace_delegations.list(store = <synchronizer id>, filterNamespace = ${ref}.namespace.toProtoPrimitive).map(_.item.target.fingerprint)`,
          `${delegations}.list(store = TopologyStoreId.Authorized, filterNamespace = ${ref}.namespace.toProtoPrimitive).map(_.item.target.fingerprint)`,
        ],
      ),
    ],
    rollback: [
      step('console', 'Delegate to the old key again', 'The root key signs this, too.', [
        ...(old === undefined
          ? []
          : [`${delegations}.propose_delegation(${ref}.namespace, oldKey, CanSignAllButNamespaceDelegations)`]),
        `${delegations}.propose_revocation(${ref}.namespace, newKey)`,
      ]),
    ],
  };
}

function revoke(facts: Facts, old: string): Step {
  const { ref } = facts;
  return step('console', 'Revoke the old key', 'The root key signs this, too.', [
    `val oldKey = ${ref}.keys.public.list(filterFingerprint = ${scalaString(old)}).head.publicKey.asInstanceOf[SigningPublicKey]`,
    {
      code: `${ref}.topology.namespace_delegations.propose_revocation(${ref}.namespace, oldKey)`,
      done: `${ref}.topology.namespace_delegations.list(store = TopologyStoreId.Authorized, filterTargetKey = Some(oldKey.fingerprint)).isEmpty`,
    },
  ]);
}

function offline({ ref }: Facts): string {
  return `With an offline root key instead: export the new key (\`${ref}.keys.public.download_to(newKey.id, "new.pub")\`), sign delegation and revocation with the scripts, and load both (\`${ref}.topology.transactions.load_single_from_files(Seq("revoke.cert", "new.cert"), TopologyStoreId.Authorized)\`).`;
}

function ownKey(facts: Facts): Step[] {
  const id = option(facts, 'new-key-id');
  if (id === undefined) return [];
  const text = `\`${id}\` exists and was never used by this node.\n\n${externalKeyShapes(facts.target.kmsType, false)}`;
  return [step('external', 'Create the new key', text)];
}

function newKeyLine(facts: Facts): ConsoleLine {
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

function rotate2x(facts: Facts): Outcome {
  const { ref, kind, target } = facts;
  const preview = kind === 'participant' ? allowCommands(facts, ['preview']) : { forward: [], back: [] };
  if (preview === undefined) return { refusals: [`No file at hand can take the settings of ${target.id}.`] };
  const namespace = kind === 'participant' ? `${ref}.id.uid.namespace.fingerprint` : '<fingerprint of the namespace>';
  const authorize = (change: 'Add' | 'Remove', key: string) =>
    `${ref}.topology.namespace_delegations.authorize(TopologyChangeOp.${change}, ${namespace}, ${key})`;
  const given = fingerprintOf(facts);
  const old = given === undefined ? undefined : asFingerprint(facts, scalaString(given));
  return {
    warnings: ['The root key must be reachable for this.'],
    steps: [
      ...preview.forward,
      ...ownKey(facts),
      step('console', 'Make the new key known to the node', 'It may not sign for the namespace yet.', [
        newKeyLine(facts),
      ]),
      step('backup', 'Back up the database', 'Before the new key is announced; and note its id in the KMS.'),
      step('console', 'Delegate to the new key', 'The root key signs this.', [authorize('Add', 'newKey.fingerprint')]),
      ...(old === undefined
        ? []
        : [
            step('console', 'Sign again with the new key', 'Everything that the old key has signed.', [
              `${ref}.topology.all.renew(${old}, newKey.fingerprint)`,
            ]),
            step('console', 'Take the old delegation away', 'The root key signs this, too.', [
              authorize('Remove', old),
            ]),
          ]),
      step('verify', 'Verify', 'The delegations are to the root key and to the new key.', [
        `${ref}.topology.namespace_delegations.list(filterStore = "Authorized")`,
      ]),
    ],
    rollback: [
      ...(old === undefined
        ? [step('console', 'Take the delegation away', '', [authorize('Remove', 'newKey.fingerprint')])]
        : [
            step('console', 'The same in reverse', 'The old key is still in the vault and in the KMS.', [
              authorize('Add', old),
              `${ref}.topology.all.renew(newKey.fingerprint, ${old})`,
              authorize('Remove', 'newKey.fingerprint'),
            ]),
          ]),
      ...preview.back,
    ],
  };
}
