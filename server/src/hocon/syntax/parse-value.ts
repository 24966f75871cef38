import type { Problem } from '../problem';
import { quotedValue, readPath } from './key-path';
import type { Parser } from './parser';
import { decodeQuoted } from './strings';
import { endOfBareRun, isSimple, TokenKind } from './token';
import {
  type ArrayTree,
  ConcatenationTree,
  type FieldTree,
  type ObjectTree,
  PathTree,
  ScalarTree,
  SubstitutionTree,
  type ValueTree,
} from './tree';

/** A container that is being read, and the value inside it that is not complete yet. */
export class Frame {
  readonly isArray: boolean;
  /** The last entry of an object; undefined in a list. */
  field: FieldTree | undefined = undefined;
  first: ValueTree | undefined = undefined;
  parts: ValueTree[] | undefined = undefined;
  /** True for the object of `key { … }`, which nothing can be joined to. */
  isWhole = false;
  afterComma = false;
  /** False for the root without braces, which ends with the text. */
  isBraced: boolean;
  /** The indentation of the line that it opens on, on first use. */
  indent: number | undefined = undefined;
  private keys: Set<string> | undefined = undefined;
  private judged: FieldTree | undefined = undefined;

  constructor(
    readonly node: ObjectTree | ArrayTree,
    readonly parent: Frame | undefined,
  ) {
    this.isArray = node.kind === 'array';
    this.isBraced = node.kind === 'array' || node.hasOpenBrace;
  }

  get object(): ObjectTree {
    return this.node as ObjectTree;
  }

  get array(): ArrayTree {
    return this.node as ArrayTree;
  }

  get valueParent(): FieldTree | ArrayTree {
    return this.isArray ? this.array : (this.field as FieldTree);
  }

  /** True if the field just read has a key that the object already had. */
  repeatsKey(): boolean {
    const name = this.field?.path.elements[0]?.name;
    if (name === undefined || this.judged === this.field) return false;
    this.judged = this.field;
    this.keys ??= new Set();
    if (this.keys.has(name)) return true;
    this.keys.add(name);
    return false;
  }
}

export function addPart(frame: Frame, part: ValueTree): void {
  if (frame.first === undefined) frame.first = part;
  else if (frame.parts === undefined) frame.parts = [frame.first, part];
  else frame.parts.push(part);
}

/** Adds the value that was read, if there is one, to its field or array. */
export function finishValue(frame: Frame): void {
  const { first, parts, valueParent } = frame;
  frame.first = undefined;
  frame.isWhole = false;
  if (first === undefined) return;
  let value: ValueTree = first;
  if (parts !== undefined) {
    frame.parts = undefined;
    value = new ConcatenationTree(valueParent, parts);
    for (const part of parts) (part as { parent: unknown }).parent = value;
  }
  if (valueParent.kind === 'array') {
    valueParent.elements.push(value);
  } else {
    valueParent.value = value;
    valueParent.end = value.end;
  }
}

/** Reads the current scalar. Unquoted text continues across blanks: `30 seconds` is one scalar. */
export function readScalar(parser: Parser): ScalarTree {
  const { tokens, at } = parser;
  const { text, kinds } = tokens;
  const kind = kinds[at] as TokenKind;
  const parent = parser.frame.valueParent;
  const start = parser.start(at);
  if (kind >= TokenKind.Unquoted) {
    const last = parser.isJson ? at + 1 : endOfBareRun(kinds, at);
    const end = parser.start(last);
    parser.at = last;
    const isSingle = last === at + 1;
    const type = isSingle ? bareType(kind) : 'string';
    const droppable = isSingle && kind === TokenKind.Unquoted;
    return new ScalarTree(parent, start, end, 'unquoted', type, text.slice(start, end), droppable);
  }
  parser.at = at + 1;
  const end = parser.start(at + 1);
  const style = kind === TokenKind.TripleQuoted ? 'triple-quoted' : 'quoted';
  return new ScalarTree(parent, start, end, style, 'string', quotedValue(text, kind, start, end), false);
}

/** The type of an unquoted token. */
export function bareType(kind: TokenKind): 'string' | 'number' | 'boolean' | 'null' {
  if (kind === TokenKind.Unquoted) return 'string';
  if (kind === TokenKind.Number) return 'number';
  return kind === TokenKind.Null ? 'null' : 'boolean';
}

/** Reads `${path}`; the parser is at its `${`. */
export function readSubstitution(parser: Parser): SubstitutionTree {
  const opening = parser.at;
  const start = parser.start(opening);
  const node = new SubstitutionTree(parser.frame.valueParent, start, parser.end(opening) - start === 3);
  const end = closingBrace(parser, opening);
  const { names, hasEmptyElement } = readPath(parser.tokens, opening + 1, end);
  node.path = new PathTree(node, parser.end(opening), parser.start(end), names);
  const isClosed = parser.kind(end) === TokenKind.CloseBrace;
  parser.at = isClosed ? end + 1 : end;
  node.end = parser.start(parser.at);
  if (isClosed) node.broken = pathProblem(parser, node, opening + 1, end, hasEmptyElement);
  else node.broken = parser.handler.openSubstitution(parser, isBad(parser.kind(end)) ? end : opening);
  if (node.broken !== undefined) parser.valueProblems.push(node.broken);
  return node;
}

/** The token that ends the substitution: its brace, or the token that breaks it off. */
function closingBrace(parser: Parser, opening: number): number {
  let depth = 1;
  for (let i = opening + 1; ; i++) {
    const kind = parser.kind(i);
    if (kind === TokenKind.Substitution) depth++;
    else if (kind === TokenKind.CloseBrace && --depth === 0) return i;
    else if (kind === TokenKind.End) return i;
    else if (isBad(kind)) return i;
    else if (kind === TokenKind.Newline && parser.handler.endsSubstitutionAtNewline) return i;
  }
}

function isBad(kind: TokenKind): boolean {
  return kind === TokenKind.Bad || kind === TokenKind.BadQuoted;
}

function pathProblem(
  parser: Parser,
  node: SubstitutionTree,
  first: number,
  end: number,
  hasEmptyElement: boolean,
): Problem | undefined {
  const { text } = parser.tokens;
  const written = text.slice(node.start, node.end);
  let message: string | undefined;
  if (first === end || (end === first + 1 && parser.kind(first) === TokenKind.Blank)) {
    message = `"${written}" contains no path. Write the path of a value between the braces.`;
  } else {
    for (let i = first; i < end && message === undefined; i++) {
      const kind = parser.kind(i);
      if (isSimple(kind) || kind === TokenKind.Blank) continue;
      message = `"${text.slice(parser.start(i), parser.end(i)).trim() || 'line break'}" is not allowed in "${written}". Write names separated by dots, and put names with other characters in quotes.`;
    }
    if (message === undefined && hasEmptyElement) {
      message = `"${written}" has a dot without a name next to it. Remove the dot, or write "" for an empty name.`;
    }
  }
  if (message === undefined) return undefined;
  const { uri } = parser;
  return { code: 'hocon/bad-path', severity: 'error', message, uri, range: { start: node.start, end: node.end } };
}

/** Reads the current faulty string as it was intended. */
export function readBadString(parser: Parser): ScalarTree {
  const start = parser.start();
  const end = parser.end();
  const style = parser.tokens.text.startsWith('"""', start) ? 'triple-quoted' : 'quoted';
  parser.at++;
  return new ScalarTree(
    parser.frame.valueParent,
    start,
    end,
    style,
    'string',
    decodeQuoted(parser.tokens.text, start, end),
    false,
  );
}
