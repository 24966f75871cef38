import { scalaString } from '../../text/encoders/scala';
import { liveness, stringOr } from '../console';
import { type Facts, option } from '../facts';
import { ask, type Outcome, type Procedure } from '../procedure';
import { allowCommands, noReturn, step } from '../steps';

const COUNTER = 'counter';
const ALIAS = 'alias';

/**
 * The way back of a participant that met a message which was encrypted for a key that is no longer announced: it skips the
 * message, and takes what is missing from a counterpart. Source: `EncryptedViewMessage.scala`,
 * `ParticipantRepairAdministration.scala` 3.5; run on 3.5.
 */
export const repairSkippedMessage: Procedure = {
  name: 'repair-skipped-message',
  title: 'Skip a message that cannot be decrypted',
  summary: 'Bring back a participant that was disconnected for good after its encryption key was rotated',
  since: '3.5',
  answers: {
    [COUNTER]: 'the sequencer counter of the message, from the log of the last reconnect',
    [ALIAS]: 'the alias of the synchronizer',
  },
  refusals: ({ target, kind }) =>
    kind === 'participant' ? [] : [`${target.id} is not a participant: only participants decrypt messages.`],
  questions: () => [
    ask(`set.${ALIAS}`, 'Alias of the synchronizer, or empty: fill it in later', '', true),
    ask(`set.${COUNTER}`, 'Sequencer counter of the message, or empty: fill it in later', '40', true),
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
    : [`'${counter}' is not a sequencer counter: it is a whole number.`];
}

function repair(facts: Facts): Outcome {
  const { target, ref } = facts;
  const flags = allowCommands(facts, ['repair']);
  if (flags === undefined) return { refusals: [`No file at hand can take the settings of ${target.id}.`] };
  const alias = stringOr(option(facts, `set.${ALIAS}`), 'alias of the synchronizer');
  const given = option(facts, `set.${COUNTER}`);
  const counter = `com.digitalasset.canton.SequencerCounter(${given === undefined ? '"<sequencer counter of the message>".toLong' : `${given}L`})`;
  return {
    warnings: [
      `The request in the skipped message is missing on ${target.name} until its contracts are imported from a counterpart: both log \`ACS_COMMITMENT_MISMATCH\` each minute until then.`,
      'An archival that was skipped as an event of its own leaves its contract active here. This was not tried: ask for support then.',
      'This was shown on Canton 3.5, twice, and is not in the manual of Digital Asset. Back up first.',
    ],
    steps: [
      step(
        'confirm',
        'It is this fault',
        'The log has `MissingParticipantKey(…)` behind `ViewMessageDecrypter`, then `Permanently closing sequencer subscription` and `SYNC_SERVICE_SYNCHRONIZER_DISCONNECTED`, again after each restart. With `PrivateKeyStoreVerificationError(FailedToReadKey(…))` instead, a private key is missing: register or upload it, and skip nothing.',
      ),
      ...flags.forward,
      step(
        'external',
        'Find the counter',
        'Reconnect once. The INFO line `Replaying or processing locally stored events with sequencer counters 40 to 40` names it first; the message must be that of the error: compare `Phase 3: Validating Transaction request=…` with the time in the error.',
      ),
      step('backup', 'Back up the database', 'It is the only way back.'),
      noReturn(
        step(
          'console',
          'Skip the message',
          'If several messages were sent in that moment, the participant ends at the next one: repeat the procedure with its counter.',
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
        'The participant stays connected. Pings time out until it has read on: try again later.',
        liveness(facts),
      ),
      step(
        'external',
        'Export what is missing from a counterpart',
        `Stop the applications on the shared contracts first; nothing on them may change until the import. On the participant that shares contracts with ${target.name}, with the parties that are its own:\n\n\`\`\`scala\n<counterpart>.repair.export_acs(parties = Set(<its parties>), exportFilePath = "shared.gz", ledgerOffset = <counterpart>.ledger_api.state.end(), excludedStakeholders = Set(<parties of third nodes>))\n\`\`\`\n\nCopy the file to the console of ${target.name}.`,
      ),
      step('console', 'Import it', 'What is there already is left as it is.', [
        { code: `val synchronizerId = ${ref}.synchronizers.id_of(${alias})`, value: 'query' },
        `${ref}.synchronizers.disconnect_all()`,
        `${ref}.repair.import_acs(synchronizerId, ${scalaString('shared.gz')})`,
        `${ref}.synchronizers.reconnect_all()`,
      ]),
      step(
        'verify',
        'Verify the contracts',
        'At the next interval of commitments both log `Commitment correct for sender …`.',
        liveness(facts),
      ),
    ],
    rollback: flags.back,
  };
}
