import { scalaString } from '../../text/encoders/scala';
import { listVault, liveness } from '../console';
import { type Facts, isWritten, option, textAt } from '../facts';
import type { Step } from '../plan';
import { ask, type Outcome, type Procedure } from '../procedure';
import { editionRefusals } from '../shared/envelope';
import { keyIdWarnings, lengthRefusals } from '../shared/keys';
import { kmsHandling } from '../shared/kms-handling';
import {
  MULTI_REGION_ANSWER,
  multiRegionChanges,
  multiRegionQuestion,
  multiRegionRefusals,
  replicate,
} from '../shared/multi-region';
import { allowed } from '../shared/requirements';
import { condition, editSteps, restart, step } from '../steps';

const ENCRYPTION = ['crypto', 'private-key-store', 'encryption'] as const;

/**
 * Procedure (j), on the running node. Source: `kms/key_rotation/rotate_wrapper_key.rst` main;
 * `EncryptedCryptoPrivateStore.scala`, `GrpcVaultService.scala` 3.3 to main.
 */
export const rotateWrapperKey: Procedure = {
  name: 'rotate-wrapper-key',
  title: 'Rotate the wrapper key',
  summary: 'Encrypt the stored private keys of a running node with a new wrapper key',
  answers: MULTI_REGION_ANSWER,
  refusals: (facts) => [...editionRefusals(facts), ...modeRefusals(facts)],
  questions: (facts) => [
    ask('new-key-id', 'Id of your own new wrapper key, or empty: Canton makes one', 'alias/canton-wrapper-key-2', true),
    ...(newKeyOf(facts) === undefined ? multiRegionQuestion(facts) : []),
  ],
  answerRefusals: keyRefusals,
  plan: (facts) => {
    const refusals = [...keyRefusals(facts), ...multiRegionRefusals(facts)];
    return refusals.length > 0 ? { refusals } : rotation(facts);
  },
};

function newKeyOf(facts: Facts): string | undefined {
  return option(facts, 'new-key-id') ?? option(facts, 'wrapper-key-id');
}

function modeRefusals({ target }: Facts): string[] {
  if (target.mode === 'envelope') return [];
  if (target.mode === 'external') {
    return [`${target.id} keeps its keys in the KMS and has no wrapper key. Its own keys: \`rotate-external-keys\`.`];
  }
  return [
    `${target.id} does not use envelope encryption, so it has no wrapper key. To turn it on: \`enable-envelope\`.`,
  ];
}

function keyRefusals(facts: Facts): string[] {
  const id = newKeyOf(facts);
  if (id === undefined) return [];
  // `WRAPPER_KEY_ALREADY_IN_USE_ERROR`, GrpcVaultService.scala
  if (id === textAt(facts, ...ENCRYPTION, 'wrapper-key-id')) {
    return [`'${id}' is the configured wrapper key; Canton refuses to rotate to the key in use.`];
  }
  return lengthRefusals(id);
}

function rotation(facts: Facts): Outcome {
  const id = newKeyOf(facts);
  const settings = multiRegionChanges(facts);
  const edit = editSteps(
    facts,
    settings.length > 0 ? 'Ask for multi-region keys' : 'Take the old id out of the configuration',
    settings.length > 0
      ? 'It has effect on keys that are made from now on. An id of the old key goes at once: Canton keeps it in its database.'
      : 'Before the next restart. Canton keeps the id of the wrapper key in its database; with the old id in the configuration new keys would be encrypted with the old key.',
    [...settings, { kind: 'remove', path: [...facts.target.path, ...ENCRYPTION, 'wrapper-key-id'], otherwise: null }],
  );
  if (edit === undefined) return { refusals: [`No file at hand can take the settings of ${facts.target.id}.`] };
  const hasId = isWritten(facts, ...ENCRYPTION, 'wrapper-key-id');
  const { ref } = facts;
  return {
    warnings: warnings(facts, id, hasId),
    steps: [
      ...(settings.length === 0 ? [] : [...edit.forward, restart(facts, 'The next key is a multi-region key.')]),
      ready(facts, id),
      step('backup', 'Back up the database', 'It needs the old wrapper key to be read again: keep that key.'),
      ...(id === undefined
        ? []
        : [
            step(
              'external',
              'Create the new wrapper key',
              `\`${id}\`: ${kmsHandling(facts.target.kmsType).wrapperKey}.`,
            ),
          ]),
      step('console', 'Note the wrapper key in use', 'You need it to go back.', [
        { code: `val before = ${ref}.keys.secret.get_wrapper_key_id()`, value: 'text' },
      ]),
      rotate(ref, id),
      verification(facts, id),
      ...(hasId && settings.length === 0 ? edit.forward : []),
      step('backup', 'Back up the database again', 'This backup needs the new wrapper key.'),
      step(
        'external',
        'Keep the old wrapper key',
        'Every backup that it encrypts is lost without it. When the last one is gone, delete it with the tools of the provider; Canton has no command for that.',
      ),
      ...replicate(facts),
    ],
    rollback: [
      step('console', 'Rotate back', 'Possible as long as the old key is enabled. `before` is the id noted above.', [
        `${ref}.keys.secret.rotate_wrapper_key(before)`,
        `${ref}.keys.secret.get_wrapper_key_id()`,
      ]),
      ...edit.back,
    ],
  };
}

function warnings(facts: Facts, id: string | undefined, hasId: boolean): string[] {
  const { target, others } = facts;
  const list = ['Never disable or delete the old wrapper key while a backup that it encrypts may be restored.'];
  if (hasId) {
    list.push(
      'The configuration names the old wrapper key. If it stays there, a later restart or failover can fail with "Found more than one distinct wrapper_key_id".',
    );
  }
  list.push(...keyIdWarnings(facts, target.kmsType ?? '', id));
  const unseen = others.filter(({ mode }) => mode === 'envelope').map((node) => node.id);
  if (unseen.length > 0) list.push(`This rotates the key of ${target.id} alone, not of ${unseen.join(', ')}.`);
  return list;
}

function ready({ target }: Facts, id: string | undefined): Step {
  const access = { mode: 'envelope', creates: id === undefined, keyIds: [id] } as const;
  const rights = allowed(target.kmsType ?? '', access);
  return step(
    'confirm',
    'The node is running',
    `${target.name} runs and is active; of a replicated node, work on the active replica. ${rights}${rights === '' ? '' : ' That goes for the old and the new key.'}`.trim(),
  );
}

function rotate(ref: string, id: string | undefined): Step {
  const made = id === undefined ? 'Canton makes a symmetric key with the present `kms` settings. ' : '';
  return step(
    'console',
    'Rotate',
    `${made}All keys are decrypted with the old and encrypted with the new key. If it fails, the old key stays in use; one that Canton made may be left unused in the KMS.`,
    [
      {
        code: `${ref}.keys.secret.rotate_wrapper_key(${id === undefined ? '' : scalaString(id)})`,
        done: isRotated(ref, id),
      },
    ],
  );
}

/** `before` is noted before the first rotation, and kept when the script is run again. */
function isRotated(ref: string, id: string | undefined): string {
  const current = `${ref}.keys.secret.get_wrapper_key_id()`;
  return id === undefined ? `${current} != before` : `${current} == ${scalaString(id)}`;
}

function verification(facts: Facts, id: string | undefined): Step {
  const { ref } = facts;
  return step(
    'verify',
    'Verify',
    'The first line is `true`, and exactly one id is left, the new one. If there are more, rotate again to another key: every row is read with the id that it names. Of a replicated node verify again after a failover.',
    [
      condition('the wrapper key is the new one', isRotated(ref, id)),
      `${ref}.keys.secret.list().flatMap(_.wrapperKeyId).distinct`,
      listVault(facts),
      ...liveness(facts),
    ],
  );
}
