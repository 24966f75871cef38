import type { Facts } from '../facts';
import type { Outcome } from '../procedure';
import { editSteps, noReturn, step } from '../steps';
import { type NewNode, newNodeStep } from './new-node';
import type { KmsSettings } from './provider';
import { readiness } from './requirements';
import { firstStart } from './restart';

/**
 * Procedure (h1): the new participant has a namespace of its own, to which the old one is delegated. Source:
 * `external_key_storage/participant_kms_migration/*.rst`, `interoperability.rst` 2.10.4; signatures of release-line-2.10.
 */
export function migrate2x(facts: Facts, settings: KmsSettings, next: NewNode): Outcome {
  const { ref: source, target } = facts;
  const { ref: fresh } = next;
  const features = editSteps(
    facts,
    'Allow repair and preview commands',
    'In the process of the console: export and import need the one, party mappings the other.',
    [
      {
        kind: 'set',
        path: ['canton', 'features'],
        value: { 'enable-repair-commands': true, 'enable-preview-commands': true },
      },
    ],
  );
  if (features === undefined) return { reasons: [`No file at hand can take the settings of ${target.id}.`] };
  const oldNamespace = `${source}.id.uid.namespace.fingerprint`;
  const newNamespace = `${fresh}.id.uid.namespace.fingerprint`;
  return {
    warnings: [
      'The commands are reconstructed from the signatures of 2.10 and from the test of 3.x: the scripts of the documentation are not public. Rehearse all of it on a test system.',
      'Keep the root namespace key of the old participant offline for good: it must sign topology transactions at every later migration to a protocol version that the old domain does not support.',
      'Nodes with provider `tink` cannot talk to KMS nodes: the domain must be `kms`, or `jce` with the schemes of the KMS as required ones.',
      'With a new namespace instead (all owners of contracts must agree, and the old participant runs protocol version 3) party ids have to be rewritten by a script of your own.',
    ],
    steps: [
      step(
        'confirm',
        'The domain fits',
        'The new participant will use a domain whose nodes are `kms`, or `jce` with the schemes of the KMS as required ones. The old domain supports the protocol version of the new one.',
      ),
      step('confirm', 'The KMS is ready', readiness(facts, settings.provider, { mode: 'external', creates: true })),
      step('backup', 'Back up the old participant', 'Its database, and offline its root namespace key.'),
      ...features.forward,
      newNodeStep(facts, next),
      firstStart(
        { ...facts, target: { ...target, name: next.name } },
        'Canton makes its keys in the KMS. Connect it to the domain.',
      ),
      step(
        'console',
        'Delegate the old namespace',
        'The new participant may then sign for the old parties. Load the root delegation first: it is in the last list.',
        [
          `val newKey = ${fresh}.keys.public.download(${newNamespace})`,
          `${source}.keys.public.upload(newKey, Some("new-namespace"))`,
          `val delegation = ${source}.topology.namespace_delegations.authorize(TopologyChangeOp.Add, ${oldNamespace}, ${newNamespace})`,
          `${source}.topology.all.list(filterAuthorizedKey = Some(${oldNamespace}))`,
        ],
      ),
      step('console', 'Load the delegations', 'On the new participant.', [
        `${fresh}.topology.load_transaction(<bytes of the root delegation>)`,
        `${fresh}.topology.load_transaction(delegation)`,
      ]),
      step('console', 'Host the parties', 'Once for each party of the old participant.', [
        `val parties = ${source}.parties.hosted(limit = PositiveInt.tryCreate(100000)).map(_.party).toSet`,
        `parties.foreach(party => ${fresh}.topology.party_to_participant_mappings.authorize(TopologyChangeOp.Add, party, ${fresh}.id))`,
        `${fresh}.dars.upload("<file.dar>")`,
      ]),
      step('console', 'Quiet both sides', 'Then stop the old domain.', [`${source}.domains.disconnect_all()`]),
      step(
        'console',
        'Move the contracts',
        'Old and new domain with the protocol version of the new one. Do not go on working on the old participant.',
        [
          `${source}.repair.export_acs(parties = parties, partiesOffboarding = true, outputFile = "acs-export.gz", contractDomainRenames = Map(<old domain id> -> (<new domain id>, <protocol version>)))`,
          `${fresh}.repair.import_acs("acs-export.gz", onboardedParties = parties)`,
        ],
      ),
      noReturn(
        step('console', 'Go over to the new participant', 'The old one is stopped for good.', [
          `${source}.stop()`,
          `${fresh}.domains.reconnect_all()`,
        ]),
      ),
      step('verify', 'Verify', 'The parties and their contracts are there.', [
        `${fresh}.parties.hosted(limit = PositiveInt.tryCreate(100000)).map(_.party)`,
        `${fresh}.health.ping(${fresh}.id)`,
      ]),
    ],
    rollback: [
      step(
        'restart',
        'Go on with the old participant',
        'Until the new one was connected in the last step: start the old participant with its database, and the old domain.',
      ),
      ...features.back,
    ],
  };
}
