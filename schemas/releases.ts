import data from './data/releases.json';
import type { CantonVersion } from './version';

/** The releases of a line that read a key. */
export interface KeyReleases {
  /** Below `canton`; `*` is any name. */
  readonly path: readonly string[];
  /** The first patch release that reads it. */
  readonly since?: number;
  /** Words for releases without a number. */
  readonly only?: string;
}

/** The keys that some releases of a line read and others refuse; source and date are in the data. */
export function keyReleases(version: CantonVersion): readonly KeyReleases[] {
  const known = keysByLine.get(version);
  if (known !== undefined) return known;
  const keys: Readonly<Record<string, Omit<KeyReleases, 'path'>>> =
    Object.entries(data.keys).find(([line]) => line === version)?.[1] ?? {};
  const read = Object.entries(keys).map(([path, releases]) => ({ path: path.split('.'), ...releases }));
  keysByLine.set(version, read);
  return read;
}

const keysByLine = new Map<CantonVersion, readonly KeyReleases[]>();

/** The newest patch release of a line whose keys are known; undefined if nothing is known of its releases. */
export function newestPatch(version: CantonVersion): number | undefined {
  return Object.entries(data.newest).find(([line]) => line === version)?.[1];
}

/** 13 for `3.5.13`; undefined for a release line, and for a snapshot, whose exact state is unknown. */
export function patchOf(release: string | undefined): number | undefined {
  const patch = /^\d+\.\d+\.(\d+)$/.exec(release ?? '')?.[1];
  return patch === undefined ? undefined : Number(patch);
}
