import type { ConfigChange } from '../../edits/edit-config';
import { envelopeOf } from '../../model/facts/node-facts';
import { scalaString } from '../../text/encoders/scala';
import { everyKey, fingerprints, listVault, liveness, reconnect, sameFingerprints } from '../console';
import { type Facts, is2x, isAtLeast, isOn, isWritten, option, textAt } from '../facts';
import type { Step } from '../plan';
import type { Outcome } from '../procedure';
import { condition, editSteps, firstStart, noFileToChange, restart, step } from '../steps';
import { keyIdWarnings } from './keys';
import { kmsHandling } from './kms-handling';
import type { KmsSettings } from './provider';
import { join } from './registration';
import { kmsReady } from './requirements';

const ENCRYPTION = ['crypto', 'private-key-store', 'encryption'] as const;

/** The wrapper key from the answers, or from the configuration. */
function namedKey(facts: Facts): string | undefined {
  return option(facts, 'wrapper-key-id') ?? textAt(facts, ...ENCRYPTION, 'wrapper-key-id');
}

/** How a node that has been started begins to use a KMS, as sentences. */
export function startUsing(facts: Facts): string {
  const encrypt = 'To encrypt its stored keys, plan `enable-envelope`';
  if (is2x(facts) && facts.kind !== 'participant') return `${encrypt}.`;
  const move = is2x(facts) ? 'migrate-transfer-assets' : 'migrate-export-keys';
  return `${encrypt}; to move its keys into a KMS, plan \`${move}\`.`;
}

/** The reason why this node cannot encrypt its stored keys. */
export function envelopeRefusals(facts: Facts): readonly string[] {
  const { target, storage, version } = facts;
  if (target.mode === 'external') {
    return [
      `${target.id} has its keys in the KMS (\`provider = kms\`), where \`private-key-store\` has no effect. To stop using external keys, plan \`change-provider\`.`,
    ];
  }
  if (storage !== 'memory') return [];
  const what = isAtLeast(facts, '3.5') ? 'refuses to start' : 'silently stores the keys unencrypted';
  return [
    `${target.id} has no database (\`storage.type = memory\`), so Canton ${version} ${what}. Set a database under \`storage\` first.`,
  ];
}

/** The reason why this node cannot keep its keys and its identity over a restart. */
export function memoryRefusals({ target, storage }: Facts): readonly string[] {
  if (storage !== 'memory') return [];
  return [
    `${target.id} has no database (\`storage.type = memory\`), so it loses its keys and its identity at every stop. Set a database under \`storage\`, and plan \`enable-external\` or \`register-keys\` for the new node that it is then.`,
  ];
}

/** The settings that enable envelope encryption. */
function envelopeChanges(facts: Facts, { section }: KmsSettings): ConfigChange[] {
  const crypto = [...facts.target.path, 'crypto'];
  const encryption = [...crypto, 'private-key-store', 'encryption'];
  const wrapperKey = option(facts, 'wrapper-key-id');
  const changes: ConfigChange[] = [
    { kind: 'set', path: [...crypto, 'kms'], value: section },
    { kind: 'set', path: encryption, value: { type: 'kms', ...(wrapperKey && { 'wrapper-key-id': wrapperKey }) } },
  ];
  if (isOn(facts, ...ENCRYPTION, 'reverted')) {
    changes.push({ kind: 'remove', path: [...encryption, 'reverted'], otherwise: false });
  }
  return changes;
}

/**
 * Procedures (a) and (b): envelope encryption with a wrapper key of Canton's or of the operator's. Source:
 * `kms/mode/encrypted_key_storage.rst`, `kms/migration/encrypted_key_storage_migration.rst` 3.5, main;
 * `EncryptedCryptoPrivateStore.scala` 3.3 to main.
 */
export function envelopeOutcome(facts: Facts, settings: KmsSettings): Outcome {
  const edit = editSteps(
    facts,
    'Enable envelope encryption',
    `The provider does not change; only the stored keys are encrypted.${again(facts)}`,
    envelopeChanges(facts, settings),
  );
  if (edit === undefined) return noFileToChange(facts);
  const wrapperKey = namedKey(facts);
  const isNew = option(facts, 'state') === 'new';
  const creates = wrapperKey === undefined && !isWritten(facts, ...ENCRYPTION, 'wrapper-key-id');
  const access = { mode: 'envelope', creates, keyIds: [wrapperKey] } as const;
  return {
    warnings: [
      ...warnings(facts, wrapperKey, isNew),
      ...startWarnings(facts, creates, isNew),
      ...keyIdWarnings(facts, settings.provider, wrapperKey),
    ],
    steps: [
      ...kmsReady(facts, settings.provider, access),
      ...(wrapperKey === undefined ? [] : [ownKey(settings.provider, wrapperKey)]),
      ...(isNew ? [] : beforehand(facts)),
      ...edit.forward,
      ...(isNew
        ? [firstStart(facts, 'Canton creates its keys and encrypts each with the wrapper key.', 'wrapped')]
        : [
            restart(
              facts,
              'When the node starts, it encrypts every stored key with the wrapper key. The fingerprints do not change.',
              'wrapped',
            ),
            ...rejoin(facts),
          ]),
      verification(facts, wrapperKey, isNew),
      ...(isNew ? join(facts, false) : []),
      ...(wrapperKey === undefined ? [] : [dropId()]),
    ],
    rollback: rollback(facts, edit.back, isNew),
  };
}

function warnings(facts: Facts, wrapperKey: string | undefined, isNew: boolean): string[] {
  const { target, others, storage } = facts;
  const sharing = others
    .filter((node) => wrapperKey !== undefined && envelopeOf(node)?.keyId === wrapperKey)
    .map((node) => node.id);
  return [
    `From then on, ${target.name} needs the KMS at every start. If the wrapper key is lost, the database and every backup are unreadable.`,
    ...(isNew ? [] : ['Earlier backups contain the keys in plaintext: protect or destroy them.']),
    ...(sharing.length > 0 ? [`${sharing.join(', ')} uses the same wrapper key. Give each node its own.`] : []),
    ...(storage === 'unknown'
      ? ['Envelope encryption requires a database, and the storage of the node is unknown.']
      : []),
  ];
}

/**
 * Canton encrypts and replaces every row first, and reads it back afterwards (`EncryptedCryptoPrivateStore.scala` 3.3 to
 * main, seen on 3.5); `exit-on-fatal-failures` is on by default (`CantonConfig.scala` 3.3 to main).
 */
function startWarnings(facts: Facts, creates: boolean, isNew: boolean): string[] {
  if (is2x(facts)) return [];
  const unused = creates ? ', and each failed first start leaves an unused key in the KMS' : '';
  return [
    ...(isNew
      ? []
      : [
          'Test the right to decrypt, with the identity of the node, before the restart. With the right to encrypt alone, Canton replaces the stored keys, and then neither the new nor the former configuration starts.',
        ]),
    `A failed start ends the whole process, with all nodes in it${unused}.`,
  ];
}

function ownKey(provider: string, id: string): Step {
  const text = `The key \`${id}\` exists, is enabled and is symmetric: ${kmsHandling(provider).wrapperKey}. Canton does not start without it.`;
  return step('external', 'Create the wrapper key', text);
}

function beforehand(facts: Facts): Step[] {
  return [
    step('console', 'Note the fingerprints', 'The fingerprints must be the same afterwards.', [fingerprints(facts)]),
    step(
      'backup',
      'Back up the database',
      'This backup still contains the keys in plaintext. You can go back with it.',
    ),
  ];
}

/** Participants may not connect automatically after a restart. */
export function rejoin(facts: Facts): Step[] {
  const lines = reconnect(facts);
  return lines.length === 0
    ? []
    : [step('console', 'Reconnect', 'Required if the participant does not connect automatically.', lines)];
}

function verification(facts: Facts, wrapperKey: string | undefined, isNew: boolean): Step {
  const { ref } = facts;
  const named = wrapperKey === undefined ? '' : `, which is ${scalaString(wrapperKey)}`;
  const text = `The first line prints the ID of the wrapper key${named}. Every key has a wrapper key ID${isNew ? '' : ', and the fingerprints are unchanged'}.`;
  const id = `${ref}.keys.secret.get_wrapper_key_id()`;
  const isNamed =
    wrapperKey === undefined
      ? []
      : [condition('the wrapper key is the one of the plan', `${id} == ${scalaString(wrapperKey)}`)];
  const all = everyKey(facts, 'every key has a wrapper key ID', '_.wrapperKeyId.isDefined');
  const same = isNew ? [`${ref}.health.status`] : [sameFingerprints(facts)];
  const works = isNew ? [] : liveness(facts);
  return step('verify', 'Verify', text, [id, ...isNamed, all, ...same, listVault(facts), ...works]);
}

function dropId(): Step {
  return step(
    'confirm',
    'Remove the ID from the configuration',
    'After the first start, the ID is stored in the database. An ID that remains in `wrapper-key-id` is the usual cause of problems after a rotation, so remove it now.',
  );
}

function rollback(facts: Facts, back: readonly Step[], isNew: boolean): Step[] {
  const { target, version } = facts;
  const revert = `Canton ${version} decrypts the keys again with \`reverted = true\`: procedure \`revert-envelope\` for ${target.id}. Removing the section does not decrypt the keys.`;
  const [title, restore] = isNew
    ? [
        'Or start over',
        'As long as nothing depends on the node, stop it, empty its database, and start it with the former configuration.',
      ]
    : [
        'Or restore the backup',
        'Stop the node, restore the earlier backup, which contains the keys in plaintext, and start it with the former configuration.',
      ];
  const former = back.map((one) => ({
    ...one,
    text: `Do not use this after the keys are decrypted, because decryption requires the sections. ${one.text}`,
  }));
  return [step('confirm', 'Decrypt the keys', revert), step('restart', title, restore), ...former];
}

/**
 * After a revert, the rows do not contain their former wrapper key (`EncryptedCryptoPrivateStore.scala` 3.3 to main).
 */
function again(facts: Facts): string {
  if (!isOn(facts, ...ENCRYPTION, 'reverted')) return '';
  const id = namedKey(facts);
  return id === undefined
    ? ' Canton creates a new wrapper key. To use the former one again, set `wrapper-key-id`.'
    : ` The wrapper key is \`${id}\`, as the configuration says.`;
}

/** True if envelope encryption is configured at all, reverted or not. */
export function hasEncryption({ target }: Facts): boolean {
  return target.mode !== 'external' && envelopeOf(target) !== undefined;
}

/** In 2.x, only the closed enterprise edition supports a KMS. */
export function editionRefusals(facts: Facts): readonly string[] {
  return is2x(facts) && facts.edition === 'community'
    ? ['The community edition of Canton 2.x does not support a KMS.']
    : [];
}
