import type { ConfigChange } from '../../edits/edit-config';
import type { HoconObject } from '../../edits/hocon-text';
import { everyKey, listVault } from '../console';
import { type Facts, is2x, option } from '../facts';
import type { Step } from '../plan';
import type { Answers, Outcome } from '../procedure';
import { pick, type Question } from '../procedure';
import { editSteps, firstStart, noFileToChange, step } from '../steps';
import { hasEncryption } from './envelope';
import { kmsHandling } from './kms-handling';
import type { KmsSettings } from './provider';
import { join, record, startOver } from './registration';
import { kmsReady } from './requirements';

const INTERMEDIATE = 'generate-intermediate-key';
/** Answers in addition to the settings of the `kms` section. */
export const EXTERNAL_ANSWERS: Answers = {
  [INTERMEDIATE]: '`yes` to create an intermediate namespace key as well, or `no` (not in 2.10)',
};

/** The reason why this node cannot begin with external keys. */
export function externalRefusals(facts: Facts): readonly string[] {
  const { target } = facts;
  if (option(facts, 'state') !== 'existing' && !hasEncryption(facts)) return [];
  if (target.mode === 'external') {
    return [
      `${target.id} already has its keys in a KMS. To change settings, plan \`configure\`; to replace keys, plan \`rotate-external-keys\`.`,
    ];
  }
  const why = hasEncryption(facts) ? 'uses envelope encryption' : 'has been started before';
  return [
    `${target.id} ${why}, so it already has keys and an identity. \`provider = kms\` does not move them into the KMS, and the node could no longer sign. Plan \`migrate-export-keys\`, which moves the keys into the KMS in place.`,
  ];
}

export function stateQuestion({ target }: Facts): Question {
  return pick('state', `Has ${target.name} been started before?`, [
    { value: 'new', label: 'No, it is new', detail: 'Its database is empty, and it has no identity yet' },
    { value: 'existing', label: 'Yes', detail: 'It has keys and an identity, which must be migrated' },
  ]);
}

export function rootKeyQuestion(facts: Facts): readonly Question[] {
  if (is2x(facts)) return [];
  return [
    pick(`set.${INTERMEDIATE}`, 'Create an intermediate namespace key as well?', [
      { value: 'yes', label: 'Yes', detail: 'Access to the root key can be removed later (isolate-root-key)' },
      { value: 'no', label: 'No', detail: 'The root key signs topology changes itself' },
    ]),
  ];
}

/** The settings that put the keys into the KMS; `private-key-store` would have no effect next to them. */
export function externalChanges(facts: Facts, { section }: KmsSettings, init: HoconObject = {}): ConfigChange[] {
  const node = facts.target.path;
  return [
    { kind: 'set', path: [...node, 'crypto'], value: { provider: 'kms', kms: section } },
    ...(Object.keys(init).length === 0 ? [] : [{ kind: 'set', path: [...node, 'init'], value: init } as const]),
    ...leftOver(facts),
  ];
}

function leftOver({ target }: Facts): ConfigChange[] {
  const store = target.crypto?.entries.get('private-key-store');
  const path = [...target.path, 'crypto', 'private-key-store'];
  return store === undefined ? [] : [{ kind: 'remove', path, otherwise: { encryption: null } }];
}

/**
 * Procedure (d): external keys on a new node, created by Canton. Source: `kms/mode/external_key_storage.rst` 3.5, main;
 * `AwsKms.scala`, `GcpKms.scala` 3.5; `InitConfig.scala` 3.3 to main.
 */
export function externalOutcome(facts: Facts, settings: KmsSettings): Outcome {
  const intermediate = option(facts, `set.${INTERMEDIATE}`);
  const edit = editSteps(
    facts,
    'Use the KMS for all keys',
    'Canton uses the KMS for every key.',
    externalChanges(facts, settings, intermediate === 'yes' ? { [INTERMEDIATE]: true } : {}),
  );
  if (edit === undefined) return noFileToChange(facts);
  return {
    warnings: [
      ...externalWarnings(facts, settings.provider),
      ...(is2x(facts)
        ? []
        : [
            'A failed start ends the whole process, with all nodes in it, and a first start that fails after some keys leaves them unused in the KMS.',
          ]),
    ],
    steps: [
      isNewNode(facts),
      ...kmsReady(facts, settings.provider, { mode: 'external', creates: true }),
      ...(is2x(facts) || intermediate !== undefined ? [] : [rootKey()]),
      ...edit.forward,
      firstStart(facts, 'Canton creates its keys in the KMS and initializes its identity.', 'external'),
      verification(facts),
      record(facts),
      ...join(facts),
    ],
    rollback: startOver(facts, edit.back),
  };
}

/** Source: `external_key_storage/interoperability.rst` 2.10.4, for `tink`. */
export function externalWarnings(facts: Facts, provider: string): string[] {
  const { target } = facts;
  return [
    `For new nodes only: if ${target.name} has ever been started with other keys, it can no longer sign.`,
    `Every signature of ${target.name} requires a call to the KMS, at startup and in operation. ${kmsHandling(provider).failures}: \`kms.retries.failures.max-retries\` sets a limit.`,
    ...(is2x(facts)
      ? [
          'Nodes with `provider = tink`, the default of 2.x, cannot communicate with this node. All other nodes of the domain must use `kms`, or `jce` with the schemes of the KMS as the required schemes of the domain.',
        ]
      : []),
  ];
}

export function isNewNode({ target }: Facts): Step {
  return step('confirm', 'The node is new', `${target.name} has never been started: its database is empty.`);
}

function rootKey(): Step {
  return step(
    'confirm',
    'Decide about the root key',
    'With `init.generate-intermediate-key = true`, Canton also creates an intermediate namespace key, so that access to the root key can be removed later. The setting has an effect only at the first start.',
  );
}

/** 2.10 does not show the KMS key IDs of keys (`PrivateKeyMetadata.scala` 2.10). */
function verification(facts: Facts): Step {
  const { ref } = facts;
  if (is2x(facts)) {
    return step('verify', 'Verify', 'The keys are listed, and the KMS shows the same number of new keys.', [
      listVault(facts),
      `${ref}.health.status`,
    ]);
  }
  const all = everyKey(facts, 'every key has a KMS key ID', '_.kmsKeyId.isDefined');
  return step('verify', 'Verify', 'Every key has a KMS key ID.', [all, listVault(facts), `${ref}.health.status`]);
}
