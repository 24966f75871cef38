import type { SyntaxTree } from '../../hocon/syntax/syntax';
import { pathText } from '../../model/binding/pureconfig';
import { keyAt } from '../shared/key-at';
import type { Occurrence, Occurrences } from '../shared/occurrences';

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
  return { path: pathText(first.path), definitions, index: index < 0 ? definitions.length : index };
}
