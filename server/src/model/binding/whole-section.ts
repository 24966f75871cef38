import type { ConfigObject } from '../../hocon/values/config-value';

/**
 * Whether a section is written in full wherever its first key is. `type` decides which other keys a `kms` section has, so
 * nobody spreads one over a mounted file and a variable of the container.
 */
export function isWholeSection(key: string, { entries }: Pick<ConfigObject, 'entries'>): boolean {
  return key === 'kms' && entries.has('type');
}
