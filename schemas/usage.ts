import { USAGE } from './configuration-files';

/** How many real configuration files set a key or choose a type, by the key of the section around it. */
export interface Usage {
  readonly keys: Counts;
  readonly types: Counts;
}

type Counts = Readonly<Record<string, Readonly<Record<string, number>>>>;

const NOTHING: Usage = { keys: {}, types: {} };

let loaded: Promise<Usage> | undefined;

/** Loaded when completion is first asked for. */
export function usage(): Promise<Usage> {
  loaded ??= USAGE().then(({ default: data }) => (data === undefined ? NOTHING : (data as Usage)));
  return loaded;
}
