import { CONFLICT_MARKER, FaultReport } from './fault-report';
import { Fault, type FaultHandler, State } from './grammar';
import { countUnclosed, endOfTextBefore, isOnOneLine, isOutdented, tokenStartingAt } from './layout';
import { addPart, type Frame, readBadString } from './parse-value';
import type { Parser } from './parser';
import type { Problem } from './problem';
import { endsItem, isSeparator, TokenKind, type TokenList } from './token';
import type { FieldTree } from './tree';

/**
 * Goes on after faults, so that one slip harms one entry only: a fault gives up the rest of its line, and a missing
 * brace is found by the indentation.
 */
export class Recovery extends FaultReport implements FaultHandler {
  readonly endsSubstitutionAtNewline = true;
  /** How many more braces and brackets the text opens than it closes. */
  private missing: number;

  constructor(tokens: TokenList) {
    super();
    this.missing = countUnclosed(tokens);
  }

  beforeItem(parser: Parser): void {
    while (this.missing > 0 && parser.frame.parent !== undefined && isOutdented(parser)) this.closeUnclosed(parser);
  }

  fault(parser: Parser, fault: Fault, token: number): State {
    switch (fault) {
      case Fault.AfterKey:
        return this.afterKey(parser);
      case Fault.NoValue:
        return this.noValue(parser);
      case Fault.AfterRoot:
        return this.afterRoot(parser);
      case Fault.EmptyPathElement: {
        const { start, end } = parser.frame.field?.path ?? { start: 0, end: 0 };
        const path = parser.tokens.text.slice(start, end);
        this.report(
          parser,
          'bad-path',
          `"${path}" has a dot without a name beside it. Remove the dot, or write "" for an empty name.`,
          start,
          end,
        );
        return State.After;
      }
      case Fault.OpenSubstitution:
        this.openSubstitution(parser, token);
        return State.Value;
      case Fault.Include: {
        const include = parser.frame.object.entries.at(-1);
        this.add(include?.broken);
        this.markBroken(parser.frame, include?.broken);
        this.skipLine(parser);
        return State.After;
      }
      case Fault.DuplicateKey: {
        const { start, end } = parser.frame.field?.path ?? { start: 0, end: 0 };
        const key = parser.tokens.text.slice(start, end);
        this.report(
          parser,
          'duplicate-key',
          `JSON does not allow the key ${key} twice in an object. Remove one.`,
          start,
          end,
        );
        return State.After;
      }
      case Fault.NoRoot:
        this.report(parser, 'syntax', 'A JSON file begins with "{".', 0, 0);
        return State.Item;
      default:
        return this.unexpected(parser, fault);
    }
  }

  /** A token that neither begins nor ends an entry or element. */
  private unexpected(parser: Parser, fault: Fault): State {
    const { frame } = parser;
    const isAfter = fault === Fault.AfterEntry || fault === Fault.AfterElement;
    switch (parser.kind()) {
      case TokenKind.End:
        return this.endOfText(parser);
      case TokenKind.CloseBrace:
      case TokenKind.CloseBracket:
        return this.unexpectedClose(parser);
      case TokenKind.Comma:
        this.report(parser, 'syntax', 'This "," separates nothing. Remove it.', parser.start(), parser.end());
        parser.at++;
        return State.Item;
      default:
        if (isAfter && frame.isArray && this.missing > 0 && isSeparator(parser.kind())) {
          // The last element is the key of an entry behind an array without its bracket.
          this.closeUnclosed(parser);
          this.skipLine(parser);
          return State.After;
        }
        return this.junk(parser, isAfter);
    }
  }

  /** Gives up the rest of the line, and with it the value that it would be part of. */
  private junk(parser: Parser, isInValue: boolean): State {
    const { frame } = parser;
    const field = isInValue && !frame.isArray ? frame.field : undefined;
    if (field !== undefined && isSeparator(parser.kind()) && this.valueIsNextKey(parser, field)) return State.Item;
    const isString = parser.kind() === TokenKind.BadQuoted;
    const problem = this.reportJunk(parser, field?.value?.start);
    if (field !== undefined) field.broken ??= problem;
    else this.markBroken(frame, problem);
    if (isString && frame.isArray) {
      addPart(frame, readBadString(parser));
      return State.Value;
    }
    this.skipLine(parser);
    return State.After;
  }

  /**
   * `a =` and on the next line `b = 1`: what was read as the value of `a` is a key.
   * @returns true with the parser set back to that key
   */
  private valueIsNextKey(parser: Parser, field: FieldTree): boolean {
    const { value } = field;
    if (value?.kind !== 'scalar' || isOnOneLine(parser, field.separatorStart, value.start)) return false;
    field.value = undefined;
    field.end = field.separatorStart + (field.separator?.length ?? 0);
    this.reportNoValue(parser, field);
    parser.at = tokenStartingAt(parser, parser.at, value.start);
    return true;
  }

  private afterKey(parser: Parser): State {
    const { frame } = parser;
    const field = frame.field;
    if (field === undefined) return State.After;
    const key = parser.tokens.text.slice(field.start, field.end);
    const isOnLine = isOnOneLine(parser, field.end, parser.start());
    if (CONFLICT_MARKER.test(key) || (isOnLine && parser.kind() === TokenKind.Bad)) {
      parser.at = tokenStartingAt(parser, parser.at, field.start);
      frame.object.entries.pop();
      return this.junk(parser, false);
    }
    if (isOnLine) {
      const kind = parser.kind();
      const isValue = kind === TokenKind.OpenBracket || kind === TokenKind.Substitution || kind === TokenKind.BadQuoted;
      if (isValue || (kind === TokenKind.OpenBrace && !parser.isJson)) {
        const message = `"=" is missing between "${key}" and its value.`;
        field.broken = this.report(parser, 'no-separator', message, field.start, field.end);
        return kind === TokenKind.BadQuoted ? this.brokenString(parser) : State.Value;
      }
    }
    field.broken = this.report(
      parser,
      'no-value',
      `"${key}" has no value. Write "${key} = …".`,
      field.start,
      field.end,
    );
    // A key half typed: others may be missing yet.
    this.markBroken(frame, field.broken);
    return isOnLine ? State.After : State.Item;
  }

  private noValue(parser: Parser): State {
    const field = parser.frame.field;
    if (field === undefined) return State.After;
    const passedNewline = !isOnOneLine(parser, field.end, parser.start());
    const kind = parser.kind();
    if (!passedNewline && kind === TokenKind.BadQuoted) return this.brokenString(parser);
    if (!passedNewline && !endsItem(kind)) return this.junk(parser, true);
    this.reportNoValue(parser, field);
    return passedNewline ? State.Item : State.After;
  }

  private brokenString(parser: Parser): State {
    const { frame } = parser;
    const problem = this.reportJunk(parser, undefined);
    if (frame.field !== undefined) frame.field.broken ??= problem;
    addPart(frame, readBadString(parser));
    return State.Value;
  }

  /** `}` or `]` where it does not fit: a sibling's end is missing, or it is one too many. */
  private unexpectedClose(parser: Parser): State {
    const kind = parser.kind();
    const { frame } = parser;
    if (frame.afterComma && (kind === TokenKind.CloseBrace) === !frame.isArray && frame.isBraced) {
      const close = parser.tokens.text[parser.start()];
      this.report(
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
    let outer = frame.parent;
    while (outer !== undefined && (outer.isArray !== (kind === TokenKind.CloseBracket) || !outer.isBraced))
      outer = outer.parent;
    if (outer !== undefined && frame.isBraced) {
      while (parser.frame !== outer) this.closeUnclosed(parser);
      return State.After;
    }
    const close = parser.tokens.text[parser.start()];
    const problem = this.report(
      parser,
      'unbalanced',
      `"${close}" closes nothing. Remove it, or add the opening one.`,
      parser.start(),
      parser.end(),
    );
    this.markBroken(frame, problem);
    parser.at++;
    return State.After;
  }

  private endOfText(parser: Parser): State {
    if (parser.frame.isBraced) this.reportUnclosed(parser, parser.frame);
    // The innermost tells it all; the outer ones end with it.
    while (parser.frame.parent !== undefined) {
      this.markBroken(parser.frame, this.problems.at(-1));
      parser.leave(endOfTextBefore(parser, parser.at), false);
    }
    parser.leave(parser.start(), false);
    return State.Done;
  }

  private afterRoot(parser: Parser): State {
    const { frame } = parser;
    const problem = this.report(
      parser,
      'after-root',
      'Nothing may follow the end of the root object.',
      parser.start(),
      parser.end(),
    );
    this.markBroken(frame, problem);
    if (frame.isArray) return State.Done;
    // Read on as if the brace had not been there.
    frame.isBraced = false;
    if (endsItem(parser.kind())) parser.at++;
    return State.Item;
  }

  private openSubstitution(parser: Parser, token: number): void {
    const substitution = parser.frame;
    const { text } = parser.tokens;
    if (parser.kind(token) !== TokenKind.Substitution) {
      const problem = this.reportJunk(parser, undefined, token);
      this.breakValue(substitution, problem);
      this.skipLine(parser);
      return;
    }
    const written = text.slice(parser.start(token), parser.start());
    const problem = this.report(
      parser,
      'unclosed-substitution',
      `"${written.trim()}" has no closing "}".`,
      parser.start(token),
      parser.start(),
    );
    this.breakValue(substitution, problem);
  }

  private breakValue(frame: Frame, problem: Problem | undefined): void {
    if (frame.isArray || frame.field === undefined) this.markBroken(frame, problem);
    else frame.field.broken ??= problem;
  }

  private markBroken(frame: Frame, problem: Problem | undefined): void {
    frame.node.broken ??= problem;
  }

  private closeUnclosed(parser: Parser): void {
    this.markBroken(parser.frame, this.reportUnclosed(parser, parser.frame));
    this.missing--;
    parser.leave(endOfTextBefore(parser, parser.at), false);
  }

  /** Passes the rest of the line; containers that open in it are passed whole, a closing one that does not is kept. */
  private skipLine(parser: Parser): void {
    let depth = 0;
    for (; ; parser.at++) {
      const kind = parser.kind();
      if (kind === TokenKind.End || (kind === TokenKind.Newline && depth === 0)) return;
      if (kind === TokenKind.OpenBrace || kind === TokenKind.OpenBracket || kind === TokenKind.Substitution) depth++;
      else if (endsItem(kind) && kind !== TokenKind.Comma && --depth < 0) return;
    }
  }
}
