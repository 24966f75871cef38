import type { TextEdit } from './edits';
import type { Gap, GapKind, Row } from './gaps';

type Style = Readonly<Record<GapKind, string>>;

/** Evens the blanks around `=`, `:` and `+=` and before `{`: as the file mostly has them, and columns stay columns. */
export function separatorEdits(text: string, groups: readonly (readonly Row[])[]): TextEdit[] {
  const style = styleOf(groups);
  const edits: TextEdit[] = [];
  const put = ({ start, end }: Gap, newText: string): void => {
    if (text.slice(start, end) !== newText) edits.push({ range: { start, end }, newText });
  };
  for (const rows of groups) {
    const befores = rows.map((row) => beforeIn(row, style));
    keepColumns(text, rows, befores, (row) => row.before, keyWidth);
    const afters = rows.map(({ after }) => (after === undefined ? '' : style[after.kind]));
    // A column of values is measured where the separators will be.
    const width = (row: Row, i: number) =>
      keyWidth(row) + (befores[i]?.length ?? 0) + (row.field.separator?.length ?? 0);
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
      // It has no say: even in a file without blanks it keeps its own.
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
 * Leaves the gaps of neighbouring lines as they are where blanks of different width make what follows them a column.
 * Widths count from the key, so that indentation does not matter.
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
    // A gap of two blanks throughout is untidy; a column has a longest key, with one blank or none behind it.
    if (widths.some((width) => width > 1) && widths.some((width) => width <= 1)) {
      gaps.forEach(({ start, end }, i) => {
        wanted[from + i] = text.slice(start, end);
      });
    }
    from = to;
  }
}
