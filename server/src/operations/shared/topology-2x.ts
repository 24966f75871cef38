import { entryAt } from '../../hocon/values/config-value';
import { scalaIdentifier } from '../../text/encoders/scala';
import { type Facts, is2x, option } from '../facts';
import { type Answers, ask, type Question } from '../procedure';
import { condition, type GuardedLine } from '../steps';

/*
 * The nodes that announce keys in 2.x. Participants, domains and domain managers have their own topology managers; the
 * keys of sequencers and mediators are in the store of the domain manager. Source: `InstanceReference.scala`,
 * `TopologyAdministration.scala` of release-line-2.10; `KeyManagementIntegrationTest.scala` of 2.10.1.
 */

/** In 2.x, the domain manager announces the keys of these nodes. */
export function needsManager(facts: Facts): boolean {
  return is2x(facts) && (facts.kind === 'sequencer' || facts.kind === 'mediator');
}

const DOMAIN_MANAGER = 'domain-manager';

export const MANAGER_ANSWER: Answers = {
  [DOMAIN_MANAGER]: 'name of the domain manager in the console, for a sequencer or mediator of 2.10',
};

/** The question is asked if the launch set does not determine the answer. */
export function managerQuestion(facts: Facts): readonly Question[] {
  if (!needsManager(facts) || managersOf(facts).length === 1) return [];
  return [ask(`set.${DOMAIN_MANAGER}`, 'Name of the domain manager in the console (empty: enter it later)', '', true)];
}

/**
 * The domain manager in the console: the answer, or the one of the launch set. A placeholder if neither determines it.
 */
export function domainManager(facts: Facts): string {
  if (facts.kind === 'domain manager') return facts.ref;
  const managers = managersOf(facts);
  const name = option(facts, `set.${DOMAIN_MANAGER}`) ?? (managers.length === 1 ? managers[0] : undefined);
  return (name === undefined ? undefined : scalaIdentifier(name)) ?? '<domain manager>';
}

/** The names of those that run in the process, and of those that its console reaches. */
function managersOf({ config }: Facts): string[] {
  return ['domain-managers', 'remote-domain-managers'].flatMap((kind) => {
    const section = entryAt(config, ['canton', kind])?.value;
    return section?.kind === 'object' ? [...section.entries.keys()] : [];
  });
}

/** The reference whose `topology` commands apply to the keys of the node. */
export function topologyRef(facts: Facts): string {
  return needsManager(facts) ? domainManager(facts) : facts.ref;
}

/** Every mapping of the keys of a node in every store: store, owner, purpose and fingerprint. */
export function mappings2x(facts: Facts, ref = facts.ref): string {
  return `${listed(facts, ref)}).map(r => (r.context.domain, r.item.owner, r.item.key.purpose, r.item.key.fingerprint.unwrap))`;
}

/** The announced keys, as the store of the topology manager has them, where the rotation commands look them up. */
export function announced2x(facts: Facts, owner = `${facts.ref}.id.keyOwner`): string {
  return `${listed(facts, facts.ref)}, filterStore = "Authorized").filter(_.item.owner == ${owner}).map(_.item.key)`;
}

/** The announced keys as another node sees them, which proves that a change was sequenced. */
export function elsewhere2x({ kind, ref }: Facts): string {
  // The key owner of a domain is its topology manager; its sequencer and mediator have the same unique identifier.
  const owners =
    kind === 'domain' ? `list_owners(filterKeyOwnerUid = ${ref}.id.filterString)` : `list_by_owner(${ref}.id.keyOwner)`;
  return `<another node>.keys.public.${owners}.flatMap(r => r.keys(KeyPurpose.Signing) ++ r.keys(KeyPurpose.Encryption)).map(_.fingerprint.unwrap)`;
}

/** Conditions that a key is no longer in any store, under any owner and for any namespace. */
export function proof2x(facts: Facts, fingerprint: string): GuardedLine[] {
  const top = topologyRef(facts);
  return [
    condition(
      'the key is announced nowhere',
      `!${listed(facts, facts.ref)}).exists(_.item.key.fingerprint.unwrap == ${fingerprint})`,
    ),
    condition(
      'no namespace is delegated to it',
      `!${top}.topology.namespace_delegations.list().exists(_.targetKey.unwrap == ${fingerprint})`,
    ),
    condition('it is not the root namespace key', `${top}.id.uid.namespace.fingerprint.unwrap != ${fingerprint}`),
  ];
}

/**
 * `removed`, an `Instant`: the time when the key was retired, the latest one of all stores. The script stops if it was
 * never retired.
 */
export function removal2x(facts: Facts, fingerprint: string): GuardedLine[] {
  const removals = `${listed(facts, facts.ref)}, useStateStore = false, timeQuery = TimeQuery.Range(None, None), operation = Some(TopologyChangeOp.Remove)).filter(_.item.key.fingerprint.unwrap == ${fingerprint}).map(_.context.validFrom)`;
  return [
    condition(
      'the key was announced and taken out of use (if it was never announced, nothing has to be pruned: remove this step from the script)',
      `${removals}.nonEmpty`,
    ),
    { code: `val removed = ${removals}.max`, value: 'query' },
  ];
}

/** Sequencer and mediator of a domain have its unique identifier, so the filter finds their keys as well. */
function listed(facts: Facts, ref: string): string {
  const owner = ref === facts.ref ? topologyRef(facts) : ref;
  return `${owner}.topology.owner_to_key_mappings.list(filterKeyOwnerUid = ${ref}.id.filterString`;
}
