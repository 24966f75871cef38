import type { TextRange } from '../../text/location';
import type { SyntaxTree } from './syntax';
import type { ParsedTree } from './tree';

/** Kinds of lexical tokens. Their order matters: see {@link isSimple}. */
export enum TokenKind {
  End,
  Blank,
  Newline,
  Comment,
  OpenBrace,
  CloseBrace,
  OpenBracket,
  CloseBracket,
  Comma,
  Colon,
  Equals,
  PlusEquals,
  /** `${` or `${?`; the tokens up to the `}` follow. */
  Substitution,
  /** A character or number that is not allowed outside quotes. */
  Bad,
  /** A quoted string with a fault inside or without its end; it never extends beyond its line. */
  BadQuoted,
  Quoted,
  /** A quoted string with backslash escapes. */
  QuotedEscaped,
  TripleQuoted,
  Unquoted,
  Number,
  True,
  False,
  Null,
}

/** Quoted or unquoted text, a number, a boolean or null: everything that can be part of a key. */
export function isSimple(kind: TokenKind): boolean {
  return kind >= TokenKind.Quoted;
}

/** Text that is written without quotes. */
function isBare(kind: TokenKind): boolean {
  return kind >= TokenKind.Unquoted;
}

/** All tokens of a text without gaps between them, followed by one of kind `End`. */
export interface TokenList {
  readonly text: string;
  /** The number of tokens, without `End`. */
  readonly count: number;
  readonly kinds: Uint8Array;
  /** Offset of each token; it ends where the next one starts. */
  readonly starts: Uint32Array;
}

/** A key continues across blanks between simple tokens on one line. */
export function endOfKey(kinds: Uint8Array, first: number): number {
  return endOfRun(kinds, first, isSimple);
}

/** The end of a run of unquoted text, numbers, booleans and nulls. */
export function endOfBareRun(kinds: Uint8Array, first: number): number {
  return endOfRun(kinds, first, isBare);
}

function endOfRun(kinds: Uint8Array, first: number, belongs: (kind: TokenKind) => boolean): number {
  let end = first + 1;
  for (;;) {
    const kind = kinds[end] as TokenKind;
    if (belongs(kind)) end++;
    else if (kind === TokenKind.Blank && belongs(kinds[end + 1] as TokenKind)) end += 2;
    else return end;
  }
}

export function isSeparator(kind: TokenKind): boolean {
  return kind === TokenKind.Colon || kind === TokenKind.Equals || kind === TokenKind.PlusEquals;
}

/** A comma, a closing brace or bracket, or the end of the text. */
export function endsItem(kind: TokenKind): boolean {
  return (
    kind === TokenKind.CloseBrace ||
    kind === TokenKind.CloseBracket ||
    kind === TokenKind.Comma ||
    kind === TokenKind.End
  );
}

/** JSON has no such tokens. */
export function isForbiddenInJson(kind: TokenKind): boolean {
  return kind === TokenKind.Unquoted || kind === TokenKind.Substitution;
}

export function separatorOf(kind: TokenKind, isJson: boolean): '=' | ':' | '+=' | undefined {
  if (kind === TokenKind.Colon) return ':';
  if (isJson) return undefined;
  if (kind === TokenKind.Equals) return '=';
  return kind === TokenKind.PlusEquals ? '+=' : undefined;
}

/** One token of a document. Tokens are adjacent: joined, they give the text. */
export interface Token extends TextRange {
  readonly kind: 'blank' | 'newline' | 'comment' | 'punctuation' | 'text' | 'faulty';
}

/** All tokens of a document in order. A properties file is one token. */
export function* tokensOf(tree: SyntaxTree): Generator<Token> {
  const { tokens } = tree as ParsedTree;
  if (tokens === undefined) {
    yield { kind: 'text', start: 0, end: tree.text.length };
    return;
  }
  for (let i = 0; i < tokens.count; i++) {
    const kind = nameOf(tokens.kinds[i] as TokenKind);
    yield { kind, start: tokens.starts[i] as number, end: tokens.starts[i + 1] as number };
  }
}

function nameOf(kind: TokenKind): Token['kind'] {
  if (kind >= TokenKind.Quoted) return 'text';
  switch (kind) {
    case TokenKind.Blank:
      return 'blank';
    case TokenKind.Newline:
      return 'newline';
    case TokenKind.Comment:
      return 'comment';
    case TokenKind.Bad:
    case TokenKind.BadQuoted:
      return 'faulty';
    default:
      return 'punctuation';
  }
}
