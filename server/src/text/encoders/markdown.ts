import { withVisibleControls } from './controls';

/**
 * A text that is shown literally in a paragraph, a heading, a list item or emphasis: no image, link, autolink, HTML,
 * emphasis, code, table cell, list or fence begins in it or is ended by it. Line breaks become blanks.
 */
export function markdownText(text: string): string {
  return inline(text.replace(/\s*\n\s*/g, ' '), true);
}

function inline(text: string, isFirst: boolean): string {
  const escaped = withVisibleControls(text)
    .replace(/[\\`*[\]<>|~$]|&(?=[#A-Za-z])|_(?![\p{L}\p{N}])/gu, '\\$&')
    .replace(/:(?=\/\/)|(?<!:)\/(?=\/)|(?<=\bwww)\.|@(?=\S)/gi, (one) => (one === '@' ? '&#64;' : `\\${one}`));
  if (!isFirst) return escaped;
  return escaped.replace(/^(\s*)([#>+=-]|\d+(?=[.)]))/, (_, blanks: string, mark: string) =>
    /\d/.test(mark) ? `${blanks}${mark}\\` : `${blanks}\\${mark}`,
  );
}

/** A code span, which no backtick and no line break in the text can end; control characters are shown as escapes. */
export function markdownCode(text: string): string {
  const line = withVisibleControls(text);
  const longest = longestRun(line);
  const fence = '`'.repeat(longest + 1);
  // A code span loses one blank at each end if it has blanks at both.
  const isPadded = longest > 0 || line === '' || /^ .* $/.test(line);
  return isPadded ? `${fence} ${line} ${fence}` : `${fence}${line}${fence}`;
}

/** A fenced block, whose fence is longer than any in the text; only line feeds and tabs stay as control characters. */
export function markdownFence(language: string, text: string): string {
  const shown = withVisibleControls(text.replaceAll('\r\n', '\n'), '\n\t');
  const fence = '`'.repeat(Math.max(3, longestRun(shown) + 1));
  return `${fence}${language}\n${shown}\n${fence}`;
}

/** A row of a table, with Markdown in its cells. */
export function markdownRow(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replace(/\s*\n\s*/g, ' ').replace(/(?<!\\)\|/g, '\\|')).join(' | ')} |`;
}

const FENCE = /^(```(\w*)\n)([\s\S]*?)\n```$/gm;

/**
 * Our own prose with values in it: paragraphs, items (`- `), code spans and fenced blocks stay what they are, and
 * everything between them is text, so that no value adds an image, a link, HTML or a heading.
 */
export function markdownProse(prose: string): string {
  let result = '';
  let at = 0;
  for (const match of prose.matchAll(FENCE)) {
    result += paragraphs(prose.slice(at, match.index)) + markdownFence(match[2] ?? '', match[3] ?? '');
    at = match.index + match[0].length;
  }
  return result + paragraphs(prose.slice(at));
}

function paragraphs(prose: string): string {
  return prose
    .split('\n')
    .map((line) => {
      const [, lead = '', rest = ''] = /^( *(?:- )?)(.*)$/s.exec(line) ?? [];
      return (
        lead +
        rest
          .split(/(`[^`]+`)/)
          .map((part, i) => (i % 2 === 1 ? markdownCode(part.slice(1, -1)) : inline(part, i === 0)))
          .join('')
      );
    })
    .join('\n');
}

/** A link with a text that is shown as itself; nothing in the target ends it. */
export function markdownLink(text: string, target: string): string {
  const url = withVisibleControls(target).replace(
    /[\s()<>\\]/g,
    (one) => `%${one.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
  return `[${markdownText(text)}](${url})`;
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}
