import type { Field } from '../../../../../schemas/model';
import { entryAt } from '../../../hocon/syntax/entry-at';
import { objectAt } from '../../../model/facts/nodes';
import type { DocumentView } from '../../shared/document-view';
import { durationReading } from '../../shared/duration-reading';

/** A value and what is said of it in the list. */
export interface Suggestion {
  readonly label: string;
  readonly note: string;
  readonly preferred: boolean;
  /** Where the schema has nothing to say of this very value. */
  readonly documentation?: string;
}

/** The values that a key of this kind is likely to have, the best ones first. */
export function suggestions(view: DocumentView, field: Field, path: readonly string[], typed: string): Suggestion[] {
  const { model, meta } = field;
  const plain = (label: string, note = ''): Suggestion => ({ label, note, preferred: label === meta.default });
  switch (model.kind) {
    case 'enum':
      return [...model.values.keys()].map((label) => plain(label, label === meta.default ? 'default' : ''));
    case 'boolean':
      return ['true', 'false'].map((label) => plain(label, label === meta.default ? 'default' : ''));
    case 'list':
      return model.element.kind === 'enum' ? [...model.element.values.keys()].map((label) => plain(`[${label}]`)) : [];
    case 'int':
      return distinct([meta.default, meta.example]).map((label) => plain(label));
    case 'duration': {
      const labels = durations(typed, distinct([meta.default, meta.example]));
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

const SHORT_UNITS = ['s', 'ms', 'm', 'h', 'd'];
const LONG_UNITS = ['seconds', 'milliseconds', 'minutes', 'hours', 'days'];

/** Behind a number the units, in the form that was begun; else whole durations. */
function durations(typed: string, known: readonly string[]): readonly string[] {
  const number = /^(\d+(?:\.\d+)?)(\s*)/.exec(typed);
  if (number === null) return [...known, 'Inf'];
  const [, digits, blank] = number;
  return (blank === '' ? SHORT_UNITS : LONG_UNITS).map((unit) => `${digits}${blank}${unit}`);
}

/** What other nodes have for this key, and what is known to exist. */
function texts({ config }: DocumentView, { meta }: Field, path: readonly string[]): Suggestion[] {
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

/** Nodes of one process often share a place and a project. */
const MOST_NODES = 500;
const MOST_VALUES = 10;

function valuesOfOthers(config: DocumentView['config'], [root, section, node, ...rest]: readonly string[]) {
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
