/** The syntax of a snippet: tab stops and placeholders (`$1`, `${1:`, `}`, `${1|a,b|}`), and escaped characters. */
const SYNTAX = /\\([\\$}])|\$\d+|\$\{\d+(?:\}|\|(?:[^|\\]|\\.)*\|\}|:)|\}/g;

/** Characters from the private use area, each of which represents a part of the syntax. */
const FIRST_MARK = 0xe000;
const MARKS = /[\ue000-\uf8ff]/;

/**
 * The text of a snippet with marks in place of its tab stops, so that it can be written in another notation, and the
 * inverse; undefined if the text itself contains such characters.
 */
export function withoutTabStops(snippet: string): { text: string; restore(text: string): string } | undefined {
  if (MARKS.test(snippet)) return undefined;
  const pieces: string[] = [];
  let open = 0;
  const mark = (piece: string) => String.fromCharCode(FIRST_MARK + pieces.push(piece) - 1);
  const text = snippet.replace(SYNTAX, (piece, escaped: string | undefined) => {
    if (escaped !== undefined) return escaped;
    if (piece.endsWith(':')) open++;
    if (piece === '}' && open-- <= 0) open = 0;
    else return mark(piece);
    return piece;
  });
  const restore = (written: string) =>
    [...written]
      .map((character) => pieces[character.charCodeAt(0) - FIRST_MARK] ?? character.replace(/[\\$}]/, '\\$&'))
      .join('');
  return { text, restore };
}

/** Whether a line of such a text consists only of a tab stop. */
export function isTabStop(line: string): boolean {
  return line.length === 1 && MARKS.test(line);
}

/** The text of a placeholder and the like, without the marks. */
export function withoutMarks(text: string): string {
  return text.replace(new RegExp(MARKS, 'g'), '');
}
