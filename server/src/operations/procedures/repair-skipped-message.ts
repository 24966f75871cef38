import { scalaString } from '../../text/encoders/scala';
import { liveness, stringOr } from '../console';
import { type Facts, option } from '../facts';
import { ask, type Outcome, type Procedure } from '../procedure';
import { allowCommands, noFileToChange, noReturn, step } from '../steps';

const COUNTER = 'counter';
const ALIAS = 'alias';

/**
 * The repair of a participant that received a message encrypted for a key that is no longer announced: it skips the
 * message and copies the missing contracts from a counterparty. Source: `EncryptedViewMessage.scala`,
 * `ParticipantRepairAdministration.scala` 3.5; run on 3.5.
 */
export const repairSkippedMessage: Procedure = {
  name: 'repair-skipped-message',
  title: 'Skip a message that cannot be decrypted',
  summary: 'Recover a participant that was permanently disconnected after its encryption key was rotated',
  needsKeys: true,
  since: '3.5',
  answers: {
    [COUNTER]: 'the sequencer counter of the message, from the log of the last reconnect',
    [ALIAS]: 'the alias of the synchronizer',
  },
  refusals: ({ target, kind }) =>
    kind === 'participant' ? [] : [`${target.id} is not a participant, and only participants decrypt messages.`],
  questions: () => [
    ask(`set.${ALIAS}`, 'Alias of the synchronizer (empty: enter it later)', '', true),
    ask(`set.${COUNTER}`, 'Sequencer counter of the message (empty: enter it later)', '40', true),
  ],
  answerRefusals: counterRefusals,
  plan: (facts) => {
    const refusals = counterRefusals(facts);
    return refusals.length > 0 ? { refusals } : repair(facts);
  },
};

function counterRefusals(facts: Facts): string[] {
  const counter = option(facts, `set.${COUNTER}`);
  return counter === undefined || /^\d{1,18}$/.test(counter)
    ? []
    : [`'${counter}' is not a sequencer counter, which is a whole number.`];
}

function repair(facts: Facts): Outcome {
  const { target, ref } = facts;
  const flags = allowCommands(facts, ['repair']);
  if (flags === undefined) return noFileToChange(facts);
  const alias = stringOr(option(facts, `set.${ALIAS}`), 'alias of the synchronizer');
  const given = option(facts, `set.${COUNTER}`);
  const counter = `com.digitalasset.canton.SequencerCounter(${given === undefined ? '"<sequencer counter of the message>".toLong' : `${given}L`})`;
  return {
    warnings: [
      `The request in the skipped message is missing on ${target.name} until its contracts are imported from a counterpart. Until then, both nodes log \`ACS_COMMITMENT_MISMATCH\` every minute.`,
      'If the skipped message is an archival, its contract remains active here. This case was not tested; ask Digital Asset for support.',
      "This procedure was tested twice on Canton 3.5, and is not in Digital Asset's documentation. Back up first.",
    ],
    steps: [
      step(
        'confirm',
        'The symptoms match',
        'The log has `MissingParticipantKey(…)` behind `ViewMessageDecrypter`, then `Permanently closing sequencer subscription` and `SYNC_SERVICE_SYNCHRONIZER_DISCONNECTED`, again after each restart. With `PrivateKeyStoreVerificationError(FailedToReadKey(…))` instead, a private key is missing: register or upload it, and do not skip the message.',
      ),
      ...flags.forward,
      step(
        'external',
        'Find the counter',
        'Reconnect once. The INFO line `Replaying or processing locally stored events with sequencer counters 40 to 40` shows the counter first. It must be the message of the error: compare `Phase 3: Validating Transaction request=…` with the time in the error.',
      ),
      step('backup', 'Back up the database', 'The backup is the only way back.'),
      noReturn(
        step(
          'console',
          'Skip the message',
          'If several messages were sent at that time, the participant stops at the next one: repeat the procedure with its counter.',
          [
            { code: `val synchronizerId = ${ref}.synchronizers.id_of(${alias})`, value: 'query' },
            `val physicalId = ${ref}.synchronizers.list_registered().flatMap(_._2.toOption).find(_.logical == synchronizerId).getOrElse(sys.error("there is no such synchronizer"))`,
            `${ref}.synchronizers.disconnect_all()`,
            `${ref}.repair.ignore_events(physicalId, ${counter}, ${counter})`,
            `${ref}.synchronizers.reconnect_all()`,
          ],
        ),
      ),
      step(
        'verify',
        'Verify',
        'The participant stays connected. Pings time out until it has processed the backlog: try again later.',
        liveness(facts),
      ),
      step(
        'external',
        'Export the missing contracts from a counterpart',
        `Stop the applications that use the shared contracts first; the contracts must not change until the import. Run this on the participant that shares contracts with ${target.name}, with its own parties:\n\n\`\`\`scala\n<counterpart>.repair.export_acs(parties = Set(<its parties>), exportFilePath = "shared.gz", ledgerOffset = <counterpart>.ledger_api.state.end(), excludedStakeholders = Set(<parties of third nodes>))\n\`\`\`\n\nCopy the file to the console of ${target.name}.`,
      ),
      step('console', 'Import the contracts', 'Existing contracts do not change.', [
        { code: `val synchronizerId = ${ref}.synchronizers.id_of(${alias})`, value: 'query' },
        `${ref}.synchronizers.disconnect_all()`,
        `${ref}.repair.import_acs(synchronizerId, ${scalaString('shared.gz')})`,
        `${ref}.synchronizers.reconnect_all()`,
      ]),
      step(
        'verify',
        'Verify the contracts',
        'At the next commitment interval, both nodes log `Commitment correct for sender …`.',
        liveness(facts),
      ),
    ],
    rollback: flags.back,
  };
}
