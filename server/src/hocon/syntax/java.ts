/*
 * The behavior of Java's library that is visible in the results of Lightbend config 1.4.3.
 */

/** `Integer.parseInt`: decimal digits of any script with a sign, in 32 bits. */
export function javaInt(text: string): number | undefined {
  const digits = /^[+-]?(\p{Nd}+)$/u.exec(text)?.[1];
  if (digits === undefined) return undefined;
  let value = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = javaDigit(digits.charCodeAt(i), 10);
    if (digit === -1) return undefined;
    value = value * 10 + digit;
  }
  if (text.startsWith('-')) value = -value;
  return value >= -0x80000000 && value <= 0x7fffffff ? value : undefined;
}

/** `Character.digit`: the value of a digit or, above base 10, of a letter; -1 if it is not one. */
export function javaDigit(code: number, radix: number): number {
  let value = -1;
  if (code >= 0x30 && code <= 0x39) value = code - 0x30;
  else if ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a) value = (code | 0x20) - 0x57;
  else if (code >= 0xff21 && code <= 0xff3a) value = code - 0xff21 + 10;
  else if (code >= 0xff41 && code <= 0xff5a) value = code - 0xff41 + 10;
  else value = unicodeDigit(code);
  return value < radix ? value : -1;
}

/** Digits are in blocks of ten, from zero to nine. */
function unicodeDigit(code: number): number {
  const isDigit = (c: number): boolean => /\p{Nd}/u.test(String.fromCharCode(c));
  if (!isDigit(code)) return -1;
  let value = 0;
  while (isDigit(code - value - 1)) value++;
  return value % 10;
}

/**
 * Entries in the iteration order of a `HashMap` with `size` entries: by bucket, and in insertion order within a bucket.
 * It decides which of several faults the reference finds first, and which of the keys "1" and "01" wins.
 */
export function javaOrder<E extends readonly [string, { readonly order: number }]>(
  entries: readonly E[],
  size: number,
): readonly E[] {
  if (entries.length < 2) return entries;
  let capacity = 16;
  while (size > capacity * 0.75) capacity *= 2;
  const mask = capacity - 1;
  const placed = entries.map((entry) => ({ entry, bucket: spreadHash(entry[0]) & mask }));
  placed.sort((a, b) => a.bucket - b.bucket || a.entry[1].order - b.entry[1].order);
  return placed.map(({ entry }) => entry);
}

function spreadHash(text: string): number {
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0;
  return hash ^ (hash >>> 16);
}
