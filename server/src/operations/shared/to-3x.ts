import { listVault } from '../console';
import type { Facts } from '../facts';
import type { Outcome } from '../procedure';
import { allowCommands, noFileToChange, noReturn, step } from '../steps';

/**
 * From 2.10 to Canton 3, to the extent that it is documented. Neither the KMS pages of the 2.10.4 manual nor those of
 * 3.3 to main describe how to move a node, its identity or its contracts. The keys that each line needs are those of
 * `TopologyManagementHelper.scala` 2.10.1 and 3.3 to main.
 */
export function moveTo3x(facts: Facts): Outcome {
  const { ref, target } = facts;
  const flags = allowCommands(facts, ['testing']);
  if (flags === undefined) return noFileToChange(facts);
  const isExternal = target.mode === 'external';
  return {
    warnings: [
      'No manual describes how a participant of 2.10 becomes one of Canton 3. This plan contains only what is documented, and names what is not.',
      'Rehearse the whole move on a test system, and ask for support before you plan it.',
    ],
    steps: [
      step('confirm', 'What is kept', kept(facts)),
      step('confirm', 'What is not kept', NOT_KEPT),
      step('confirm', 'What is not documented', UNKNOWN),
      step(
        'backup',
        'Back up the participant',
        `Back up its database${isExternal ? '' : ', and store its root namespace key offline'}. Keep the backup as long as its history may be needed: no later version is documented to read it.`,
      ),
      ...flags.forward,
      step(
        'console',
        'List what must move',
        'The lines list the keys, the parties that this participant hosts, and the number of its contracts.',
        [
          listVault(facts),
          `${ref}.ledger_api.parties.list().filter(party => party.party.toProtoPrimitive != ${ref}.uid.toProtoPrimitive && party.isLocal).map(_.party)`,
          `${ref}.ledger_api.acs.of_all(limit = PositiveInt.MaxValue).size`,
        ],
      ),
      step(
        'external',
        'Set up a new participant of Canton 3',
        'Write a configuration for Canton 3 (`canton-kms check --canton-version 3.5` names each key of 2.10 that it does not read), with an empty database and ports of its own. Plan its keys with that version: `register-keys` or `enable-external`.',
      ),
      step(
        'external',
        'Transfer the assets',
        'Create the parties again on the new participant, and transfer their assets with transactions of your own application. Packages must be compiled for the Daml version of Canton 3.',
      ),
      noReturn(
        step(
          'external',
          'Switch the old participant off',
          'Do this only when every asset was transferred. Disable the keys that only the old participant uses in the KMS first, and delete them when its history is no longer needed.',
        ),
      ),
    ],
    rollback: [
      step(
        'confirm',
        'Return to the old participant',
        'The old participant and its keys are unchanged until it is switched off.',
      ),
      ...flags.back,
    ],
  };
}

function kept({ target }: Facts): string {
  const settings =
    'The account or project of the KMS, its network access and its permissions: the documented permissions are the same. The settings of `crypto.kms` have the same names.';
  const keys =
    target.mode === 'external'
      ? ' The keys stay in the KMS, and the old participant needs them until it is switched off.'
      : '';
  return `${settings}${keys}`;
}

const NOT_KEPT = `- The set of keys: Canton 3 requires a fourth key for a participant, for sequencer authentication, and each signing key has one usage for its life. One signing key of 2.10 signs for everything.
- The schemes: \`crypto.signing\` and \`crypto.encryption\` name algorithms and key specs instead of schemes.
- The provider \`tink\`, and domains and domain managers: Canton 3 has synchronizers with sequencers and mediators.
- The console commands: every script of 2.10 must be written again.`;

const UNKNOWN = `- Whether a key of 2.10 that is registered on a participant of Canton 3 has the same fingerprint, and so gives the same namespace. Create new keys.
- Whether Canton 3 can read a database, a topology transaction or an export of contracts of 2.10. Do not try this in production.
- Whether a wrapper key may encrypt the stores of both participants. Use one for each.`;
