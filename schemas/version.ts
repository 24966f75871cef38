/** The Canton release lines that are told apart; 3.6 is the unreleased development line. */
export const CANTON_VERSIONS = ['2.10', '3.3', '3.4', '3.5', '3.6'] as const;
export type CantonVersion = (typeof CANTON_VERSIONS)[number];
export const DEFAULT_CANTON_VERSION: CantonVersion = '3.5';

export const EDITIONS = ['community', 'enterprise'] as const;
export type Edition = (typeof EDITIONS)[number];
export const DEFAULT_EDITION: Edition = 'enterprise';

/** Negative where `a` is the older line. */
export function compareVersions(a: CantonVersion, b: CantonVersion): number {
  return CANTON_VERSIONS.indexOf(a) - CANTON_VERSIONS.indexOf(b);
}
