import { announcedKeys, listVault, liveness } from '../console/lines';
import { scalaString } from '../console/text';
import { type Facts, is2x, option } from '../facts';
import type { Step } from '../plan';
import type { Outcome } from '../procedure';
import { step } from '../steps';
import { asFingerprint, fingerprintOf, fingerprintWarnings, quoted } from './existing-keys';
import { keyIdWarnings } from './key-ids';
import { ALL, keyAnswer, keyKindOf, keyKinds } from './key-kinds';
import { externalKeyShapes } from './key-shapes';
import { record } from './onboarding';
import { allowed } from './requirements';
import { addLine, isPaused, KEY_SPEC, newNameOf, removeLine, rotateInSteps } from './rotate-with-pause';

/** In 2.x the keys of these are announced by the domain manager. */
export function needsManager(facts: Facts): boolean {
  return is2x(facts) && (facts.kind === 'sequencer' || facts.kind === 'mediator');
}

/** Procedures (k1) and (k2), and the frame of (k3). */
export function rotation(facts: Facts): Outcome {
  const id = option(facts, 'new-key-id');
  const before = [ready(facts, id === undefined), ...(id === undefined ? [] : [ownKey(facts, id)])];
  const after = [record(facts), keepOld(facts)];
  if (isPaused(facts)) {
    const { steps, rollback } = rotateInSteps(facts, find(facts), verification(facts));
    return { warnings: warnings(facts, id), steps: [...before, ...steps, ...after], rollback };
  }
  return {
    warnings: [
      `If ${facts.target.name} is not connected everywhere, the command breaks off after the new key was added and before the old one is removed.`,
      ...warnings(facts, id),
    ],
    steps: [
      ...before,
      find(facts),
      step(
        'backup',
        'Back up the database',
        'It cannot have the new keys, which are made and announced in one go: after a restore from it they are registered again (`restore-keys`). With a pause for a backup in between: `--set pause=yes`, one key at a time.',
      ),
      rotate(facts, id),
      verification(facts),
      ...after,
    ],
    rollback: [goBack(facts)],
  };
}

function warnings(facts: Facts, id: string | undefined): string[] {
  return [
    'The namespace key is not rotated by this. The root namespace key cannot be rotated at all.',
    ...(facts.version === '3.4' && option(facts, `set.${KEY_SPEC}`) === 'ec-curve-25519'
      ? ['Ed25519 keys need Canton 3.4.4 or later, and a driver that was rebuilt for it.']
      : []),
    ...fingerprintWarnings(fingerprintOf(facts)),
    ...keyIdWarnings(facts, facts.target.kmsType ?? '', id),
  ];
}

function ready(facts: Facts, creates: boolean): Step {
  const { target } = facts;
  const places = is2x(facts) ? 'domains' : 'synchronizers';
  const keyIds = [option(facts, 'new-key-id')];
  const rights = allowed(target.kmsType ?? '', { mode: 'external', creates, keyIds });
  return step(
    'confirm',
    'The node is running and connected',
    `${target.name} is connected to all ${places} that know its keys, and a namespace key that may sign for it is reachable. ${rights}`.trim(),
  );
}

function ownKey(facts: Facts, id: string): Step {
  const text = `\`${id}\` exists, was never used by this node, and is of the kind of the key that it replaces.`;
  return step('external', 'Create the new key', `${text}\n\n${externalKeyShapes(facts.target.kmsType ?? '', facts)}`);
}

function find(facts: Facts): Step {
  const kind = keyKindOf(facts);
  const purpose = `filterPurpose = Set(KeyPurpose.${kind?.purpose})`;
  const usage = kind?.usage === undefined ? '' : `, filterUsage = ${kind.usage}`;
  const list =
    kind === undefined || is2x(facts)
      ? listVault(facts)
      : `${facts.ref}.keys.secret.list(${purpose}${usage}).map(k => (k.name, k.id.unwrap, k.kmsKeyId))`;
  return step(
    'console',
    'Find the keys',
    'The first line lists the vault, with keys that were rotated out earlier; only those that the second line lists are in use.',
    [list, announcedKeys(facts)],
  );
}

function rotate(facts: Facts, id: string | undefined): Step {
  const { ref } = facts;
  if (keyAnswer(facts) === ALL) {
    const manager = needsManager(facts) ? '<reference of the domain manager>' : '';
    return step('console', 'Rotate all keys', 'Canton makes a new key for each of them in the KMS.', [
      `${ref}.keys.secret.rotate_node_keys(${manager})`,
    ]);
  }
  const old = quoted(fingerprintOf(facts));
  const name = scalaString(newNameOf(facts, keyKindOf(facts)));
  const call =
    id === undefined ? `rotate_node_key(${old})` : `rotate_kms_node_key(${old}, ${scalaString(id)}, ${name})`;
  const made = id === undefined ? 'Canton makes a key of the same kind in the KMS. ' : '';
  return step(
    'console',
    'Rotate the key',
    `${made}It adds the new key, waits until it is known everywhere, and removes the old one.`,
    [`val newKey = ${ref}.keys.secret.${call}`],
  );
}

function verification(facts: Facts): Step {
  const { ref } = facts;
  const seen = (purpose: string) =>
    `<another node>.keys.public.list_by_owner(${ref}.id.member).flatMap(_.keys(KeyPurpose.${purpose})).map(_.id)`;
  const kind = keyKindOf(facts);
  const purposes = kind === undefined ? [...new Set(keyKinds(facts).map(({ purpose }) => purpose))] : [kind.purpose];
  const elsewhere = is2x(facts) ? [] : purposes.map(seen);
  const finish = `finish it with \`${removeLine(facts, kind, '<old fingerprint>')}\``;
  return step(
    'verify',
    'Verify',
    `The announced keys, here and on another node, have the new key and not the old one. If both are there, the rotation broke off: ${finish}.`,
    [announcedKeys(facts), listVault(facts), ...elsewhere, ...liveness(facts)],
  );
}

function keepOld({ kind }: Facts): Step {
  return step(
    'confirm',
    'Keep the old key',
    `It stays in the vault and in the KMS. Delete it only when the ${kind} is pruned past the rotation: \`delete-keys\`.`,
  );
}

/** Nothing is lost as long as nothing was deleted. */
function goBack(facts: Facts): Step {
  const kept = 'The old key is still in the vault and in the KMS.';
  if (needsManager(facts)) {
    const text = `${kept} How the domain manager announces it again is not documented: rotate once more instead.`;
    return step('confirm', 'Announce the old key again', text);
  }
  const kind = keyKindOf(facts);
  const isAll = keyAnswer(facts) === ALL;
  const old = asFingerprint(facts, quoted(fingerprintOf(facts)));
  const fresh = isAll ? asFingerprint(facts, '"<fingerprint of the new key>"') : 'newKey.fingerprint';
  const how = kind === undefined ? ' For the encryption key write `KeyPurpose.Encryption`.' : '';
  const each = isAll ? ' Both lines for each key.' : '';
  return step('console', 'Announce the old key again', `${kept}${each}${how}`, [
    addLine(facts, kind, old),
    removeLine(facts, kind, fresh),
  ]);
}
