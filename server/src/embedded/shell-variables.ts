import { imageBase } from '../../../schemas/images';
import { lineStart, nextLineStart } from '../text/lines';
import type { TextRange } from '../text/location';
import { type MappedText, MappedTextBuilder } from '../text/mapped-text';
import type { WrittenText } from './nested';
import type { Notation } from './notation';

/** A variable of a container that a script or an env file sets. */
export interface SetVariable {
  readonly name: string;
  readonly value: WrittenText;
  /** Whether the shell replaces `$NAME` in the value. */
  readonly expands: boolean;
  /** The start of the command that sets it; the variables of one command are one launch set. */
  readonly command: number;
  /** The image that the command runs; undefined if it does not name a known image. */
  readonly image: string | undefined;
}

/** `ADDITIONAL_CONFIG_X=…`, also as a whole in quotes: an option `-e` of `docker run`, `export`, an assignment. */
const ASSIGNMENT = /(?<![\w$."'{-])(["']?)(ADDITIONAL_CONFIG\w*)=/g;
const BEHIND_WORD = /^(?:[\s;&|)]|\\\r?\n|$)/;
/** Escapes in double quotes of a shell that are not about variables; a line end after a backslash is not one. */
const ESCAPES = /\\(?:["]|\r?\n)/g;

/** The variables `ADDITIONAL_CONFIG*` that a shell script sets, except those in its here-documents. */
export function findSetVariables(text: string, heredocs: readonly TextRange[]): SetVariable[] {
  const found: SetVariable[] = [];
  for (const match of text.matchAll(ASSIGNMENT)) {
    const [whole, outside = '', name = ''] = match;
    const start = match.index + whole.length;
    if (heredocs.some((body) => match.index >= body.start && match.index < body.end)) continue;
    const quote = outside || /["']/.exec(text[start] ?? '')?.[0] || '';
    const value = quote === '' ? bareValue(text, start) : quotedValue(text, quote, outside === '' ? start + 1 : start);
    if (value === undefined) continue;
    const command = commandAround(text, { start: match.index, end: value.map.host.end });
    const image = text
      .slice(command.start, command.end)
      .split(/[\s"']+/)
      .find((word) => imageBase(word) !== undefined && !word.includes('='));
    found.push({ name, value, expands: quote !== "'", command: command.start, image });
  }
  return found;
}

function quotedValue(text: string, quote: string, start: number): WrittenText | undefined {
  const closing = quote === '"' ? /(?:[^"\\]|\\[\s\S])*"/y : /[^']*'/y;
  closing.lastIndex = start;
  if (!closing.test(text) || !BEHIND_WORD.test(text.slice(closing.lastIndex, closing.lastIndex + 3))) return undefined;
  const range = { start, end: closing.lastIndex - 1 };
  const notation = quote === '"' ? insideDoubleQuotes : insideSingleQuotes;
  return { ...(quote === '"' ? withoutEscapes(text, range) : exactly(text, range)), notation };
}

function bareValue(text: string, start: number): WrittenText | undefined {
  const word = /[^\s;&|()<>"'\\`]+/y;
  word.lastIndex = start;
  if (!word.test(text) || !BEHIND_WORD.test(text.slice(word.lastIndex, word.lastIndex + 3))) return undefined;
  const notation: Notation = (edit) => (/[\s;&|()<>"'\\`$]/.test(edit.newText) ? undefined : edit);
  return { ...exactly(text, { start, end: word.lastIndex }), notation };
}

function exactly(text: string, range: TextRange): MappedText {
  const builder = new MappedTextBuilder(text);
  builder.exact(range.start, range.end);
  return builder.build(range);
}

function withoutEscapes(text: string, range: TextRange): MappedText {
  const builder = new MappedTextBuilder(text);
  let at = range.start;
  for (const { 0: sequence, index } of text.slice(range.start, range.end).matchAll(ESCAPES)) {
    builder.exact(at, range.start + index);
    at = range.start + index + sequence.length;
    if (sequence === '\\"') builder.encoded('"', at - 2, at);
  }
  builder.exact(at, range.end);
  return builder.build(range);
}

const insideDoubleQuotes: Notation = ({ range, newText }) => ({
  range,
  newText: newText.replace(/["\\`$]/g, '\\$&'),
});

const insideSingleQuotes: Notation = (edit) => (edit.newText.includes("'") ? undefined : edit);

/** The lines of a range, including lines joined to them with a backslash. */
function commandAround(text: string, range: TextRange): TextRange {
  let start = lineStart(text, range.start);
  while (/\\\r?\n$/.test(text.slice(Math.max(0, start - 3), start))) start = lineStart(text, start - 1);
  let end = nextLineStart(text, range.end);
  while (end < text.length && /\\\r?\n$/.test(text.slice(Math.max(0, end - 3), end))) end = nextLineStart(text, end);
  return { start, end };
}
