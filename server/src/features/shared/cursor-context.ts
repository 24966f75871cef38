import {
  type ArrayNode,
  type IncludeNode,
  nodeAt,
  type ObjectNode,
  type SyntaxNode,
  type SyntaxTree,
} from '../../hocon/syntax/syntax';
import type { KeyPath } from '../../hocon/values/config-value';
import { lineStart } from '../../text/lines';

/** The context of the cursor, for completion. It works on incomplete text, which the tree represents only partly. */
export type CursorContext = KeyContext | ValueContext | SubstitutionContext | IncludeContext;

/** A key is being written, or could be written. */
export interface KeyContext {
  readonly kind: 'key';
  readonly object: ObjectNode;
  /** The finished elements before the one being written: `a`, `b` in `a.b.c‸`. */
  readonly prefix: KeyPath;
  /** The element that is being written, quotes included. */
  readonly start: number;
  readonly end: number;
  readonly quoted: boolean;
  /** True if a separator or value already follows the key, so only the name is inserted. */
  readonly hasValue: boolean;
}

/** A value is being written. */
export interface ValueContext {
  readonly kind: 'value';
  /** The object with the field, or the list with the element. */
  readonly container: ObjectNode | ArrayNode;
  /** The path of the field within the object; empty in a list. */
  readonly path: KeyPath;
  /** The range of the value that is written so far, without quotes. */
  readonly start: number;
  readonly end: number;
  readonly quoted: boolean;
}

/** The path of a substitution is being written. */
export interface SubstitutionContext {
  readonly kind: 'substitution';
  readonly container: ObjectNode | ArrayNode;
  /** The path of the field with the substitution, as in a {@link ValueContext}. */
  readonly path: KeyPath;
  /** The finished elements of the substitution's path. */
  readonly names: KeyPath;
  /** The element that is being written, quotes included. */
  readonly start: number;
  readonly end: number;
  /** True if the closing brace exists. */
  readonly closed: boolean;
}

export function cursorContextAt(tree: SyntaxTree, offset: number): CursorContext | undefined {
  const include = includeContextAt(tree, offset);
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

/** The object or list around the offset; undefined in a triple-quoted string. */
function containerAt(tree: SyntaxTree, offset: number): ObjectNode | ArrayNode | undefined {
  let node = nodeAt(tree, offset);
  if (node.kind === 'scalar' && node.style === 'triple-quoted' && offset > node.start) return undefined;
  const open = openBefore(tree, offset);
  if (open !== undefined) return open;
  for (;;) {
    if (node.kind === 'object' && insideBrackets(node, offset, node.openBrace, node.closeBrace)) return node;
    if (node.kind === 'array' && insideBrackets(node, offset, undefined, node.closeBracket)) return node;
    if (node.parent === undefined)
      return node.kind === 'document' && node.value.kind === 'object' ? node.value : undefined;
    node = node.parent;
  }
}

/** At the end of a text that is being typed, the blanks behind an unclosed section or list are inside it. */
function openBefore(tree: SyntaxTree, offset: number): ObjectNode | ArrayNode | undefined {
  if (/\S/.test(tree.text.slice(offset, offset + MAX_LOOK_BACK))) return undefined;
  let end = offset;
  while (end > 0 && offset - end < MAX_LOOK_BACK && /\s/.test(tree.text[end - 1] as string)) end--;
  if (end === offset) return undefined;
  for (let node: SyntaxNode | undefined = nodeAt(tree, Math.max(0, end - 1)); node !== undefined; node = node.parent) {
    if (node.kind === 'object' && node.openBrace !== undefined && node.closeBrace === undefined) return node;
    if (node.kind === 'array' && node.closeBracket === undefined) return node;
  }
  return undefined;
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

/** The name in an include is being written. */
export interface IncludeContext {
  readonly kind: 'include';
  readonly method: IncludeNode['method'];
  /** The range of the name, without quotes. */
  readonly start: number;
  readonly end: number;
  /** True if the closing quote exists. */
  readonly closed: boolean;
}

const INCLUDE = /(?:^|[{},])\s*include\s+(?:required\(\s*)?(?:(file|classpath|url)\(\s*)?"([^"\\]*)$/;

/** Reads the text of the line, because the tree contains little of an unfinished include. */
function includeContextAt({ text, syntax }: SyntaxTree, offset: number): IncludeContext | undefined {
  if (syntax !== 'conf') return undefined;
  const line = text.slice(Math.max(lineStart(text, offset), offset - MAX_LOOK_BACK), offset);
  const found = INCLUDE.exec(line);
  if (found === null || /#|\/\//.test(line.slice(0, found.index))) return undefined;
  const [, method = 'heuristic', name = ''] = found;
  const rest = /^[^"\r\n]*/.exec(text.slice(offset, offset + MAX_LOOK_BACK))?.[0] ?? '';
  const closed = text[offset + rest.length] === '"';
  const end = closed ? offset + rest.length : offset;
  return { kind: 'include', method: method as IncludeNode['method'], start: offset - name.length, end, closed };
}

/** The keys and separators of a line up to the cursor. */
interface Segment {
  /** Finished path elements of the key. */
  readonly keys: KeyPath;
  readonly separated: boolean;
  /** The finished elements of the path in `${…`; undefined outside a substitution. */
  readonly names: KeyPath | undefined;
  /** The start of the word that is being written, after its quote. */
  readonly wordStart: number;
  readonly quoted: boolean;
}

/** Handwritten lines are shorter; text further to the left is ignored. */
const MAX_LOOK_BACK = 4000;

/** Reads one line up to the cursor; undefined in a comment or after a finished word, where nothing can be completed. */
function segmentAt(text: string, from: number, offset: number): Segment | undefined {
  const reader = new SegmentReader(text);
  for (let i = Math.max(from, offset - MAX_LOOK_BACK); i < offset; ) {
    const next = reader.read(i);
    if (next === undefined) return undefined;
    i = next;
  }
  return reader.finish(offset);
}

/** The number of a duration may be followed by a blank: `10 seconds`. */
const NUMBER = /^\d[\d.]*$/;

class SegmentReader {
  private keys: string[] = [];
  private names: string[] | undefined;
  private separated = false;
  private wordStart: number | undefined;
  private finished = false;
  private quoted = false;

  constructor(private readonly text: string) {}

  /**
   * Reads the token at an offset.
   * @returns the offset after it, or undefined if a comment begins
   */
  read(i: number): number | undefined {
    const { text } = this;
    const character = text[i] as string;
    if (this.quoted) {
      if (character === '"') [this.quoted, this.finished] = [false, true];
      return character === '\\' ? i + 2 : i + 1;
    }
    if (character === '"') {
      [this.wordStart, this.quoted] = [i + 1, true];
      return i + 1;
    }
    if (this.names !== undefined) return this.readPath(this.names, i);
    if (character === '#' || (character === '/' && text[i + 1] === '/')) return undefined;
    if (character === '$' && text[i + 1] === '{') {
      [this.names, this.wordStart, this.finished] = [[], undefined, false];
      return text[i + 2] === '?' ? i + 3 : i + 2;
    }
    if ('{}[],'.includes(character)) {
      this.begin([], false);
    } else if (!this.separated && (character === '=' || character === ':')) {
      this.begin([...this.keys, this.word(i)], true);
    } else if (!this.separated && character === '.') {
      this.begin([...this.keys, this.word(i)], false);
    } else if (/\s/.test(character)) {
      this.finished ||= this.wordStart !== undefined && !(this.separated && NUMBER.test(this.written(i)));
    } else {
      this.wordStart ??= i;
    }
    return i + 1;
  }

  private readPath(names: string[], i: number): number {
    const character = this.text[i] as string;
    if (character === '}') [this.names, this.wordStart, this.finished] = [undefined, i, true];
    else if (character === '.') {
      names.push(this.word(i));
      [this.wordStart, this.finished] = [undefined, false];
    } else if (/\s/.test(character)) this.finished ||= this.wordStart !== undefined;
    else this.wordStart ??= i;
    return i + 1;
  }

  finish(offset: number): Segment | undefined {
    if (this.finished) return undefined;
    const { keys, separated, names, wordStart = offset, quoted } = this;
    return { keys, separated, names, wordStart, quoted };
  }

  private begin(keys: string[], separated: boolean): void {
    [this.keys, this.separated, this.wordStart, this.finished] = [keys, separated, undefined, false];
  }

  private written(end: number): string {
    return this.text.slice(this.wordStart ?? end, end);
  }

  private word(end: number): string {
    const written = this.written(end).trimEnd();
    return written.endsWith('"') || written.endsWith('+') ? written.slice(0, -1).trimEnd() : written;
  }
}
