import { configurationModel } from '../../../schemas/configuration';
import type { Field, FieldModel, ObjectModel } from '../../../schemas/model';
import { CANTON_VERSIONS, type CantonVersion, type Edition } from '../../../schemas/version';
import { rootOf } from '../features/shared/document-view';
import { fieldDocumentation } from '../features/shared/field-documentation';
import { type KeyKnowledge, keyKnowledge } from '../features/shared/key-knowledge';
import { hoconPath } from '../text/encoders/hocon';
import { nearest } from '../text/nearest';

/** The explanation of a key that a person asked for, at all places where Canton reads a key of that name. */
export interface KeyPage {
  /** Markdown; undefined if no version reads such a key. */
  readonly text: string | undefined;
  /** The key that was probably meant where there is none. */
  readonly meant: string | undefined;
}

/** A name that the author of a configuration chooses, in a path. */
const ANY = '*';

/** A key in a place of the whole configuration. */
interface PlacedKey {
  /** Below `canton`. */
  readonly path: readonly string[];
  /** The `type` that sections around it must have: `kms.type = aws`. */
  readonly conditions: readonly string[];
  readonly field: Field;
}

/** An old place of a key. */
interface OldKey {
  readonly path: readonly string[];
  /** Undefined if the value is no longer read. */
  readonly now: readonly string[] | undefined;
}

interface Keys {
  readonly present: readonly PlacedKey[];
  readonly old: readonly OldKey[];
}

/** A page describes one key; if a name occurs in more places than this, the places are listed. */
const MAX_PAGES = 5;
const MAX_PLACES = 8;

/**
 * Explains a key by its full path, by its path in a node (`crypto.kms.region`), or by its last names.
 * @param written as in a configuration, with or without `canton`
 */
export async function keyPage(written: string, version: CantonVersion, edition: Edition): Promise<KeyPage> {
  const names = [...written.matchAll(/"((?:[^"\\]|\\.)*)"|[^.\s]+/g)].map(([whole, quoted]) => quoted ?? whole);
  if (names.length === 0) return { text: undefined, meant: undefined };
  if (names[0] === 'canton') names.shift();
  const byVersion = new Map<CantonVersion, Keys>();
  for (const one of CANTON_VERSIONS) byVersion.set(one, keysOf(await configurationModel(one, edition)));
  const own = byVersion.get(version) ?? { present: [], old: [] };
  const knowledge = await keyKnowledge(edition);
  const found = matching(own.present, names).map((key) => described(key, knowledge));
  if (found.length > 0) return { text: pages(found, byVersion), meant: undefined };
  const old = matching(own.old, names);
  const others = CANTON_VERSIONS.toReversed().map((one) => matching(byVersion.get(one)?.present ?? [], names));
  const elsewhere = others.find((some) => some.length > 0);
  if (old.length === 0 && elsewhere === undefined) return { text: undefined, meant: meantBy(names, own.present) };
  const absent = `**Canton ${version} ${edition} does not read this key.**\n`;
  const moves = [...new Set(old.map(moveText))].map((text) => `- ${text}\n`).join('');
  const parts = [
    absent,
    moves,
    elsewhere === undefined
      ? ''
      : pages(
          elsewhere.map((key) => described(key, knowledge)),
          byVersion,
        ),
  ];
  return { text: parts.filter((part) => part !== '').join('\n'), meant: undefined };
}

/** The key with our description of it, where there is one for its section. */
function described(key: PlacedKey, knowledge: KeyKnowledge): PlacedKey {
  const { path, field } = key;
  const doc = knowledge.description(['canton', ...path], field.meta.doc);
  return { ...key, field: { ...field, model: field.model, meta: { ...field.meta, doc } } };
}

function meantBy(names: readonly string[], keys: readonly PlacedKey[]): string | undefined {
  const last = nearest(
    names.at(-1) ?? '',
    keys.map(({ path }) => path.at(-1) ?? 'canton'),
  );
  if (last === undefined) return undefined;
  const whole = [...names.slice(0, -1), last];
  return shownPath(matching(keys, whole).length > 0 ? whole : [last]);
}

function moveText({ path, now }: OldKey): string {
  const before = `\`${shownPath(path)}\``;
  return now === undefined
    ? `${before} is accepted and ignored.`
    : `${before} is an old name of \`${shownPath(now)}\`.`;
}

/** The keys with this path, otherwise those with this path in a node, otherwise those whose paths end with it. */
function matching<T extends { readonly path: readonly string[] }>(
  all: readonly T[],
  names: readonly string[],
): readonly T[] {
  const isAt = ({ path }: T, start: number) =>
    path.length === start + names.length &&
    names.every(
      (name, i) =>
        path[start + i] === name || path[start + i] === ANY || (name === '<name>' && path[start + i] === ANY),
    );
  const direct = all.filter((one) => isAt(one, 0));
  if (direct.length > 0) return direct;
  const inNode = all.filter((one) => one.path[1] === ANY && isAt(one, 2));
  if (inNode.length > 0) return inNode;
  const last = names.at(-1);
  return all.filter((one) => one.path.at(-1) === last && isAt(one, one.path.length - names.length));
}

function pages(found: readonly PlacedKey[], byVersion: ReadonlyMap<CantonVersion, Keys>): string {
  const groups = new Map<string, PlacedKey[]>();
  for (const key of found) {
    const id = factsOf(key, byVersion);
    groups.set(id, [...(groups.get(id) ?? []), key]);
  }
  if (groups.size > MAX_PAGES) {
    const places = [...new Set(found.map(({ path }) => `- \`canton.${shownPath(path)}\`\n`))];
    return `There are several such keys; write more of the path:\n\n${places.join('')}`;
  }
  return [...groups.values()].map((keys) => page(keys, byVersion)).join('\n');
}

function page(keys: readonly PlacedKey[], byVersion: ReadonlyMap<CantonVersion, Keys>): string {
  const [first] = keys;
  if (first === undefined) return '';
  const places = [...new Set(keys.map(({ path }) => `\`canton.${shownPath(path)}\``))].slice(1);
  const types = new Set(keys.map(({ conditions }) => conditions.map((one) => `\`${one}\``).join(' and ')));
  const more = places.length > MAX_PLACES ? ', …' : '';
  return [
    `# ${shownPath(['canton', ...first.path])}\n`,
    ...(types.has('') ? [] : [`With ${[...types].join(', or ')}.\n`]),
    ...(places.length > 0 ? [`Also: ${places.slice(0, MAX_PLACES).join(', ')}${more}\n`] : []),
    `${factsOf(first, byVersion)}\n`,
  ].join('\n');
}

function factsOf(key: PlacedKey, byVersion: ReadonlyMap<CantonVersion, Keys>): string {
  const { field } = key;
  const same = CANTON_VERSIONS.flatMap((version) => {
    const found = byVersion.get(version)?.present.find((one) => isSameKey(one, key));
    return found === undefined ? [] : [{ version, value: found.field.meta.default }];
  });
  // A default that is a Scala call means nothing to an operator.
  const changed = same.filter(({ value = '' }) => value !== (field.meta.default ?? '') && !value.includes('('));
  const facts = [
    `Canton ${same.map(({ version }) => version).join(', ')}`,
    ...changed.map(({ version, value }) => `Default in ${version}: ${value === undefined ? 'none' : `\`${value}\``}`),
    ...(field.meta.source === '' ? [] : [`Source: ${field.meta.source}`]),
  ];
  const inner = keysIn(field.model);
  const list = inner.length === 0 ? '' : `\n\nKeys: ${inner.join(', ')}`;
  // The versions are listed, which says more than the first and the last one.
  const { since, until, ...meta } = field.meta;
  const known = fieldDocumentation({ ...field, model: field.model, meta });
  const endsInList = (known.split('\n').at(-1) ?? '').startsWith('- ');
  return `${known}${endsInList ? '\n' : '\n\n'}${facts.map((fact) => `- ${fact}`).join('\n')}${list}`;
}

function isSameKey(a: PlacedKey, b: PlacedKey): boolean {
  return shownPath(a.path) === shownPath(b.path) && a.conditions.join() === b.conditions.join();
}

/** The names of the keys of a section, with a star where they are required. */
function keysIn(model: FieldModel): readonly string[] {
  const fields = model.kind === 'union' ? [...model.options.values()].flatMap((one) => [...one.fields.values()]) : [];
  const all = model.kind === 'object' ? [...model.fields.values()] : fields;
  return [...new Set(all.map(({ name, required }) => `\`${name}\`${required && model.kind === 'object' ? '*' : ''}`))];
}

function shownPath(path: readonly string[]): string {
  return path.map((name) => (name === ANY ? '<name>' : hoconPath([name]))).join('.');
}

/** True if the key selects one of the alternatives of its section. */
function isDiscriminator({ name }: Field, path: readonly string[], conditions: readonly string[]): boolean {
  return name === 'type' && conditions.at(-1)?.startsWith(`${shownPath(path.slice(-1))}.type = `) === true;
}

/** A name that the author chooses has a model, but no documentation. */
function named(model: FieldModel): Field {
  return { name: ANY, model, required: false, optional: false, meta: { doc: '', source: '' } };
}

/** Every key of a configuration, each place and each `type` by itself. */
function keysOf(model: ObjectModel): Keys {
  const present: PlacedKey[] = [{ path: [], conditions: [], field: rootOf({ model }) }];
  const old: OldKey[] = [];
  walk(model, [], []);
  return { present, old };

  function walk(of: FieldModel, path: readonly string[], conditions: readonly string[]): void {
    switch (of.kind) {
      case 'object':
        for (const [name, field] of of.fields) {
          if (isDiscriminator(field, path, conditions)) continue;
          present.push({ path: [...path, name], conditions, field });
          walk(field.model, [...path, name], conditions);
        }
        for (const [from, now] of of.moved ?? [])
          old.push({ path: [...path, ...from.split('.')], now: [...path, ...now] });
        for (const from of of.dropped?.keys() ?? []) old.push({ path: [...path, ...from.split('.')], now: undefined });
        return;
      case 'union':
        present.push({ path: [...path, of.discriminator.name], conditions, field: of.discriminator });
        for (const [type, option] of of.options) {
          walk(option, path, [...conditions, `${shownPath(path.slice(-1))}.type = ${type}`]);
        }
        return;
      case 'map':
        present.push({ path: [...path, ANY], conditions, field: named(of.value) });
        walk(of.value, [...path, ANY], conditions);
        return;
      case 'list':
        walk(of.element, path, conditions);
        return;
      default:
    }
  }
}
