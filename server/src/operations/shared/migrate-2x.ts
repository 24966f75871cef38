import type { Facts } from '../facts';
import type { Step } from '../plan';
import type { Outcome } from '../procedure';
import { noReturn, step } from '../steps';
import { allowCommands } from './console-flags';
import { type NewNode, newNodeStep } from './new-node';
import type { KmsSettings } from './provider';
import { kmsReady } from './requirements';
import { firstStart } from './restart';

const ALL_PARTIES = 'limit = PositiveInt.tryCreate(100000)';

/**
 * Procedures (h1) and (h2): the new participant has a namespace of its own, to which the old one is delegated, or which
 * the parties go over to. Source: `external_key_storage/participant_kms_migration/*.rst`, `interoperability.rst` 2.10.4;
 * signatures of release-line-2.10.
 * @param settings undefined: the new participant has no KMS
 */
export function migrate2x(facts: Facts, settings: KmsSettings | undefined, next: NewNode, isRenamed: boolean): Outcome {
  const { target } = facts;
  const flags = allowCommands(facts, isRenamed ? ['repair'] : ['repair', 'preview']);
  if (flags === undefined) return { reasons: [`No file at hand can take the settings of ${target.id}.`] };
  return {
    warnings: warnings(isRenamed),
    steps: [
      step('confirm', 'The domain fits', domainText(isRenamed)),
      ...(settings === undefined ? [] : kmsReady(facts, settings.provider, { mode: 'external', creates: true })),
      step(
        'backup',
        'Back up the old participant',
        isRenamed ? 'Its database.' : 'Its database, and offline its root namespace key.',
      ),
      ...flags.forward,
      newNodeStep(facts, next),
      firstStart(
        { ...facts, target: { ...target, name: next.name } },
        `Canton makes its keys${settings === undefined ? '' : ' in the KMS'}. Connect it to the domain.`,
      ),
      ...(isRenamed ? newParties(facts, next) : sameParties(facts, next)),
      step('console', 'Quiet both sides', 'Then stop the old domain.', [
        `${facts.ref}.domains.disconnect_all()`,
        `${next.ref}.domains.disconnect_all()`,
      ]),
      ...moveContracts(facts, next, isRenamed),
      noReturn(
        step('console', 'Go over to the new participant', 'The old one is stopped for good.', [
          `${facts.ref}.stop()`,
          `${next.ref}.domains.reconnect_all()`,
        ]),
      ),
      step('verify', 'Verify', 'The parties and their contracts are there.', [
        `${next.ref}.parties.hosted(${ALL_PARTIES}).map(_.party)`,
        `${next.ref}.health.ping(${next.ref}.id)`,
      ]),
    ],
    rollback: [
      step(
        'restart',
        'Go on with the old participant',
        'Until the new one was connected in the last step: start the old participant with its database, and the old domain.',
      ),
      ...flags.back,
    ],
  };
}

function warnings(isRenamed: boolean): string[] {
  const reconstructed =
    'The commands are reconstructed from the signatures of 2.10 and from the test of 3.x: the scripts of the documentation are not public. Rehearse all of it on a test system.';
  const tink =
    'Nodes with provider `tink` cannot talk to KMS nodes: the domain must be `kms`, or `jce` with the schemes of the KMS as required ones.';
  const own = isRenamed
    ? 'The ids of all parties change. All owners of the contracts must agree, the old participant must run protocol version 3, and a script of your own writes the new ids into the export.'
    : 'Keep the root namespace key of the old participant offline for good: it must sign topology transactions at every later migration to a protocol version that the old domain does not support.';
  return [reconstructed, own, tink];
}

function domainText(isRenamed: boolean): string {
  const fits =
    'The new participant will use a domain whose nodes are `kms`, or `jce` with the schemes of the KMS as required ones.';
  return isRenamed ? fits : `${fits} The old domain supports the protocol version of the new one.`;
}

function sameParties({ ref: source }: Facts, { ref: fresh }: NewNode): Step[] {
  const oldNamespace = `${source}.id.uid.namespace.fingerprint`;
  const newNamespace = `${fresh}.id.uid.namespace.fingerprint`;
  return [
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
    step('console', 'Host the parties', 'All parties of the old participant, and the same packages.', [
      `val parties = ${source}.parties.hosted(${ALL_PARTIES}).map(_.party).toSet`,
      `parties.foreach(party => ${fresh}.topology.party_to_participant_mappings.authorize(TopologyChangeOp.Add, party, ${fresh}.id))`,
      `${fresh}.dars.upload("<file.dar>")`,
    ]),
  ];
}

function newParties({ ref: source }: Facts, { ref: fresh }: NewNode): Step[] {
  return [
    step('console', 'Make the parties anew', 'The second line once for each party, with its display name.', [
      `val parties = ${source}.parties.hosted(${ALL_PARTIES}).map(_.party).toSet`,
      `${fresh}.parties.enable("<name>", displayName = Some("<display name>"))`,
      `${fresh}.dars.upload("<file.dar>")`,
    ]),
  ];
}

function moveContracts({ ref: source }: Facts, { ref: fresh }: NewNode, isRenamed: boolean): Step[] {
  const exported = `${source}.repair.export_acs(parties = parties, partiesOffboarding = true, outputFile = "acs-export.gz", contractDomainRenames = Map(<old domain id> -> (<new domain id>, <protocol version>)))`;
  const text =
    'Old and new domain with the protocol version of the new one (`import com.digitalasset.canton.version.ProtocolVersion`). Do not go on working on the old participant.';
  if (!isRenamed) {
    const lines = [exported, `${fresh}.repair.import_acs("acs-export.gz", onboardedParties = parties)`];
    return [step('console', 'Move the contracts', text, lines)];
  }
  return [
    step('console', 'Export the contracts', text, [exported]),
    step(
      'external',
      'Write the new party ids into the export',
      'With your own script, from the old ids to those of the new parties.',
    ),
    step('console', 'Import the contracts', 'Into the new participant.', [
      `${fresh}.repair.import_acs("<rewritten export>", onboardedParties = <new parties>)`,
    ]),
  ];
}
