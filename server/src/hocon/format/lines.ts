import { TokenKind, type TokenList } from '../syntax/token';
import { isPlainBlank, type TextEdit } from './edits';

/** Deeper levels are indented no more, so that the indentation of a text of nothing but braces stays linear. */
const MAX_LEVEL = 100;

const CLOSING: Partial<Record<TokenKind, TokenKind>> = {
  [TokenKind.OpenBrace]: TokenKind.CloseBrace,
  [TokenKind.OpenBracket]: TokenKind.CloseBracket,
  [TokenKind.Substitution]: TokenKind.CloseBrace,
};

interface Open {
  readonly closing: TokenKind;
  readonly opening: TokenKind;
  /** The level of the line that it opens on: what it holds is one deeper, however many open on that line. */
  readonly level: number;
}

/**
 * Indents lines by the braces and brackets around them, trims blanks at their ends, leaves one of several empty lines
 * and evens the blanks behind commas.
 */
export class Lines {
  private readonly edits: TextEdit[] = [];
  private readonly open: Open[] = [];
  private readonly commaGaps: { readonly start: number; readonly end: number }[] = [];
  private level = 0;
  private isAfterEmpty = false;

  /** @param continued offsets that are one level deeper where a line begins with them */
  constructor(
    private readonly tokens: TokenList,
    private readonly continued: ReadonlySet<number>,
    private readonly indent: string,
    private readonly newline: string,
  ) {}

  /**
   * @returns undefined where braces, brackets or long strings do not end, or a substitution not on its line, so that
   * nobody knows what is inside of what
   */
  run(): TextEdit[] | undefined {
    const { count } = this.tokens;
    const end = this.contentEnd();
    for (let i = 0; i < end; i++) {
      if (i === 0 || this.kind(i - 1) === TokenKind.Newline) {
        i = this.lineStart(i);
        if (i >= end) break;
      }
      if (!this.pass(i)) return undefined;
    }
    if (this.open.length > 0) return undefined;
    this.endOfFile(end, count);
    return [...this.edits, ...this.commaEdits()];
  }

  private kind(i: number): TokenKind {
    return this.tokens.kinds[i] as TokenKind;
  }

  private start(i: number): number {
    return this.tokens.starts[i] as number;
  }

  private textOf(i: number): string {
    return this.tokens.text.slice(this.start(i), this.start(i + 1));
  }

  /** The token behind the last one that is more than blanks and newlines. */
  private contentEnd(): number {
    let i = this.tokens.count;
    while (i > 0 && this.isSpace(i - 1)) i--;
    return i;
  }

  private isSpace(i: number): boolean {
    const kind = this.kind(i);
    return kind === TokenKind.Newline || (kind === TokenKind.Blank && isPlainBlank(this.withoutReturn(i)));
  }

  /** A blank before a newline has the carriage return of the line end in it. */
  private withoutReturn(i: number): string {
    const blank = this.textOf(i);
    return this.kind(i + 1) === TokenKind.Newline && blank.endsWith('\r') ? blank.slice(0, -1) : blank;
  }

  /** @returns the first token of the line that is not its indentation */
  private lineStart(i: number): number {
    const isIndented = this.kind(i) === TokenKind.Blank;
    const first = isIndented ? i + 1 : i;
    if (this.kind(first) === TokenKind.Newline) {
      if (isIndented && !isPlainBlank(this.withoutReturn(i))) {
        this.isAfterEmpty = false;
      } else if (this.isAfterEmpty) {
        this.replace(this.start(i), this.start(first + 1), '');
      } else {
        this.isAfterEmpty = true;
        if (isIndented) this.trim(i);
      }
      return first;
    }
    this.isAfterEmpty = false;
    this.level = this.levelOf(first);
    if (!isIndented || isPlainBlank(this.textOf(i))) {
      this.replace(this.start(i), this.start(first), this.indent.repeat(Math.min(this.level, MAX_LEVEL)));
    }
    return first;
  }

  private levelOf(first: number): number {
    let depth = this.open.length;
    for (let i = first; ; i++) {
      const kind = this.kind(i);
      if (kind === TokenKind.CloseBrace || kind === TokenKind.CloseBracket) depth--;
      else if (kind !== TokenKind.Blank) break;
    }
    if (depth < this.open.length) return this.open[Math.max(depth, 0)]?.level ?? 0;
    const around = this.open.at(-1);
    return (around === undefined ? 0 : around.level + 1) + (this.continued.has(this.start(first)) ? 1 : 0);
  }

  /** Takes note of a token; false where it breaks the structure. */
  private pass(i: number): boolean {
    const kind = this.kind(i);
    const isInPath = this.open.at(-1)?.opening === TokenKind.Substitution;
    const closing = isInPath && kind !== TokenKind.Substitution ? undefined : CLOSING[kind];
    if (closing !== undefined) this.open.push({ closing, opening: kind, level: this.level });
    switch (kind) {
      case TokenKind.CloseBracket:
        return isInPath || this.open.pop()?.closing === kind;
      case TokenKind.CloseBrace:
        return this.open.pop()?.closing === kind;
      case TokenKind.Newline:
        return !isInPath;
      case TokenKind.BadQuoted:
        return !this.tokens.text.startsWith('"""', this.start(i));
      case TokenKind.Blank:
        if (this.kind(i + 1) === TokenKind.Newline) this.trim(i);
        return true;
      case TokenKind.Comma:
        this.comma(i);
    }
    return true;
  }

  private trim(i: number): void {
    const blank = this.withoutReturn(i);
    if (isPlainBlank(blank)) this.replace(this.start(i), this.start(i) + blank.length, '');
  }

  /** Takes note of the blanks between a comma and what follows it on the line, save a comment or the end of a list. */
  private comma(i: number): void {
    const hasBlank = this.kind(i + 1) === TokenKind.Blank;
    if (hasBlank && !isPlainBlank(this.textOf(i + 1))) return;
    const next = hasBlank ? i + 2 : i + 1;
    const kind = this.kind(next);
    const begins = kind >= TokenKind.Substitution || kind === TokenKind.OpenBrace || kind === TokenKind.OpenBracket;
    if (begins) this.commaGaps.push({ start: this.start(i + 1), end: this.start(next) });
  }

  private commaEdits(): TextEdit[] {
    const spaced = this.commaGaps.filter(({ start, end }) => start < end).length;
    const newText = spaced * 2 >= this.commaGaps.length ? ' ' : '';
    return this.commaGaps
      .filter(({ start, end }) => this.tokens.text.slice(start, end) !== newText)
      .map((range) => ({ range, newText }));
  }

  private endOfFile(end: number, count: number): void {
    const from = this.start(end);
    const rest = this.tokens.text.slice(from);
    const newline = /\r?\n/.exec(rest)?.[0] ?? this.newline;
    this.replace(from, this.start(count), end === 0 ? '' : newline);
  }

  private replace(start: number, end: number, newText: string): void {
    if (this.tokens.text.slice(start, end) !== newText) this.edits.push({ range: { start, end }, newText });
  }
}
