import { deepEqual, equal } from 'node:assert/strict';
import { parseScalaDuration } from '../../../schemas/scala-duration';

/** Recorded from the Scala 2.13.16 library: `Duration(text).toString`, or the exception's message. Java knows the digits of all scripts. */
const READ: readonly (readonly [text: string, result: string])[] = [
  ['0s', '0 seconds'],
  ['5s', '5 seconds'],
  ['300s', '300 seconds'],
  ['٥s', '5 seconds'],
  ['１२s', '12 seconds'],
  ['-5s', '-5 seconds'],
  ['1.5m', '90 seconds'],
  ['1e3s', '1000 seconds'],
  ['5.minutes', '5 minutes'],
  ['  1 0 s', '10 seconds'],
  ['5 d', '5 days'],
  ['+5s', '5 seconds'],
  ['0.0s', '0 days'],
  ['0.4ns', '0 days'],
  ['0.5ns', '1 nanosecond'],
  ['-0.5ns', '0 days'],
  ['5e-1s', '500 milliseconds'],
  ['1.0000001s', '1000000100 nanoseconds'],
  ['0x1p3s', '8 seconds'],
  ['5µs', '5 microseconds'],
  ['106751d', '106751 days'],
  ['1e18ns', '1000000000 seconds'],
  ['9007199254740993ns', '9007199254740993 nanoseconds'],
  ['9223372036854775807ns', '9223372036854775807 nanoseconds'],
  ['9223372036854775808ns', '9223372036854775807 nanoseconds'],
  ['9223372036854775.807µs', '9223372036854775807 nanoseconds'],
  ['Inf', 'Duration.Inf'],
  ['+Inf', 'Duration.Inf'],
  ['PlusInf', 'Duration.Inf'],
  ['-Inf', 'Duration.MinusInf'],
  ['1e400s', 'Duration.Inf'],
  ['Duration.Undefined', 'Duration.Undefined'],
];

const REFUSED: readonly (readonly [text: string, reason: string])[] = [
  ['300', 'format error 300'],
  ['s', 'empty String'],
  ['', 'format error '],
  ['us', 'format error us'],
  ['5us', 'format error 5us'],
  ['5μs', 'format error 5μs'],
  ['5 S', 'format error 5 S'],
  ['1w', 'format error 1w'],
  ['PT5M', 'format error PT5M'],
  ['1dd', 'format error 1dd'],
  ['5 ds', 'format error 5 ds'],
  ['NaNs', 'format error NaNs'],
  ['Infs', 'format error Infs'],
  ['Undefined', 'format error Undefined'],
  ['5h30m', 'For input string: "5h30"'],
  ['1,5s', 'For input string: "1,5"'],
  ['1_0s', 'For input string: "1_0"'],
  ['--5s', 'For input string: "--5"'],
  ['0x10s', 'For input string: "0x10"'],
  ['5\u00a0s', 'For input string: "5\u00a0"'],
];

const CRASHES: readonly (readonly [text: string, message: string])[] = [
  ['106752d', 'requirement failed: Duration is limited to +-(2^63-1)ns (ca. 292 years)'],
  ['-106752d', 'requirement failed: Duration is limited to +-(2^63-1)ns (ca. 292 years)'],
  ['9007199254740993s', 'requirement failed: Duration is limited to +-(2^63-1)ns (ca. 292 years)'],
  ['1e17s', 'trying to construct too large duration with 1.0E26ns'],
  ['99999999999999999999s', 'trying to construct too large duration with 1.0E29ns'],
];

/** The labels of Scala 2.13, `Duration.timeUnitLabels`, and the forms derived from them. */
const UNITS = [
  'd day days h hr hrs hour hours m min mins minute minutes s sec secs second seconds',
  'ms milli millis millisecond milliseconds µs micro micros microsecond microseconds',
  'ns nano nanos nanosecond nanoseconds',
].flatMap((line) => line.split(' '));

describe('Scala durations', () => {
  for (const [text, result] of READ) {
    it(`'${text}' is ${result}`, () => {
      const parsed = parseScalaDuration(text);
      equal(parsed.ok && parsed.duration.text, result);
    });
  }

  for (const [text, reason] of REFUSED) {
    it(`'${text}' is refused`, () => deepEqual(parseScalaDuration(text), { ok: false, crash: false, text: reason }));
  }

  for (const [text, message] of CRASHES) {
    it(`'${text}' makes Scala throw what Canton does not catch`, () =>
      deepEqual(parseScalaDuration(text), { ok: false, crash: true, text: message }));
  }

  it('every unit is read', () => {
    for (const unit of UNITS) equal(parseScalaDuration(`2${unit}`).ok, true, unit);
  });

  it('a million digits take no time to speak of', () => {
    equal(parseScalaDuration(`${'9'.repeat(1_000_000)}x`).ok, false);
  });
});
