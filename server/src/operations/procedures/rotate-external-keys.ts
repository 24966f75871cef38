import { CANTON_VERSIONS } from '../../../../schemas/version';
import { type Facts, option } from '../facts';
import type { Outcome, Procedure } from '../procedure';
import { ask, pick, type Question } from '../question';
import { editionReasons } from '../shared/envelope';
import { fingerprintOf } from '../shared/existing-keys';
import { lengthReasons } from '../shared/key-ids';
import { ALL, INTERMEDIATE, KEY, KEY_ANSWER, keyAnswer, keyChoices, keyKinds, ROOT } from '../shared/key-kinds';
import {
  MULTI_REGION,
  MULTI_REGION_ANSWER,
  multiRegionChanges,
  multiRegionQuestion,
  multiRegionReasons,
  replicate,
} from '../shared/multi-region';
import { intermediateReasons, rootKeyReasons, rotateIntermediate } from '../shared/namespace-keys';
import { restart } from '../shared/restart';
import { needsManager, rotation } from '../shared/rotate-node-keys';
import { isPaused, KEY_SPEC, PAUSE, PAUSE_ANSWERS, pauseReasons, specChanges } from '../shared/rotate-with-pause';
import { editSteps } from '../steps';

/**
 * Procedure (k), on the running node. Source: `kms/key_rotation/rotate_external_keys.rst` 3.5, main;
 * `manual_kms_key_rotation.rst` 2.10.4; `VaultAdministration.scala` all lines.
 */
export const rotateExternalKeys: Procedure = {
  name: 'rotate-external-keys',
  title: 'Rotate external keys',
  summary: 'Replace one key or all keys of a running node by new ones in the KMS',
  versions: CANTON_VERSIONS,
  answers: { ...KEY_ANSWER, ...PAUSE_ANSWERS, ...MULTI_REGION_ANSWER },
  refusals: (facts) => [...editionReasons(facts), ...modeRefusals(facts)],
  questions: (facts) => {
    if (needsManager(facts)) return multiRegionQuestion(facts);
    const which = pick(`set.${KEY}`, 'Which key?', keyChoices(facts));
    return [which, ...questionsAbout(facts, keyAnswer(facts))];
  },
  plan: (facts) => {
    const answer = keyAnswer(facts);
    if (answer === ROOT) return { reasons: rootKeyReasons(facts) };
    const reasons = [
      ...keyReasons(facts, answer),
      ...lengthReasons(option(facts, 'new-key-id')),
      ...multiRegionReasons(facts),
    ];
    if (answer === INTERMEDIATE) reasons.push(...intermediateReasons(facts), ...settingReasons(facts));
    else reasons.push(...managerReasons(facts), ...pauseReasons(facts));
    if (reasons.length > 0) return { reasons };
    return answer === INTERMEDIATE ? rotateIntermediate(facts) : withSettings(facts, rotation(facts));
  },
};

function questionsAbout(facts: Facts, key: string | undefined): readonly Question[] {
  if (key === ROOT) return [];
  if (key === ALL) return multiRegionQuestion(facts);
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
    own,
    ...(key === INTERMEDIATE ? [] : [pause]),
    ...(key === INTERMEDIATE || option(facts, 'new-key-id') !== undefined ? [] : multiRegionQuestion(facts)),
  ];
}

function modeRefusals({ target }: Facts): readonly string[] {
  if (target.mode === 'external') return [];
  const instead = target.mode === 'envelope' ? ' Its wrapper key: `rotate-wrapper-key`.' : '';
  return [`${target.id} does not keep its keys in a KMS (\`provider = kms\`).${instead}`];
}

function managerReasons(facts: Facts): readonly string[] {
  if (!needsManager(facts) || (keyAnswer(facts) === ALL && !isPaused(facts))) return [];
  return [
    `The keys of a ${facts.kind} of Canton 2.x are rotated together, through the domain manager; how a single one is rotated is not documented. Leave out the fingerprint and the new key.`,
  ];
}

/** It takes an edit and a restart of its own. */
function settingReasons(facts: Facts): string[] {
  return [MULTI_REGION, KEY_SPEC, PAUSE]
    .filter((name) => option(facts, `set.${name}`) !== undefined)
    .map((name) => `'${name}' is not for namespace keys here: set what new keys are made with by \`configure\` first.`);
}

function keyReasons(facts: Facts, answer: string | undefined): string[] {
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
  if (edit === undefined) return { reasons: [`No file at hand can take the settings of ${facts.target.id}.`] };
  const first = edit.back.length === 0 ? [] : [...edit.forward, restart(facts, 'New keys are made as it says.')];
  return {
    ...outcome,
    steps: [...first, ...steps, ...replicate(facts)],
    rollback: [...rollback, ...edit.back],
  };
}
