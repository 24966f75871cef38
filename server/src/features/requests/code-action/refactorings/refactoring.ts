import type { CodeAction, CodeActionKind, TextDocumentEdit, WorkspaceEdit } from 'vscode-languageserver';
import { type FieldNode, nodeAt, type ObjectNode, type SyntaxTree } from '../../../../hocon/syntax/syntax';
import type { KeyPath } from '../../../../hocon/values/config-value';
import type { TextChange } from '../../../../model/diagnostic';
import type { Lines } from '../../../../text/positions';
import type { DocumentView } from '../../../shared/document-view';
import { elementAt, type Occurrences } from '../../../shared/occurrences';
import { locatedChanges } from '../../diagnostics';
import { draftEdits, type SnippetTarget } from '../draft-edits';

const START = { line: 0, character: 0 };

/**
 * @param textOf undefined if the editor cannot insert snippets
 * @returns undefined if a file that it changes cannot be read
 */
export function toCodeAction(
  { title, kind, changes, added, drafts }: Refactoring,
  linesOf: (uri: string) => Lines | undefined,
  textOf?: SnippetTarget,
): CodeAction | undefined {
  const edits = locatedChanges(changes, linesOf);
  if (edits === undefined) return undefined;
  const drafted = drafts && textOf && draftEdits(changes, drafts, linesOf, textOf);
  const edit = drafted ?? (added === undefined ? { changes: edits } : withFiles(edits, added));
  return { title, kind, edit };
}

function withFiles(
  edits: NonNullable<ReturnType<typeof locatedChanges>>,
  added: ReadonlyMap<string, string>,
): WorkspaceEdit {
  const change = (uri: string, list: TextDocumentEdit['edits']): TextDocumentEdit => {
    return { textDocument: { uri, version: null }, edits: list };
  };
  const files = [...added].flatMap(([uri, text]) => [
    { kind: 'create' as const, uri },
    change(uri, [{ range: { start: START, end: START }, newText: text }]),
  ]);
  return { documentChanges: [...files, ...Object.entries(edits).map(([uri, list]) => change(uri, list))] };
}

/** The offset in one document of one launch set at which refactorings are requested. */
export interface Site {
  readonly view: DocumentView;
  readonly occurrences: Occurrences;
  readonly offset: number;
  /** The files of the launch set. */
  tree(uri: string): SyntaxTree | undefined;
  /** True if a new file may have this URI. */
  isFree(uri: string): boolean;
  /** True if a file may be changed. */
  isEditable(uri: string): boolean;
  /** True if an environment variable of this name already has a meaning. */
  isVariable(name: string): boolean;
}

/** Another way to write the same configuration. It is offered only if it keeps its promise in every launch set. */
export interface Refactoring {
  readonly title: string;
  readonly kind: CodeActionKind;
  readonly changes: readonly TextChange[];
  /** The changes that insert values for the user to fill in. */
  readonly drafts?: readonly TextChange[];
  /** Texts of new files. */
  readonly added?: ReadonlyMap<string, string>;
  /**
   * The part of the effective configuration that stays the same: all of it except `roots`, all of it as long as no new
   * variable is set, or the keys that are in both the old and the new text.
   */
  readonly keeps: 'everything' | 'without-variables' | 'common-keys';
  /** Keys at the root, which Canton does not read, that are added or removed. */
  readonly roots?: ReadonlySet<string>;
  /** Offered instead if this one does not keep its promise. */
  readonly otherwise?: Refactoring;
}

export type Refactor = (site: Site) => readonly Refactoring[];

/** The field that has its key at an offset, and the element of the key that is there. */
export interface FieldAtKey {
  readonly field: FieldNode;
  readonly index: number;
}

export function fieldAtKey(tree: SyntaxTree, offset: number): FieldAtKey | undefined {
  const node = nodeAt(tree, offset);
  const field = node.kind === 'path' ? node.parent : node;
  if (tree.syntax !== 'conf' || field?.kind !== 'field' || offset > (field.value?.start ?? field.end)) return undefined;
  const element = elementAt(tree, offset);
  const { elements } = field.path;
  const index = element === undefined ? elements.length - 1 : elements.indexOf(element);
  // An empty element is a syntax error.
  return index < 0 || elements.some(({ start, end }) => start === end) ? undefined : { field, index };
}

/** A field with its value in braces. */
export interface Section {
  readonly field: FieldNode;
  readonly object: ObjectNode & { readonly openBrace: object; readonly closeBrace: object };
  /** The effective path. */
  readonly path: KeyPath;
}

/** The section of a node (`crypto`, `crypto.kms`) whose key is at the site. */
export function sectionAt({ view, offset }: Site): Section | undefined {
  const { field } = fieldAtKey(view.tree, offset) ?? {};
  const path = field && view.index.pathOf(view.tree, field);
  if (field === undefined || path?.[0] !== 'canton' || path.length < 4) return undefined;
  const object = bracedObject(field);
  return object === undefined || object.entries.length === 0 ? undefined : { field, object, path };
}

/** The object that is the whole value of a field, with both of its braces. */
export function bracedObject({ value }: FieldNode): Section['object'] | undefined {
  if (value?.kind !== 'object' || value.openBrace === undefined || value.closeBrace === undefined) return undefined;
  return value as Section['object'];
}

/** The first of the names that is free, or one with a number. */
export function freeName(isFree: (name: string) => boolean, ...names: readonly string[]): string {
  for (const name of names) if (isFree(name)) return name;
  const last = names.at(-1) ?? '';
  for (let i = 2; ; i++) if (isFree(`${last}-${i}`)) return `${last}-${i}`;
}
