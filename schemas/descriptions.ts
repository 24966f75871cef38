import { DESCRIPTIONS } from './configuration-files';

/**
 * What the keys outside the crypto sections do, in our words: Markdown by `section.key`, or by `key` alone where it means
 * the same in every section. A section is named by its own key; a node by its kind, and the names of nodes are `NAME`.
 */
export type Descriptions = Readonly<Record<string, string>>;

let loaded: Promise<Descriptions> | undefined;

/** Loaded when the documentation of a key is first asked for. */
export function descriptions(): Promise<Descriptions> {
  loaded ??= DESCRIPTIONS().then(({ default: data }) => (data ?? {}) as Descriptions);
  return loaded;
}
