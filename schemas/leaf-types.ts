import type { ScalarCheck, ScalarFailure, ScalarModel } from './model';
import { parseScalaDuration, type ScalaDuration } from './scala-duration';
import { CANTON_VERSIONS, type CantonVersion, compareVersions } from './version';

/**
 * The types of single values by name, each with Canton's rules. The zod schemas and the model data use the same ones,
 * so that a value is read in the same way whichever of them describes it.
 */

/** A refusal with unknown wording, so Canton is not quoted. */
const UNQUOTED: ScalarFailure = { text: '' };

const always: ScalarCheck = () => undefined;

const text: ScalarModel = { kind: 'string', accepts: 'a string', check: always };
const flag: ScalarModel = { kind: 'boolean', accepts: '`true` or `false`', check: always };
const int32: ScalarModel = {
  kind: 'int',
  bits: 32,
  accepts: 'a whole number up to 2147483647',
  check: always,
};
/** Any HOCON value, passed on unread. */
const raw: ScalarModel = { kind: 'raw', accepts: 'any value', check: always };

/**
 * Canton's positive numbers: a negative number is a failure, while zero passes that test and reaches a constructor that
 * throws (`RequireTypes.scala` 3.5, main).
 */
const aboveZero: ScalarCheck = (value) => {
  if (typeof value !== 'bigint' && typeof value !== 'number') return undefined;
  if (value < 0) {
    const text = `The value you gave for this configuration setting (${value}) was non-positive, but we require a positive value for this configuration setting`;
    return { text };
  }
  const crash = 'Received the non-positive 0 as argument, but we require a positive value here.';
  return value > 0 ? undefined : { text: crash, crash: true };
};

const positiveInt: ScalarModel = {
  kind: 'int',
  bits: 32,
  accepts: 'a whole number above 0',
  check: aboveZero,
};
const positiveLong: ScalarModel = {
  kind: 'int',
  bits: 64,
  accepts: 'a whole number above 0',
  check: aboveZero,
};

/** 1 to 300 UTF-16 units; Canton's message says 255 nevertheless (`CantonRequireTypes.scala`, `Kms.scala`, all 3.x). */
const string300: ScalarModel = {
  kind: 'string',
  accepts: 'a string of 1 to 300 characters',
  check: (value) => {
    const given = String(value);
    if (given.length >= 1 && given.length <= 300) return undefined;
    const text = `The string you gave for this configuration setting ('${given}') had size ${given.length}, but we require a string with length <= 255 for this configuration setting`;
    return { text };
  },
};

type Reason = (duration: ScalaDuration, written: string) => string | undefined;

/** The readers of `RefinedNonNegativeDuration.scala`; they differ in the values that they refuse and in the wording. */
function duration(accepts: string, sentence: (written: string, reason: string) => string, reason: Reason): ScalarModel {
  return {
    kind: 'duration',
    accepts,
    check: (value) => {
      const written = String(value);
      const result = parseScalaDuration(written);
      if (!result.ok)
        return result.crash ? { text: result.text, crash: true } : { text: sentence(written, result.text) };
      const why = reason(result.duration, written);
      return why === undefined ? undefined : { text: sentence(written, why) };
    },
  };
}

const refined = (name: string) => (written: string, reason: string) =>
  `Cannot convert \`${written}\` to a ${name} duration: ${reason}`;
const generic = (type: string) => (written: string, reason: string) =>
  `Cannot convert '${written}' to com.digitalasset.canton.config.${type}$: ${reason}.`;
const NOT_FINITE = 'Duration is not a finite duration';

/** Above zero and finite. */
const positiveFinite = duration('a duration above zero, such as `10s`', refined('positive finite'), (given) => {
  if (given.kind !== 'finite') return NOT_FINITE;
  return given.nanos > 0n ? undefined : `Duration ${given.text} is not positive!`;
});

/** Zero or more, and finite. */
const nonNegativeFinite = duration(
  'a duration of zero or more, such as `10s`',
  refined('non-negative finite'),
  (given) => {
    if (given.kind !== 'finite') return NOT_FINITE;
    return given.nanos >= 0n ? undefined : `Duration ${given.text} is negative!`;
  },
);

/** Zero or more, or `Inf`. */
const nonNegative = duration(
  'a duration of zero or more, such as `10s`, or `Inf`',
  generic('NonNegativeDuration'),
  (given) => {
    if (given.kind === 'finite') return given.nanos >= 0n ? undefined : `Duration ${given.text} is negative!`;
    if (given.text === 'Duration.Inf') return undefined;
    return `Duration ${given.text} is not a valid duration that can be used for timeouts.`;
  },
);

/** Above zero, in whole seconds: Canton 3.3 only. */
const positiveSeconds = duration(
  'a duration of whole seconds above zero, such as `30s`',
  generic('PositiveDurationSeconds'),
  (given) => {
    if (given.kind !== 'finite') return `Expecting finite duration but found ${given.text}`;
    if (given.nanos <= 0n) return `Duration ${given.text} is not positive`;
    return given.nanos % 1_000_000_000n === 0n ? undefined : `Duration ${given.text} is not rounded to the second`;
  },
);

const long: ScalarModel = { kind: 'int', bits: 64, accepts: 'a whole number', check: always };
const short: ScalarModel = { kind: 'int', bits: 16, accepts: 'a whole number up to 32767', check: always };
const double: ScalarModel = { kind: 'number', accepts: 'a number', check: always };
const positiveDouble: ScalarModel = { kind: 'number', accepts: 'a number above 0', check: aboveZero };

/** `RequireTypes.scala`, all lines; the text as Canton 3.5 prints it. */
const port: ScalarModel = {
  kind: 'int',
  bits: 32,
  viaText: true,
  accepts: 'a port, a whole number from 0 to 65535',
  check: (value) =>
    typeof value !== 'bigint' || (value >= 0n && value <= 65535n)
      ? undefined
      : { text: `Unable to create Port as value ${value} was given, but only values between 0 and 65535 are allowed` },
};
/** Like `aboveZero`, but including zero. */
const nonNegativeInt: ScalarModel = {
  kind: 'int',
  bits: 32,
  viaText: true,
  accepts: 'a whole number of 0 or more',
  check: (value) =>
    typeof value !== 'bigint' || value >= 0n
      ? undefined
      : {
          text: `The value you gave for this configuration setting (${value}) was negative, but we require a non-negative value for this configuration setting`,
        },
};
const nonNegativeLong: ScalarModel = { ...nonNegativeInt, bits: 64 };

/** `DoubleGreaterEqual1` of the exponential backoffs (`RefinedNumeric.scala` 3.5). */
const doubleFromOne: ScalarModel = {
  kind: 'number',
  accepts: 'a number of 1 or more',
  check: (value) => (Number(value) >= 1 ? undefined : UNQUOTED),
};

const nonEmptyText: ScalarModel = {
  kind: 'string',
  accepts: 'a string that is not empty',
  check: (value) => (String(value) === '' ? UNQUOTED : undefined),
};

/**
 * PureConfig's reader of `FiniteDuration`: Scala's reader, plus milliseconds if there is no unit, and `us` (PureConfig
 * 0.14.0 `DurationUtils.scala`). A negative duration counts as well.
 */
const finite: ScalarModel = {
  kind: 'duration',
  accepts: 'a duration, such as `10s`',
  check: (value) => {
    const result = parseScalaDuration(plainDuration(String(value)));
    if (!result.ok) return { text: `Cannot convert '${value}' to FiniteDuration: ${result.text}` };
    if (result.duration.kind === 'finite') return undefined;
    return { text: `Cannot convert '${value}' to FiniteDuration: it is infinite.` };
  },
};

/** PureConfig's reader of `Duration`: likewise, and infinite ones. */
const anyDuration: ScalarModel = {
  kind: 'duration',
  accepts: 'a duration, such as `10s`, or `Inf`',
  check: (value) => {
    const result = parseScalaDuration(plainDuration(String(value)));
    return result.ok ? undefined : { text: `Cannot convert '${value}' to Duration: ${result.text}` };
  },
};

/** The text that PureConfig hands to Scala for a plain duration. */
function plainDuration(text: string): string {
  if (/^\s*[+-]?\d+\s*$/.test(text)) return `${text} ms`;
  return text.replace(/(\d\s*)us(\s*)$/, '$1µs$2');
}

const BYTES = /^\s*(\d+(?:\.\d*)?|\.\d+)\s*([A-Za-z]*)\s*$/;
const BYTES_UNIT =
  /^(|b|B|bytes?|([kMGTPEZY]B|kilo|mega|giga|tera|peta|exa|zetta|yotta|[KkMmGgTtPpEeZzYy]|[KMGTPEZY]iB?|kibi|mebi|gibi|tebi|pebi|exbi|zebi|yobi))$/;
/** A size as Lightbend's library reads it (`ConfigMemorySize`, config 1.4). */
const bytes: ScalarModel = {
  kind: 'string',
  accepts: 'a size, such as `10MB`',
  check: (value) => {
    const unit = BYTES.exec(String(value))?.[2]?.replace(/bytes?$/, '');
    return unit !== undefined && BYTES_UNIT.test(unit) ? undefined : UNQUOTED;
  },
};

const TIMESTAMP = /^[+-]?\d{4,}-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d(?::\d\d)?)$/;
/** An instant as Java parses it (`CantonConfig.scala` 3.4, 3.5, main). */
const timestamp: ScalarModel = {
  kind: 'string',
  accepts: 'a time, such as "2026-01-31T00:00:00Z"',
  check: (value) => {
    const [, month, day, hour, minute, second] = TIMESTAMP.exec(String(value)) ?? [];
    const fits = Number(month) <= 12 && Number(day) <= 31 && Number(hour) <= 24 && Number(minute) <= 59;
    return fits && Number(second ?? 0) <= 60 ? undefined : UNQUOTED;
  },
};

/** A hook of Canton's own tests: its reader throws for any value (`CantonConfig.scala`, all 3.x). */
const unreadable: ScalarModel = {
  kind: 'raw',
  accepts: 'left out',
  check: () => ({ ...UNQUOTED, crash: true }),
};

/** Words that are compared without regard to case. */
function anyCase(...words: readonly string[]): ScalarModel {
  const accepts = words.map((word) => `\`${word}\``).join(' or ');
  const check: ScalarCheck = (value) => (words.includes(String(value).toLowerCase()) ? undefined : UNQUOTED);
  return { kind: 'string', accepts, check };
}

/** Refuses what `bytes` refuses, and throws on less than a byte (`RequireTypes.scala` 3.4, 3.5, main). */
const positiveBytes: ScalarModel = {
  ...bytes,
  accepts: 'a size above 0, such as `10MB`',
  check: (value) => {
    const [, number = '', unit = ''] = BYTES.exec(String(value)) ?? [];
    const isBelowOne = Number(number) === 0 || (Number(number) < 1 && /^([bB]|bytes?)?$/.test(unit));
    return bytes.check(value) ?? (isBelowOne ? { ...UNQUOTED, crash: true } : undefined);
  },
};

export const LEAF_TYPES = {
  text,
  flag,
  int32,
  raw,
  positiveInt,
  positiveLong,
  string300,
  positiveFinite,
  nonNegativeFinite,
  nonNegative,
  positiveSeconds,
  long,
  short,
  double,
  positiveDouble,
  doubleFromOne,
  port,
  nonNegativeInt,
  nonNegativeLong,
  nonEmptyText,
  finite,
  anyDuration,
  bytes,
  timestamp,
  unreadable,
  positiveBytes,
  throttleMode: anyCase('shaping', 'enforcing'),
  metricQualification: anyCase('debug', 'errors', 'latency', 'saturation', 'traffic'),
} as const satisfies Readonly<Record<string, ScalarModel>>;
/** `protocolVersion` is another type in each version. */
export type LeafType = keyof typeof LEAF_TYPES | 'protocolVersion';

export function leafType(name: LeafType, version: CantonVersion): ScalarModel {
  return name === 'protocolVersion' ? protocolVersion(version) : LEAF_TYPES[name];
}

/**
 * The versions that each release line supports in addition to `dev` (`ProtocolVersion.scala`); a line that is not here
 * equals the one before it.
 */
const PROTOCOL_VERSIONS: Partial<Record<CantonVersion, readonly number[]>> = {
  '2.10': [5, 7],
  '3.3': [33],
  '3.4': [34],
  '3.5': [34, 35],
  '3.6': [34, 35, 36],
};
/** The number of `dev`. */
const DEV = 2147483647;

function protocolVersion(version: CantonVersion): ScalarModel {
  const line = CANTON_VERSIONS.findLast((one) => one in PROTOCOL_VERSIONS && compareVersions(one, version) <= 0);
  const supported = (line && PROTOCOL_VERSIONS[line]) ?? [];
  return {
    kind: 'string',
    accepts: `${supported.map((one) => `\`${one}\``).join(', ')} or \`dev\``,
    check: (value) => {
      const given = String(value);
      // 2.10 reads `7.0.0` as well.
      const [, major] = (version === '2.10' && /^(\d{1,3})\.0{1,3}\.0{1,4}$/.exec(given)) || [];
      const number = /^[+-]?\d+$/.test(major ?? given) ? Number(major ?? given) : undefined;
      if (given.toLowerCase() === 'dev' || number === DEV || supported.includes(number ?? 0)) return undefined;
      return UNQUOTED;
    },
  };
}
