import { type Facts, is2x } from './facts';

/** Words that Scala takes for itself. */
const RESERVED = new Set(
  (
    'abstract case catch class def do else enum extends false final finally for forSome given if implicit import lazy ' +
    'macro match new null object override package private protected return sealed super then this throw trait true try type ' +
    'val var while with yield'
  ).split(' '),
);

/**
 * The value that stands for a node in the Canton console. It has the name that the configuration gives to the node; a
 * name that is no plain Scala identifier (`node-1`) is written between backticks (`ConsoleEnvironment.scala`, all lines).
 */
export function reference(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !RESERVED.has(name) ? name : `\`${name}\``;
}

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

/** A Scala string literal. */
export function scalaString(text: string): string {
  return JSON.stringify(text);
}

/** What the operator has to fill in; no valid Scala, so that a forgotten one cannot run. */
function blank(what: string): string {
  return `<${what}>`;
}

/** A string literal of the answer, or of what has to be filled in. */
export function stringOr(answer: string | undefined, what: string): string {
  return answer === undefined ? `"${blank(what)}"` : scalaString(answer);
}
