import { lex } from '../hocon/syntax/lexer';
import { TokenKind } from '../hocon/syntax/token';
import { type MappedText, MappedTextBuilder } from '../text/mapped-text';
import { TEMPLATE_CONDITION } from '../text/template-condition';
import type { Expression } from './expressions';

/**
 * The text with HOCON for an unknown value in place of each expression: a substitution with an unknown variable, or an
 * include that cannot be followed. It maps to the expression as a whole.
 */
export function withUnknowns(mapped: MappedText, expressions: readonly Expression[], host: string): MappedText {
  if (expressions.length === 0) return mapped;
  const places = placesOf(mapped.text, expressions);
  const builder = new MappedTextBuilder(host);
  let at = 0;
  expressions.forEach((expression, i) => {
    builder.append(mapped, { start: at, end: expression.range.start });
    builder.synthetic(hoconFor(expression.source, places[i]), expression.host.start, expression.host.end);
    at = expression.range.end;
  });
  builder.append(mapped, { start: at, end: mapped.text.length });
  return builder.build(mapped.map.host);
}

/** Comments, assignments and definitions of Helm and Jinja, comments of MDX, and Git's conflict markers. */
const WRITES_NOTHING = /^(?:\{\{-?\s*(?:\/\*|\$\w*\s*:?=|define\b)|\{%-?\s*set\b|\{#|\{\/\*|[<|=>]{7})/;
const CONTROLS = /^(?:\{\{-?\s*(?:if|else|end|with|range|block)\b|\{%|\.{3}|…)/;
const VARIABLE = /^\$[({]?(\w+)/;
const ELISION = /^(?:\.{3}|…|[<[|]|\{\w|[A-Z])/;

/** @param place undefined if another expression also covers this one */
function hoconFor(source: string, place: SyntaxContext | undefined): string {
  if (place === undefined || WRITES_NOTHING.test(source)) return '';
  const quoted = JSON.stringify(source);
  const include = `include url(${JSON.stringify(`https:${source}`)})`;
  const substitution = `\${${variableFor(source)}}`;
  switch (place) {
    case 'statement':
      return include;
    case 'key':
      return CONTROLS.test(source) ? `${include}, ` : quoted;
    case 'path':
      return variableFor(source);
    case 'value':
      return substitution;
    case 'object':
      return `= ${substitution}`;
    case 'string':
      return `"${substitution}"`;
    case 'triple-string':
      return `"""${substitution}"""`;
    case 'quoted-key':
      return quoted.slice(1, -1);
    case 'comment':
      return source.replace(/\s+/g, ' ');
  }
}

/** The variable of the container tool, or a name derived from the template. */
function variableFor(source: string): string {
  if (ELISION.test(source)) return 'LEFT_OUT';
  return VARIABLE.exec(source)?.[1] ?? `HELM${source.replace(/[^A-Za-z0-9]+/g, '_')}`;
}

/** The place of each expression, determined with a letter in its place. */
function placesOf(text: string, expressions: readonly Expression[]): (SyntaxContext | undefined)[] {
  const pieces: string[] = [];
  const letters: number[] = [];
  let at = 0;
  let shrunk = 0;
  for (const { range } of expressions) {
    pieces.push(text.slice(at, range.start), 'x');
    letters.push(range.start - shrunk);
    shrunk += range.end - range.start - 1;
    at = range.end;
  }
  pieces.push(text.slice(at));
  const { kinds, starts, count, text: lexed } = lex(pieces.join(''), true);
  const endOf = (token: number) => (token + 1 < count ? (starts[token + 1] as number) : lexed.length);

  /** The number of expressions that fill the line from this token on, with only blanks between them. */
  const expressionsAlone = (token: number, first: number): number => {
    let i = first;
    for (let t = token; t < count && !ENDS_STATEMENT.has(kinds[t] as TokenKind); t++) {
      if (kinds[t] === TokenKind.Blank) continue;
      for (let offset = starts[t] as number; offset < endOf(t); offset++, i++) {
        if (letters[i] !== offset) return 0;
      }
    }
    return i - first;
  };

  const places: (SyntaxContext | undefined)[] = [];
  const tracker = new ContextTracker();
  for (let token = 0; token < count; token++) {
    const kind = kinds[token] as TokenKind;
    const end = endOf(token);
    if (tracker.beginsStatement && letters[places.length] === starts[token]) {
      const alone = expressionsAlone(token, places.length);
      const run = expressions.slice(places.length, places.length + alone);
      const writer = writerIn(run);
      for (const i of run.keys()) places.push(i === writer ? 'statement' : undefined);
    }
    while ((letters[places.length] ?? end) < end) {
      const place = tracker.contextIn(kind);
      const isObject =
        place === 'key' && kinds[token - 1] === TokenKind.Blank && expressionsAlone(token, places.length) === 1;
      places.push(isObject && !tracker.beginsStatement ? 'object' : place);
    }
    tracker.pass(kind);
  }
  return places;
}

/** The expression that stands for those on a line: one that writes the line comes before the conditions around it. */
function writerIn(run: readonly Expression[]): number {
  const writes = ({ source }: Expression) => !WRITES_NOTHING.test(source);
  const alone = run.findIndex((one) => writes(one) && !TEMPLATE_CONDITION.test(one.source));
  return alone < 0 ? run.findIndex(writes) : alone;
}

const ENDS_STATEMENT = new Set([TokenKind.Newline, TokenKind.Comment, TokenKind.CloseBrace, TokenKind.Comma]);

/** The syntax that HOCON expects at a place; `statement`: a whole entry of an object; `object`: a value without a separator. */
type SyntaxContext =
  | 'statement'
  | 'key'
  | 'object'
  | 'quoted-key'
  | 'path'
  | 'value'
  | 'string'
  | 'triple-string'
  | 'comment';

/** Follows tokens and distinguishes keys from values; unmatched brackets are accepted. */
class ContextTracker {
  private readonly open: TokenKind[] = [];
  private inValue = false;
  private afterSeparator = false;
  private atStart = true;

  /** Whether an entry can begin here: at the start of a line or an object, or after a comma. */
  get beginsStatement(): boolean {
    return this.atStart && !this.inValue;
  }

  /** The place of a token of this kind, or of text inside it. */
  contextIn(kind: TokenKind): SyntaxContext {
    if (kind === TokenKind.Comment) return 'comment';
    const quoted =
      kind === TokenKind.Quoted ||
      kind === TokenKind.QuotedEscaped ||
      kind === TokenKind.BadQuoted ||
      kind === TokenKind.TripleQuoted;
    const path = this.open.at(-1) === TokenKind.Substitution;
    if (quoted && (path || !this.inValue || kind === TokenKind.BadQuoted)) return 'quoted-key';
    if (path) return 'path';
    if (!this.inValue) return 'key';
    if (!quoted) return 'value';
    return kind === TokenKind.TripleQuoted ? 'triple-string' : 'string';
  }

  pass(kind: TokenKind): void {
    switch (kind) {
      case TokenKind.Blank:
      case TokenKind.Comment:
        return;
      case TokenKind.Newline:
        // A value may be on the line below its separator.
        if (!this.afterSeparator) this.inValue = this.inList;
        this.atStart = true;
        return;
      case TokenKind.Comma:
        this.inValue = this.inList;
        this.atStart = true;
        break;
      case TokenKind.OpenBrace:
      case TokenKind.OpenBracket:
        this.open.push(kind);
        this.inValue = this.inList;
        this.atStart = true;
        break;
      case TokenKind.Substitution:
        this.open.push(kind);
        this.atStart = false;
        break;
      case TokenKind.CloseBrace:
      case TokenKind.CloseBracket:
        this.open.pop();
        this.inValue = true;
        this.atStart = false;
        break;
      case TokenKind.Colon:
      case TokenKind.Equals:
      case TokenKind.PlusEquals:
        this.inValue = true;
        this.afterSeparator = true;
        this.atStart = false;
        return;
      default:
        this.atStart = false;
    }
    this.afterSeparator = false;
  }

  private get inList(): boolean {
    return this.open.at(-1) === TokenKind.OpenBracket;
  }
}
