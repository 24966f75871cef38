import type { Location } from 'vscode-languageserver';
import { includeTarget } from '../../hocon/evaluation/include-files';
import { type IncludeNode, nodeAt, type SyntaxTree } from '../../hocon/syntax/syntax';
import { hoconPath } from '../../text/encoders/hocon';
import { type Lines, rangeOf } from '../../text/positions';
import type { DocumentView } from '../shared/document-view';
import { elementAt, keyAt, type Occurrence, type Occurrences } from '../shared/occurrences';

/**
 * The definitions of the key at the offset or of the key that a substitution refers to, or the file that an include
 * reads. Editors show references instead if the only definition is the one at the cursor.
 */
export function definition(view: DocumentView, occurrences: Occurrences, offset: number): Location[] {
  const node = nodeAt(view.tree, offset);
  if (node.kind === 'include') {
    const uri = includedFile(view, node);
    return uri === undefined ? [] : [{ uri, range: START }];
  }
  if (node.kind !== 'path') return [];
  const element = elementAt(view.tree, offset);
  const keys = element === undefined ? [] : occurrences.at(view.tree.uri, element.start);
  const definitions = occurrences.of(keys).filter(({ kind }) => kind === 'definition');
  // The definition in effect comes first.
  return definitions.reverse().flatMap(({ uri, range }) => {
    const lines = linesOf(view, uri);
    return lines === undefined ? [] : [{ uri, range: rangeOf(lines, range) }];
  });
}

const START = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/** The file that an include reads, if it exists. */
export function includedFile(view: DocumentView, include: IncludeNode): string | undefined {
  const { files } = includeTarget(include, { uri: view.tree.uri, bareName: false }, view.paths);
  return files.find(({ uri }) => view.file(uri) !== undefined)?.uri;
}

function linesOf(view: DocumentView, uri: string): Lines | undefined {
  return uri === view.tree.uri ? view.lines : view.file(uri)?.lines;
}

/**
 * The definitions of one key in the order in which they override each other, and the position of the cursor among them.
 */
export interface DefinitionChain {
  /** `canton.participants.p1.crypto.provider` */
  readonly path: string;
  /** Begins with the definition that all others override. */
  readonly definitions: readonly Occurrence[];
  /** The index of the definition at the cursor; the length of `definitions` if the cursor is in a substitution. */
  readonly index: number;
}

/** @returns undefined if there is no key at the offset, or it is not in effect */
export function definitionChain(
  tree: SyntaxTree,
  occurrences: Occurrences,
  offset: number,
): DefinitionChain | undefined {
  const element = keyAt(tree, offset);
  const keys = element === undefined ? [] : occurrences.at(tree.uri, element.start);
  const [first] = keys;
  if (element === undefined || first === undefined) return undefined;
  const definitions = occurrences.of(keys).filter(({ kind }) => kind === 'definition');
  const index = definitions.findIndex(({ uri, range }) => uri === tree.uri && range.start === element.start);
  return { path: hoconPath(first.path), definitions, index: index < 0 ? definitions.length : index };
}
