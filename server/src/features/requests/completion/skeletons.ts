import type { CompletionItem } from 'vscode-languageserver';
import type { Field, FieldModel } from '../../../../../schemas/model';
import { POSTGRES_DATA_SOURCE, POSTGRES_PROPERTIES } from '../../../../../schemas/storage';
import type { Style } from '../../../edits/hocon-text';
import { entryAt, type KeyPath } from '../../../hocon/values/config-value';
import { MODE_NAMES } from '../../../model/facts/nodes';
import { hoconPath, hoconQuoted } from '../../../text/encoders/hocon';
import { rangeOf } from '../../../text/positions';
import { fieldOf, isSection, type Schema } from '../../shared/document-view';
import type { EffectiveContext } from '../../shared/effective-context';
import { COMPLETION } from '../../shared/lsp-kinds';
import {
  elsewhere,
  type KeysAt,
  noted,
  plainEdit,
  rarity,
  sectionName,
  snippetEdit,
  textAt,
  typeRarity,
} from './items';

/** Items for whole sections by alternative (`kms` of AWS, …), and for all required keys that the section lacks. */
export function skeletonItems(
  at: KeysAt,
  contexts: readonly EffectiveContext[],
  offered: readonly Field[],
): CompletionItem[] {
  if (at.cursor.hasValue || at.cursor.quoted) return [];
  const context = contexts.find(({ path, schema }) => fieldOf(schema, path) !== undefined);
  const sections = offered.flatMap((field) => sectionsOf(field));
  return [
    ...sections
      .filter(
        ({ path }) => context === undefined || entryAt(context.schema.config, [...context.path, ...path]) === undefined,
      )
      .map((section) => sectionItem(at, section, context)),
    ...contexts.slice(0, 1).flatMap((root) => rootNodeItems(at, root)),
    ...(context === undefined
      ? []
      : [...missingItems(at, context), ...nodeItems(at, context), ...modeItems(at, context, offered)]),
  ];
}

interface Section {
  readonly path: KeyPath;
  readonly model: FieldModel;
  readonly type: string;
}

/** The alternatives of a section, or those of the optional sections in it if it requires no key. */
function sectionsOf({ name, model, meta }: Field): Section[] {
  if (meta.deprecated !== undefined) return [];
  if (model.kind === 'union') return [...model.options.keys()].map((type) => ({ path: [name], model, type }));
  if (model.kind !== 'object' || requiredFields(model, undefined, new Set()).length > 0) return [];
  return [...model.fields.values()]
    .filter((inner) => inner.model.kind === 'union' && inner.optional)
    .flatMap((inner) => sectionsOf(inner).map((section) => ({ ...section, path: [name, ...section.path] })));
}

/** Sorted directly after the key of the section, with the usual types first. */
function sectionItem(
  at: KeysAt,
  { path, model, type }: Section,
  context: EffectiveContext | undefined,
): CompletionItem {
  const key = path.join('.');
  const text = (snippets: boolean) => sectionText(path, model, type, { ...at.as, snippets });
  const [name = ''] = path;
  const rank = context === undefined ? '' : rarity(at, context, name);
  const sortText = `1${rank}${key} ${typeRarity(at.usage, path.at(-1) ?? '', type)}${type}`;
  return { ...skeletonItem(at, `${key} (${type})`, text), sortText };
}

/** One item for all missing required keys. A single missing key is offered by itself. */
function missingItems(at: KeysAt, { path, schema }: EffectiveContext): CompletionItem[] {
  const model = fieldOf(schema, path)?.model;
  if (at.cursor.prefix.length > 0 || model === undefined || !isSection(model)) return [];
  const section = entryAt(schema.config, path)?.value;
  const effective = section?.kind === 'object' ? [...section.entries] : [];
  const known = effective.filter(([, entry]) => elsewhere(at, entry) !== undefined).map(([name]) => name);
  const present = new Set([...at.written.keys(), ...known]);
  const written = textAt(entryAt(schema.config, [...path, 'type']));
  const types = model.kind !== 'union' ? [undefined] : written === undefined ? [...model.options.keys()] : [written];
  const { object } = at.cursor;
  const oneLine = object.closeBrace !== undefined && !at.view.tree.text.slice(object.start, object.end).includes('\n');
  return types.flatMap((type) => {
    const missing = requiredFields(model, type, present);
    if (missing.length < 2) return [];
    const text = (snippets: boolean) => missingText(model, type, present, oneLine, { ...at.as, snippets });
    const label = missing
      .map(({ name }) => (name === 'type' && type !== undefined ? `type = ${type}` : name))
      .join(', ');
    return [
      {
        ...skeletonItem(at, label, text),
        sortText: `00${typeRarity(at.usage, sectionName(schema, path), type ?? '')}${type ?? ''}`,
      },
    ];
  });
}

/** Items for the crypto section of a node that has none yet, by mode and KMS type. */
function modeItems(at: KeysAt, { path, schema }: EffectiveContext, offered: readonly Field[]): CompletionItem[] {
  const crypto = offered.find(({ name }) => name === 'crypto')?.model;
  const kms = crypto?.kind === 'object' ? crypto.fields.get('kms')?.model : undefined;
  const isWritten = elsewhere(at, entryAt(schema.config, [...path, 'crypto'])) !== undefined;
  if (path.length !== 3 || at.cursor.prefix.length > 0 || kms?.kind !== 'union' || isWritten) return [];
  return [...kms.options.keys()].flatMap((type) =>
    [true, false].map((isExternal) => {
      const text = (snippets: boolean) => cryptoText(kms, type, isExternal, { ...at.as, snippets });
      const mode = MODE_NAMES[isExternal ? 'external' : 'envelope'];
      const rank = rarity(at, { path, schema }, 'crypto');
      return { ...skeletonItem(at, `crypto (${type}, ${mode})`, text), sortText: `1${rank}crypto ${type} ${mode}` };
    }),
  );
}

function cryptoText(kms: FieldModel, type: string, isExternal: boolean, as: SkeletonStyle): string {
  const snippet = new Snippet(as.snippets);
  const { style } = as;
  const key = (name: string) => snippet.text(hoconPath([name], style.json));
  const entry = (name: string, value: string) =>
    `${key(name)}${style.separator}${snippet.text(style.json ? JSON.stringify(value) : value)}`;
  const section = (name: string, lines: readonly string[]) =>
    `${key(name)}${style.beforeBrace}{${indented(`\n${lines.join(lineEnd(style))}`)}\n}`;
  const kmsSection = section('kms', requiredLines(kms, type, new Set(), snippet, style));
  const mode = isExternal
    ? [entry('provider', 'kms'), kmsSection]
    : [kmsSection, section('private-key-store', [section('encryption', [entry('type', 'kms')])])];
  return laidOut(section('crypto', mode) + snippet.end(), as);
}

/** Begins the sections of nodes of other processes. */
const REMOTE = 'remote-';

/** The skeleton of a new node by its section; ports as in Canton's examples. */
const NODES: ReadonlyMap<
  string,
  { readonly name: string; readonly ports: readonly (readonly [api: string, port: string])[] }
> = new Map([
  [
    'participants',
    {
      name: 'participant',
      ports: [
        ['admin-api', '5012'],
        ['ledger-api', '5011'],
      ],
    },
  ],
  [
    'sequencers',
    {
      name: 'sequencer',
      ports: [
        ['public-api', '5008'],
        ['admin-api', '5009'],
      ],
    },
  ],
  ['mediators', { name: 'mediator', ports: [['admin-api', '5007']] }],
  [
    'domains',
    {
      name: 'domain',
      ports: [
        ['public-api', '5018'],
        ['admin-api', '5019'],
      ],
    },
  ],
  ['domain-managers', { name: 'domainManager', ports: [['admin-api', '5016']] }],
]);

/** The port that an API of a first node usually has. */
export function usualPort(kind: string, api: string): number | undefined {
  const [, port] = NODES.get(kind)?.ports.find(([name]) => name === api) ?? [];
  return port === undefined ? undefined : Number(port);
}

/** Items for new nodes in the section of their kind. */
function nodeItems(at: KeysAt, { path, schema }: EffectiveContext): CompletionItem[] {
  return path.length === 2 && path[0] === 'canton' ? nodeItem(at, path, schema, []) : [];
}

/** Items for new nodes of every kind with their whole path, at the root of a file without keys. */
function rootNodeItems(at: KeysAt, { path, schema }: EffectiveContext): CompletionItem[] {
  if (path.length > 0 || at.written.size > 0 || at.as.style.json) return [];
  return [...NODES.keys()].flatMap((kind) => nodeItem(at, ['canton', kind], schema, ['canton', kind]));
}

/** An item for a node with an unused name. @param prefix the keys to write before the name */
function nodeItem(at: KeysAt, path: KeyPath, schema: Schema, prefix: KeyPath): CompletionItem[] {
  const isRemote = path[1]?.startsWith(REMOTE) === true;
  const kind = NODES.get(path[1]?.replace(REMOTE, '') ?? '');
  if (kind === undefined || fieldOf(schema, path)?.model.kind !== 'map') return [];
  const nodes = entryAt(schema.config, path)?.value;
  const others = nodes?.kind === 'object' ? nodes.entries : new Map();
  let number = 1;
  while (others.has(`${kind.name}${number}`)) number++;
  const text = (snippets: boolean) => {
    const snippet = new Snippet(snippets);
    const { style } = at.as;
    const key = (name: string) => snippet.text(hoconPath([name], style.json));
    const section = (name: string, lines: readonly string[]) =>
      `${key(name)}${style.beforeBrace}{${indented(`\n${lines.join(lineEnd(style))}`)}\n}`;
    const name = snippet.stop(hoconPath([`${kind.name}${number}`], style.json));
    const type = style.json ? '"postgres"' : 'postgres';
    const portLine = (port: string) => `${key('port')}${style.separator}${snippet.stop(port)}`;
    // Without tab stops, the user could not choose the database and the ports, so they are omitted.
    const own = () =>
      at.as.snippets
        ? [
            section('storage', [
              `${key('type')}${style.separator}${type}`,
              section('config', orStop(connectionLines(snippet, style), snippet)),
            ]),
            ...kind.ports.map(([api, port]) => section(api, [portLine(port)])),
          ]
        : [];
    const host = style.json ? '"localhost"' : 'localhost';
    // The console needs to know where a remote node is, and nothing else.
    const apis = () =>
      kind.ports.map(([api, port]) =>
        section(api, [`${key('address')}${style.separator}${snippet.stop(host)}`, portLine(port)]),
      );
    const lines = isRemote ? apis() : [...own(), `${key('crypto')}${style.beforeBrace}{\n\t${snippet.end()}\n}`];
    const place = prefix.map((one) => `${one}.`).join('');
    const end = isRemote ? snippet.end() : '';
    return laidOut(`${place}${name}${style.beforeBrace}{${indented(`\n${lines.join(lineEnd(style))}`)}\n}${end}`, {
      ...at.as,
      snippets,
    });
  };
  const label = isRemote ? `new remote ${kind.name}` : `new ${kind.name}`;
  // It should also be found by typing its path in an empty file.
  const filterText = [...(prefix.length > 0 ? [prefix.join('.')] : []), label].join(' ');
  return [
    {
      ...skeletonItem(at, label, text, 'node'),
      filterText,
      sortText: `0${[...NODES.keys()].indexOf(path[1] ?? '')}${label}`,
    },
  ];
}

function skeletonItem(
  { view, cursor, as }: KeysAt,
  label: string,
  text: (snippets: boolean) => string,
  note = 'section',
): CompletionItem {
  const range = rangeOf(view.lines, cursor);
  // The line that receives it is already indented, so the preview starts without indentation.
  const preview = text(false).replaceAll(`${as.style.eol}${as.indent}`, as.style.eol);
  return {
    label,
    kind: COMPLETION.snippet,
    ...noted(note),
    documentation: { kind: 'markdown', value: `\`\`\`canton-conf\n${preview}\n\`\`\`` },
    ...(as.snippets ? snippetEdit(range, text(true)) : plainEdit(range, text(false))),
  };
}

/** The style of the surrounding text, and whether the editor supports snippets. */
export interface SkeletonStyle {
  readonly style: Style;
  readonly snippets: boolean;
  /** The indentation of the line, for editors that do not indent insertions. */
  readonly indent: string;
}

/**
 * The keys of a connection to Postgres, with a place to fill for each part. JSON has no substitutions, and the user of an
 * editor without tab stops would not notice the invented values.
 */
function connectionLines(snippet: Snippet, style: Style): string[] {
  if (style.json || !snippet.live) return [];
  const key = (name: string) => snippet.text(hoconPath([name], style.json));
  const section = (name: string, body: string) => `${key(name)}${style.beforeBrace}{${indented(`\n${body}`)}\n}`;
  const properties = POSTGRES_PROPERTIES.map(({ name, example, isVariable }) => {
    const value = snippet.stop(example);
    return `${key(name)}${style.separator}${isVariable ? `${snippet.text('${')}${value}${snippet.text('}')}` : value}`;
  });
  const source = `${key('dataSourceClass')}${style.separator}${hoconQuoted(POSTGRES_DATA_SOURCE)}`;
  return [source, section('properties', properties.join('\n'))];
}

/**
 * A section in braces with all keys that Canton requires, and tab stops for their values.
 * @param path the key of the section; empty for the braces alone
 * @param type the alternative, if the section has several
 */
export function sectionText(path: KeyPath, model: FieldModel, type: string | undefined, as: SkeletonStyle): string {
  const snippet = new Snippet(as.snippets);
  const { style } = as;
  const key = path.length === 0 ? '' : `${snippet.text(hoconPath(path, style.json))}${style.beforeBrace}`;
  // Without tab stops the user could not choose the alternative.
  const isOpen = model.kind === 'union' && model.options.size > 1 && type === undefined && !as.snippets;
  const lines = isOpen ? [] : requiredLines(model, type, new Set(), snippet, style);
  if (lines.length === 0) return as.snippets ? `${key}{\n\t$0\n}` : `${key}{`;
  return laidOut(`${key}{${indented(`\n${lines.join(lineEnd(style))}`)}\n}${snippet.end()}`, as);
}

/** The missing required keys of a section, to be inserted among its existing keys. */
function missingText(
  model: FieldModel,
  type: string | undefined,
  present: ReadonlySet<string>,
  oneLine: boolean,
  as: SkeletonStyle,
): string {
  const lines = requiredLines(model, type, present, new Snippet(as.snippets), as.style);
  return laidOut(lines.join(oneLine ? ', ' : lineEnd(as.style)), as);
}

/** The required keys that are missing from a section. */
function requiredFields(model: FieldModel, type: string | undefined, present: ReadonlySet<string>): readonly Field[] {
  if (model.kind === 'union') {
    const option = type === undefined && model.options.size > 1 ? undefined : (type ?? [...model.options.keys()][0]);
    const chosen = model.options.get(option ?? '');
    if (chosen === undefined) return present.has('type') ? [] : [model.discriminator];
    return requiredFields(chosen, option, present);
  }
  if (model.kind !== 'object') return [];
  return [...model.fields.values()].filter(({ name, required }) => required && !present.has(name));
}

/** A section without lines gets a tab stop. */
function orStop(lines: readonly string[], snippet: Snippet): readonly string[] {
  return lines.length === 0 ? [snippet.stop('')] : lines;
}

/** A class may require another one that requires it in turn. */
const MAX_NESTED = 4;

function requiredLines(
  model: FieldModel,
  type: string | undefined,
  present: ReadonlySet<string>,
  snippet: Snippet,
  style: Style,
  depth = 0,
): string[] {
  return requiredFields(model, type, present).map((field) => {
    const key = snippet.text(hoconPath([field.name], style.json));
    if (isSection(field.model) || field.model.kind === 'raw') {
      // Without tab stops, the user could not choose an alternative.
      const isOpen = depth >= MAX_NESTED || (field.model.kind === 'union' && !snippet.live);
      const isConnection = field.name === 'config' && type === 'postgres';
      const lines = isConnection ? connectionLines(snippet, style) : [];
      if (!isOpen) lines.push(...requiredLines(field.model, undefined, new Set(), snippet, style, depth + 1));
      return `${key}${style.beforeBrace}{${indented(`\n${orStop(lines, snippet).join(lineEnd(style))}`)}\n}`;
    }
    const given =
      field.name === 'type' && type !== undefined ? snippet.text(valueText(type, field.model, style)) : undefined;
    return `${key}${style.separator}${given ?? valueStop(field, snippet, style)}`;
  });
}

/** A tab stop with the example or the default; with few values, a choice of all of them. */
function valueStop({ model, meta }: Field, snippet: Snippet, style: Style): string {
  const first = meta.example ?? meta.default;
  const text = (value: string) => valueText(value, model, style);
  const choices = model.kind === 'enum' ? [...model.values.keys()] : model.kind === 'boolean' ? ['true', 'false'] : [];
  if (choices.length === 0) return snippet.stop(text(first ?? ''));
  return snippet.choice([...new Set([...(first === undefined ? [] : [first]), ...choices])].map(text));
}

/** In JSON, texts are in quotes. */
export function valueText(value: string, { kind }: FieldModel, { json }: Pick<Style, 'json'>): string {
  const isText = kind === 'enum' || kind === 'string' || kind === 'duration';
  return json && isText && !value.startsWith('"') ? hoconQuoted(value) : value;
}

function lineEnd({ json }: Style): string {
  return json ? ',\n' : '\n';
}

function indented(text: string): string {
  return text.replaceAll('\n', '\n\t');
}

/** Indents a text, unless it is a snippet, which the editor indents. */
function laidOut(text: string, { style, snippets, indent }: SkeletonStyle): string {
  if (snippets) return text;
  return text.replaceAll('\n', `${style.eol}${indent}`).replaceAll('\t', style.indent);
}

/** Writes a text with tab stops, or with their initial values for editors without snippet support. */
class Snippet {
  private stops = 0;

  constructor(readonly live: boolean) {}

  text(text: string): string {
    return this.live ? text.replace(/[\\$}]/g, '\\$&') : text;
  }

  /** A tab stop with an initial value. */
  stop(initial: string): string {
    if (!this.live) return initial;
    const escaped = this.text(initial);
    return escaped === '' ? `$${++this.stops}` : `\${${++this.stops}:${escaped}}`;
  }

  /** A tab stop with a choice of values. */
  choice(values: readonly string[]): string {
    if (!this.live || values.length === 1) return this.text(values[0] ?? '');
    return `\${${++this.stops}|${values.map((value) => value.replace(/[\\,|]/g, '\\$&')).join(',')}|}`;
  }

  /** The final cursor position. */
  end(): string {
    return this.live ? '$0' : '';
  }
}
