import type { ScalarCheck, ScalarModel } from './model';
import { parseScalaDuration, type ScalaDuration } from './scala-duration';

/**
 * The types of single values by name, each with Canton's own acceptance. The zod schemas and model data name the same
 * ones, so that a value is read alike whichever of them describes it.
 */

const always: ScalarCheck = () => undefined;

const text: ScalarModel = { kind: 'string', accepts: 'a text', check: always };
const flag: ScalarModel = { kind: 'boolean', accepts: '`true` or `false`', check: always };
const int32: ScalarModel = {
  kind: 'int',
  bits: 32,
  accepts: 'a whole number up to 2147483647',
  check: always,
};
/** Any HOCON value, handed on unread. */
const raw: ScalarModel = { kind: 'raw', accepts: 'any value', check: always };

/**
 * Canton's positive numbers: a negative one is a failure, while zero slips past that test into a constructor that throws
 * (`RequireTypes.scala` 3.5, main).
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

/** 1 to 300 UTF-16 units; Canton's text says 255 all the same (`CantonRequireTypes.scala`, `Kms.scala`, all 3.x). */
const string300: ScalarModel = {
  kind: 'string',
  accepts: 'a text of 1 to 300 characters',
  check: (value) => {
    const given = String(value);
    if (given.length >= 1 && given.length <= 300) return undefined;
    const text = `The string you gave for this configuration setting ('${given}') had size ${given.length}, but we require a string with length <= 255 for this configuration setting`;
    return { text };
  },
};

type Reason = (duration: ScalaDuration, written: string) => string | undefined;

/** The readers of `RefinedNonNegativeDuration.scala`; they differ in what they refuse and in how they say so. */
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
} as const satisfies Readonly<Record<string, ScalarModel>>;
export type LeafType = keyof typeof LEAF_TYPES;
