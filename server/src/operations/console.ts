import { scalaString } from '../text/encoders/scala';
import { type Facts, is2x } from './facts';

/*
 * Console lines that several procedures share. Signatures: `VaultAdministration.scala`,
 * `TopologyAdministrationGroup.scala` of release-line-3.3, 3.4, 3.5 and main; `TopologyAdministration.scala` of 2.10.
 */

/**
 * Every key of the vault with its usage and with what encrypts or holds it. `map(_.id)` prints shortened fingerprints,
 * so they are unwrapped. 2.10 tells neither usages nor the ids of external keys.
 */
export function listVault(facts: Facts, ref = facts.ref, filter = ''): string {
  const fields = ['k.name', 'k.id.unwrap', 'k.wrapperKeyId', ...(is2x(facts) ? ['k.purpose'] : ['k.kmsKeyId', USAGE])];
  return `${ref}.keys.secret.list(${filter}).map(k => (${fields.join(', ')}))`;
}

/** `namespace`, `signing+proof-of-ownership`; nothing for an encryption key, which has no usage. */
const USAGE =
  'k.publicKey match { case s: SigningPublicKey => s.usage.map(_.toString).mkString("+"); case _ => "encryption" }';

export function fingerprints({ ref }: Facts): string {
  return `${ref}.keys.secret.list().map(_.id.unwrap)`;
}

/** The keys that the node has announced, with the serial, as each store knows them: its own and every synchronizer's. */
export function announcedKeys(facts: Facts, ref = facts.ref): string {
  const mappings = `${ref}.topology.owner_to_key_mappings.list`;
  if (is2x(facts)) return `${mappings}(filterStore = "Authorized")`;
  return `${mappings}(filterKeyOwnerUid = ${ref}.id.filterString).map(r => (r.context.storeId, r.context.serial, r.item.keys.map(_.id.unwrap)))`;
}

/** Participants only: sequencers and mediators come back by themselves. */
export function reconnect(facts: Facts): readonly string[] {
  if (facts.kind !== 'participant') return [];
  return [`${facts.ref}.${places(facts)}.reconnect_all()`];
}

/** The first connection of a participant, in the words of its version. */
export function connectLine(facts: Facts, ref = facts.ref): string {
  return `${ref}.${places(facts)}.connect("<alias>", "<URL of the ${is2x(facts) ? 'domain' : 'synchronizer'}>")`;
}

function places(facts: Facts): string {
  return is2x(facts) ? 'domains' : 'synchronizers';
}

/**
 * Health stays green while a KMS refuses every signature: only a ping proves that a participant works. Right after a
 * start the first one may time out, so it is tried twice.
 */
export function liveness(facts: Facts, ref = facts.ref): readonly string[] {
  const status = `${ref}.health.status`;
  if (facts.kind !== 'participant') return [status];
  return [status, `${ref}.${places(facts)}.list_connected()`, ping(ref)];
}

/** A ping that is tried twice. */
export function ping(ref: string): string {
  return `scala.util.Try(${ref}.health.ping(${ref}.id)).getOrElse(${ref}.health.ping(${ref}.id))`;
}

/** What the operator has to fill in; no valid Scala, so that a forgotten one cannot run. */
function blank(what: string): string {
  return `<${what}>`;
}

/** A string literal of the answer, or of what has to be filled in. */
export function stringOr(answer: string | undefined, what: string): string {
  return answer === undefined ? `"${blank(what)}"` : scalaString(answer);
}
