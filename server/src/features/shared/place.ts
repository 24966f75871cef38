import { lineStart } from '../../edits/lines';
import type { ArrayNode, ObjectNode, SyntaxTree } from '../../hocon/syntax/syntax';
import { type IncludeAt, includeAt } from './place-include';
import { MAX_LOOK_BACK, type Segment, segmentAt } from './place-segment';
import { nodeAt } from './syntax-walk';

/** Where a cursor stands, for completion; works on half-typed text, which the tree shows only in part. */
export type Place = KeyPlace | ValuePlace | SubstitutionPlace | IncludeAt;

/** A key is being written, or could be. */
export interface KeyPlace {
  readonly kind: 'key';
  readonly object: ObjectNode;
  /** The finished elements before the one being written: `a`, `b` in `a.b.c‸`. */
  readonly prefix: readonly string[];
  /** The element being written, quotes included. */
  readonly start: number;
  readonly end: number;
  readonly quoted: boolean;
  /** Something of the field follows the key already, so that only the name is to be inserted. */
  readonly hasValue: boolean;
}

/** A value is being written. */
export interface ValuePlace {
  readonly kind: 'value';
  /** The object with the field, or the list with the element. */
  readonly container: ObjectNode | ArrayNode;
  /** The path of the field within the object; empty in a list. */
  readonly path: readonly string[];
  /** What is written of it, quotes left out. */
  readonly start: number;
  readonly end: number;
  readonly quoted: boolean;
}

/** The path of a substitution is being written. */
export interface SubstitutionPlace {
  readonly kind: 'substitution';
  readonly container: ObjectNode | ArrayNode;
  /** The path of the field that the substitution is for, as in a {@link ValuePlace}. */
  readonly path: readonly string[];
  /** The finished elements of the path. */
  readonly names: readonly string[];
  /** The element being written, quotes included. */
  readonly start: number;
  readonly end: number;
  /** The closing brace is there. */
  readonly closed: boolean;
}

export function placeAt(tree: SyntaxTree, offset: number): Place | undefined {
  const include = includeAt(tree, offset);
  if (include !== undefined) return include;
  const container = containerAt(tree, offset);
  if (container === undefined) return undefined;
  const segment = segmentAt(tree.text, Math.max(container.start, lineStart(tree.text, offset)), offset);
  if (segment === undefined) return undefined;
  const path = container.kind === 'array' ? [] : segment.keys;
  const start = segment.wordStart;
  if (segment.names !== undefined) {
    if (container.kind === 'object' && !segment.separated) return undefined;
    const end = wordEnd(tree.text, offset, segment, PATH_END);
    const closed = /^[^\s{}[\],=:#]*}/.test(tree.text.slice(end, end + MAX_LOOK_BACK));
    return {
      kind: 'substitution',
      container,
      path,
      names: segment.names,
      ...quotedRange(tree.text, segment, end),
      closed,
    };
  }
  if (container.kind === 'array' || segment.separated) {
    const end = wordEnd(tree.text, offset, segment, VALUE_END);
    return { kind: 'value', container, path, start, end, quoted: segment.quoted };
  }
  const range = quotedRange(tree.text, segment, wordEnd(tree.text, offset, segment, PATH_END));
  const hasValue = /^[ \t]*(?:[=:{[]|\+=)/.test(tree.text.slice(range.end, range.end + MAX_LOOK_BACK));
  return { kind: 'key', object: container, prefix: segment.keys, ...range, quoted: segment.quoted, hasValue };
}

/** The object or list around the offset; undefined in a triple-quoted text. */
function containerAt(tree: SyntaxTree, offset: number): ObjectNode | ArrayNode | undefined {
  let node = nodeAt(tree, offset);
  if (node.kind === 'scalar' && node.style === 'triple-quoted' && offset > node.start) return undefined;
  for (;;) {
    if (node.kind === 'object' && insideBrackets(node, offset, node.openBrace, node.closeBrace)) return node;
    if (node.kind === 'array' && insideBrackets(node, offset, undefined, node.closeBracket)) return node;
    if (node.parent === undefined)
      return node.kind === 'document' && node.value.kind === 'object' ? node.value : undefined;
    node = node.parent;
  }
}

function insideBrackets(
  node: ObjectNode | ArrayNode,
  offset: number,
  open: { readonly end: number } | undefined,
  close: { readonly start: number } | undefined,
): boolean {
  const start = node.kind === 'array' ? node.start + 1 : (open?.end ?? node.start);
  return offset >= start && (close === undefined ? offset <= node.end : offset <= close.start);
}

const QUOTED_END = /["\r\n]/;
const PATH_END = /[\s.=:{}[\],"#+]/;
const VALUE_END = /[\s{}[\],"#]/;

/** The end of the word that the cursor is in. */
function wordEnd(text: string, offset: number, { quoted }: Segment, end: RegExp): number {
  let at = offset;
  while (at < text.length && at < offset + MAX_LOOK_BACK && !(quoted ? QUOTED_END : end).test(text[at] as string)) at++;
  return at;
}

function quotedRange(text: string, { wordStart, quoted }: Segment, end: number): { start: number; end: number } {
  if (!quoted) return { start: wordStart, end };
  return { start: wordStart - 1, end: text[end] === '"' ? end + 1 : end };
}
