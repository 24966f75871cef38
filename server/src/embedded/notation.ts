import { insideDoubleQuotes, insideSingleQuotes } from '../text/encoders/yaml';
import type { TextRange } from '../text/location';

/** A replacement in the host document. */
export interface HostEdit {
  readonly range: TextRange;
  readonly newText: string;
}

/** Converts a replacement in plain HOCON to the host's notation; undefined if that is not possible. */
export type Notation = (edit: HostEdit) => HostEdit | undefined;

/**
 * HOCON line by line, each line with the same prefix: a literal block scalar, a fence in a list or a quote.
 *
 * @param region the region in the host document; the next line begins after it
 */
export function prefixedLines(host: string, region: TextRange, prefix: string): Notation {
  const eol = host.startsWith('\r', host.indexOf('\n', region.start) - 1) ? '\r\n' : '\n';
  return ({ range, newText }) => {
    const column = range.start - (host.lastIndexOf('\n', range.start - 1) + 1);
    // The region's last line is followed by other text: end the line, and do not begin another one.
    const atEnd = range.end === region.end && host[range.end - 1] === '\n';
    const beginsWithText = newText === '' ? !atEnd && !isLineEnd(host, range.end) : !newText.startsWith('\n');
    let text = beginsWithText ? prefix.slice(column) + newText : newText;
    if (atEnd && newText !== '' && !text.endsWith('\n') && range.end < host.length) text += '\n';
    // An empty line in a quote also has the mark; otherwise, the quote would end.
    text = text.replace(/\n(?=([\s\S]))/g, (_, next) => `\n${next === '\n' ? prefix.trimEnd() : prefix}`);
    if (text.endsWith('\n') && !atEnd && !isLineEnd(host, range.end)) text += prefix;
    return { range, newText: text.replaceAll('\n', eol) };
  };
}

/** Folded and plain multi-line text: a line end would have to be written differently from place to place. */
export function oneLine(host: string): Notation {
  return (edit) => {
    const atLineStart = /^[ \t]*$/.test(host.slice(host.lastIndexOf('\n', edit.range.start - 1) + 1, edit.range.start));
    if (edit.newText.includes('\n') || (atLineStart && /^\s/.test(edit.newText))) return undefined;
    return edit;
  };
}

/**
 * A plain scalar, which must not contain text that would end it or change its type. Commas and brackets end it only in a
 * flow collection, where it cannot contain any.
 */
export function plain(host: string, scalar: TextRange): Notation {
  const ends = /[,[\]{}]/.test(host.slice(scalar.start, scalar.end)) ? /[\n\r#]|:(?=\s|$)/ : /[\n\r#:,[\]{}]/;
  return (edit) => {
    const { range, newText } = edit;
    if (ends.test(newText)) return undefined;
    if (range.start === scalar.start && !/^[\w./]/.test(newText + host.slice(range.end, scalar.end))) return undefined;
    return edit;
  };
}

export const singleQuoted: Notation = ({ range, newText }) => {
  const written = insideSingleQuotes(newText);
  return written === undefined ? undefined : { range, newText: written };
};

export const doubleQuoted: Notation = ({ range, newText }) => ({ range, newText: insideDoubleQuotes(newText) });

function isLineEnd(host: string, at: number): boolean {
  return at >= host.length || host[at] === '\n' || host[at] === '\r';
}

/** `key-ring-id` -> `keyRingId`. */
export function toCamelCase(key: string): string {
  return key.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
