import { scalaString } from '../text/encoders/scala';
import { type Facts, is2x } from './facts';
import { mappings2x } from './shared/topology-2x';
import type { ConsoleLine, GuardedLine } from './steps';

/*
 * Console lines that several procedures share. Signatures: `VaultAdministration.scala`,
 * `TopologyAdministrationGroup.scala` of release-line-3.3, 3.4, 3.5 and main; `TopologyAdministration.scala` of 2.10.
 */

/**
 * Every key of the vault with its usage and with the key that encrypts or holds it. `map(_.id)` prints shortened
 * fingerprints, so they are unwrapped. 2.10 shows neither usages nor the IDs of external keys.
 */
export function listVault(facts: Facts, ref = facts.ref, filter = ''): string {
  const fields = ['k.name', 'k.id.unwrap', 'k.wrapperKeyId', ...(is2x(facts) ? ['k.purpose'] : ['k.kmsKeyId', USAGE])];
  return `${ref}.keys.secret.list(${filter}).map(k => (${fields.join(', ')}))`;
}

/** `namespace`, `signing+proof-of-ownership`; nothing for an encryption key, which has no usage. */
export const USAGE =
  'k.publicKey match { case s: SigningPublicKey => s.usage.map(_.toString).mkString("+"); case _ => "encryption" }';

/**
 * The order in which keys are restored, as a function of a row of the vault: decrypting keys first, and last the key
 * for sequencer authentication, with which a node connects automatically.
 */
export const COMEBACK =
  'k => k.publicKey match { case s: SigningPublicKey if s.usage.contains(SigningKeyUsage.SequencerAuthentication) => 2; case _: SigningPublicKey => 1; case _ => 0 }';

/** The fingerprints of the keys in the vault, which a procedure must not change. */
export function fingerprints({ ref }: Facts): GuardedLine {
  return { code: `val fingerprints = ${ref}.keys.secret.list().map(_.id.unwrap).sorted`, value: 'texts' };
}

/** Behind `fingerprints`. */
export function sameFingerprints({ ref }: Facts): GuardedLine {
  return {
    code: `${ref}.keys.secret.list().map(_.id.unwrap).sorted == fingerprints`,
    holds: 'the fingerprints are unchanged',
  };
}

/** @param condition a condition on a key `k` of the vault */
export function everyKey({ ref }: Facts, holds: string, condition: string): GuardedLine {
  return { code: `${ref}.keys.secret.list().forall(${condition})`, holds };
}

/** The keys that the node announces, as they are in its own store. */
export function announcedHere(facts: Facts): string {
  const { ref } = facts;
  return `${ref}.topology.owner_to_key_mappings.list(store = Some(TopologyStoreId.Authorized), filterKeyOwnerUid = ${ref}.id.filterString).flatMap(_.item.keys)`;
}

/** False where the wrong material was imported, or the wrong ID was given. */
export function allThere(facts: Facts): GuardedLine {
  const code = `${announcedHere(facts)}.forall(k => ${facts.ref}.keys.secret.list().exists(_.id == k.id))`;
  return { code, holds: 'every announced key is in the vault' };
}

/** The listing of announced keys, which a script shows once every store has the key, or no longer has it. */
export function announcedOnce(facts: Facts, condition: string): ConsoleLine {
  const code = announcedKeys(facts);
  const stores = `${facts.ref}.topology.owner_to_key_mappings.list(filterKeyOwnerUid = ${facts.ref}.id.filterString)`;
  return { code, until: `${stores}.forall(r => ${condition})` };
}

/**
 * The keys that the node has announced, with the serial, as each store has them: its own store and that of every
 * synchronizer.
 */
export function announcedKeys(facts: Facts, ref = facts.ref): string {
  const mappings = `${ref}.topology.owner_to_key_mappings.list`;
  if (is2x(facts)) return mappings2x(facts, ref);
  return `${mappings}(filterKeyOwnerUid = ${ref}.id.filterString).map(r => (r.context.storeId, r.context.serial, r.item.keys.map(_.id.unwrap)))`;
}

/** Participants only: sequencers and mediators come back automatically. */
export function reconnect(facts: Facts): readonly string[] {
  if (facts.kind !== 'participant') return [];
  return [`${facts.ref}.${places(facts)}.reconnect_all()`];
}

/** The first connection of a participant, in the words of its version. */
function connectLine(facts: Facts, ref = facts.ref): string {
  return `${ref}.${places(facts)}.connect("<alias>", "<URL of the ${is2x(facts) ? 'domain' : 'synchronizer'}>")`;
}

/** Done only once, because a second connection under the same alias is refused. */
export function connectOnce(facts: Facts, ref = facts.ref): ConsoleLine {
  const code = connectLine(facts, ref);
  return { code, done: `${ref}.${places(facts)}.list_registered().nonEmpty` };
}

/**
 * Copies all packages of a node to another one, through a folder next to the scripts (`RepairMacros.scala` 3.3 to
 * main).
 */
export function movePackages(from: string, to: string): readonly string[] {
  return [`repair.dars.download(${from}, "dars")`, `repair.dars.upload(${to}, "dars")`];
}

function places(facts: Facts): string {
  return is2x(facts) ? 'domains' : 'synchronizers';
}

/**
 * Health stays green while a KMS refuses every signature: only a ping proves that a node works. Right after a start, the
 * first ping may time out, so it is tried twice. Only participants have one, and the others are behind it.
 */
export function liveness(facts: Facts, ref = facts.ref): readonly ConsoleLine[] {
  const status = `${ref}.health.status`;
  if (facts.kind !== 'participant') return [status, ping('<a participant>')];
  const connected = `${ref}.${places(facts)}.list_connected()`;
  return [status, { code: connected, until: `${connected}.nonEmpty` }, ping(ref)];
}

/** A ping that is tried twice. */
export function ping(ref: string): string {
  return `scala.util.Try(${ref}.health.ping(${ref}.id)).getOrElse(${ref}.health.ping(${ref}.id))`;
}

/** A placeholder that the operator must replace; it is not valid Scala, so a script that still has one cannot run. */
function blank(what: string): string {
  return `<${what}>`;
}

/** A string literal with the answer, or with the placeholder that has to be replaced. */
export function stringOr(answer: string | undefined, what: string): string {
  return answer === undefined ? `"${blank(what)}"` : scalaString(answer);
}
