/**
 * How the reference reads the text of a number: a 64-bit integer, a double where there is a dot or an exponent, and
 * otherwise no number at all.
 */
export type NumberText = 'number' | 'text' | 'reserved';

const ZERO = 0x30;
const NINE = 0x39;

/** Classifies a run of the characters `0-9 e E + - .` that begins with a digit or a minus. */
export function classifyNumber(text: string, start: number, end: number): NumberText {
  let i = text.charCodeAt(start) === 0x2d ? start + 1 : start;
  const digits = i;
  i = skipDigits(text, i, end);
  if (i === end && i > digits) {
    if (end - digits <= 18 || fitsLong(text.slice(start, end))) return 'number';
    return 'text';
  }
  if (isDouble(text, digits, end)) return 'number';
  return text.slice(start, end).includes('+') ? 'reserved' : 'text';
}

function skipDigits(text: string, i: number, end: number): number {
  while (i < end) {
    const c = text.charCodeAt(i);
    if (c < ZERO || c > NINE) break;
    i++;
  }
  return i;
}

function fitsLong(digits: string): boolean {
  const value = BigInt(digits);
  return BigInt.asIntN(64, value) === value;
}

/** `1.`, `.5` and `1e5` are doubles; without a dot or an exponent it is not asked. */
function isDouble(text: string, start: number, end: number): boolean {
  let i = skipDigits(text, start, end);
  let digits = i - start;
  if (i < end && text.charCodeAt(i) === 0x2e) {
    const fraction = i + 1;
    i = skipDigits(text, fraction, end);
    digits += i - fraction;
  }
  if (digits === 0) return false;
  if (i < end && (text.charCodeAt(i) | 0x20) === 0x65) {
    i++;
    const sign = text.charCodeAt(i);
    if (i < end && (sign === 0x2b || sign === 0x2d)) i++;
    const exponent = i;
    i = skipDigits(text, i, end);
    if (i === exponent) return false;
  }
  return i === end;
}
