import { javaDigit } from './java';
import { TokenKind, type TokenList } from './token';

/**
 * Reads the text of a number as Lightbend config 1.4.3 does: a 64-bit integer, a double if there is a dot or an
 * exponent, otherwise undefined.
 */
type NumberText = 'number' | 'text' | 'reserved';

const ZERO = 0x30;
const NINE = 0x39;

/** Classifies a run of the characters `0-9 e E + - .`, as long as possible, that begins with a digit or a minus. */
function classifyNumber(text: string, start: number, end: number): NumberText {
  let i = text.charCodeAt(start) === 0x2d ? start + 1 : start;
  const digits = i;
  i = skipDigits(text, i);
  if (i === end && i > digits) {
    if (end - digits < 19 || fitsLong(text.slice(start, end))) return 'number';
    return 'text';
  }
  if (isDouble(text, digits, end)) return 'number';
  return text.slice(start, end).includes('+') ? 'reserved' : 'text';
}

function skipDigits(text: string, start: number): number {
  let i = start;
  while (text.charCodeAt(i) >= ZERO && text.charCodeAt(i) <= NINE) i++;
  return i;
}

function fitsLong(digits: string): boolean {
  const value = BigInt(digits);
  return BigInt.asIntN(64, value) === value;
}

/** `1.`, `.5` and `1e5` are doubles; without a dot or an exponent, this function is not called. */
function isDouble(text: string, start: number, end: number): boolean {
  let i = skipDigits(text, start);
  let digits = i - start;
  if (text.charCodeAt(i) === 0x2e) {
    const fraction = i + 1;
    i = skipDigits(text, fraction);
    digits += i - fraction;
  }
  if (digits === 0) return false;
  if ((text.charCodeAt(i) | 0x20) === 0x65) {
    i++;
    const sign = text.charCodeAt(i);
    if (sign === 0x2b || sign === 0x2d) i++;
    const exponent = i;
    i = skipDigits(text, i);
    if (i === exponent) return false;
  }
  return i === end;
}

/** The class of a character for the lexer; index of {@link classOf}. */
enum CharClass {
  /** May occur in unquoted text. */
  Plain,
  /** Whitespace other than a newline. */
  Blank,
  Newline,
  /** Ends unquoted text: `$"{}[]:=,+#` and the characters that HOCON reserves. */
  Reserved,
  /** May begin a comment. */
  Slash,
  /** Digits and `-`, which begin a number. */
  NumberStart,
}

const ASCII = asciiClasses();

function asciiClasses(): Uint8Array {
  const classes = new Uint8Array(128);
  for (const c of ' \t\r\v\f\x1c\x1d\x1e\x1f') classes[c.charCodeAt(0)] = CharClass.Blank;
  for (const c of '$"{}[]:=,+#`^?!@*&\\') classes[c.charCodeAt(0)] = CharClass.Reserved;
  for (const c of '0123456789-') classes[c.charCodeAt(0)] = CharClass.NumberStart;
  classes[0x0a] = CharClass.Newline;
  classes[0x2f] = CharClass.Slash;
  return classes;
}

function classOf(code: number): CharClass {
  if (code < 128) return ASCII[code] as CharClass;
  return isUnicodeBlank(code) ? CharClass.Blank : CharClass.Plain;
}

/** Java's whitespace plus the no-break spaces and the byte order mark, as the reference counts them. */
function isUnicodeBlank(code: number): boolean {
  if (code < 0x1680) return code === 0xa0;
  return (
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000 ||
    code === 0xfeff ||
    code === 0x1680
  );
}

/** True for any whitespace, newlines included. */
export function isWhitespace(code: number): boolean {
  const c = classOf(code);
  return c === CharClass.Blank || c === CharClass.Newline;
}

/**
 * Cuts a text into tokens, in one pass over its characters. It never fails: text that the reference refuses becomes a
 * token of kind `Bad` or `BadQuoted`, which ends on the same line to limit the damage.
 */
export function lex(text: string, allowComments: boolean): TokenList {
  const length = text.length;
  // In most files, there is at most one token per four characters.
  let capacity = (length >> 2) + 16;
  let kinds = new Uint8Array(capacity);
  let starts = new Uint32Array(capacity);
  let count = 0;
  let i = 0;
  while (i < length) {
    if (count + 1 >= capacity) {
      capacity = Math.min(2 * capacity, length + 2);
      kinds = grown(kinds, new Uint8Array(capacity));
      starts = grown(starts, new Uint32Array(capacity));
    }
    starts[count] = i;
    const code = text.charCodeAt(i);
    let kind: TokenKind;
    switch (classOf(code)) {
      case CharClass.Blank:
        kind = TokenKind.Blank;
        i++;
        while (classOf(text.charCodeAt(i)) === CharClass.Blank) i++;
        break;
      case CharClass.Newline:
        kind = TokenKind.Newline;
        i++;
        break;
      case CharClass.NumberStart: {
        const end = endOfNumber(text, i + 1);
        const meaning = classifyNumber(text, i, end);
        kind = meaning === 'number' ? TokenKind.Number : meaning === 'text' ? TokenKind.Unquoted : TokenKind.Bad;
        i = end;
        break;
      }
      case CharClass.Reserved:
        switch (code) {
          case 0x22: {
            const end = endOfString(text, i);
            kind = end.kind;
            i = end.at;
            break;
          }
          case 0x23:
            if (allowComments) {
              kind = TokenKind.Comment;
              i = endOfLine(text, i);
            } else {
              kind = TokenKind.Bad;
              i++;
            }
            break;
          case 0x24:
            if (text.charCodeAt(i + 1) === 0x7b) {
              kind = TokenKind.Substitution;
              i += text.charCodeAt(i + 2) === 0x3f ? 3 : 2;
            } else {
              kind = TokenKind.Bad;
              i++;
            }
            break;
          case 0x2b:
            if (text.charCodeAt(i + 1) === 0x3d) {
              kind = TokenKind.PlusEquals;
              i += 2;
            } else {
              kind = TokenKind.Bad;
              i++;
            }
            break;
          default:
            kind = punctuation(code);
            i++;
        }
        break;
      case CharClass.Slash:
        if (allowComments && text.charCodeAt(i + 1) === 0x2f) {
          kind = TokenKind.Comment;
          i = endOfLine(text, i);
          break;
        }
        kind = TokenKind.Unquoted;
        i = endOfUnquoted(text, i + 1, allowComments);
        break;
      default:
        kind = keyword(text, i, code);
        if (kind === TokenKind.Unquoted) i = endOfUnquoted(text, i + 1, allowComments);
        else i += kind === TokenKind.False ? 5 : 4;
    }
    kinds[count++] = kind;
  }
  kinds[count] = TokenKind.End;
  starts[count] = length;
  return { text, count, kinds, starts };
}

function grown<A extends Uint8Array | Uint32Array>(from: A, to: A): A {
  to.set(from);
  return to;
}

function punctuation(code: number): TokenKind {
  switch (code) {
    case 0x7b:
      return TokenKind.OpenBrace;
    case 0x7d:
      return TokenKind.CloseBrace;
    case 0x5b:
      return TokenKind.OpenBracket;
    case 0x5d:
      return TokenKind.CloseBracket;
    case 0x2c:
      return TokenKind.Comma;
    case 0x3a:
      return TokenKind.Colon;
    case 0x3d:
      return TokenKind.Equals;
    default:
      return TokenKind.Bad;
  }
}

/** The reference recognizes `true`, `false` and `null` at the start of a text, whatever follows (`nullable`). */
function keyword(text: string, i: number, code: number): TokenKind {
  if (code === 0x74 && text.startsWith('true', i)) return TokenKind.True;
  if (code === 0x66 && text.startsWith('false', i)) return TokenKind.False;
  if (code === 0x6e && text.startsWith('null', i)) return TokenKind.Null;
  return TokenKind.Unquoted;
}

function endOfUnquoted(text: string, i: number, allowComments: boolean): number {
  const length = text.length;
  for (; i < length; i++) {
    const c = classOf(text.charCodeAt(i));
    if (c === CharClass.Plain || c === CharClass.NumberStart) continue;
    if (c === CharClass.Slash && !(allowComments && text.charCodeAt(i + 1) === 0x2f)) continue;
    break;
  }
  return i;
}

function endOfNumber(text: string, i: number): number {
  for (; ; i++) {
    const c = text.charCodeAt(i);
    const isPart = (c >= ZERO && c <= NINE) || c === 0x2e || c === 0x2d || c === 0x2b || (c | 0x20) === 0x65;
    if (!isPart) return i;
  }
}

export function endOfLine(text: string, i: number): number {
  const end = text.indexOf('\n', i);
  return end === -1 ? text.length : end;
}

interface StringEnd {
  readonly kind: TokenKind;
  readonly at: number;
}

/** Finds the end of the string that opens at `start`. */
function endOfString(text: string, start: number): StringEnd {
  if (text.charCodeAt(start + 1) === 0x22 && text.charCodeAt(start + 2) === 0x22) return endOfTriple(text, start);
  const length = text.length;
  let kind = TokenKind.Quoted;
  let i = start + 1;
  for (; i < length; i++) {
    const c = text.charCodeAt(i);
    if (c === 0x22) return { kind, at: i + 1 };
    if (c === 0x5c) {
      if (kind === TokenKind.Quoted) kind = TokenKind.QuotedEscaped;
      if (!isEscape(text, i)) kind = TokenKind.BadQuoted;
      if (i + 1 < length && text.charCodeAt(i + 1) !== 0x0a) i++;
    } else if (c < 0x20) {
      kind = TokenKind.BadQuoted;
      if (c === 0x0a) break;
    }
  }
  // A carriage return before the newline belongs to the line end, not to the string.
  if (text.charCodeAt(i - 1) === 0x0d) i--;
  return { kind: TokenKind.BadQuoted, at: i };
}

function isEscape(text: string, backslash: number): boolean {
  const c = text.charCodeAt(backslash + 1);
  if (c === 0x75) return hexEscape(text, backslash + 2) !== -1;
  return c === 0x22 || c === 0x5c || c === 0x2f || c === 0x62 || c === 0x66 || c === 0x6e || c === 0x72 || c === 0x74;
}

/** The character of the four hexadecimal digits at `i`, or -1. Java's parser allows a plus as the first one. */
export function hexEscape(text: string, i: number): number {
  let value = 0;
  for (let k = 0; k < 4; k++) {
    const code = text.charCodeAt(i + k);
    if (code === 0x2b && k === 0) continue;
    const digit = javaDigit(code, 16);
    if (digit === -1) return -1;
    value = value * 16 + digit;
  }
  return value;
}

/** A triple-quoted string ends with the last three quotes of the first run of three or more. */
function endOfTriple(text: string, start: number): StringEnd {
  let i = text.indexOf('"""', start + 3);
  if (i === -1) return { kind: TokenKind.BadQuoted, at: endOfLine(text, start) };
  i += 3;
  while (text.charCodeAt(i) === 0x22) i++;
  return { kind: TokenKind.TripleQuoted, at: i };
}
