import type { TextRange } from '../text/location';

const CONFLICT_MARKER = /^(?:<{7}|\|{7}|={7}|>{7})(?:[ \t].*)?$/gm;

/**
 * Expressions of Helm and Jinja, `{{ … }}` and `{% … %}`. An expression without an end does not count: it is incomplete
 * text, or braces of HOCON.
 */
export function findTemplates(text: string): TextRange[] {
  const found: TextRange[] = [];
  let start = -1;
  let closing = '';
  for (const { 0: braces, index } of text.matchAll(/\{\{|\}\}|\{[%#](?=[-\s])|[%#]\}/g)) {
    if (braces.startsWith('{')) {
      start = index;
      closing = braces === '{{' ? '}}' : `${braces[1]}}`;
    } else if (start >= 0 && braces === closing) {
      found.push({ start, end: index + 2 });
      start = -1;
    }
  }
  return found;
}

/** Text in a file that is not YAML: templates, and Git's conflict markers. */
export function findForeign(text: string): TextRange[] {
  const markers = [...text.matchAll(CONFLICT_MARKER)].map(({ 0: line, index }) => ({
    start: index,
    end: index + line.length,
  }));
  const all = [...findTemplates(text), ...markers].sort((a, b) => a.start - b.start);
  let end = 0;
  return all.filter((range) => {
    if (range.start < end) return false;
    end = range.end;
    return true;
  });
}

/**
 * The text with its templates masked, so that it is valid YAML if possible; offsets do not change. A template inside a
 * line becomes letters. A template on separate lines becomes a comment, or blanks if it is indented less than the
 * surrounding lines, because a comment there would split a block scalar.
 */
export function maskTemplates(text: string, templates: readonly TextRange[]): string {
  if (templates.length === 0) return text;
  const mark = unusedCharacter(text);
  // Line endings are excluded, because a template is never longer than a line.
  const marked = replaceRanges(text, templates, (length) => mark.repeat(length));
  const lines = marked.split('\n');
  const alone = new RegExp(`^[ \\t]*${mark}[ \\t${mark}]*\\r?$`);
  const isAlone = lines.map((line) => alone.test(line));
  const indents = lines.map((line, i) => (isAlone[i] || line.trim() === '' ? undefined : line.search(/[^ ]/)));
  const above = carried(indents);
  const below = carried(indents.toReversed()).reverse();
  return lines
    .map((line, i) => {
      if (!line.includes(mark)) return line;
      if (!isAlone[i]) return line.replaceAll(mark, 'x');
      const sinks = line.indexOf(mark) < Math.min(above[i] ?? 0, below[i] ?? 0);
      return sinks ? line.replaceAll(mark, ' ') : line.replace(mark, '#').replaceAll(mark, 'x');
    })
    .join('\n');
}

/** The text with replacements for the given ranges, which are in order. */
function replaceRanges(text: string, ranges: readonly TextRange[], replacement: (length: number) => string): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end } of ranges) {
    pieces.push(text.slice(at, start), replacement(end - start));
    at = end;
  }
  pieces.push(text.slice(at));
  return pieces.join('');
}

/** Each item, or the last existing one before it. */
function carried(items: readonly (number | undefined)[]): (number | undefined)[] {
  let last: number | undefined;
  return items.map((item) => {
    last = item ?? last;
    return last;
  });
}

/** From the private use area, so that no character of the text is mistaken for a mask. */
function unusedCharacter(text: string): string {
  let code = 0xe000;
  while (text.includes(String.fromCharCode(code))) code++;
  return String.fromCharCode(code);
}
