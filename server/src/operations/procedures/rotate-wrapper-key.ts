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
import { ACTIVE_REPLICA, condition, editSteps, noFileToChange, rollingRestart, step } from '../steps';

const ENCRYPTION = ['crypto', 'private-key-store', 'encryption'] as const;

/**
 * Procedure (j), on the running node. Source: `kms/key_rotation/rotate_wrapper_key.rst` main;
 * `EncryptedCryptoPrivateStore.scala`, `GrpcVaultService.scala` 3.3 to main.
 */
export const rotateWrapperKey: Procedure = {
  name: 'rotate-wrapper-key',
  title: 'Rotate the wrapper key',
  summary: 'Encrypt the stored private keys of a running node with a new wrapper key',
  needsKeys: true,
  answers: MULTI_REGION_ANSWER,
  refusals: (facts) => [...editionRefusals(facts), ...modeRefusals(facts)],
  questions: (facts) => [
    ask('new-key-id', 'ID of your own new wrapper key (empty: Canton creates one)', 'alias/canton-wrapper-key-2', true),
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
    return [
      `${target.id} has its keys in the KMS and no wrapper key. To rotate its keys, plan \`rotate-external-keys\`.`,
    ];
  }
  return [
    `${target.id} does not use envelope encryption, so it has no wrapper key. To enable it, plan \`enable-envelope\`.`,
  ];
}

function keyRefusals(facts: Facts): string[] {
  const id = newKeyOf(facts);
  if (id === undefined) return [];
  // `WRAPPER_KEY_ALREADY_IN_USE_ERROR`, GrpcVaultService.scala
  if (id === textAt(facts, ...ENCRYPTION, 'wrapper-key-id')) {
    return [`'${id}' is already the wrapper key in the configuration, and Canton refuses to rotate to the key in use.`];
  }
  return lengthRefusals(id);
}

function rotation(facts: Facts): Outcome {
  const id = newKeyOf(facts);
  const settings = multiRegionChanges(facts);
  const edit = editSteps(
    facts,
    settings.length > 0 ? 'Enable multi-region keys' : 'Remove the old ID from the configuration',
    settings.length > 0
      ? 'The setting applies to keys that are created from now on. The ID of the old key is removed as well, because Canton stores it in its database.'
      : 'Do this before the next restart. Canton stores the ID of the wrapper key in its database. With the old ID in the configuration, it would encrypt new keys with the old wrapper key.',
    [...settings, { kind: 'remove', path: [...facts.target.path, ...ENCRYPTION, 'wrapper-key-id'], otherwise: null }],
  );
  if (edit === undefined) return noFileToChange(facts);
  const hasId = isWritten(facts, ...ENCRYPTION, 'wrapper-key-id');
  const { ref } = facts;
  return {
    warnings: warnings(facts, id, hasId),
    steps: [
      ...(settings.length === 0 ? [] : [...edit.forward, rollingRestart(facts, 'The next key is a multi-region key.')]),
      ready(facts, id),
      step('backup', 'Back up the database', 'You need the old wrapper key to restore this backup: keep the key.'),
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
      step('backup', 'Back up the database again', 'You need the new wrapper key to restore this backup.'),
      step(
        'external',
        'Keep the old wrapper key',
        'Every backup that it encrypts is lost without it. When the last of these backups is gone, delete the key with the tools of the provider; Canton has no command for that.',
      ),
      ...replicate(facts),
    ],
    rollback: [
      step('console', 'Rotate back', 'Possible as long as the old key is enabled. `before` is the ID noted above.', [
        `${ref}.keys.secret.rotate_wrapper_key(before)`,
        `${ref}.keys.secret.get_wrapper_key_id()`,
      ]),
      ...edit.back,
    ],
  };
}

function warnings(facts: Facts, id: string | undefined, hasId: boolean): string[] {
  const { target, others } = facts;
  const list = ['Never disable or delete the old wrapper key while you may restore a backup that it encrypts.'];
  if (hasId) {
    list.push(
      'The configuration contains the ID of the old wrapper key. If it remains there, a later restart or failover can fail with "Found more than one distinct wrapper_key_id".',
    );
  }
  list.push(...keyIdWarnings(facts, target.kmsType ?? '', id));
  const unseen = others.filter(({ mode }) => mode === 'envelope').map((node) => node.id);
  if (unseen.length > 0) list.push(`This rotates the key of ${target.id} only, not of ${unseen.join(', ')}.`);
  return list;
}

function ready(facts: Facts, id: string | undefined): Step {
  const { target } = facts;
  const access = { mode: 'envelope', creates: id === undefined, keyIds: [id] } as const;
  const rights = allowed(facts, target.kmsType ?? '', access);
  return step(
    'confirm',
    'The node is running',
    `${target.name} runs and is active. ${ACTIVE_REPLICA} ${rights}${rights === '' ? '' : ' They apply to the old and the new key.'}`.trim(),
  );
}

function rotate(ref: string, id: string | undefined): Step {
  const made = id === undefined ? 'Canton creates a symmetric key with the current `kms` settings. ' : '';
  return step(
    'console',
    'Rotate',
    `${made}All keys are decrypted with the old key and encrypted with the new one, which takes seconds: two calls to the KMS for each key. No restart is needed. If this fails, the old key stays in use, and a key that Canton created may remain unused in the KMS.`,
    [
      {
        code: `${ref}.keys.secret.rotate_wrapper_key(${id === undefined ? '' : scalaString(id)})`,
        done: isRotated(ref, id),
      },
    ],
  );
}

/** `before` is recorded before the first rotation, and kept if the script is run again. */
function isRotated(ref: string, id: string | undefined): string {
  const current = `${ref}.keys.secret.get_wrapper_key_id()`;
  return id === undefined ? `${current} != before` : `${current} == ${scalaString(id)}`;
}

function verification(facts: Facts, id: string | undefined): Step {
  const { ref } = facts;
  const ids = `${ref}.keys.secret.list().flatMap(_.wrapperKeyId).distinct`;
  return step(
    'verify',
    'Verify',
    'The first line is `true`, and only the new ID is left. If there are others, rotate again to another key: each row is decrypted with the key that encrypted it. If the node is replicated, verify again after a failover.',
    [
      condition('the wrapper key is the new one', isRotated(ref, id)),
      ids,
      condition('it encrypts every key', `${ids}.size == 1`),
      listVault(facts),
      ...liveness(facts),
    ],
  );
}
