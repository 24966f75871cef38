import { lineEnd, nextLineStart } from '../text/lines';
import type { TextRange } from '../text/location';
import { MappedTextBuilder } from '../text/mapped-text';
import { shellVariables } from './expressions';
import { mentionsCanton } from './mentions';
import { type Notation, prefixedLines } from './notation';
import { createRegion, type EmbeddedRegion } from './region';
import { withUnknowns } from './unknowns';

/** A here-document of a shell script. */
export interface Heredoc {
  /** The lines between the one with `<<` and the delimiter. */
  readonly body: TextRange;
  /** Whether the shell replaces `$NAME` in it: the delimiter has no quotes. */
  readonly expands: boolean;
}

/** `<<EOF`, `<<-EOF`, `<< 'EOF'`, `<<\EOF`; `<<<` is a here-string. */
const OPERATOR = /(?<!<)<<(-?)[ \t]*(?:(["'])([\w.-]+)\2|(\\?)([A-Za-z_][\w.-]*))/g;

/**
 * The here-documents of a text, in its order; none where it is no shell script. One without its delimiter is none: `<<` in
 * any other language.
 */
export function findHeredocs(text: string): Heredoc[] {
  const found: Heredoc[] = [];
  let end = 0;
  for (const match of text.matchAll(OPERATOR)) {
    if (match.index < end) continue;
    const [, dash = '', , quoted, backslash = '', bare = ''] = match;
    const start = text.indexOf('\n', match.index) + 1;
    const close = start === 0 ? undefined : delimiterFrom(text, start, quoted ?? bare, dash !== '');
    if (close === undefined) continue;
    found.push({ body: { start, end: close }, expands: quoted === undefined && backslash === '' });
    end = close;
  }
  return found;
}

/** The here-documents of a script that are Canton's configuration; every line of the script itself is left alone. */
export function findShellRegions(text: string, isCanton: (text: string) => boolean): EmbeddedRegion[] {
  if (!mentionsCanton(text)) return [];
  return findHeredocs(text).flatMap(({ body, expands }) => {
    const builder = new MappedTextBuilder(text);
    for (let at = body.start; at < body.end; ) {
      const end = Math.min(lineEnd(text, at), body.end);
      const next = Math.min(nextLineStart(text, at), body.end);
      builder.exact(at, end);
      if (next - end === 2) builder.encoded('\n', end, next);
      else builder.exact(end, next);
      at = next;
    }
    const written = builder.build(body);
    const { mapped, variables } = expands ? shellVariables(written, text) : { mapped: written, variables: [] };
    const known = withUnknowns(mapped, variables, text);
    if (!isCanton(known.text)) return [];
    const lines = prefixedLines(text, body, '');
    const notation: Notation = ({ range, newText }) =>
      lines({ range, newText: expands ? newText.replaceAll('$', '\\$') : newText });
    return [createRegion({ kind: 'shell-heredoc', label: '' }, known, notation)];
  });
}

/** The start of the line that holds the delimiter and nothing else. */
function delimiterFrom(text: string, from: number, word: string, isIndented: boolean): number | undefined {
  for (let at = from; at < text.length; ) {
    const newline = text.indexOf('\n', at);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(at, end).replace(/\r$/, '');
    if ((isIndented ? line.replace(/^\t+/, '') : line) === word) return at;
    at = end + 1;
  }
  return undefined;
}
