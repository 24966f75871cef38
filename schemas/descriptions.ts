import { DESCRIPTIONS } from './configuration-files';

/**
 * Our descriptions of the keys outside the crypto sections: Markdown by `section.key`, or by `key` alone if it means
 * the same in every section. A section is named by its own key; a node by its kind, and the names of nodes are `NAME`.
 */
export type Descriptions = Readonly<Record<string, string>>;

let loaded: Promise<Descriptions> | undefined;

/** Loaded when the documentation of a key is first requested. */
export function descriptions(): Promise<Descriptions> {
  loaded ??= DESCRIPTIONS().then(({ default: data }) => (data ?? {}) as Descriptions);
  return loaded;
}
