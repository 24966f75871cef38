/**
 * How Java reads and prints numbers (`Long.parseLong`, `Double.parseDouble`, `Double.toString`): PureConfig and Scala
 * pass texts directly to these, and Canton's messages show their results.
 */

/** In the basic plane only, because Java reads one `char` at a time. */
const LONG = /^[+-]?(?:(?![\u{10000}-\u{10ffff}])\p{Nd})+$/u;
const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[fFdD]?$/;
const HEXADECIMAL = /^([+-]?)0[xX]([0-9a-fA-F]*)\.?([0-9a-fA-F]*)[pP]([+-]?\d+)[fFdD]?$/;

export const MAX_LONG = 2n ** 63n - 1n;

/** Undefined if Java throws. */
export function parseJavaLong(text: string): bigint | undefined {
  if (!LONG.test(text)) return undefined;
  const digits = withAsciiDigits(text);
  const value = BigInt(digits.startsWith('+') ? digits.slice(1) : digits);
  return value > MAX_LONG || value < -MAX_LONG - 1n ? undefined : value;
}

const DIGIT = /\p{Nd}/u;

/**
 * Java reads the digits of every script (`Character.digit`), which are in blocks of ten, starting at a multiple of 16
 * or 6 after one.
 */
function withAsciiDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, (digit) => {
    const nibble = digit.charCodeAt(0) & 0xf;
    const first = String.fromCharCode(digit.charCodeAt(0) - nibble);
    return String(DIGIT.test(first) ? nibble : nibble - 6);
  });
}

/** Undefined if Java throws; blanks around the number do not matter to Java. */
export function parseJavaDouble(text: string): number | undefined {
  const trimmed = trimJava(text);
  if (DECIMAL.test(trimmed)) return Number(trimmed.replace(/[fFdD]$/, ''));
  const hexadecimal = HEXADECIMAL.exec(trimmed);
  if (hexadecimal !== null) {
    const [, sign, whole = '', fraction = '', exponent] = hexadecimal;
    if (whole + fraction === '') return undefined;
    const digits = Number(`0x${whole}${fraction}`) * 2 ** (Number(exponent) - 4 * fraction.length);
    return sign === '-' ? -digits : digits;
  }
  const special = /^([+-]?)(NaN|Infinity)$/.exec(trimmed);
  if (special === null) return undefined;
  if (special[2] === 'NaN') return Number.NaN;
  return special[1] === '-' ? -Infinity : Infinity;
}

/** Java's `trim` removes all characters up to and including the blank, and no others. */
function trimJava(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && text.charCodeAt(start) <= 0x20) start++;
  while (end > start && text.charCodeAt(end - 1) <= 0x20) end--;
  return text.slice(start, end);
}

/** `1.0E10`, `0.5`, `1.0E-5`. */
export function javaDoubleText(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  if (size >= 1e-3 && size < 1e7) return Number.isInteger(value) ? `${value}.0` : String(value);
  const [digits = '', exponent = ''] = value.toExponential().split('e');
  return `${digits.includes('.') ? digits : `${digits}.0`}E${exponent.replace('+', '')}`;
}
