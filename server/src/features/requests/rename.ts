import type { WorkspaceEdit } from 'vscode-languageserver';
import type { SyntaxTree } from '../../hocon/syntax/syntax';
import { entryAt, type KeyPath } from '../../hocon/values/config-value';
import type { TextChange } from '../../model/diagnostic';
import { hoconPath } from '../../text/encoders/hocon';
import { fileName } from '../../text/location';
import { type Range, rangeOf } from '../../text/positions';
import { type DocumentView, fieldOf } from '../shared/document-view';
import type { Occurrence, Occurrences } from '../shared/occurrences';

/** A launch set that the key to be renamed is part of. */
export interface RenameSet {
  readonly view: DocumentView;
  readonly occurrences: Occurrences;
  /** The tree of one of its files. */
  readonly tree: (uri: string) => SyntaxTree | undefined;
  /** True if the changes keep all values of the set, apart from the names of their keys. */
  readonly keepsValues: (changes: readonly TextChange[]) => boolean;
}

/** The reason why something is not possible, to show to the user. */
export interface Refusal {
  readonly refused: string;
}

/** The range and name that an editor shows before it asks for the new name. */
export interface Renamed {
  readonly range: Range;
  readonly placeholder: string;
}

/** The element, or the reason why it cannot be renamed. */
export function prepareRename(
  element: Renamed,
  sets: readonly RenameSet[],
  occurrences: readonly Occurrence[],
  isEditable: (uri: string) => boolean,
): Renamed | Refusal {
  const refused = refusal(sets, occurrences, isEditable);
  return refused === undefined ? element : { refused };
}

/** Writes the new name at every place, in quotes where they are needed. */
export function rename(
  sets: readonly RenameSet[],
  occurrences: readonly Occurrence[],
  newName: string,
  isEditable: (uri: string) => boolean,
): WorkspaceEdit | Refusal {
  const name = nameIn(newName);
  const refused = refusal(sets, occurrences, isEditable) ?? nameRefusal(sets, occurrences, name);
  if (refused !== undefined) return { refused };
  const renamed = occurrences.map(({ uri, range }) => ({ uri, range, newText: hoconPath([name]) }));
  if (!sets.every((set) => set.keepsValues(renamed))) {
    return { refused: `A reference to '${name}' would resolve to another key, and values would change.` };
  }
  const changes: Record<string, { range: Range; newText: string }[]> = {};
  for (const { uri, range } of occurrences) {
    const lines = sets.map(({ view }) => view.file(uri)?.lines).find((one) => one !== undefined);
    if (lines === undefined) return { refused: `'${fileName(uri)}' cannot be read.` };
    changes[uri] ??= [];
    changes[uri].push({ range: rangeOf(lines, range), newText: hoconPath([name]) });
  }
  return { changes };
}

function keysOf(sets: readonly RenameSet[], occurrences: readonly Occurrence[]) {
  return sets.flatMap((set) =>
    [...new Set(occurrences.flatMap(({ uri, range }) => set.occurrences.at(uri, range.start)))].map((key) => ({
      set,
      key,
    })),
  );
}

function refusal(
  sets: readonly RenameSet[],
  occurrences: readonly Occurrence[],
  isEditable: (uri: string) => boolean,
): string | undefined {
  const keys = keysOf(sets, occurrences);
  if (keys.length === 0) return 'This key has no effect, so its references are unknown.';
  for (const { set, key } of keys) {
    const name = key.path.at(-1) ?? '';
    if (key.entry === undefined) return `'${name}' is an environment variable and cannot be renamed here.`;
    if (!isOwnName(set.view, key.path)) return `'${name}' is a Canton key and cannot be renamed.`;
  }
  for (const { uri } of occurrences) {
    if (sets.some(({ tree }) => (tree(uri)?.syntax ?? 'conf') !== 'conf'))
      return `'${fileName(uri)}' is not a HOCON file.`;
    if (!isEditable(uri)) return `'${fileName(uri)}' is not part of the workspace.`;
  }
  return undefined;
}

/** True for a name that the user chose: outside `canton` any, inside `canton` those of nodes and other map entries. */
function isOwnName(view: DocumentView, path: KeyPath): boolean {
  return path[0] !== 'canton' || (path.length > 1 && fieldOf(view, path.slice(0, -1))?.model.kind === 'map');
}

function nameRefusal(sets: readonly RenameSet[], occurrences: readonly Occurrence[], name: string): string | undefined {
  if (name === '') return 'The new name is empty.';
  for (const { set, key } of keysOf(sets, occurrences)) {
    if (key.path.at(-1) === name) continue;
    const outer = key.path.slice(0, -1);
    if (outer.length === 0 && name === 'canton')
      return "'canton' is the section that Canton reads, and cannot be used as a name.";
    if (entryAt(set.view.config, [...outer, name]) !== undefined) return `The key '${name}' already exists.`;
    const parent = fieldOf(set.view, outer)?.model;
    const fault = parent?.kind === 'map' ? parent.checkKey(name) : undefined;
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** The name that the user typed, without quotes around it. */
function nameIn(text: string): string {
  return /^"[^"\\]*"$/.test(text.trim()) ? text.trim().slice(1, -1) : text.trim();
}
