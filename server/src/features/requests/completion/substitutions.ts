import type { CompletionItem } from 'vscode-languageserver';
import type { FieldModel } from '../../../../../schemas/model';
import { substitutionsIn } from '../../../hocon/syntax/syntax';
import { type ConfigObject, type ConfigValue, entryAt, type KeyPath } from '../../../hocon/values/config-value';
import { MASKED, shownVariable } from '../../../model/facts/secrets';
import { hoconPath } from '../../../text/encoders/hocon';
import { rangeOf } from '../../../text/positions';
import type { SubstitutionContext, ValueContext } from '../../shared/cursor-context';
import type { DocumentView } from '../../shared/document-view';
import { type EffectiveContext, effectiveContexts, writtenPath } from '../../shared/effective-context';
import { COMPLETION } from '../../shared/lsp-kinds';
import { shownValue } from '../effective/effective';
import { gapBefore, noted, plainEdit } from './items';

/** The maximum number of entries outside `canton` that are visited, and of those that are offered as whole paths. */
const MAX_VISITED = 5000;
const MAX_SHARED = 200;
const MAX_NOTE = 60;

/** The keys that may continue `${…`, with their values. */
export function substitutionItems(view: DocumentView, cursor: SubstitutionContext): CompletionItem[] {
  const { names } = cursor;
  const range = rangeOf(view.lines, cursor);
  const own = writtenPath(cursor.container, cursor.path);
  const targets = new Set(effectiveContexts(view, own).map(({ path }) => JSON.stringify(path)));
  const items = new Map<string, CompletionItem>();
  const offer = (written: KeyPath, path: KeyPath, value: ConfigValue, sort: string) => {
    const label = hoconPath(written);
    if (items.has(label) || targets.has(JSON.stringify(path))) return;
    const isSection = value.kind === 'object';
    items.set(label, {
      label,
      kind: isSection ? COMPLETION.module : COMPLETION.reference,
      ...noted(noteOf(view, path, value)),
      sortText: `${sort}${label}`,
      // A section is followed by a dot or by the closing brace.
      ...plainEdit(range, isSection || cursor.closed ? label : `${label}}`),
    });
  };
  for (const base of basesOf(view)) {
    const section = names.length === 0 && base.length === 0 ? view.config : objectAt(view.config, [...base, ...names]);
    for (const [name, { value }] of section?.entries ?? []) offer([name], [...base, ...names, name], value, '1');
  }
  if (names.length > 0) return [...items.values()];
  for (const { path, value } of sharedIn(view.config)) if (path.length > 1) offer(path, path, value, '2');
  for (const { name, note } of variableNames(view)) {
    if (items.has(name)) continue;
    const edit = plainEdit(range, cursor.closed ? name : `${name}}`);
    items.set(name, { label: name, kind: COMPLETION.variable, ...noted(note), sortText: `3${name}`, ...edit });
  }
  return [...items.values()];
}

/** Substitutions of shared values that fit the key. */
export function substitutionValues(
  view: DocumentView,
  cursor: ValueContext,
  model: FieldModel,
  contexts: readonly EffectiveContext[],
): CompletionItem[] {
  if (view.tree.syntax !== 'conf') return [];
  const range = rangeOf(view.lines, cursor);
  const targets = new Set(contexts.map(({ path }) => JSON.stringify(path)));
  // A shared value is usually named like the key that refers to it.
  const names = new Set(contexts.map(({ path }) => path.at(-1)));
  const typesDollar = view.tree.text[cursor.start] === '$';
  const gap = gapBefore(view, cursor);
  const items: CompletionItem[] = [];
  for (const { path, value } of sharedIn(view.config)) {
    if (targets.has(JSON.stringify(path)) || !fits(value, model)) continue;
    const name = hoconPath(path);
    const label = `\${${name}}`;
    items.push({
      label,
      kind: COMPLETION.reference,
      ...noted(noteOf(view, path, value)),
      filterText: `${gap}${typesDollar ? label : name}`,
      sortText: `9${names.has(path.at(-1)) ? 0 : 1}${name}`,
      ...plainEdit(range, `${gap}${label}`),
    });
  }
  return items;
}

/** The sections in which substitutions are looked up: those that the file is included at, then the root. */
function basesOf({ effectivePaths, tree }: DocumentView): readonly KeyPath[] {
  return [...effectivePaths.prefixesOf(tree.uri).filter((prefix) => prefix.length > 0), []];
}

function objectAt(config: ConfigObject, path: KeyPath): ConfigObject | undefined {
  const value = entryAt(config, path)?.value;
  return value?.kind === 'object' ? value : undefined;
}

function noteOf({ isSecret }: DocumentView, path: KeyPath, value: ConfigValue): string {
  if (value.kind === 'object') return 'section';
  const shown = shownValue(value, isSecret(path));
  const text = shown.length > MAX_NOTE ? `${shown.slice(0, MAX_NOTE)}…` : shown;
  return value.kind === 'unknown' || value.kind === 'null' ? text : `${value.kind} = ${text}`;
}

/** The entries outside `canton`, outer ones first. */
function* sharedIn(config: ConfigObject): Generator<{ readonly path: KeyPath; readonly value: ConfigValue }> {
  const queue: { readonly path: KeyPath; readonly object: ConfigObject }[] = [{ path: [], object: config }];
  let visited = 0;
  let found = 0;
  for (const { path, object } of queue) {
    for (const [name, { value }] of object.entries) {
      if (path.length === 0 && name === 'canton') continue;
      if (visited++ >= MAX_VISITED || found >= MAX_SHARED) return;
      const inner = [...path, name];
      found++;
      yield { path: inner, value };
      if (value.kind === 'object') queue.push({ path: inner, object: value });
    }
  }
}

/** True if Canton accepts the value for a key of this kind. An unknown value can be anything except a section. */
function fits(value: ConfigValue, model: FieldModel): boolean {
  switch (model.kind) {
    case 'object':
    case 'union':
    case 'map':
      return value.kind === 'object' && knowsKeys(model, [...value.entries.keys()]);
    case 'list':
      return value.kind === 'list';
    case 'raw':
      return value.kind !== 'null';
    default:
      return value.kind === 'unknown' || fitsText(textOf(value), model);
  }
}

function textOf(value: ConfigValue): string | undefined {
  if (value.kind === 'string') return value.value;
  if (value.kind === 'number') return value.text;
  return value.kind === 'boolean' ? String(value.value) : undefined;
}

function fitsText(text: string | undefined, model: FieldModel): boolean {
  if (text === undefined) return false;
  switch (model.kind) {
    case 'enum':
      return model.values.has(text);
    case 'boolean':
      return text === 'true' || text === 'false';
    case 'int':
      return /^-?\d+$/.test(text) && model.check(BigInt(text)) === undefined;
    case 'string':
    case 'duration':
      return model.check(text) === undefined;
    default:
      return true;
  }
}

function knowsKeys(model: FieldModel, names: readonly string[]): boolean {
  if (model.kind === 'map') return true;
  const objects = model.kind === 'union' ? [...model.options.values()] : model.kind === 'object' ? [model] : [];
  return objects.some(({ fields }) => names.every((name) => fields.has(name)));
}

/** The environment variables that the project sets, and those that the document refers to, whose values are unknown. */
function variableNames(view: DocumentView): readonly { readonly name: string; readonly note: string }[] {
  const names = new Map<string, string>();
  for (const [name, value] of view.variables) {
    names.set(name, `environment = ${shownVariable(name, value)}`);
  }
  for (const node of substitutionsIn(view.tree)) {
    const [only, more] = node.path.elements;
    if (only === undefined || more !== undefined) continue;
    if (view.variables.has(only.name)) {
      const user = view.index.pathOf(view.tree, node);
      if (user !== undefined && view.isSecret(user)) names.set(only.name, `environment = ${MASKED}`);
    }
    if (names.has(only.name)) continue;
    // A half-typed name is not a variable.
    if (/^[A-Z][A-Z0-9_]+$/.test(only.name) && entryAt(view.config, [only.name]) === undefined) {
      names.set(only.name, 'environment');
    }
  }
  return [...names].map(([name, note]) => ({ name, note }));
}
