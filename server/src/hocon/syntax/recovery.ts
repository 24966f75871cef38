import type { Problem } from '../problem';
import { BraceRecovery } from './brace-recovery';
import { type ErrorHandler, GrammarError, GrammarFault, State } from './grammar';
import { readPath } from './key-path';
import { isOnOneLine, leadingIndent, tokenStartingAt } from './layout';
import { endOfLine, lex } from './lexer';
import { addPart, readBadString } from './parse-value';
import type { Parser } from './parser';
import { CONFLICT_MARKER, quoted, SyntaxProblems } from './syntax-problems';
import { endsItem, isSeparator, isSimple, TokenKind, type TokenList } from './token';
import { ArrayTree, FieldTree, ObjectTree, type PathNames, PathTree } from './tree';

/**
 * Continues after faults, so that one mistake affects one entry only: the rest of its line is skipped, and the
 * indentation shows where a brace is missing.
 */
export class Recovery implements ErrorHandler {
  readonly endsSubstitutionAtNewline = true;

  private readonly found = new SyntaxProblems();
  private readonly braces: BraceRecovery;

  /** @param isGrammatical true if the reference's grammar accepts the text */
  constructor(
    tokens: TokenList,
    private readonly isGrammatical: boolean,
  ) {
    this.braces = new BraceRecovery(tokens, this.found);
  }

  get problems(): Problem[] {
    return this.found.problems;
  }

  beforeItem(parser: Parser): void {
    this.braces.beforeItem(parser);
  }

  closes(parser: Parser): boolean {
    return this.braces.closes(parser);
  }

  error(parser: Parser, error: GrammarError): State {
    switch (error) {
      case GrammarError.AfterKey:
        return this.afterKey(parser);
      case GrammarError.NoValue:
        return this.noValue(parser);
      case GrammarError.AfterRoot:
        return this.afterRoot(parser);
      case GrammarError.Include: {
        const include = parser.frame.object.entries.at(-1);
        this.found.add(include?.broken);
        // While it is incomplete, it has consumed the first word of the next line as its file.
        if (include !== undefined && !isOnOneLine(parser, include.end, parser.start())) return State.Item;
        this.braces.skipLine(parser);
        return State.After;
      }
      default:
        return this.unexpected(parser, error);
    }
  }

  fault(parser: Parser, fault: GrammarFault): void {
    switch (fault) {
      case GrammarFault.EmptyPathElement:
        this.emptyPathElement(parser);
        break;
      case GrammarFault.DuplicateKey:
        this.duplicateKey(parser);
        break;
      case GrammarFault.NoRoot:
        this.found.report(parser, 'syntax', 'A JSON file must begin with "{".', 0, 0);
        if (this.braces.missing.braces < 0) {
          this.braces.missing.braces++;
          parser.frame.isBraced = true;
        }
    }
  }

  private emptyPathElement(parser: Parser): void {
    const { frame } = parser;
    const field = frame.field as FieldTree;
    const { start, end } = field.path;
    const key = this.found.keyOf(parser, field);
    const message = `${key} has a dot without a name next to it. Remove the dot, or write "" for an empty name.`;
    field.broken = this.found.report(parser, 'bad-path', message, start, end);
    this.braces.markBroken(frame, field.broken);
  }

  private duplicateKey(parser: Parser): void {
    const field = parser.frame.field as FieldTree;
    const { start, end } = field.path;
    const message = `JSON does not allow the key ${this.found.keyOf(parser, field)} twice in an object. Remove one.`;
    this.found.report(parser, 'duplicate-key', message, start, end);
  }

  /** A token that neither begins nor ends an entry or element. */
  private unexpected(parser: Parser, error: GrammarError): State {
    const { frame } = parser;
    const isAfter = error === GrammarError.AfterEntry || error === GrammarError.AfterElement;
    switch (parser.kind()) {
      case TokenKind.End:
        return this.braces.endOfText(parser);
      case TokenKind.CloseBrace:
      case TokenKind.CloseBracket:
        return this.braces.unexpectedClose(parser);
      case TokenKind.Comma:
        return this.surplusComma(parser);
      default:
        if (isAfter && frame.isArray && this.braces.isMissingEnd(frame) && isSeparator(parser.kind())) {
          // The last element is the key of an entry that follows an array without its bracket.
          this.braces.closeUnclosed(parser);
          this.braces.skipLine(parser);
          return State.After;
        }
        if (isAfter && frame.isArray && isSeparator(parser.kind())) {
          const opened = this.braces.openUnopenedElement(parser);
          if (opened !== undefined) return opened;
        }
        if (parser.isJson && isAfter && this.passMissingComma(parser)) return State.Item;
        if (!frame.isArray && this.braces.passSurplusOpening(parser)) return isAfter ? State.After : State.Item;
        return this.junk(parser, isAfter);
    }
  }

  /** JSON: a newline is treated as a comma. If a fault has consumed the comma, it is already reported. */
  private passMissingComma(parser: Parser): boolean {
    const { text } = parser.tokens;
    const { frame } = parser;
    if (leadingIndent(parser, parser.at) === -1) return false;
    this.braces.beforeItem(parser);
    if (parser.frame !== frame) return true;
    const end = this.braces.endBefore(parser);
    const last = this.found.problems.at(-1);
    if (last !== undefined && last.range.end > text.lastIndexOf('\n', end - 1)) return true;
    this.found.report(parser, 'no-comma', 'Missing comma. JSON requires one between two entries.', end - 1, end);
    return true;
  }

  private surplusComma(parser: Parser): State {
    const start = parser.start();
    while (parser.kind() === TokenKind.Comma) parser.at++;
    this.found.report(parser, 'syntax', 'Unexpected ",". Remove it.', start, parser.start());
    return State.Item;
  }

  /** Skips the rest of the line and the value that it would belong to. */
  private junk(parser: Parser, isInValue: boolean): State {
    const { frame } = parser;
    const field = isInValue ? frame.field : undefined;
    if (field !== undefined && isSeparator(parser.kind()) && this.valueIsNextKey(parser, field)) return State.Item;
    const isString = parser.kind() === TokenKind.BadQuoted;
    if (!isInValue && !frame.isArray && (isString || parser.isJson)) {
      const entry = readUnquotedEntry(parser, parser.start());
      if (entry !== undefined) return this.unquotedEntry(parser, entry);
    }
    const problem = this.found.reportJunk(parser, field?.value?.start);
    if (field !== undefined) field.broken ??= problem;
    else this.braces.markBroken(frame, problem);
    if (isString && frame.isArray) {
      addPart(frame, readBadString(parser));
      return State.Value;
    }
    this.braces.skipLine(parser);
    return State.After;
  }

  /**
   * `a =` and on the next line `b = 1`: the text that was read as the value of `a` is a key.
   * @returns true with the parser set back to that key
   */
  private valueIsNextKey(parser: Parser, field: FieldTree): boolean {
    const { value } = field;
    if (value?.kind !== 'scalar' || isOnOneLine(parser, field.separatorStart, value.start)) return false;
    field.value = undefined;
    field.end = field.separatorEnd;
    parser.at = tokenStartingAt(parser, value.start);
    if (this.braces.isUnopened(parser, field)) this.braces.openUnopened(parser, field);
    else this.found.reportNoValue(parser, field);
    return true;
  }

  /** `"key {` and `"key = [`: the quoted text includes the bracket as well; `"key = …`: or the value. */
  private unquotedEntry(parser: Parser, { field, opening }: UnquotedEntry): State {
    const { frame } = parser;
    field.broken = this.found.reportJunk(parser, undefined);
    this.braces.markBroken(frame, field.broken);
    frame.object.add(field);
    frame.field = field;
    this.braces.skipLine(parser);
    if (opening === undefined || this.braces.missing[opening.what] >= 0) return State.After;
    const { what, at } = opening;
    return this.braces.open(parser, what === 'braces' ? new ObjectTree(field, at, true) : new ArrayTree(field, at));
  }

  private afterKey(parser: Parser): State {
    const { frame } = parser;
    const field = frame.field as FieldTree;
    const isOnLine = isOnOneLine(parser, field.end, parser.start());
    if (field.broken !== undefined) return isOnLine ? State.After : State.Item;
    const key = parser.tokens.text.slice(field.start, field.end);
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
        const message = `Missing "=" between ${this.found.keyOf(parser, field)} and its value.`;
        field.broken = this.found.report(parser, 'no-separator', message, field.start, field.end);
        return kind === TokenKind.BadQuoted ? this.brokenString(parser) : State.Value;
      }
    }
    const entry =
      parser.isJson && isOnLine && !endsItem(parser.kind()) ? readUnquotedEntry(parser, field.start) : undefined;
    if (entry !== undefined) {
      frame.object.entries.pop();
      return this.unquotedEntry(parser, entry);
    }
    if (!isOnLine && this.braces.isUnopened(parser, field)) return this.braces.openUnopened(parser, field);
    if (this.separatesKey(parser, field)) return State.Value;
    const example = `${key}${parser.isJson ? ':' : ' ='} …`;
    const message = `${this.found.keyOf(parser, field)} has no value. Write ${key.startsWith('"') ? example : quoted(example)}.`;
    field.broken = this.found.report(parser, 'no-value', message, field.start, field.end);
    // An incomplete key: the others may not be typed yet.
    this.braces.markBroken(frame, field.broken);
    return isOnLine ? State.After : State.Item;
  }

  /**
   * `"name = "value"`: for the grammar, the text outside the intended strings is a string, and the text inside them is
   * not.
   */
  private oneQuoteTooMany(parser: Parser): State {
    const { frame } = parser;
    frame.object.entries.pop();
    this.braces.markBroken(frame, this.found.reportJunk(parser, undefined));
    parser.at++;
    return State.After;
  }

  /** `port 5012`: for the grammar, all of this is the key. */
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
    const message = `Missing "=" between "${key}" and its value.`;
    field.broken = this.found.report(parser, 'no-separator', message, field.start, keyEnd);
    field.path = new PathTree(field, field.start, keyEnd, names);
    parser.at = blank;
    return true;
  }

  private noValue(parser: Parser): State {
    const field = parser.frame.field as FieldTree;
    const passedNewline = !isOnOneLine(parser, field.end, parser.start());
    const kind = parser.kind();
    if (!passedNewline && kind === TokenKind.BadQuoted) return this.brokenString(parser);
    if (!passedNewline && !endsItem(kind)) return this.junk(parser, true);
    this.found.reportNoValue(parser, field);
    return passedNewline ? State.Item : State.After;
  }

  private brokenString(parser: Parser): State {
    const { frame } = parser;
    const problem = this.found.reportJunk(parser, undefined);
    (frame.field as FieldTree).broken ??= problem;
    addPart(frame, readBadString(parser));
    return State.Value;
  }

  private afterRoot(parser: Parser): State {
    const { frame } = parser;
    const message = 'Unexpected text after the end of the root object.';
    this.braces.markBroken(frame, this.found.report(parser, 'after-root', message, parser.start(), parser.end()));
    if (frame.isArray) return State.Done;
    // Continue as if there were no brace.
    frame.isBraced = false;
    if (isSimple(parser.kind())) return State.Item;
    if (endsItem(parser.kind())) parser.at++;
    else this.braces.skipLine(parser);
    return State.Item;
  }

  openSubstitution(parser: Parser, token: number): Problem | undefined {
    const substitution = parser.frame;
    const { text } = parser.tokens;
    if (parser.kind(token) !== TokenKind.Substitution) {
      const problem = this.found.reportJunk(parser, undefined, token);
      this.braces.breakValue(substitution, problem);
      this.braces.skipLine(parser, true);
      return undefined;
    }
    const written = text.slice(parser.start(token), parser.start());
    const message = `Missing "}" after "${written.trim()}".`;
    const problem = this.found.problem(parser, 'unclosed-substitution', message, parser.start(token), parser.start());
    if (this.isGrammatical) return problem;
    this.found.add(problem);
    this.braces.breakValue(substitution, problem);
    return undefined;
  }
}

/** An entry whose key has an extra quote or, in JSON, lacks one. */
interface UnquotedEntry {
  readonly field: FieldTree;
  /** The bracket that opens after the key, if nothing else follows. */
  readonly opening: { readonly what: 'braces' | 'brackets'; readonly at: number } | undefined;
}

/**
 * Reads `"key = …` and `"key {`, in JSON `key": …` and `"key: …`, which the grammar sees as faulty strings only.
 * @param start where it begins; it extends to the end of its line
 */
function readUnquotedEntry(parser: Parser, start: number): UnquotedEntry | undefined {
  const { isJson, frame } = parser;
  const { text } = parser.tokens;
  const end = endOfLine(text, start);
  const line = text.slice(start, end).replace(/^"+/, '');
  const keyStart = end - line.length;
  const [key, value] = isJson ? splitJson(line) : split(line);
  const path = key === '' ? undefined : pathOf(key, keyStart, parser);
  if (path === undefined) return undefined;
  const field = new FieldTree(frame.object, keyStart, keyStart + key.length);
  field.path = new PathTree(field, field.start, field.end, path);
  const what = value === '{' ? 'braces' : value === '[' ? 'brackets' : undefined;
  return { field, opening: what && { what, at: keyStart + line.lastIndexOf(value) } };
}

function split(line: string): [key: string, value: string] {
  const at = line.search(/[={"]|:\s/);
  if (at === -1 || line[at] === '"') return ['', ''];
  return [line.slice(0, at).trimEnd(), line.slice(line[at] === '{' ? at : at + 1).trim()];
}

function splitJson(line: string): [key: string, value: string] {
  // Brackets and commas are not part of a key; the text after them is read separately.
  const at = line.search(/[":{}[\],]/);
  const colon = line.indexOf(':');
  if (!/[":]/.test(line[at] ?? '') || line.slice(at, colon).trimEnd().length > 1) return ['', ''];
  return [line.slice(0, at), line.slice(colon + 1).trim()];
}

function pathOf(key: string, start: number, { isJson, tokens: { text } }: Parser): PathNames | undefined {
  if (isJson) return [{ start, end: start + key.length, name: key, quoted: true }];
  const tokens = lex(key, true);
  const { names, hasEmptyElement } = readPath(tokens, 0, tokens.count);
  if (hasEmptyElement || !tokens.kinds.subarray(0, tokens.count).every(isOfKey)) return undefined;
  if (typeof names === 'string') return text;
  return names.map((element) => ({ ...element, start: element.start + start, end: element.end + start }));
}

function isOfKey(kind: number): boolean {
  return kind === TokenKind.Blank || isSimple(kind);
}
