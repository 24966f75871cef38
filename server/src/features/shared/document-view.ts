import { driverModel, publicDriverSchema } from '../../../../schemas/driver-schema';
import type { Field, FieldMeta, FieldModel, ObjectModel } from '../../../../schemas/model';
import { POSTGRES_CONNECTION } from '../../../../schemas/storage';
import type { CantonVersion, Edition } from '../../../../schemas/version';
import type { PathOptions } from '../../hocon/evaluation/include-files';
import type { SyntaxTree } from '../../hocon/syntax/syntax';
import { type ConfigObject, entryAt, type KeyPath } from '../../hocon/values/config-value';
import { fieldAt, fieldsAt, foreignAt } from '../../model/binding/lookup';
import type { Lines } from '../../text/positions';
import type { ConfigIndex } from './config-index';
import type { EffectivePaths } from './effective-paths';
import type { IncludeSites } from './includes';

/** The `config` of a KMS driver whose keys are known, and the path of a key below it. */
interface DescribedConfig {
  readonly model: ObjectModel;
  readonly section: ConfigObject | undefined;
  readonly rest: KeyPath;
}

const CONFIG = ['crypto', 'kms', 'config'];

/**
 * Finds the schema for `canton.participants.p1.crypto.kms.config…` if the project or this product has a schema of the
 * driver.
 */
function driverConfigAt({ config, version, driverSchemas }: Schema, path: KeyPath): DescribedConfig | undefined {
  const end = 3 + CONFIG.length;
  if (path[0] !== 'canton' || !CONFIG.every((name, i) => name === path[3 + i])) return undefined;
  const name = entryAt(config, [...path.slice(0, end - 1), 'name'])?.value;
  if (name?.kind !== 'string') return undefined;
  const model = driverModel(driverSchemas.get(name.value) ?? publicDriverSchema(name.value, version));
  if (model === undefined) return undefined;
  const section = entryAt(config, path.slice(0, end))?.value;
  return { model, section: section?.kind === 'object' ? section : undefined, rest: path.slice(end) };
}

/** The connection of a Postgres storage, whose keys Canton passes on to its libraries. */
function connectionAt({ config, model }: Schema, path: KeyPath): DescribedConfig | undefined {
  const at = path.lastIndexOf('storage');
  const end = at + 2;
  if (at < 1 || path[at + 1] !== 'config' || path[0] !== 'canton') return undefined;
  const storage = fieldAt(model, path.slice(1, at + 1))?.model;
  const type = entryAt(config, [...path.slice(0, at + 1), 'type'])?.value;
  const isOther = type?.kind === 'string' && type.value !== 'postgres';
  if (storage?.kind !== 'union' || !storage.options.has('postgres') || isOther) return undefined;
  const section = entryAt(config, path.slice(0, end))?.value;
  return {
    model: POSTGRES_CONNECTION,
    section: section?.kind === 'object' ? section : undefined,
    rest: path.slice(end),
  };
}

/** One document in one evaluated launch set, as the features see it. */
export interface DocumentView {
  readonly tree: SyntaxTree;
  readonly lines: Lines;
  readonly config: ConfigObject;
  readonly index: ConfigIndex;
  readonly effectivePaths: EffectivePaths;
  readonly includeSites: IncludeSites;
  readonly version: CantonVersion;
  readonly edition: Edition;
  /** The keys that this version and edition read at `canton`. */
  readonly model: ObjectModel;
  /** The project's JSON Schemas for the `config` of drivers, by driver name. */
  readonly driverSchemas: ReadonlyMap<string, unknown>;
  /** The environment variables that the project sets. */
  readonly variables: ReadonlyMap<string, string>;
  /** True if the value at a full path must not be shown. */
  readonly isSecret: (path: KeyPath) => boolean;
  /** Where the files of includes are looked for. */
  readonly paths: PathOptions;
  /** Another file of the set. */
  file(uri: string): { readonly text: string; readonly tree: SyntaxTree; readonly lines: Lines } | undefined;
}

/** The parts of a view that determine the keys that Canton reads. */
export type Schema = Pick<DocumentView, 'config' | 'version' | 'model' | 'driverSchemas'>;

/** The key of the schema at a full path (`canton`, `participants`, …). */
export function fieldOf(view: Schema, path: KeyPath): Field | undefined {
  const [root, ...rest] = path;
  if (root !== 'canton') return undefined;
  if (rest.length === 0) return rootOf(view);
  const described = driverConfigAt(view, path) ?? connectionAt(view, path);
  if (described !== undefined && described.rest.length > 0)
    return fieldAt(described.model, described.rest, described.section);
  const field = fieldAt(view.model, rest, cantonOf(view.config));
  return field && described ? { ...field, model: described.model } : field;
}

/** The metadata of a key that other versions or editions have at a full path, but this one does not. */
export function foreignOf(view: Schema, path: KeyPath): FieldMeta | undefined {
  const [root, ...rest] = path;
  if (root !== 'canton') return undefined;
  return foreignAt(view.model, rest, cantonOf(view.config));
}

/** The keys that may be in the object at a full path; at the root, that is only `canton`. */
export function fieldsOf(view: Schema, path: KeyPath): readonly Field[] {
  const described = driverConfigAt(view, path) ?? connectionAt(view, path);
  if (described !== undefined) return fieldsAt(described.model, described.rest, described.section);
  const { model } = view;
  const [root, ...rest] = path;
  if (root === undefined) return [rootOf(view)];
  return root === 'canton' ? fieldsAt(model, rest, cantonOf(view.config)) : [];
}

/** The key above all others, `canton`, with its description. */
export function rootOf({ model }: Pick<Schema, 'model'>): Field {
  return { name: 'canton', model, required: false, optional: false, meta: ROOT };
}

const ROOT = { doc: 'Everything that Canton reads.', source: 'config/CantonConfig.scala 3.3, 3.4, 3.5, main' };

function cantonOf(config: ConfigObject): ConfigObject | undefined {
  const canton = config.entries.get('canton')?.value;
  return canton?.kind === 'object' ? canton : undefined;
}

export function isSection({ kind }: FieldModel): boolean {
  return kind === 'object' || kind === 'union' || kind === 'map';
}
