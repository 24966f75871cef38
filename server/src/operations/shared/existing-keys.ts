import { scalaString } from '../console/text';
import { type Facts, is2x, option } from '../facts';

/** The key that a procedure is about, if it was named. */
export function fingerprintOf(facts: Facts): string | undefined {
  return option(facts, 'fingerprint');
}

/** A fingerprint is a hash in hexadecimal that begins with `1220` (multihash of SHA-256). */
export function fingerprintWarnings(fingerprint: string | undefined): string[] {
  if (fingerprint === undefined || /^1220[0-9a-f]{64}$/i.test(fingerprint)) return [];
  return [`'${fingerprint}' does not look like a whole fingerprint: 68 hexadecimal digits that begin with 1220.`];
}

/** A `Fingerprint` from its text; some commands take the type, others the text. */
export function asFingerprint(facts: Facts, text: string): string {
  return `Fingerprint.${is2x(facts) ? 'tryCreate' : 'tryFromString'}(${text})`;
}

export function quoted(fingerprint: string | undefined): string {
  return fingerprint === undefined ? '"<fingerprint of the old key>"' : scalaString(fingerprint);
}
