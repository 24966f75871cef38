import { KMS_PERMISSIONS, namesOf } from '../../model/facts/kms-permissions';
import { scalaString } from '../../text/encoders/scala';
import { announcedKeys, listVault, liveness } from '../console';
import { type Facts, is2x, isAtLeast, option } from '../facts';
import type { Step } from '../plan';
import type { Outcome, Procedure } from '../procedure';
import { ask, choicesOf, pick } from '../procedure';
import { asFingerprint, fingerprintOf, fingerprintWarnings, quoted } from '../shared/keys';
import { kmsHandling } from '../shared/kms-handling';
import { elsewhere2x, MANAGER_ANSWER, managerQuestion, proof2x, removal2x } from '../shared/topology-2x';
import { waitForOrderer } from '../shared/waits';
import { ACTIVE_REPLICA, type ConsoleLine, condition, noReturn, step } from '../steps';

const STAGE = 'stage';
const DISABLE = 'disable';
const STAGES = choicesOf({
  [DISABLE]: ['Disable it first', 'The first plan: the key can be enabled again at once'],
  delete: ['Delete it', 'The second plan, days later: the key has been disabled, and nothing failed'],
});

/**
 * Procedure (l). Source: `keys/key_management.rst` main; `KmsCryptoPrivateStore.scala`, `AwsKms.scala`, `GcpKms.scala`
 * 3.5; `VaultAdministration.scala` all lines.
 */
export const deleteKeys: Procedure = {
  name: 'delete-keys',
  title: 'Delete old keys',
  summary: 'Delete a key that is no longer in use, from the node and from the KMS',
  needsKeys: true,
  answers: {
    [STAGE]:
      '`disable` for the first of two plans, which disables a key in the KMS; without it, the second one, which deletes the key days later',
    ...MANAGER_ANSWER,
  },
  refusals: () => [],
  answerRefusals: stageRefusals,
  questions: (facts) => [
    ask('fingerprint', 'Fingerprint of the key to delete (empty: enter it later)', '1220…', true),
    ...(facts.target.mode === 'external' ? [pick(`set.${STAGE}`, 'Disable the key first, or delete it?', STAGES)] : []),
    ...managerQuestion(facts),
  ],
  plan: (facts): Outcome => {
    const isExternal = facts.target.mode === 'external';
    const refusals = stageRefusals(facts);
    if (refusals.length > 0) return { refusals };
    if (option(facts, `set.${STAGE}`) === DISABLE) return disabling(facts);
    return {
      warnings: [
        'Never delete an announced key or a namespace key: other nodes continue to use it, and it cannot be revoked any more.',
        'Canton has no command to delete a wrapper key.',
        ...(isExternal ? externalWarnings(facts) : []),
        ...fingerprintWarnings(fingerprintOf(facts)),
      ],
      steps: [
        ...(isExternal ? [disabledBefore()] : []),
        notAnnounced(facts),
        ...waitForOrderer(facts),
        // A domain manager has no data to prune.
        ...(facts.kind === 'domain manager' ? [] : [prune(facts)]),
        step(
          'backup',
          'Back up the database',
          isExternal
            ? `Note the ID, ${is2x(facts) ? 'purpose' : 'usage'} and name of the key, which are needed to register it again. Restoring an older backup requires every key that was announced since then, so do not delete any of those keys earlier.`
            : 'The backup is the only way back.',
        ),
        remove(facts, isExternal),
        step('verify', 'Verify', `The key is gone.${isExternal ? ' In the KMS it is pending deletion.' : ''}`, [
          listVault(facts),
          ...liveness(facts),
        ]),
      ],
      rollback: isExternal ? [goBack(facts)] : [],
    };
  },
};

function stageRefusals(facts: Facts): readonly string[] {
  const stage = option(facts, `set.${STAGE}`);
  if (stage === undefined) return [];
  if (stage !== DISABLE && stage !== 'delete') return [`'${stage}' is not a stage. The stages are disable and delete.`];
  return stage === DISABLE && facts.target.mode !== 'external'
    ? [`${facts.target.id} has no key in the KMS that can be disabled before it is deleted.`]
    : [];
}

function notAnnounced(facts: Facts): Step {
  return step(
    'verify',
    'The key is not announced',
    `The key is in the first list and in none of the others, which show every store of the node. Canton does not check this: it silently deletes an announced key, even the root namespace key, and afterwards the key can no longer be taken out of use. If the key is still in use, rotate it first. ${ACTIVE_REPLICA}`,
    [listVault(facts), announcedKeys(facts), ...proof(facts), ...elsewhere(facts)],
  );
}

/** Both stages in one sitting would show nothing. */
function disabledBefore(): Step {
  return step(
    'confirm',
    'The key has been disabled for days',
    'It was disabled with the plan of `--set stage=disable`, at least seven days ago, and nothing failed since. If not, plan that first: a disabled key can be enabled again at once, and a deleted one cannot.',
  );
}

/** The first of two plans: whatever still needs the key fails while it can be enabled again. */
function disabling(facts: Facts): Outcome {
  const { target } = facts;
  const { disableKey, enableKey } = kmsHandling(target.kmsType);
  return {
    warnings: [
      'Whatever still needs the key fails from now on. Disable it when somebody watches the node.',
      ...fingerprintWarnings(fingerprintOf(facts)),
    ],
    steps: [
      notAnnounced(facts),
      ...waitForOrderer(facts),
      step('external', 'Disable the key in the KMS', `${disableKey}. The ID of the key is in the first list above.`),
      step('verify', 'Verify', 'The node works without the key.', [...liveness(facts)]),
      step(
        'confirm',
        'Wait for a week',
        'Note the time. Look for the warning `KMS operation … failed` in the log each day: `canton-kms explain --log` names the key that was asked for. Then plan `delete-keys` with `--set stage=delete`.',
      ),
    ],
    rollback: [
      step(
        'external',
        'Enable the key again',
        `${enableKey}. A participant that was disconnected needs \`reconnect_all()\`.`,
      ),
    ],
  };
}

function externalWarnings({ target }: Facts): string[] {
  const list = target.kmsType === undefined ? [] : KMS_PERMISSIONS[target.kmsType];
  const right = namesOf(list, 'external', 'delete').map((name) => `\`${name}\``)[0];
  return [
    `${target.name} needs a permission that is not documented for Canton: ${right ?? 'the one that the driver needs to delete a key'}. If the KMS refuses the deletion, the command fails, but the node has removed the key from its database.`,
    ...kmsHandling(target.kmsType).deletionLimits,
  ];
}

/** Stops the script if the key is still announced, including in a proposal or a delegation. */
function proof(facts: Facts): ConsoleLine[] {
  if (is2x(facts)) return proof2x(facts, quoted(fingerprintOf(facts)));
  const { ref } = facts;
  const fingerprint = quoted(fingerprintOf(facts));
  const mappings = `${ref}.topology.owner_to_key_mappings.list(filterKeyOwnerUid = ${ref}.id.filterString`;
  const everywhere = `(${mappings}) ++ ${mappings}, proposals = true))`;
  const delegations = `${ref}.topology.namespace_delegations.list(store = store, filterTargetKey = Some(${asFingerprint(facts, fingerprint)}))`;
  return [
    condition(
      'the key is neither announced nor proposed',
      `!${everywhere}.exists(_.item.keys.exists(_.id.unwrap == ${fingerprint}))`,
    ),
    condition('it is not the root namespace key', `${ref}.namespace.fingerprint.unwrap != ${fingerprint}`),
    condition(
      'the namespace is not delegated to it',
      `${everywhere}.map(_.context.storeId).distinct.forall(store => ${delegations}.isEmpty)`,
    ),
  ];
}

/** If other nodes no longer show the key, its removal was sequenced. */
function elsewhere(facts: Facts): string[] {
  if (is2x(facts)) return [elsewhere2x(facts)];
  const purposes = facts.kind === 'participant' ? ['Signing', 'Encryption'] : ['Signing'];
  return purposes.map(
    (purpose) =>
      `<another node>.keys.public.list_by_owner(${facts.ref}.id.member).flatMap(_.keys(KeyPurpose.${purpose})).map(_.id.unwrap)`,
  );
}

const NOTHING_SAFE =
  'NOTE nothing can be pruned past the rotation yet: wait, and run this part again before the key is deleted.';

/** `prune()` of a sequencer or mediator keeps seven days; only an explicit time reaches beyond the rotation. */
function prune(facts: Facts): Step {
  const { kind, ref } = facts;
  const isParticipant = kind === 'participant';
  const at = 'removed';
  const time: ConsoleLine[] = is2x(facts)
    ? removal2x(facts, quoted(fingerprintOf(facts)))
    : [
        {
          code: `val ${at} = ${ref}.topology.owner_to_key_mappings.list(filterKeyOwnerUid = ${ref}.id.filterString).map(_.context.validFrom).max`,
          value: 'query',
        },
      ];
  const safe = `${ref}.pruning.find_safe_offset(${at})`;
  const lines: ConsoleLine[] = [
    ...time,
    ...(isParticipant
      ? [
          `${safe}.fold(${scalaString(NOTHING_SAFE)})(offset => { ${ref}.pruning.prune(offset); "pruned up to offset " + offset })`,
        ]
      : pruneLines(facts, `com.digitalasset.canton.data.CantonTimestamp.assertFromInstant(${at})`)),
  ];
  const lag = kind === 'sequencer' ? ' It fails if a member has not acknowledged events up to that time.' : '';
  const flag =
    isParticipant && !isAtLeast(facts, '3.4')
      ? ' `find_safe_offset` is a preview command of this version: `canton.features.enable-preview-commands = yes` in the process of the console.'
      : '';
  const never = is2x(facts)
    ? ' If the first line is false, the key was never announced: delete it without this step.'
    : '';
  const early = isParticipant
    ? ' Right after a rotation, no offset is safe to prune: the limit is the deduplication of commands (`init.ledger-api.max-deduplication-duration`, a week by default). With one second instead, a test on 3.5 pruned two minutes after the rotation. Run this part again later.'
    : '';
  return step(
    'console',
    'Prune past the rotation',
    `Data from the time when the key was in use must be pruned. If a pruning schedule exists, wait for it.${never}${early}${lag}${flag}`,
    lines,
  );
}

/** A domain of 2.x has the groups of its two parts (`PruningDocumentationTest.scala` of 2.10.1). */
function pruneLines({ kind, ref }: Facts, at: string): string[] {
  if (kind === 'domain') return [`${ref}.sequencer.pruning.prune_at(${at})`, `${ref}.mediator.prune_at(${at})`];
  return [`${ref}.pruning.prune_at(${at})`];
}

function remove(facts: Facts, isExternal: boolean): Step {
  const effect = isExternal ? kmsHandling(facts.target.kmsType).deletion : 'The key is removed from the database.';
  return noReturn(
    step(
      'console',
      'Delete the key',
      `${effect} Without \`force = true\`, the command asks for confirmation on the console and does nothing in a script.`,
      [
        ...proof(facts),
        {
          code: `${facts.ref}.keys.secret.delete(${asFingerprint(facts, quoted(fingerprintOf(facts)))}, force = true)`,
          done: `!${facts.ref}.keys.secret.list().exists(_.id.unwrap == ${quoted(fingerprintOf(facts))})`,
        },
      ],
    ),
  );
}

/** This works while the provider still has the key. It also repairs a deletion that the KMS refused. */
function goBack(facts: Facts): Step {
  const { kind, ref, target } = facts;
  const usage = is2x(facts) ? '' : ', <usage of the key>';
  const same = is2x(facts) ? 'ID and name' : 'ID, usage and name';
  const isParticipant = kind === 'participant';
  const which = isParticipant ? ': the first line for a signing key, the second for an encryption key' : '';
  return step(
    'console',
    'Restore the key',
    `${kmsHandling(target.kmsType).undoDeletion}, then register it again with the same ${same}${which}. Register it in the same way if the KMS refused the deletion.`,
    [
      `${ref}.keys.secret.register_kms_signing_key("<KMS key ID>"${usage}, name = "<name>")`,
      ...(isParticipant ? [`${ref}.keys.secret.register_kms_encryption_key("<KMS key ID>", name = "<name>")`] : []),
    ],
  );
}
