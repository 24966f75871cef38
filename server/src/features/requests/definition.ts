import type { Location } from 'vscode-languageserver';
import { includeTarget } from '../../hocon/evaluation/include-files';
import { type IncludeNode, nodeAt, type SyntaxTree } from '../../hocon/syntax/syntax';
import { hoconPath } from '../../text/encoders/hocon';
import { type Lines, rangeOf } from '../../text/positions';
import type { DocumentView } from '../shared/document-view';
import { elementAt, keyAt, type Occurrence, type Occurrences } from '../shared/occurrences';

/**
 * Where the thing at the offset is defined: a key, also as a substitution refers to it, or the file that an include brings.
 * Editors show the references of what is its own only definition.
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
  // The one in effect first.
  return definitions.reverse().flatMap(({ uri, range }) => {
    const lines = linesOf(view, uri);
    return lines === undefined ? [] : [{ uri, range: rangeOf(lines, range) }];
  });
}

const START = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/** The file that an include brings, if it is there. */
export function includedFile(view: DocumentView, include: IncludeNode): string | undefined {
  const { files } = includeTarget(include, { uri: view.tree.uri, bareName: false }, undefined);
  return files.find(({ uri }) => view.file(uri) !== undefined)?.uri;
}

function linesOf(view: DocumentView, uri: string): Lines | undefined {
  return uri === view.tree.uri ? view.lines : view.file(uri)?.lines;
}

/** The places that write one key, in the order in which they override each other, and where among them the cursor is. */
export interface DefinitionChain {
  /** `canton.participants.p1.crypto.provider` */
  readonly path: string;
  /** The one that is overridden by all others first. */
  readonly definitions: readonly Occurrence[];
  /** Of the definition at the cursor; behind the last one where the cursor is in a substitution. */
  readonly index: number;
}

/** Undefined where there is no key, or none that is in effect. */
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
