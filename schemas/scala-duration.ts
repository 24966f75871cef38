import { javaDoubleText, MAX_LONG, parseJavaDouble, parseJavaLong } from './java-number';

const SECOND = 1_000_000_000n;

/** A duration as Canton's validation messages print it: `5m`, `1m 30s`, `0.5s`, `48h` (`PrettyInstances.scala` main). */
export function durationText(nanos: bigint): string {
  const hours = nanos / (3600n * SECOND);
  const minutes = (nanos / (60n * SECOND)) % 60n;
  const seconds = (nanos / SECOND) % 60n;
  const fraction = (nanos % SECOND).toString().padStart(9, '0').replace(/0+$/, '');
  const parts = [];
  if (hours !== 0n) parts.push(`${hours}h`);
  if (minutes !== 0n) parts.push(`${minutes}m`);
  if (seconds !== 0n || fraction !== '' || parts.length === 0) parts.push(`${seconds}${fraction && `.${fraction}`}s`);
  return parts.join(' ');
}

/**
 * Scala's `Duration(String)`, with which Canton reads every duration of the crypto section (Scala 2.13 library,
 * `scala/concurrent/duration/Duration.scala`; Canton `RefinedNonNegativeDuration.scala`, all 3.x). It is neither
 * HOCON's own duration syntax nor PureConfig's.
 */
export type ScalaDuration =
  | { readonly kind: 'finite'; readonly nanos: bigint; readonly text: string }
  | { readonly kind: 'infinite'; readonly text: 'Duration.Inf' | 'Duration.MinusInf' | 'Duration.Undefined' };

export type DurationResult =
  | { readonly ok: true; readonly duration: ScalaDuration }
  /** `crash`: not the NumberFormatException that Canton catches. */
  | { readonly ok: false; readonly text: string; readonly crash: boolean };

interface Unit {
  readonly nanos: bigint;
  readonly name: string;
  readonly labels: readonly string[];
}

const UNIT_LIST: readonly Unit[] = [
  { nanos: 86_400_000_000_000n, name: 'day', labels: ['d', 'day', 'days'] },
  { nanos: 3_600_000_000_000n, name: 'hour', labels: ['h', 'hr', 'hrs', 'hour', 'hours'] },
  { nanos: 60_000_000_000n, name: 'minute', labels: ['m', 'min', 'mins', 'minute', 'minutes'] },
  { nanos: 1_000_000_000n, name: 'second', labels: ['s', 'sec', 'secs', 'second', 'seconds'] },
  { nanos: 1_000_000n, name: 'millisecond', labels: ['ms', 'milli', 'millis', 'millisecond', 'milliseconds'] },
  { nanos: 1_000n, name: 'microsecond', labels: ['µs', 'micro', 'micros', 'microsecond', 'microseconds'] },
  { nanos: 1n, name: 'nanosecond', labels: ['ns', 'nano', 'nanos', 'nanosecond', 'nanoseconds'] },
];
const UNITS = new Map(UNIT_LIST.flatMap((unit) => unit.labels.map((label) => [label, unit] as const)));

const INFINITE: ReadonlyMap<string, 'Duration.Inf' | 'Duration.MinusInf' | 'Duration.Undefined'> = new Map([
  ['Inf', 'Duration.Inf'],
  ['PlusInf', 'Duration.Inf'],
  ['+Inf', 'Duration.Inf'],
  ['Duration.Inf', 'Duration.Inf'],
  ['MinusInf', 'Duration.MinusInf'],
  ['-Inf', 'Duration.MinusInf'],
  ['Duration.MinusInf', 'Duration.MinusInf'],
  ['Duration.Undefined', 'Duration.Undefined'],
]);

/** All characters for which Java's `Character.isWhitespace` is true, which excludes non-breaking blanks. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: Java counts the four separators as blanks
const WHITESPACE = /[\t-\r\u001c-\u0020\u1680\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f\u3000]/g;

/** Reads `text` as Scala 2.13 does; a finite result keeps its written unit if it is a whole number. */
export function parseScalaDuration(text: string): DurationResult {
  const compact = text.replace(WHITESPACE, '');
  const infinite = INFINITE.get(compact);
  if (infinite !== undefined) return { ok: true, duration: { kind: 'infinite', text: infinite } };
  let cut = compact.length;
  while (cut > 0 && /\p{L}/u.test(compact.charAt(cut - 1))) cut--;
  const unit = UNITS.get(compact.slice(cut));
  if (unit === undefined) return { ok: false, crash: false, text: `format error ${text}` };
  return scale(compact.slice(0, cut), unit);
}

function scale(number: string, unit: Unit): DurationResult {
  const whole = parseJavaLong(number);
  if (whole !== undefined) {
    const nanos = whole * unit.nanos;
    return nanos > MAX_LONG || nanos < -MAX_LONG ? TOO_LONG : finite(nanos, printed(whole, unit.name));
  }
  const value = parseJavaDouble(number);
  if (value === undefined) {
    return { ok: false, crash: false, text: number === '' ? 'empty String' : `For input string: "${number}"` };
  }
  if (!Number.isFinite(value)) {
    return { ok: true, duration: { kind: 'infinite', text: value > 0 ? 'Duration.Inf' : 'Duration.MinusInf' } };
  }
  return fromDoubleNanos(value * Number(unit.nanos));
}

/** Scala's `Duration.fromNanos(Double)`; also the result of multiplying a duration. */
export function fromDoubleNanos(nanos: number): DurationResult {
  if (Math.abs(nanos) > Number(MAX_LONG)) {
    return { ok: false, crash: true, text: `trying to construct too large duration with ${javaDoubleText(nanos)}ns` };
  }
  const rounded = BigInt(Math.floor(nanos + 0.5));
  const bounded = rounded > MAX_LONG ? MAX_LONG : rounded;
  return bounded < -MAX_LONG ? TOO_LONG : finite(bounded, scalaText(bounded));
}

function finite(nanos: bigint, text: string): DurationResult {
  return { ok: true, duration: { kind: 'finite', nanos, text } };
}

const TOO_LONG: DurationResult = {
  ok: false,
  crash: true,
  text: 'requirement failed: Duration is limited to +-(2^63-1)ns (ca. 292 years)',
};

/** Scala prints a computed duration in the coarsest unit that is exact, such as `90 seconds`. */
function scalaText(nanos: bigint): string {
  for (const unit of UNIT_LIST) if (nanos % unit.nanos === 0n) return printed(nanos / unit.nanos, unit.name);
  return printed(nanos, 'nanosecond');
}

function printed(length: bigint, name: string): string {
  return `${length} ${name}${length === 1n ? '' : 's'}`;
}
