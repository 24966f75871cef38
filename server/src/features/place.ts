import type { ArrayNode, ObjectNode, SyntaxTree } from '../hocon/syntax';
import { contains } from './positions';
import { nodeAt } from './syntax-walk';

/** Where a cursor stands, for completion; works on half-typed text, which the tree shows only in part. */
export type Place = KeyPlace | ValuePlace;

/** A key is being written, or could be. */
export interface KeyPlace {
  readonly kind: 'key';
  readonly object: ObjectNode;
  /** The finished elements before the one being written: `a`, `b` in `a.b.c‸`. */
  readonly prefix: readonly string[];
  /** Start of the element being written; it ends at the cursor or at `end`. */
  readonly start: number;
  readonly end: number;
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
  readonly start: number;
  readonly end: number;
  readonly quoted: boolean;
}

/** A longer line is no hand-written one; what stands further left is not looked at. */
const MAX_LOOK_BACK = 4000;

export function placeAt(tree: SyntaxTree, offset: number): Place | undefined {
  const container = containerAt(tree, offset);
  if (container === undefined) return undefined;
  const segment = segmentAt(tree.text, Math.max(container.start, lineStart(tree.text, offset)), offset);
  if (segment === undefined) return undefined;
  const end = wordEnd(tree.text, offset, segment.quoted);
  if (container.kind === 'array' || segment.separated) {
    const path = container.kind === 'array' ? [] : segment.keys;
    const start = segment.wordStart;
    return { kind: 'value', container, path, start, end, quoted: segment.quoted };
  }
  const hasValue = /^[ \t]*(?:[=:{[]|\+=)/.test(tree.text.slice(end, end + MAX_LOOK_BACK));
  return { kind: 'key', object: container, prefix: segment.keys, start: segment.wordStart, end, hasValue };
}

/** The object or list around the offset; undefined in an include's target, a triple-quoted text, a substitution. */
function containerAt(tree: SyntaxTree, offset: number): ObjectNode | ArrayNode | undefined {
  let node = nodeAt(tree, offset);
  if (node.kind === 'scalar' && node.style === 'triple-quoted' && offset > node.start) return undefined;
  if (node.kind === 'include' && node.targetRange !== undefined && contains(node.targetRange, offset)) return undefined;
  for (;;) {
    if (node.kind === 'object' && insideBrackets(node, offset, node.openBrace, node.closeBrace)) return node;
    if (node.kind === 'array' && insideBrackets(node, offset, undefined, node.closeBracket)) return node;
    if (node.kind === 'substitution') return undefined;
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

interface Segment {
  /** Finished path elements of the key. */
  readonly keys: readonly string[];
  readonly separated: boolean;
  readonly wordStart: number;
  readonly quoted: boolean;
}

/** Reads one line up to the cursor; undefined where nothing can be offered: in a comment, after a finished word. */
function segmentAt(text: string, from: number, offset: number): Segment | undefined {
  let keys: string[] = [];
  let separated = false;
  let wordStart: number | undefined;
  let finished = false;
  let quoted = false;
  const word = (end: number) => {
    const written = text.slice(wordStart ?? end, end).trimEnd();
    return written.endsWith('"') || written.endsWith('+') ? written.slice(0, -1).trimEnd() : written;
  };
  for (let i = Math.max(from, offset - MAX_LOOK_BACK); i < offset; i++) {
    const character = text[i] as string;
    if (quoted) {
      if (character === '\\') i++;
      else if (character === '"') [quoted, finished] = [false, true];
    } else if (character === '#' || (character === '/' && text[i + 1] === '/')) {
      return undefined;
    } else if ('{}[],'.includes(character)) {
      [keys, separated, wordStart, finished] = [[], false, undefined, false];
    } else if (!separated && (character === '=' || character === ':')) {
      [keys, separated, wordStart, finished] = [[...keys, word(i)], true, undefined, false];
    } else if (!separated && character === '.') {
      [keys, wordStart, finished] = [[...keys, word(i)], undefined, false];
    } else if (character === '"') {
      [wordStart, quoted] = [i + 1, true];
    } else if (/\s/.test(character)) {
      finished ||= wordStart !== undefined;
    } else {
      wordStart ??= i;
    }
  }
  if (finished) return undefined;
  return { keys, separated, wordStart: wordStart ?? offset, quoted };
}

function lineStart(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

/** The end of the word that the cursor is in. */
function wordEnd(text: string, offset: number, quoted: boolean): number {
  const end = quoted ? /["\r\n]/ : /[\s.=:{}[\],"#+]/;
  let at = offset;
  while (at < text.length && at < offset + MAX_LOOK_BACK && !end.test(text[at] as string)) at++;
  return at;
}
