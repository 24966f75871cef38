import type { ConfigObject } from '../../hocon/values/config-value';
import { withFallback } from './relocate';

/** The key below `kms` that holds the session signing keys in 3.4, and is an alias of the one below `crypto` since 3.5. */
export const ALIAS = 'session-signing-keys';

/**
 * The `crypto` object as Canton 3.5 and later see it: `kms.session-signing-keys` moved to `session-signing-keys`, where
 * the new place wins key by key (`DeprecatedConfigUtils.scala`, `CantonConfigDeprecations.scala` 3.5, main). A value that
 * is no object is dropped by the merge when the new place has one; a new value that is no object hides the old one.
 */
export function aliasedCrypto(crypto: ConfigObject): ConfigObject {
  const kms = crypto.entries.get('kms');
  if (kms?.value.kind !== 'object') return crypto;
  const old = kms.value.entries.get(ALIAS);
  if (old === undefined) return crypto;
  const entries = new Map(crypto.entries);
  const rest = new Map(kms.value.entries);
  rest.delete(ALIAS);
  entries.set('kms', { definitions: kms.definitions, value: { ...kms.value, entries: rest } });
  entries.set(ALIAS, withFallback(entries.get(ALIAS), old));
  return { ...crypto, entries };
}
