import { scalaIdentifier } from '../../text/encoders/scala';
import { type Facts, is2x } from '../facts';
import { condition, type GuardedLine } from '../steps';

/*
 * Who announces keys in 2.x. Participants, domains and domain managers have a topology manager of their own; the keys of
 * sequencers and mediators are in the store of the domain manager. Source: `InstanceReference.scala`,
 * `TopologyAdministration.scala` of release-line-2.10; `KeyManagementIntegrationTest.scala` of 2.10.1.
 */

/** In 2.x the keys of these are announced by the domain manager. */
export function needsManager(facts: Facts): boolean {
  return is2x(facts) && (facts.kind === 'sequencer' || facts.kind === 'mediator');
}

/** The domain manager of the launch set in the console, or a gap where there is none or more than one. */
export function domainManager({ kind, ref, others }: Facts): string {
  if (kind === 'domain manager') return ref;
  const managers = others.filter((node) => node.kind === 'domain-managers');
  const only = managers.length === 1 ? managers[0] : undefined;
  return (only && scalaIdentifier(only.name)) ?? '<domain manager>';
}

/** The reference that has the `topology` commands for the keys of the node. */
export function topologyRef(facts: Facts): string {
  return needsManager(facts) ? domainManager(facts) : facts.ref;
}

/** Every mapping of the keys of a node in every store: store, owner, purpose and fingerprint. */
export function mappings2x(facts: Facts, ref = facts.ref): string {
  return `${listed(facts, ref)}).map(r => (r.context.domain, r.item.owner, r.item.key.purpose, r.item.key.fingerprint.unwrap))`;
}

/** The announced keys, as the store of the topology manager has them, where the commands that rotate look them up. */
export function announced2x(facts: Facts, owner = `${facts.ref}.id.keyOwner`): string {
  return `${listed(facts, facts.ref)}, filterStore = "Authorized").filter(_.item.owner == ${owner}).map(_.item.key)`;
}

/** The announced keys as another node sees them, which proves that a change was sequenced. */
export function elsewhere2x({ ref }: Facts): string {
  return `<another node>.keys.public.list_by_owner(${ref}.id.keyOwner).flatMap(r => r.keys(KeyPurpose.Signing) ++ r.keys(KeyPurpose.Encryption)).map(_.fingerprint.unwrap)`;
}

/** Conditions that a key is in no store any more, under any owner and for any namespace. */
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

/** When the key was taken out of use, an `Instant`: the latest of all stores. It fails where it was not. */
export function removal2x(facts: Facts, fingerprint: string): string {
  return `${listed(facts, facts.ref)}, useStateStore = false, timeQuery = TimeQuery.Range(None, None), operation = Some(TopologyChangeOp.Remove)).filter(_.item.key.fingerprint.unwrap == ${fingerprint}).map(_.context.validFrom).max`;
}

/** Sequencer and mediator of a domain have its unique identifier, so that the filter finds their keys, too. */
function listed(facts: Facts, ref: string): string {
  const owner = ref === facts.ref ? topologyRef(facts) : ref;
  return `${owner}.topology.owner_to_key_mappings.list(filterKeyOwnerUid = ${ref}.id.filterString`;
}
