import type { TextRange } from '../../text/location';
import type { SyntaxTree } from './syntax';
import { TokenKind } from './token';
import type { ParsedTree } from './tree';

/** One token of a document. Tokens touch each other: joined they are the text. */
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

/** The comments of a document, `#` or `//` included, in order. */
export function commentsOf(tree: SyntaxTree): TextRange[] {
  const comments: TextRange[] = [];
  const { tokens } = tree as ParsedTree;
  if (tokens === undefined) return comments;
  for (let i = 0; i < tokens.count; i++) {
    if (tokens.kinds[i] !== TokenKind.Comment) continue;
    comments.push({ start: tokens.starts[i] as number, end: tokens.starts[i + 1] as number });
  }
  return comments;
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
