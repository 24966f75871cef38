import type { CantonVersion } from './version';

/** Data that is parsed on first use; undefined if it is not available. */
export type LoadData = () => Promise<{ readonly default: unknown }>;

/** The data of the whole configuration, by version. */
export type ConfigurationFiles = Readonly<Partial<Record<CantonVersion, LoadData>>>;

export const FILES: ConfigurationFiles = {
  '2.10': () => import('./data/configuration/2.10.json'),
  '3.3': () => import('./data/configuration/3.3.json'),
  '3.4': () => import('./data/configuration/3.4.json'),
  '3.5': () => import('./data/configuration/3.5.json'),
  '3.6': () => import('./data/configuration/3.6.json'),
};

/** The classes of the applications of Splice. */
export const SPLICE: LoadData = () => import('./data/configuration/splice.json');
/** What `keyVersions` found when the data was written. */
export const KEY_VERSIONS: LoadData = () => import('./data/configuration/key-versions.json');
export const USAGE: LoadData = () => import('./data/configuration/usage.json');
export const DESCRIPTIONS: LoadData = () => import('./data/configuration/descriptions.json');
