import { isKmsType } from '../../../../schemas/kms-types';
import type { FieldModel, ObjectModel } from '../../../../schemas/model';
import { placeOf, type SyntaxNode } from '../../hocon/syntax/syntax';
import { type ConfigObject, type ConfigValue, entryAt, type KeyPath } from '../../hocon/values/config-value';
import { type DocumentView, isSection, type Schema } from './document-view';

/** Nodes of every kind have the same crypto section. */
const CRYPTO = ['canton', 'participants', 'NODE', 'crypto'];

/** The names that shared sections usually have. */
const NAMES: readonly (readonly [name: RegExp, section: KeyPath])[] = [
  [/(?:^|[-_])kms(?:$|[-_])/i, [...CRYPTO, 'kms']],
  [/(?:^|[-_])crypto(?:$|[-_])/i, CRYPTO],
  [/^private-key-store$/, [...CRYPTO, 'private-key-store']],
];

/**
 * Guesses from its name or keys the section that shared configuration is meant for, as long as nothing refers to it.
 * Shared configuration is written before it is used.
 */
function inferredContext(view: DocumentView, written: KeyPath): EffectiveContext | undefined {
  const { version, model, driverSchemas } = view;
  const sections = sectionsOf(model);
  for (let length = 0; length <= written.length; length++) {
    const value = valueAt(view, written.slice(0, length));
    const name = written[length - 1] ?? '';
    const section = byName(name) ?? sections.byName.get(name) ?? byContent(value) ?? byKeys(sections, value);
    if (section === undefined) continue;
    const config = nested(section, value ?? EMPTY) as ConfigObject;
    return { path: [...section, ...written.slice(length)], schema: { config, version, model, driverSchemas } };
  }
  return undefined;
}

const EMPTY: ConfigObject = {
  kind: 'object',
  entries: new Map(),
  unknowns: [],
  origin: { uri: '', range: { start: 0, end: 0 } },
};

function valueAt({ config, effectivePaths, tree }: DocumentView, written: KeyPath): ConfigValue | undefined {
  const [prefix = []] = effectivePaths.prefixesOf(tree.uri);
  const path = [...prefix, ...written];
  return path.length === 0 ? config : entryAt(config, path)?.value;
}

function byName(name: string | undefined): KeyPath | undefined {
  return NAMES.find(([pattern]) => pattern.test(name ?? ''))?.[1];
}

function byContent(value: ConfigValue | undefined): KeyPath | undefined {
  if (value?.kind !== 'object') return undefined;
  if (value.entries.has('canton')) return undefined;
  const type = value.entries.get('type')?.value;
  if (type?.kind === 'string' && isKmsType(type.value)) return [...CRYPTO, 'kms'];
  return value.entries.has('kms') || value.entries.has('private-key-store') ? CRYPTO : undefined;
}

/** The sections of a model, each at the first place that has it. */
interface Sections {
  readonly byName: ReadonlyMap<string, KeyPath>;
  readonly all: readonly { readonly path: KeyPath; readonly model: FieldModel }[];
}

const known = new WeakMap<ObjectModel, Sections>();

/** Deeper sections are tuning that nobody shares. */
const MAX_DEPTH = 8;

/** Breadth first: the section of a node comes before the same name further inside. */
function sectionsOf(model: ObjectModel): Sections {
  const found = known.get(model) ?? collectSections(model);
  known.set(model, found);
  return found;
}

function collectSections(root: ObjectModel): Sections {
  const byName = new Map<string, KeyPath>();
  const all: { path: KeyPath; model: FieldModel }[] = [{ path: ['canton'], model: root }];
  for (const { path, model } of all) {
    // Most nodes are participants, and domains end with 2.10.
    const isFirst = ([name]: readonly [string, FieldModel]) => name === 'participants';
    const inside = innerSections(model);
    for (const [name, inner] of [...inside.filter(isFirst), ...inside.filter((one) => !isFirst(one))]) {
      const below = [...path, name];
      // The remote nodes have the same sections as the local ones.
      if (below.length > MAX_DEPTH || name.startsWith('remote-')) continue;
      all.push({ path: below, model: inner });
      if (name !== 'NODE' && name !== '0' && !byName.has(name)) byName.set(name, below);
    }
  }
  return { byName, all };
}

function innerSections(model: FieldModel): readonly (readonly [name: string, model: FieldModel])[] {
  if (model.kind === 'map') return [['NODE', model.value]];
  if (model.kind === 'list') return isSection(model.element) ? [['0', model.element]] : [];
  return objectsOf(model).flatMap(({ fields }) =>
    [...fields]
      .filter(([, field]) => isSection(field.model) || field.model.kind === 'list')
      .map(([name, field]) => [name, field.model] as const),
  );
}

function objectsOf(model: FieldModel): readonly ObjectModel[] {
  if (model.kind === 'union') return [...model.options.values()];
  return model.kind === 'object' ? [model] : [];
}

/** The first section that has all the keys: two of them, or one that is a section itself, so that chance does not decide. */
function byKeys({ all }: Sections, value: ConfigValue | undefined): KeyPath | undefined {
  if (value?.kind !== 'object' || value.entries.has('canton')) return undefined;
  const written = [...value.entries].filter(([, entry]) => entry.value.kind !== 'unknown');
  if (written.length < 2 && written[0]?.[1].value.kind !== 'object') return undefined;
  const hasAll = ({ fields }: ObjectModel) => written.every(([name]) => fields.has(name));
  return all.find(({ model }) => objectsOf(model).some(hasAll))?.path;
}

/** An effective path of the text that is being written. */
export interface EffectiveContext {
  /** The full path, which begins with `canton`. */
  readonly path: KeyPath;
  /** The schema of the keys; its configuration decides between alternatives. */
  readonly schema: Schema;
}

/** The path from the root of the file, as it is written. */
export function writtenPath(container: SyntaxNode, inner: KeyPath): KeyPath {
  return [...placeOf(container), ...inner];
}

/** The effective paths of a path of the document, or the likely path if nothing refers to it yet. */
export function effectiveContexts(view: DocumentView, written: KeyPath): readonly EffectiveContext[] {
  const { config, version, model, driverSchemas } = view;
  const found = view.effectivePaths.of(view.tree.uri, written);
  const contexts = found.map((path) => ({ path, schema: { config, version, model, driverSchemas } }));
  const inferred = found.every((path) => path.length === 0) ? inferredContext(view, written) : undefined;
  return inferred === undefined ? contexts : [...contexts, inferred];
}

/** A configuration that contains only a value at a path. */
export function nested(path: KeyPath, value: ConfigValue): ConfigValue {
  const { origin } = value;
  return path.reduceRight<ConfigValue>(
    (inner, name): ConfigObject => ({
      kind: 'object',
      entries: new Map([[name, { value: inner, definitions: [] }]]),
      unknowns: [],
      origin,
    }),
    value,
  );
}
