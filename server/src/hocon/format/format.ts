import type { TextRange } from '../../text/location';
import { childrenOf, type FieldNode, type ObjectNode, type SyntaxNode, type SyntaxTree } from '../syntax/syntax';
import { TokenKind, type TokenList } from '../syntax/token';
import type { ParsedTree } from '../syntax/tree';

export interface FormatOptions {
  /** Blanks per level; without `insertSpaces` a level is one tab. */
  readonly indentSize: number;
  readonly insertSpaces: boolean;
  /** The newline to add at the end, if the text has none there. */
  readonly newline: '\n' | '\r\n';
}

/** The parser reports at most this many faults, so there may be more. */
const TOO_MANY_PROBLEMS = 100;

/**
 * Tidies a HOCON or JSON text: indentation, blanks at line ends, around separators and after commas, and empty lines.
 *
 * It changes no character but blanks, tabs and newlines, and only outside values and comments; it neither joins nor
 * splits lines. Formatting its result again changes nothing. Lines with a fault are left alone, and so is the whole
 * text if a brace, a bracket or a long string is not closed.
 * @param ranges only the lines that they touch are changed
 * @returns edits in the order of the text that do not overlap
 */
export function format(tree: SyntaxTree, options: FormatOptions, ranges?: readonly TextRange[]): TextEdit[] {
  const { text, problems, tokens } = tree as ParsedTree;
  if (tokens === undefined || problems.length >= TOO_MANY_PROBLEMS) return [];
  const { groups, continued } = rowsOf(tree);
  const indent = options.insertSpaces ? ' '.repeat(options.indentSize) : '\t';
  const lines = new Lines(tokens, continued, indent, options.newline).run();
  if (lines === undefined) return [];
  const edits = [...lines, ...separatorEdits(text, groups)].sort((a, b) => a.range.start - b.range.start);
  const faulty = problems.map((problem) => problem.range);
  const possible = outside(edits, linesOf(text, faulty));
  return ranges === undefined ? possible : inside(possible, linesOf(text, ranges));
}

/**
 * Deeper levels are not indented further, so that the indentation of a text that consists of braces only stays linear.
 */
const MAX_LEVEL = 100;

const CLOSING: Partial<Record<TokenKind, TokenKind>> = {
  [TokenKind.OpenBrace]: TokenKind.CloseBrace,
  [TokenKind.OpenBracket]: TokenKind.CloseBracket,
  [TokenKind.Substitution]: TokenKind.CloseBrace,
};

interface Open {
  readonly closing: TokenKind;
  readonly opening: TokenKind;
  /**
   * The level of the line on which it opens. Its content is one level deeper, however many containers open on that
   * line.
   */
  readonly level: number;
}

/**
 * Indents lines by the braces and brackets around them, trims blanks at their ends, reduces several empty lines to one,
 * and normalizes the blanks after commas.
 */
class Lines {
  private readonly edits: TextEdit[] = [];
  private readonly open: Open[] = [];
  private readonly commaGaps: { readonly start: number; readonly end: number }[] = [];
  private level = 0;
  private isAfterEmpty = false;

  /** @param continued offsets that are one level deeper if a line begins with them */
  constructor(
    private readonly tokens: TokenList,
    private readonly continued: ReadonlySet<number>,
    private readonly indent: string,
    private readonly newline: string,
  ) {}

  /**
   * @returns undefined if braces, brackets or long strings do not end, or a substitution does not end on its line,
   * because the nesting is then unclear
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

  /** The index after the last token that is neither a blank nor a newline. */
  private contentEnd(): number {
    let i = this.tokens.count;
    while (i > 0 && this.isSpace(i - 1)) i--;
    return i;
  }

  private isSpace(i: number): boolean {
    const kind = this.kind(i);
    return kind === TokenKind.Newline || (kind === TokenKind.Blank && isPlainBlank(this.withoutReturn(i)));
  }

  /** A blank before a newline includes the carriage return of the line end. */
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

  /** Records a token; false if it breaks the structure. */
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

  /**
   * Records the blanks between a comma and the next token on the line, except before a comment or the end of a list.
   */
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

/** The gaps between a key and its value, which have one style throughout a file. */
type GapKind = 'before =' | 'after =' | 'before :' | 'after :' | 'before {';

interface Gap extends TextRange {
  readonly kind: GapKind;
}

/** A field whose key, separator and start of the value are on one line. */
interface Row {
  readonly field: FieldNode;
  /** Before the separator, or before the brace if there is none. */
  readonly before: Gap;
  readonly after: Gap | undefined;
  /** False if another entry precedes it on its line. */
  readonly beginsLine: boolean;
}

interface Rows {
  /** The fields of one object, in the order of the text. */
  readonly groups: readonly (readonly Row[])[];
  /** The fields whose separator or value is on a line after the key; their braces are aligned with the key. */
  readonly continued: ReadonlySet<number>;
}

function rowsOf(tree: SyntaxTree): Rows {
  const groups: Row[][] = [];
  const continued = new Set<number>();
  const open: SyntaxNode[] = [tree.root.value];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.kind === 'object') groups.push(rowsIn(tree.text, node, continued));
    for (const child of childrenOf(node)) if (child.kind !== 'path') open.push(child);
  }
  return { groups, continued };
}

function rowsIn(text: string, object: ObjectNode, continued: Set<number>): Row[] {
  const rows: Row[] = [];
  for (const field of object.entries) {
    if (field.kind !== 'field' || field.value === undefined) continue;
    const { path, value, separator, separatorRange } = field;
    const beginsLine = startsLine(text, field.start);
    if (separator === undefined || separatorRange === undefined) {
      const before: Gap = { kind: 'before {', start: path.end, end: value.start };
      if (value.kind === 'object' && isPlain(text, before)) rows.push({ field, before, after: undefined, beginsLine });
      continue;
    }
    const sign = separator === ':' ? ':' : '=';
    const before: Gap = { kind: `before ${sign}`, start: path.end, end: separatorRange.start };
    const after: Gap = { kind: `after ${sign}`, start: separatorRange.end, end: value.start };
    if (hasNewline(text, before)) continued.add(before.end);
    if (hasNewline(text, after) && value.kind !== 'object' && value.kind !== 'array') continued.add(after.end);
    if (isPlain(text, before) && isPlain(text, after)) rows.push({ field, before, after, beginsLine });
  }
  return rows;
}

function isPlain(text: string, { start, end }: TextRange): boolean {
  return isPlainBlank(text.slice(start, end));
}

function hasNewline(text: string, { start, end }: TextRange): boolean {
  return text.slice(start, end).includes('\n');
}

function startsLine(text: string, start: number): boolean {
  let i = start - 1;
  while (i >= 0 && (text[i] === ' ' || text[i] === '\t')) i--;
  return i < 0 || text[i] === '\n';
}

type Style = Readonly<Record<GapKind, string>>;

/**
 * Normalizes the blanks around `=`, `:` and `+=` and before `{` to the most frequent style of the file; aligned columns
 * stay aligned.
 */
function separatorEdits(text: string, groups: readonly (readonly Row[])[]): TextEdit[] {
  const style = styleOf(groups);
  const edits: TextEdit[] = [];
  const put = ({ start, end }: Gap, newText: string): void => {
    if (text.slice(start, end) !== newText) edits.push({ range: { start, end }, newText });
  };
  for (const rows of groups) {
    const befores = rows.map((row) => beforeIn(row, style));
    keepColumns(text, rows, befores, (row) => row.before, keyWidth);
    const afters = rows.map(({ after }) => (after === undefined ? '' : style[after.kind]));
    // Columns of values are measured with the separators at their new places.
    const width = (row: Row, i: number) =>
      keyWidth(row) + (befores[i] as string).length + (row.field.separator as string).length;
    keepColumns(text, rows, afters, (row) => row.after, width);
    for (const [i, { before, after }] of rows.entries()) {
      put(before, befores[i] as string);
      if (after !== undefined) put(after, afters[i] as string);
    }
  }
  return edits;
}

function styleOf(groups: readonly (readonly Row[])[]): Style {
  const balance: Record<GapKind, number> = { 'before =': 0, 'after =': 0, 'before :': 0, 'after :': 0, 'before {': 0 };
  for (const rows of groups) {
    for (const { field, before, after } of rows) {
      // It does not count for the style, and keeps its blank even in a file without blanks.
      if (field.separator === '+=') continue;
      for (const gap of after === undefined ? [before] : [before, after]) {
        balance[gap.kind] += gap.start < gap.end ? 1 : -1;
      }
    }
  }
  const blank = (kind: GapKind) => (balance[kind] >= 0 ? ' ' : '');
  return {
    'before =': blank('before ='),
    'after =': blank('after ='),
    'before :': balance['before :'] > 0 ? ' ' : '',
    'after :': blank('after :'),
    'before {': blank('before {'),
  };
}

function beforeIn({ field, before }: Row, style: Style): string {
  // `1 +=` without its blank would be the key `1+`.
  if (field.separator === '+=' && before.start < before.end) return ' ';
  return style[before.kind];
}

function keyWidth({ field }: Row): number {
  return field.path.end - field.path.start;
}

/**
 * Keeps the gaps of neighboring lines if blanks of different widths align the text after them in a column. Widths count
 * from the key, so that indentation does not matter.
 */
function keepColumns(
  text: string,
  rows: readonly Row[],
  wanted: string[],
  gapOf: (row: Row) => Gap | undefined,
  widthBefore: (row: Row, index: number) => number,
): void {
  const columns = rows.map((row, i) => {
    const gap = gapOf(row);
    return gap === undefined || !row.beginsLine ? -1 : widthBefore(row, i) + gap.end - gap.start;
  });
  for (let from = 0; from < rows.length; ) {
    let to = from + 1;
    while (to < rows.length && columns[to] === columns[from]) to++;
    const gaps = columns[from] === -1 ? [] : rows.slice(from, to).map((row) => gapOf(row) as Gap);
    const widths = gaps.map(({ start, end }) => end - start);
    // If every gap has two blanks, it is not a column: a column has a longest key, followed by one blank or none.
    if (widths.some((width) => width > 1) && widths.some((width) => width <= 1)) {
      gaps.forEach(({ start, end }, i) => {
        wanted[from + i] = text.slice(start, end);
      });
    }
    from = to;
  }
}

/** Replaces a range with `newText`. */
export interface TextEdit {
  readonly range: TextRange;
  readonly newText: string;
}

/** Only these blanks are ever changed; others, such as a no-break space, were put there for a reason. */
const PLAIN_BLANKS = /^[ \t]*$/;

function isPlainBlank(text: string): boolean {
  return PLAIN_BLANKS.test(text);
}

/** The lines that each range touches, with their newlines and in order. */
function linesOf(text: string, ranges: readonly TextRange[]): TextRange[] {
  return ranges.map((range) => wholeLines(text, range)).sort((a, b) => a.start - b.start);
}

/** A range that ends where a line begins does not touch that line. */
function wholeLines(text: string, { start, end }: TextRange): TextRange {
  const from = start === 0 ? 0 : text.lastIndexOf('\n', start - 1) + 1;
  const newline = text.indexOf('\n', end > start ? end - 1 : end);
  // If the text does not end with a newline, its end also belongs to the last line.
  return { start: from, end: newline === -1 ? text.length + 1 : newline + 1 };
}

/** The edits that lie within the ranges; both are in the order of the text. */
function inside(edits: readonly TextEdit[], wanted: readonly TextRange[]): TextEdit[] {
  let next = 0;
  return edits.filter(({ range }) => {
    while (next < wanted.length && (wanted[next] as TextRange).end <= range.start) next++;
    const lines = wanted[next];
    return lines !== undefined && lines.start <= range.start && range.end <= lines.end;
  });
}

/** The edits that touch none of the ranges; both are in the order of the text. */
function outside(edits: readonly TextEdit[], kept: readonly TextRange[]): TextEdit[] {
  let next = 0;
  return edits.filter(({ range }) => {
    while (next < kept.length && (kept[next] as TextRange).end <= range.start) next++;
    const lines = kept[next];
    return lines === undefined || range.end < lines.start || (range.end === lines.start && range.start < range.end);
  });
}
