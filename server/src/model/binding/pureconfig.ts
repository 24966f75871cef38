import { javaDoubleText, MAX_LONG, parseJavaDouble, parseJavaLong } from '../../../../schemas/java-number';
import type { ConfigNumber, ConfigValue } from '../../hocon/values/config-value';

/**
 * The conversions of PureConfig 0.14.0, which Canton 2.10 to 3.6 are built with (`ConfigCursor.scala`,
 * `FailureReason.scala`). Texts are PureConfig's, so that they can be found in Canton's log.
 */
export type Converted<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly text: string; readonly wrongType: boolean };

export function asText(value: ConfigValue): Converted<string> {
  if (value.kind === 'string') return { ok: true, value: value.value };
  if (value.kind === 'number') return { ok: true, value: numberText(value) };
  if (value.kind === 'boolean') return { ok: true, value: String(value.value) };
  return wrongType('STRING', value);
}

/** The texts that are read as true, compared exactly. */
export const TRUE: ReadonlySet<string> = new Set(['true', 'yes', 'on']);
const FALSE = new Set(['false', 'no', 'off']);

export function asBoolean(value: ConfigValue): Converted<boolean> {
  if (value.kind === 'boolean') return { ok: true, value: value.value };
  if (value.kind === 'string' && TRUE.has(value.value)) return { ok: true, value: true };
  if (value.kind === 'string' && FALSE.has(value.value)) return { ok: true, value: false };
  return wrongType('BOOLEAN', value);
}

const INTEGERS = { 16: 'Short', 32: 'Int', 64: 'Long' } as const;
export type IntegerBits = keyof typeof INTEGERS;

export function asInteger(value: ConfigValue, bits: IntegerBits): Converted<bigint> {
  const number = javaNumber(value);
  if (number === undefined) return wrongType('NUMBER', value);
  const limit = 2n ** BigInt(bits - 1);
  const whole = typeof number === 'bigint' ? number : Number.isInteger(number) ? javaLong(number) : undefined;
  if (whole !== undefined && whole >= -limit && whole < limit) return { ok: true, value: whole };
  const shown = typeof number === 'bigint' ? String(number) : javaDoubleText(number);
  const type = INTEGERS[bits];
  return {
    ok: false,
    wrongType: false,
    text: `Cannot convert '${shown}' to ${type}: Unable to convert Number to ${type}.`,
  };
}

/** An integer that is read as a text first, as Canton reads its ports. */
export function asParsedInteger(value: ConfigValue, bits: IntegerBits): Converted<bigint> {
  const text = asText(value);
  if (!text.ok) return text;
  const whole = parseJavaLong(text.value);
  const limit = 2n ** BigInt(bits - 1);
  if (whole !== undefined && whole >= -limit && whole < limit) return { ok: true, value: whole };
  return { ok: false, wrongType: false, text: `For input string: "${text.value}"` };
}

export function asDouble(value: ConfigValue): Converted<number> {
  const number = javaNumber(value);
  return number === undefined ? wrongType('NUMBER', value) : { ok: true, value: Number(number) };
}

/** Java converts 2^63, which is not a long, to the largest long, which equals it as a double. */
function javaLong(value: number): bigint {
  return value === 2 ** 63 ? MAX_LONG : BigInt(value);
}

/** Longs as bigint, all other Java numbers as double. */
function javaNumber(value: ConfigValue): bigint | number | undefined {
  if (value.kind === 'string') return parseJavaLong(value.value) ?? parseJavaDouble(value.value);
  if (value.kind !== 'number') return undefined;
  return effectiveNumber(value);
}

/** Lightbend keeps whole numbers as integers, however they were written (`5.0`, `1e3`). */
function effectiveNumber({ text, value }: ConfigNumber): bigint | number {
  const long = parseJavaLong(text);
  if (long !== undefined) return long;
  return Number.isInteger(value) && Math.abs(value) <= Number(MAX_LONG) ? javaLong(value) : value;
}

/** A number as text, made from its value and not from its spelling: `05` is "5", `1.50` is "1.5". */
export function numberText(number: ConfigNumber): string {
  const value = effectiveNumber(number);
  return typeof value === 'bigint' ? String(value) : javaDoubleText(value);
}

/**
 * A list, or an object with at least one key that is an integer: then its values in the order of these keys, and all
 * other keys are silently left out. Undefined for anything else.
 */
export function asElements(
  value: ConfigValue,
): readonly { readonly key: string | undefined; readonly value: ConfigValue }[] | undefined {
  if (value.kind === 'list') return value.elements.map((element) => ({ key: undefined, value: element }));
  if (value.kind !== 'object') return undefined;
  const numbered = [...value.entries].flatMap(([key, entry]) => {
    const index = parseJavaLong(key);
    return index === undefined || BigInt.asIntN(32, index) !== index ? [] : [{ index, key, value: entry.value }];
  });
  if (numbered.length === 0) return undefined;
  return numbered.sort((a, b) => Number(a.index - b.index));
}

/** The elements of a list whose indexes a template writes. */
export function withIndexes(value: ConfigValue, template: RegExp): ReturnType<typeof asElements> {
  if (value.kind !== 'object') return undefined;
  const elements = [...value.entries].filter(([name]) => template.test(name));
  return elements.length === 0 ? undefined : elements.map(([key, entry]) => ({ key, value: entry.value }));
}

export function wrongType(expected: string, found: ConfigValue): { ok: false; wrongType: true; text: string } {
  return { ok: false, wrongType: true, text: `Expected type ${expected}. Found ${typeName(found)} instead.` };
}

function typeName(value: ConfigValue): string {
  return value.kind.toUpperCase();
}

/** A scalar as Lightbend renders it in messages: texts in quotes, numbers and booleans bare. */
export function rendered(value: ConfigValue): string {
  if (value.kind === 'string') return JSON.stringify(value.value);
  if (value.kind === 'number') return value.text;
  return value.kind === 'boolean' ? String(value.value) : value.kind;
}

/**
 * PureConfig's idea of a similar key: the letters and digits of the missing one occur in it in this order. So
 * `keyRingId` is similar to `key-ring-id`, and so is the valid `multi-region-key` to a missing `region`.
 */
export function similarKeys(missing: string, present: Iterable<string>): readonly string[] {
  const wanted = missing.toLowerCase().replace(/[^\p{L}\p{Nd}]/gu, '');
  return [...present].filter((key) => isSubsequence(wanted, key.toLowerCase()));
}

function isSubsequence(wanted: string, text: string): boolean {
  let found = 0;
  for (let i = 0; i < text.length; i++) if (text[i] === wanted[found]) found++;
  return found === wanted.length;
}

export function keyNotFound(missing: string, present: Iterable<string>): string {
  const similar = similarKeys(missing, present);
  if (similar.length === 0) return `Key not found: '${missing}'.`;
  const lines = similar.map((key) => `  - '${key}'`).join('\n');
  return `Key not found: '${missing}'. You might have a misconfigured ProductHint, since the following similar keys were found:\n${lines}`;
}
