import { type Facts, is2x } from '../facts';

/*
 * Console lines that several procedures share. Signatures: `VaultAdministration.scala`,
 * `TopologyAdministrationGroup.scala` of release-line-3.3, 3.4, 3.5 and main; `TopologyAdministration.scala` of 2.10.
 */

/** Every key of the vault with what encrypts or holds it. 2.10 does not tell ids of external keys. */
export function listVault(facts: Facts, ref = facts.ref): string {
  const fields = is2x(facts) ? 'k.name, k.id, k.wrapperKeyId' : 'k.name, k.id, k.wrapperKeyId, k.kmsKeyId';
  return `${ref}.keys.secret.list().map(k => (${fields}))`;
}

export function fingerprints({ ref }: Facts): string {
  return `${ref}.keys.secret.list().map(_.id)`;
}

/** The keys that the node has announced. */
export function announcedKeys(facts: Facts): string {
  const mappings = `${facts.ref}.topology.owner_to_key_mappings.list`;
  if (is2x(facts)) return `${mappings}(filterStore = "Authorized")`;
  return `${mappings}(store = Some(TopologyStoreId.Authorized), filterKeyOwnerUid = ${facts.ref}.id.filterString).flatMap(_.item.keys).map(_.id)`;
}

/** Participants only: sequencers and mediators come back by themselves. */
export function reconnect(facts: Facts): readonly string[] {
  if (facts.kind !== 'participant') return [];
  return [`${facts.ref}.${is2x(facts) ? 'domains' : 'synchronizers'}.reconnect_all()`];
}

/** Participants ping another one of the launch set, or themselves; other nodes have their status only. */
export function liveness(facts: Facts): readonly string[] {
  const status = `${facts.ref}.health.status`;
  return facts.kind === 'participant' ? [status, `${facts.ref}.health.ping(${facts.ref}.id)`] : [status];
}
