import { configurationModel } from '../../../../schemas/configuration';
import { type Descriptions, descriptions } from '../../../../schemas/descriptions';
import type { Field, ObjectModel } from '../../../../schemas/model';
import { CANTON_VERSIONS, type CantonVersion, type Edition } from '../../../../schemas/version';
import type { KeyPath } from '../../hocon/values/config-value';
import { fieldAt } from '../../model/binding/lookup';

/** Knowledge about keys beyond the model of one version: our descriptions, and the versions that have the keys. */
export interface KeyKnowledge {
  /**
   * Markdown; empty if there is no description.
   * @param path the full path, which begins with `canton`
   * @param doc the text of the schema, which only a description for this very section outranks
   */
  description(path: KeyPath, doc: string): string;
  /** `Since Canton 3.4`; undefined for a key that all versions have, and for one that none has. */
  versions(path: KeyPath): string | undefined;
}

/** Loads the models of all versions, which are needed only for documentation. */
export async function keyKnowledge(edition: Edition): Promise<KeyKnowledge> {
  const [texts, ...models] = await Promise.all([
    descriptions(),
    ...CANTON_VERSIONS.map(async (version) => ({ version, model: await configurationModel(version, edition) })),
  ]);
  return {
    description: (path, doc) => descriptionOf(texts, path, doc, models),
    versions: (path) => {
      const having = models.filter(({ model }) => fieldAt(model, path.slice(1)) !== undefined);
      return having.length === 0 ? undefined : versionsInWords(having.map(({ version }) => version));
    },
  };
}

interface VersionModel {
  readonly version: CantonVersion;
  readonly model: ObjectModel;
}

function descriptionOf(texts: Descriptions, path: KeyPath, doc: string, models: readonly VersionModel[]): string {
  const name = path.at(-1) ?? '';
  const field = models.map(({ model }) => fieldAt(model, path.slice(1))).find((one) => one !== undefined);
  if (isFree(field)) return texts[`${path.at(-2)}.NAME`] ?? '';
  // The console connects to remote nodes, with sections that are named like those of a server.
  const section = path.length > 4 && path[1]?.startsWith('remote-') ? 'remote-api' : sectionAbove(path, models);
  const own = texts[`${section}.${name}`];
  return own ?? (doc !== '' ? doc : (texts[name] ?? ''));
}

/** The key of the section that contains a key; names that users choose, and numbers of elements, are skipped. */
function sectionAbove(path: KeyPath, models: readonly VersionModel[]): string {
  for (let end = path.length - 1; end > 0; end--) {
    const above = path.slice(0, end);
    const field = models.map(({ model }) => fieldAt(model, above.slice(1))).find((one) => one !== undefined);
    if (end === 1 || !isFree(field)) return above.at(-1) ?? '';
  }
  return '';
}

function isFree(field: Field | undefined): boolean {
  return field !== undefined && field.meta.source === '';
}

function versionsInWords(versions: readonly CantonVersion[]): string | undefined {
  if (versions.length === CANTON_VERSIONS.length) return undefined;
  const [first, last] = [versions[0], versions.at(-1)];
  const isGapless = CANTON_VERSIONS.indexOf(last as CantonVersion) - CANTON_VERSIONS.indexOf(first as CantonVersion);
  if (isGapless !== versions.length - 1) return `In Canton ${versions.join(', ')}`;
  if (last === CANTON_VERSIONS.at(-1)) return `Since Canton ${first}`;
  if (first === CANTON_VERSIONS[0]) return `Up to Canton ${last}`;
  return first === last ? `Only in Canton ${first}` : `Canton ${first} to ${last}`;
}
