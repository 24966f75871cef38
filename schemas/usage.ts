import { USAGE } from './configuration-files';

/** The number of real configuration files that set a key or choose a type, by the key of its section. */
export interface Usage {
  readonly keys: Counts;
  readonly types: Counts;
}

type Counts = Readonly<Record<string, Readonly<Record<string, number>>>>;

const NOTHING: Usage = { keys: {}, types: {} };

let loaded: Promise<Usage> | undefined;

/** Loaded when completion is first requested. */
export function usage(): Promise<Usage> {
  loaded ??= USAGE().then(({ default: data }) => (data === undefined ? NOTHING : (data as Usage)));
  return loaded;
}
