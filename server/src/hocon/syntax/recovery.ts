import type { Problem } from '../problem';
import { BraceRecovery } from './brace-recovery';
import { CONFLICT_MARKER, quoted } from './fault-report';
import { Fault, type FaultHandler, State } from './grammar';
import { readPath } from './key-path';
import { isOnOneLine, leadingIndent, tokenStartingAt } from './layout';
import { addPart, readBadString } from './parse-value';
import type { Parser } from './parser';
import { endsItem, isSeparator, isSimple, TokenKind, type TokenList } from './token';
import { ArrayTree, type FieldTree, ObjectTree, PathTree } from './tree';
import { readUnquotedEntry, type UnquotedEntry } from './unquoted-entry';

/**
 * Goes on after faults, so that one slip harms one entry only: a fault gives up the rest of its line, and a missing
 * brace is found by the indentation.
 */
export class Recovery extends BraceRecovery implements FaultHandler {
  readonly endsSubstitutionAtNewline = true;

  /** @param isGrammatical true where the reference's grammar has nothing against the text */
  constructor(
    tokens: TokenList,
    private readonly isGrammatical: boolean,
  ) {
    super(tokens);
  }

  fault(parser: Parser, fault: Fault): State {
    switch (fault) {
      case Fault.AfterKey:
        return this.afterKey(parser);
      case Fault.NoValue:
        return this.noValue(parser);
      case Fault.AfterRoot:
        return this.afterRoot(parser);
      case Fault.EmptyPathElement:
        return this.emptyPathElement(parser);
      case Fault.Include: {
        const include = parser.frame.object.entries.at(-1);
        this.add(include?.broken);
        // Half typed, it has taken the first word of the next line for its file.
        if (include !== undefined && !isOnOneLine(parser, include.end, parser.start())) return State.Item;
        this.skipLine(parser);
        return State.After;
      }
      case Fault.DuplicateKey:
        return this.duplicateKey(parser);
      case Fault.NoRoot:
        this.report(parser, 'syntax', 'A JSON file begins with "{".', 0, 0);
        if (this.missing.braces < 0) {
          this.missing.braces++;
          parser.frame.isBraced = true;
        }
        return State.Item;
      default:
        return this.unexpected(parser, fault);
    }
  }

  private emptyPathElement(parser: Parser): State {
    const { frame } = parser;
    if (frame.field === undefined) return State.After;
    const { start, end } = frame.field.path;
    const key = this.keyOf(parser, frame.field);
    const message = `${key} has a dot without a name beside it. Remove the dot, or write "" for an empty name.`;
    frame.field.broken ??= this.report(parser, 'bad-path', message, start, end);
    this.markBroken(frame, frame.field.broken);
    return State.After;
  }

  private duplicateKey(parser: Parser): State {
    const { field } = parser.frame;
    if (field === undefined) return State.After;
    const { start, end } = field.path;
    const message = `JSON does not allow the key ${this.keyOf(parser, field)} twice in an object. Remove one.`;
    this.report(parser, 'duplicate-key', message, start, end);
    return State.After;
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
        return this.surplusComma(parser);
      default:
        if (isAfter && frame.isArray && this.isMissingEnd(frame) && isSeparator(parser.kind())) {
          // The last element is the key of an entry behind an array without its bracket.
          this.closeUnclosed(parser);
          this.skipLine(parser);
          return State.After;
        }
        if (isAfter && frame.isArray && isSeparator(parser.kind())) {
          const opened = this.openUnopenedElement(parser);
          if (opened !== undefined) return opened;
        }
        if (parser.isJson && isAfter && this.passMissingComma(parser)) return State.Item;
        if (!frame.isArray && this.passSurplusOpening(parser)) return isAfter ? State.After : State.Item;
        return this.junk(parser, isAfter);
    }
  }

  /** JSON: a newline is taken for a comma. If it was a fault that has taken the comma, that is told already. */
  private passMissingComma(parser: Parser): boolean {
    const { text } = parser.tokens;
    const { frame } = parser;
    if (leadingIndent(parser, parser.at) < 0) return false;
    this.beforeItem(parser);
    if (parser.frame !== frame) return true;
    const end = this.endBefore(parser);
    const last = this.problems.at(-1);
    if (last !== undefined && last.range.end > text.lastIndexOf('\n', end - 1)) return true;
    this.report(parser, 'no-comma', 'JSON has a comma between two entries. Add one here.', end - 1, end);
    return true;
  }

  private surplusComma(parser: Parser): State {
    const start = parser.start();
    while (parser.kind() === TokenKind.Comma) parser.at++;
    this.report(parser, 'syntax', 'This "," separates nothing. Remove it.', start, parser.start());
    return State.Item;
  }

  /** Gives up the rest of the line, and with it the value that it would be part of. */
  private junk(parser: Parser, isInValue: boolean): State {
    const { frame } = parser;
    const field = isInValue && !frame.isArray ? frame.field : undefined;
    if (field !== undefined && isSeparator(parser.kind()) && this.valueIsNextKey(parser, field)) return State.Item;
    const isString = parser.kind() === TokenKind.BadQuoted;
    if (!isInValue && !frame.isArray && (isString || parser.isJson)) {
      const entry = readUnquotedEntry(parser, parser.start());
      if (entry !== undefined) return this.unquotedEntry(parser, entry);
    }
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
    parser.at = tokenStartingAt(parser, value.start);
    if (this.isUnopened(parser, field)) this.openUnopened(parser, field);
    else this.reportNoValue(parser, field);
    return true;
  }

  /** `"key {` and `"key = [`: the quote has taken the bracket, too; `"key = …`: or the value. */
  private unquotedEntry(parser: Parser, { field, opening }: UnquotedEntry): State {
    const { frame } = parser;
    field.broken = this.reportJunk(parser, undefined);
    this.markBroken(frame, field.broken);
    frame.object.add(field);
    frame.field = field;
    this.skipLine(parser);
    if (opening === undefined || this.missing[opening.what] >= 0) return State.After;
    const { what, at } = opening;
    return this.open(parser, what === 'braces' ? new ObjectTree(field, at, true) : new ArrayTree(field, at));
  }

  private afterKey(parser: Parser): State {
    const { frame } = parser;
    const field = frame.field;
    if (field === undefined) return State.After;
    if (field.broken !== undefined) return isOnOneLine(parser, field.end, parser.start()) ? State.After : State.Item;
    const key = parser.tokens.text.slice(field.start, field.end);
    const isOnLine = isOnOneLine(parser, field.end, parser.start());
    if (CONFLICT_MARKER.test(key) || (isOnLine && parser.kind() === TokenKind.Bad)) {
      parser.at = tokenStartingAt(parser, field.start);
      frame.object.entries.pop();
      return this.junk(parser, false);
    }
    if (isOnLine) {
      const kind = parser.kind();
      const isValue = kind === TokenKind.OpenBracket || kind === TokenKind.Substitution || kind === TokenKind.BadQuoted;
      if (isValue || (kind === TokenKind.OpenBrace && !parser.isJson)) {
        if (kind === TokenKind.BadQuoted && key.startsWith('"')) return this.oneQuoteTooMany(parser);
        const message = `"=" is missing between ${this.keyOf(parser, field)} and its value.`;
        field.broken = this.report(parser, 'no-separator', message, field.start, field.end);
        return kind === TokenKind.BadQuoted ? this.brokenString(parser) : State.Value;
      }
    }
    const entry =
      parser.isJson && isOnLine && !endsItem(parser.kind()) ? readUnquotedEntry(parser, field.start) : undefined;
    if (entry !== undefined) {
      frame.object.entries.pop();
      return this.unquotedEntry(parser, entry);
    }
    if (!isOnLine && this.isUnopened(parser, field)) return this.openUnopened(parser, field);
    if (this.separatesKey(parser, field)) return State.Value;
    const example = `${key}${parser.isJson ? ':' : ' ='} …`;
    const message = `${this.keyOf(parser, field)} has no value. Write ${key.startsWith('"') ? example : quoted(example)}.`;
    field.broken = this.report(parser, 'no-value', message, field.start, field.end);
    // A key half typed: others may be missing yet.
    this.markBroken(frame, field.broken);
    return isOnLine ? State.After : State.Item;
  }

  /** `"name = "value"`, where what is a string to the grammar was meant to be outside of strings, and what is none inside. */
  private oneQuoteTooMany(parser: Parser): State {
    const { frame } = parser;
    frame.object.entries.pop();
    this.markBroken(frame, this.reportJunk(parser, undefined));
    parser.at++;
    return State.After;
  }

  /** `port 5012`: to the grammar, all of it is the key. */
  private separatesKey(parser: Parser, field: FieldTree): boolean {
    const { kinds } = parser.tokens;
    const first = tokenStartingAt(parser, field.start);
    const end = tokenStartingAt(parser, field.end);
    let blank = first;
    while (blank < end && kinds[blank] !== TokenKind.Blank) blank++;
    const { names, hasEmptyElement } = readPath(parser.tokens, first, blank);
    const keyEnd = parser.start(blank);
    const key = parser.tokens.text.slice(field.start, keyEnd);
    if (blank === end || hasEmptyElement || key === '-') return false;
    const message = `"=" is missing between "${key}" and its value.`;
    field.broken = this.report(parser, 'no-separator', message, field.start, keyEnd);
    field.path = new PathTree(field, field.start, keyEnd, names);
    parser.at = blank;
    return true;
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

  private afterRoot(parser: Parser): State {
    const { frame } = parser;
    const message = 'Nothing may follow the end of the root object.';
    this.markBroken(frame, this.report(parser, 'after-root', message, parser.start(), parser.end()));
    if (frame.isArray) return State.Done;
    // Read on as if the brace had not been there.
    frame.isBraced = false;
    if (isSimple(parser.kind())) return State.Item;
    if (endsItem(parser.kind())) parser.at++;
    else this.skipLine(parser);
    return State.Item;
  }

  openSubstitution(parser: Parser, token: number): Problem | undefined {
    const substitution = parser.frame;
    const { text } = parser.tokens;
    if (parser.kind(token) !== TokenKind.Substitution) {
      const problem = this.reportJunk(parser, undefined, token);
      this.breakValue(substitution, problem);
      this.skipLine(parser, true);
      return undefined;
    }
    const written = text.slice(parser.start(token), parser.start());
    const message = `"${written.trim()}" has no closing "}".`;
    const problem = this.problem(parser, 'unclosed-substitution', message, parser.start(token), parser.start());
    if (this.isGrammatical) return problem;
    this.add(problem);
    this.breakValue(substitution, problem);
    return undefined;
  }
}
