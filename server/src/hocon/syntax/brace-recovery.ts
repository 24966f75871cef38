import type { Problem } from '../problem';
import { State } from './grammar';
import {
  countUnclosed,
  endOfTextBefore,
  goesOnInside,
  indentAt,
  isEmpty,
  isOutdented,
  leadingIndent,
  startOfLine,
  tokenStartingAt,
  type Unclosed,
} from './layout';
import { Frame } from './parse-value';
import type { Parser } from './parser';
import { quoted, type SyntaxProblems } from './syntax-problems';
import { endsItem, TokenKind, type TokenList } from './token';
import { type ArrayTree, type FieldTree, ObjectTree } from './tree';

const OPENING = {
  [TokenKind.CloseBrace]: TokenKind.OpenBrace,
  [TokenKind.CloseBracket]: TokenKind.OpenBracket,
} as const;

/** Uses the indentation to find out where braces and brackets are missing or superfluous. */
export class BraceRecovery {
  /** The number of closing brackets that are missing from the current token on; negative if there are too many. */
  readonly missing: Unclosed;
  /** The innermost containers that are known not to be inside a list, or an object with braces. */
  private readonly outermost: { list?: Frame | undefined; object?: Frame | undefined } = {};
  private lastLine: { problem: Problem; start: number } | undefined;
  private textBefore: { token: number; end: number } | undefined;

  constructor(
    tokens: TokenList,
    private readonly found: SyntaxProblems,
  ) {
    this.missing = countUnclosed(tokens);
  }

  beforeItem(parser: Parser): void {
    if (this.missing.braces <= 0 && this.missing.brackets <= 0) return;
    parser.next();
    while (parser.frame.parent !== undefined && this.isMissingEnd(parser.frame) && isOutdented(parser)) {
      this.closeUnclosed(parser);
    }
  }

  /** False for one that closes an outer container, or is superfluous. */
  closes(parser: Parser): boolean {
    const { frame } = parser;
    if (frame.parent !== undefined && this.isMissingEnd(frame) && isOutdented(parser)) {
      this.closeUnclosed(parser);
      return false;
    }
    if (!this.isSurplus(parser)) return true;
    this.missing[endOf(parser)]++;
    this.markBroken(frame, this.reportUnbalanced(parser));
    parser.at++;
    return false;
  }

  /** `key` without a value, followed by lines that are indented like its content and by a superfluous brace. */
  isUnopened(parser: Parser, field: FieldTree): boolean {
    if (this.missing.braces >= 0 || endsItem(parser.kind())) return false;
    const indent = leadingIndent(parser, parser.at);
    return indent > 0 && indent > indentAt(parser.tokens.text, field.start);
  }

  /** Continues as if the opening brace were there. */
  openUnopened(parser: Parser, field: FieldTree): State {
    const message = `Missing "{" after ${this.found.keyOf(parser, field)}.`;
    this.found.report(parser, 'unopened', message, field.path.start, field.end);
    return this.open(parser, new ObjectTree(field, field.end, false));
  }

  /** An element such as `a = 1 }`. */
  openUnopenedElement(parser: Parser): State | undefined {
    const { array } = parser.frame;
    const key = array.elements.at(-1);
    if (this.missing.braces >= 0 || key?.kind !== 'scalar') return undefined;
    const { start, end } = key;
    const written = parser.tokens.text.slice(start, end);
    this.found.report(parser, 'unopened', `Missing "{" before ${quoted(written)}.`, start, end);
    array.elements.pop();
    parser.at = tokenStartingAt(parser, start);
    return this.open(parser, new ObjectTree(array, start, false));
  }

  /** Continues inside a container whose opening is missing. */
  open(parser: Parser, node: ObjectTree | ArrayTree): State {
    parser.frame.isWhole = true;
    parser.frame = new Frame(node, parser.frame);
    parser.frame.isBraced = true;
    this.missing[parser.frame.isArray ? 'brackets' : 'braces']++;
    return State.Item;
  }

  /** A superfluous `{` or `[` where no value can be: the following text is read as if it were not there. */
  passSurplusOpening(parser: Parser): boolean {
    const kind = parser.kind();
    if (kind !== TokenKind.OpenBrace && kind !== TokenKind.OpenBracket) return false;
    const missing = kind === TokenKind.OpenBrace ? 'braces' : 'brackets';
    if (this.missing[missing] <= 0) return false;
    this.missing[missing]--;
    const start = parser.start();
    const message = `Unmatched "${parser.tokens.text[start]}" without a key. Remove it.`;
    this.markBroken(parser.frame, this.found.report(parser, 'unbalanced', message, start, parser.end()));
    parser.at++;
    return true;
  }

  private isSurplus(parser: Parser): boolean {
    return this.missing[endOf(parser)] < 0 && goesOnInside(parser);
  }

  isMissingEnd({ isArray }: Frame): boolean {
    return (isArray ? this.missing.brackets : this.missing.braces) > 0;
  }

  /** A `}` or `]` that does not match: the end of a sibling is missing, or it is superfluous. */
  unexpectedClose(parser: Parser): State {
    const kind = parser.kind();
    const { frame } = parser;
    if (
      frame.afterComma &&
      !this.isSurplus(parser) &&
      (kind === TokenKind.CloseBrace) === !frame.isArray &&
      frame.isBraced
    ) {
      const close = parser.tokens.text[parser.start()];
      this.found.report(
        parser,
        'syntax',
        `JSON does not allow a comma before "${close}". Remove the comma.`,
        parser.start(),
        parser.end(),
      );
      frame.node.closeStart = parser.start();
      parser.at++;
      return parser.leave(parser.start(), true);
    }
    const closing = endOf(parser);
    const isSurplus = this.missing[closing] < 0 && !this.isMissingEnd(frame);
    const outer = isSurplus ? undefined : this.around(frame, kind === TokenKind.CloseBrace ? 'object' : 'list');
    if (outer !== undefined) {
      while (parser.frame !== outer) this.closeUnclosed(parser);
      return State.After;
    }
    this.markBroken(frame, this.reportUnbalanced(parser));
    this.missing[closing]++;
    parser.at++;
    return State.After;
  }

  private around(frame: Frame, kind: 'list' | 'object'): Frame | undefined {
    const known = this.outermost[kind];
    let outer = frame.parent;
    while (outer !== undefined && outer !== known) {
      if (outer.isArray === (kind === 'list') && outer.isBraced) return outer;
      outer = outer.parent;
    }
    this.outermost[kind] = frame.parent;
    return undefined;
  }

  /** The end of the text before the current token, cached because several containers may end there. */
  endBefore(parser: Parser): number {
    const { at: token } = parser;
    if (this.textBefore?.token !== token) this.textBefore = { token, end: endOfTextBefore(parser, token) };
    return this.textBefore.end;
  }

  private reportUnbalanced(parser: Parser): Problem {
    const start = parser.start();
    const close = parser.tokens.text[start];
    const message = `Unmatched "${close}". Remove it, or add the opening one.`;
    return this.found.report(parser, 'unbalanced', message, start, parser.end());
  }

  /** Within a container that is not closed: a root without braces ends with the text. */
  endOfText(parser: Parser): State {
    const problem = this.unclosed(parser, parser.frame);
    // Reporting the innermost problem is enough, because the outer containers end with it.
    while (parser.frame.parent !== undefined) {
      this.leaveOpen(parser, problem);
    }
    parser.leave(parser.start(), false);
    return State.Done;
  }

  closeUnclosed(parser: Parser): void {
    const problem = this.unclosed(parser, parser.frame);
    this.missing[parser.frame.isArray ? 'brackets' : 'braces']--;
    this.leaveOpen(parser, problem);
  }

  private leaveOpen(parser: Parser, problem: Problem | undefined): void {
    const { node } = parser.frame;
    this.markBroken(parser.frame, problem);
    parser.leave(this.endBefore(parser), false);
    const { frame } = parser;
    const value = frame.isArray ? frame.array.elements.at(-1) : frame.field?.value;
    // `5012 {`: the brace is the mistake, not the combination of a number and an object.
    if (value?.kind === 'concatenation' && (isEmpty(node) || value.parts.some(({ kind }) => kind === 'scalar'))) {
      this.breakValue(frame, problem);
    }
  }

  /** The message for a missing end. A mistake later on the line of its opening may have consumed it. */
  private unclosed(parser: Parser, frame: Frame): Problem {
    const { start } = frame.node;
    const last = this.found.problems.at(-1);
    if (last !== undefined && last.range.start > start) {
      const { text } = parser.tokens;
      if (this.lastLine?.problem !== last)
        this.lastLine = { problem: last, start: startOfLine(text, last.range.start) };
      if (start >= this.lastLine.start) return last;
    }
    return this.found.reportUnclosed(parser, frame);
  }

  breakValue(frame: Frame, problem: Problem | undefined): void {
    if (frame.field === undefined) this.markBroken(frame, problem);
    else frame.field.broken ??= problem;
  }

  markBroken(frame: Frame, problem: Problem | undefined): void {
    frame.node.broken ??= problem;
  }

  /**
   * Skips the rest of the line and the whole containers that open on it, but not the end of a container that opened
   * earlier.
   */
  skipLine(parser: Parser, isInSubstitution = false): void {
    const start = parser.start();
    const open: TokenKind[] = [];
    let substitutions = isInSubstitution ? 1 : 0;
    let newline = parser.at;
    for (; ; parser.at++) {
      const kind = parser.kind();
      if (kind === TokenKind.Newline) {
        if (open.length === 0) return;
        newline = parser.at;
        substitutions = 0;
        continue;
      }
      if (kind === TokenKind.Blank || kind === TokenKind.Comment) continue;
      if (open.length > 0 && this.isLeftOpen(parser, start)) {
        parser.at = newline;
        break;
      }
      if (kind === TokenKind.End) return;
      if (kind === TokenKind.Substitution) substitutions++;
      else if (substitutions > 0) substitutions -= kind === TokenKind.CloseBrace ? 1 : 0;
      else if (kind === TokenKind.OpenBrace || kind === TokenKind.OpenBracket) open.push(kind);
      else if (kind === TokenKind.CloseBrace || kind === TokenKind.CloseBracket) {
        if (open.at(-1) === OPENING[kind]) open.pop();
        else if (!parser.frame.isArray && kind === TokenKind.CloseBrace && this.isSurplus(parser))
          this.missing.braces++;
        else break;
      }
    }
    for (const kind of open) this.missing[kind === TokenKind.OpenBrace ? 'braces' : 'brackets']--;
  }

  /** Something is missing, and the current line is not indented like the content of the first line. */
  private isLeftOpen(parser: Parser, start: number): boolean {
    const indent = leadingIndent(parser, parser.at);
    if (indent === -1 || (this.missing.braces <= 0 && this.missing.brackets <= 0)) return false;
    return indent <= indentAt(parser.tokens.text, start);
  }
}

/** The container that the current closing token ends. */
function endOf(parser: Parser): keyof Unclosed {
  return parser.kind() === TokenKind.CloseBrace ? 'braces' : 'brackets';
}
