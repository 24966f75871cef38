import type { TextRange } from '../text/location';

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
