import { CANTON_VERSIONS } from '../../../../schemas/version';
import { announcedKeys, listVault, liveness } from '../console/lines';
import { scalaString } from '../console/text';
import { type Facts, is2x, option } from '../facts';
import type { Step } from '../plan';
import type { Outcome, Procedure } from '../procedure';
import { ask } from '../question';
import { editionReasons } from '../shared/envelope';
import { asFingerprint, fingerprintOf, fingerprintWarnings, quoted } from '../shared/existing-keys';
import { record } from '../shared/external';
import { keyIdWarnings } from '../shared/key-ids';
import { externalKeyShapes, permissions } from '../shared/requirements';
import { step } from '../steps';

/**
 * Procedures (k1) and (k2), on the running node. Source: `kms/key_rotation/rotate_external_keys.rst` 3.5, main;
 * `manual_kms_key_rotation.rst` 2.10.4; `VaultAdministration.scala` all lines.
 */
export const rotateExternalKeys: Procedure = {
  name: 'rotate-external-keys',
  title: 'Rotate external keys',
  summary: 'Replace one key or all keys of a running node by new ones in the KMS',
  versions: CANTON_VERSIONS,
  questions: (facts) => [
    ask('fingerprint', 'Fingerprint of the key to rotate, or empty: all keys', '1220…', true),
    ...(fingerprintOf(facts) === undefined
      ? []
      : [ask('new-key-id', 'Id of your own new key in the KMS, or empty: Canton makes one', '', true)]),
  ],
  plan: (facts) => {
    const reasons = [...editionReasons(facts), ...modeReasons(facts), ...keyReasons(facts)];
    return reasons.length > 0 ? { reasons } : rotation(facts);
  },
};

function modeReasons({ target }: Facts): readonly string[] {
  if (target.mode === 'external') return [];
  const instead = target.mode === 'envelope' ? ' Its wrapper key: `rotate-wrapper-key`.' : '';
  return [`${target.id} does not keep its keys in a KMS (\`provider = kms\`).${instead}`];
}

/** In 2.x the keys of these are announced by the domain manager. */
function needsManager(facts: Facts): boolean {
  return is2x(facts) && (facts.kind === 'sequencer' || facts.kind === 'mediator');
}

function keyReasons(facts: Facts): readonly string[] {
  const id = option(facts, 'new-key-id');
  if (needsManager(facts) && (fingerprintOf(facts) !== undefined || id !== undefined)) {
    return [
      `The keys of a ${facts.kind} of Canton 2.x are rotated together, through the domain manager; how a single one is rotated is not documented. Leave out the fingerprint and the new key.`,
    ];
  }
  return id !== undefined && id.length > 300 ? [`The id has ${id.length} characters; Canton takes 300 at most.`] : [];
}

function rotation(facts: Facts): Outcome {
  const { target } = facts;
  const id = option(facts, 'new-key-id');
  const provider = target.kmsType ?? '';
  return {
    warnings: warnings(facts, id),
    steps: [
      ready(facts, id === undefined),
      find(facts),
      ...(id === undefined ? [] : [step('external', 'Create the new key', newKeyText(id, provider))]),
      step('backup', 'Back up the database', 'Before the new key is announced.'),
      rotate(facts, id),
      verification(facts),
      record(facts),
      step(
        'confirm',
        'Keep the old key',
        `It stays in the vault and in the KMS. Delete it only when the ${facts.kind} is pruned past the rotation: \`delete-keys\`.`,
      ),
    ],
    rollback: needsManager(facts) ? [] : [goBack(facts)],
  };
}

function warnings(facts: Facts, id: string | undefined): string[] {
  const { target } = facts;
  const list = [
    'The namespace key is not rotated by this. The root namespace key cannot be rotated at all.',
    `If ${target.name} is not connected everywhere, the command breaks off after the new key was added and before the old one is removed.`,
    ...fingerprintWarnings(fingerprintOf(facts)),
    ...keyIdWarnings(facts, target.kmsType ?? '', id),
  ];
  if (id?.startsWith('alias/'))
    list.push(
      'Always name a key the same way: registered by alias and by ARN it conflicts, and AWS does not delete by alias.',
    );
  return list;
}

function ready(facts: Facts, creates: boolean): Step {
  const { target } = facts;
  const places = is2x(facts) ? 'domains' : 'synchronizers';
  const actions = permissions(target.kmsType ?? '', { mode: 'external', creates }).map((name) => `\`${name}\``);
  const allowed = actions.length === 0 ? '' : ` Its identity is allowed: ${actions.join(', ')}.`;
  return step(
    'confirm',
    'The node is running and connected',
    `${target.name} is connected to all ${places} that know its keys, and a namespace key that may sign for it is reachable.${allowed}`,
  );
}

function find(facts: Facts): Step {
  return step(
    'console',
    'Find the keys',
    'The first line lists the vault, with keys that were rotated out earlier; only those that the second line lists are in use.',
    [listVault(facts), announcedKeys(facts)],
  );
}

function newKeyText(id: string, provider: string): string {
  return `\`${id}\` exists, was never used by this node, and is of the kind of the key that it replaces.\n\n${externalKeyShapes(
    provider,
  )
    .map((line) => `- ${line}`)
    .join('\n')}`;
}

function rotate(facts: Facts, id: string | undefined): Step {
  const { ref } = facts;
  const fingerprint = fingerprintOf(facts);
  if (fingerprint === undefined && id === undefined) {
    const manager = needsManager(facts) ? '<reference of the domain manager>' : '';
    return step('console', 'Rotate all keys', 'Canton makes a new key for each of them in the KMS.', [
      `${ref}.keys.secret.rotate_node_keys(${manager})`,
    ]);
  }
  const old = quoted(fingerprint);
  const call = id === undefined ? `rotate_node_key(${old})` : `rotate_kms_node_key(${old}, ${scalaString(id)})`;
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
  const elsewhere = is2x(facts)
    ? []
    : [`<another node>.keys.public.list_by_owner(${ref}.id.member).flatMap(_.keys(KeyPurpose.Signing)).map(_.id)`];
  return step(
    'verify',
    'Verify',
    'The announced keys, here and on another node, have the new key and not the old one. If both are there, the rotation broke off: finish it by removing the old one.',
    [announcedKeys(facts), listVault(facts), ...elsewhere, ...liveness(facts)],
  );
}

/** Nothing is lost as long as nothing was deleted. */
function goBack(facts: Facts): Step {
  const { ref } = facts;
  const mappings = `${ref}.topology.owner_to_key_mappings`;
  const old = asFingerprint(facts, quoted(fingerprintOf(facts)));
  const fresh =
    fingerprintOf(facts) === undefined ? asFingerprint(facts, '"<fingerprint of the new key>"') : 'newKey.fingerprint';
  const lines = is2x(facts)
    ? [
        `${mappings}.authorize(TopologyChangeOp.Add, ${ref}.id, ${old}, KeyPurpose.Signing)`,
        `${mappings}.authorize(TopologyChangeOp.Remove, ${ref}.id, ${fresh}, KeyPurpose.Signing)`,
      ]
    : [`${mappings}.add_key(${old}, KeyPurpose.Signing)`, `${mappings}.remove_key(${fresh}, KeyPurpose.Signing)`];
  const text =
    'The old key is still in the vault and in the KMS. For the encryption key write `KeyPurpose.Encryption`.';
  return step('console', 'Announce the old key again', text, lines);
}
