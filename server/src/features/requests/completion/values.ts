import type { CompletionItem } from 'vscode-languageserver';
import type { Field, FieldModel } from '../../../../../schemas/model';
import type { Usage } from '../../../../../schemas/usage';
import { styleNear } from '../../../edits/hocon-text';
import { entryAt, type KeyPath } from '../../../hocon/values/config-value';
import { objectAt } from '../../../model/facts/nodes';
import { lineIndent } from '../../../text/lines';
import { rangeOf } from '../../../text/positions';
import type { ValueContext } from '../../shared/cursor-context';
import { type DocumentView, fieldOf, isSection } from '../../shared/document-view';
import { type EffectiveContext, effectiveContexts, writtenPath } from '../../shared/effective-context';
import { durationReading } from '../../shared/field-documentation';
import { COMPLETION } from '../../shared/lsp-kinds';
import {
  type CompletionOptions,
  documented,
  gapBefore,
  itemData,
  noted,
  plainEdit,
  sectionName,
  snippetEdit,
  typeRarity,
} from './items';
import { sectionText, usualPort, valueText } from './skeletons';
import { substitutionValues } from './substitutions';

/** A value and its note in the list. */
interface Suggestion {
  readonly label: string;
  readonly note: string;
  readonly preferred: boolean;
  /** Set if the schema does not document this value. */
  readonly documentation?: string;
}

/** The likely values of a key, the best ones first. */
function suggestions(view: DocumentView, field: Field, path: KeyPath, typed: string): Suggestion[] {
  const { model, meta } = field;
  const plain = (label: string, note = ''): Suggestion => ({ label, note, preferred: label === meta.default });
  switch (model.kind) {
    case 'enum':
      return [...model.values.keys()].map((label) => plain(label, label === meta.default ? 'default' : ''));
    case 'boolean':
      return ['true', 'false'].map((label) => plain(label, label === meta.default ? 'default' : ''));
    case 'list':
      return model.element.kind === 'enum' ? [...model.element.values.keys()].map((label) => plain(`[${label}]`)) : [];
    case 'int': {
      const port = field.name === 'port' ? freePort(view.config, path) : undefined;
      const free = port === undefined ? [] : [{ ...plain(port), note: 'usual, and free in this launch set' }];
      return [...free, ...distinct([meta.default, meta.example]).map((label) => plain(label))];
    }
    case 'duration': {
      const labels = durations(typed, knownDurations([meta.default, meta.example]));
      const accepted = labels.filter((label) => model.check(label) === undefined);
      return accepted.map((label) => ({
        ...plain(label, label === meta.default ? 'default' : ''),
        documentation: durationReading(label) ?? meta.doc,
      }));
    }
    case 'string':
      return meta.secret === true ? [] : texts(view, field, path);
    default:
      return [];
  }
}

/** Steps of ten lead from the port of one node to that of the next, as in Canton's examples. */
const PORT_STEP = 10;

/** The usual port of an API of a node, or the next one that no other node of the launch set has. */
function freePort(config: DocumentView['config'], [, kind = '', , api = '', ...rest]: KeyPath): string | undefined {
  const usual = rest.length === 1 ? usualPort(kind, api) : undefined;
  if (usual === undefined) return undefined;
  const used = new Set<number>();
  const canton = objectAt(config, 'canton');
  for (const [, { value: nodes }] of canton?.entries ?? []) {
    if (nodes.kind !== 'object') continue;
    for (const [, { value: node }] of [...nodes.entries].slice(0, MOST_NODES)) {
      for (const [, { value: section }] of node.kind === 'object' ? node.entries : []) {
        const port = section.kind === 'object' ? section.entries.get('port')?.value : undefined;
        if (port?.kind === 'number') used.add(port.value);
      }
    }
  }
  let port = usual;
  while (used.has(port)) port += PORT_STEP;
  return String(port);
}

/** Where the default says nothing about the usual size, one of each size. */
function knownDurations(known: readonly (string | undefined)[]): readonly string[] {
  const own = distinct(known);
  return own.every((text) => /^(?:0|Inf)/.test(text)) ? distinct([...own, '10s', '1m', '1h']) : own;
}

const SHORT_UNITS = ['s', 'ms', 'm', 'h', 'd'];
const LONG_UNITS = ['seconds', 'milliseconds', 'minutes', 'hours', 'days'];

/** After a number, its units, short or long depending on the preceding blank; otherwise whole durations. */
function durations(typed: string, known: readonly string[]): readonly string[] {
  const number = /^(\d+(?:\.\d+)?)(\s*)/.exec(typed);
  if (number === null) return [...known, 'Inf'];
  const [, digits, blank] = number;
  return (blank === '' ? SHORT_UNITS : LONG_UNITS).map((unit) => `${digits}${blank}${unit}`);
}

/** The values that other nodes have for this key, and the known ones, such as the regions of AWS. */
function texts({ config }: DocumentView, { meta }: Field, path: KeyPath): Suggestion[] {
  const used = valuesOfOthers(config, path);
  const known = meta.known ?? {};
  return distinct([...used.keys(), ...Object.keys(known)]).map((label) => {
    const users = used.get(label);
    const note = [known[label], users === undefined ? undefined : `as ${users}`].filter(
      (part) => part !== undefined && part !== '',
    );
    return { label, note: note.join(' · '), preferred: false };
  });
}

/** The nodes of one process often share a region and a project. */
const MOST_NODES = 500;
const MOST_VALUES = 10;

function valuesOfOthers(config: DocumentView['config'], [root, section, node, ...rest]: KeyPath) {
  const values = new Map<string, string>();
  const canton = root === 'canton' && section !== undefined ? objectAt(config, root) : undefined;
  let left = MOST_NODES;
  for (const [, { value: nodes }] of canton?.entries ?? []) {
    if (nodes.kind !== 'object') continue;
    for (const [name, { value }] of nodes.entries) {
      if (left-- <= 0 || values.size >= MOST_VALUES) return values;
      const found = value.kind === 'object' && name !== node ? entryAt(value, rest)?.value : undefined;
      if (found?.kind === 'string' && !values.has(found.value)) values.set(found.value, name);
    }
  }
  return values;
}

function distinct(values: readonly (string | undefined)[]): string[] {
  return [...new Set(values.filter((value) => value !== undefined))];
}

/** Items for the values that Canton accepts here. */
export function valueItems(
  view: DocumentView,
  cursor: ValueContext,
  offset: number,
  options: CompletionOptions,
): CompletionItem[] {
  const written = writtenPath(cursor.container, cursor.path);
  const contexts = effectiveContexts(view, written);
  for (const { path, schema } of contexts) {
    const field = fieldOf(schema, path);
    if (field === undefined) continue;
    const inList = field.model.kind === 'list' && cursor.container.kind === 'array';
    const model = inList && field.model.kind === 'list' ? field.model.element : field.model;
    return [
      ...listed(view, cursor, offset, { ...field, model }, path, options.usage),
      ...(isSection(model) ? sections(view, cursor, model, options, { path, schema }) : []),
      ...(cursor.quoted ? [] : substitutionValues(view, cursor, model, contexts)),
    ];
  }
  return [];
}

function listed(
  view: DocumentView,
  cursor: ValueContext,
  offset: number,
  field: Field,
  path: KeyPath,
  usage: Usage,
): CompletionItem[] {
  const written = writtenElements(cursor, offset);
  const range = rangeOf(view.lines, cursor);
  const typed = view.tree.text.slice(cursor.start, offset);
  const style = { json: view.tree.syntax === 'json' && !cursor.quoted };
  const gap = gapBefore(view, cursor);
  const inOrder = field.name === 'type' ? byUse(usage, sectionName(view, path.slice(0, -1))) : undefined;
  return suggestions(view, field, path, typed)
    .sort(inOrder ?? (() => 0))
    .filter(({ label }) => !written.has(label))
    .map(({ label, note, preferred, documentation }: Suggestion, i) => ({
      label,
      kind: field.model.kind === 'enum' ? COMPLETION.enumMember : COMPLETION.value,
      ...noted(note),
      filterText: `${gap}${label}`,
      sortText: String(i).padStart(3, '0'),
      ...(preferred ? { preselect: true } : {}),
      ...(documentation === undefined ? {} : { documentation: { kind: 'markdown' as const, value: documentation } }),
      ...plainEdit(range, `${gap}${valueText(label, field.model, style)}`),
      ...(documentation === undefined ? documented(field, itemData(view, path, { value: label })) : {}),
    }));
}

/** The types that real configurations choose come first; the others keep their order. */
function byUse(usage: Usage, section: string): (a: Suggestion, b: Suggestion) => number {
  const rank = ({ label }: Suggestion) => Number(typeRarity(usage, section, label));
  return (a, b) => rank(a) - rank(b);
}

/** Items for a section after its separator: `kms = ‸`. */
function sections(
  view: DocumentView,
  cursor: ValueContext,
  model: FieldModel,
  { snippets, usage }: CompletionOptions,
  { path, schema }: EffectiveContext,
) {
  if (model.kind !== 'union' || cursor.quoted) return [];
  const { container } = cursor;
  const object = container.kind === 'object' ? container : view.tree.root.value;
  if (object.kind !== 'object') return [];
  const style = styleNear(view.tree, object);
  const as = { style, snippets, indent: lineIndent(view.tree.text, cursor.start) };
  const range = rangeOf(view.lines, cursor);
  const gap = gapBefore(view, cursor);
  return [...model.options.keys()].map((type): CompletionItem => {
    const text = `${gap}${sectionText([], model, type, as)}`;
    const label = `{ type = ${type} }`;
    return {
      label,
      kind: COMPLETION.snippet,
      ...noted('all required keys'),
      filterText: `${gap}${label}`,
      sortText: `0${typeRarity(usage, sectionName(schema, path), type)}${type}`,
      ...(snippets ? snippetEdit(range, text) : plainEdit(range, text)),
    };
  });
}

/** The elements that the list already has, without the one that is being typed. */
function writtenElements({ container }: ValueContext, offset: number): ReadonlySet<string> {
  if (container.kind !== 'array') return new Set();
  const others = container.elements.filter(({ start, end }) => offset < start || offset > end);
  return new Set(others.flatMap((element) => (element.kind === 'scalar' ? [element.value] : [])));
}
