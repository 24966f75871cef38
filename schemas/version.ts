/**
 * The Canton release lines that are distinguished, the oldest first. A new line is appended here, and is equal to the line
 * before it until a declaration says otherwise.
 */
export const CANTON_VERSIONS = ['2.10', '3.3', '3.4', '3.5', '3.6'] as const;
export type CantonVersion = (typeof CANTON_VERSIONS)[number];
/** The newest released line, and the one that applies where neither file nor setting names a version. */
export const DEFAULT_CANTON_VERSION: CantonVersion = '3.5';

export const EDITIONS = ['community', 'enterprise'] as const;
export type Edition = (typeof EDITIONS)[number];
export const DEFAULT_EDITION: Edition = 'enterprise';

/** The release line that is written, as such (`3.5`) or as one of its releases (`3.5.10`). */
export function releaseLine(text: string): CantonVersion | undefined {
  return CANTON_VERSIONS.find((line) => text === line || (text.startsWith(`${line}.`) && /^[\w.-]+$/.test(text)));
}

/** A release line, and the release of it where that is known. */
export interface CantonRelease {
  readonly version: CantonVersion;
  /** `3.5.13`; undefined if it is not specified. */
  readonly release?: string | undefined;
}

/** `3.5` and `3.5.13`; undefined for what is no known version of Canton. */
export function cantonRelease(text: string): CantonRelease | undefined {
  const version = releaseLine(text.trim());
  return version && { version, ...(text.trim() !== version && { release: text.trim() }) };
}

/** Negative where `a` is the older line. */
export function compareVersions(a: CantonVersion, b: CantonVersion): number {
  return CANTON_VERSIONS.indexOf(a) - CANTON_VERSIONS.indexOf(b);
}

export function isReleased(version: CantonVersion): boolean {
  return compareVersions(version, DEFAULT_CANTON_VERSION) <= 0;
}

/** A line and all newer ones; without a line, all of them. */
export function versionsSince(since: CantonVersion = CANTON_VERSIONS[0]): readonly CantonVersion[] {
  return CANTON_VERSIONS.filter((version) => compareVersions(version, since) >= 0);
}

/** A Canton release line in one of its editions. */
export interface Release {
  readonly version: CantonVersion;
  readonly edition: Edition;
}

/** The releases that have a key, a value or a type; without marks all have it. */
export interface Availability {
  readonly since?: CantonVersion;
  /** Last version that has it. */
  readonly until?: CantonVersion;
  readonly editions?: readonly Edition[];
}

export function existsIn({ since, until, editions }: Availability, { version, edition }: Release): boolean {
  if (since !== undefined && compareVersions(version, since) < 0) return false;
  if (until !== undefined && compareVersions(version, until) > 0) return false;
  return editions === undefined || editions.includes(edition);
}
