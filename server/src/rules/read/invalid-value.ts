import type { EnumModel } from '../../../../schemas/model';
import { compareVersions } from '../../../../schemas/version';
import { replaced } from '../../edits/entry-edits';
import { entryAt } from '../../hocon/values/config-value';
import { isWrongValue, type WrongValue } from '../../model/binding/failure';
import { asText } from '../../model/binding/pureconfig';
import type { Diagnostic, Fix } from '../../model/diagnostic';
import { nearest } from '../../model/facts/nearest';
import { removeFix } from '../fixes';
import { meantDuration } from '../meant-duration';
import { orList, report, shortPath } from '../report';
import type { Rule, RuleContext } from '../rule';

export const invalidValue: Rule = {
  code: 'read/invalid-value',
  severity: 'error',
  title: 'A value that Canton does not accept',
  docs: `The type is right, the value is not: a spelling that is not in an enumeration (they are compared exactly), a duration
that Scala does not parse or that is out of its range, a number that does not fit, an empty list where one value at least
is needed.

Durations of the \`crypto\` section are read by Scala, not by HOCON: a number and a unit (\`d\`, \`h\`, \`m\`, \`s\`, \`ms\`, \`µs\`,
\`ns\` or their long names). \`300\`, \`1w\`, \`5us\` and \`PT5M\` are refused.`,
  source:
    'config/RefinedNonNegativeDuration.scala, UTILX/RequireTypes.scala, config/CantonRequireTypes.scala all 3.x; PureConfig 0.14.0',
  examples: {
    bad: { text: 'canton.participants.p1.crypto.signing.keys.default = ec-secp256k1' },
    good: {
      text: 'canton.participants.p1.crypto.signing { keys.default = ec-secp-256k-1, algorithms.default = ec-dsa-sha-256 }',
    },
  },
  check(context) {
    return context.view.failures.filter(isWrongValue('invalid-value')).map((failure) => describe(context, failure));
  },
};

function describe(context: RuleContext, failure: WrongValue): Diagnostic {
  const { path, location, origin, choice } = failure;
  const written = asText(failure.value);
  const text = written.ok ? written.value : '';
  const bare = /^'(.*)'$/.exec(text)?.[1];
  const { sentence, instead } =
    bare !== undefined && choice?.values.has(bare)
      ? { sentence: 'is not accepted: HOCON has no single quotes, so they are part of the value.', instead: bare }
      : choice === undefined
        ? explain(failure, text)
        : explainChoice(context, choice, text);
  const said = choice === undefined ? ` Canton: "${failure.text}"` : '';
  // Which unit is meant is only likely.
  const draft = failure.model.kind === 'duration';
  const isEmptyList = failure.model.kind === 'list';
  const edits = instead === undefined || origin !== undefined ? undefined : replaced(context, location, instead);
  const fixes: readonly Fix[] =
    edits === undefined
      ? removeFix(context, isEmptyList ? { path, entry: entryAt(context.config, path) } : undefined)
      : [{ title: `Change to '${instead}'`, preferred: true, draft, edits }];
  return report(invalidValue, {
    message: `${subject(failure, text)} ${sentence}${said}`,
    place: location,
    origin,
    path,
    fixes,
  });
}

function subject({ path, value }: WrongValue, text: string): string {
  const name = shortPath(path);
  return value.kind === 'list' || value.kind === 'object' ? `'${name}'` : `'${text}' for '${name}'`;
}

interface Explanation {
  readonly sentence: string;
  readonly instead?: string;
}

function explainChoice({ version, edition }: RuleContext, { values, foreign }: EnumModel, text: string): Explanation {
  const known = [...values.keys()];
  const other = foreign.get(text);
  const allowed = `allowed ${known.length === 1 ? 'is' : 'are'} ${orList(known)}`;
  if (other !== undefined) {
    const instead = other.instead !== undefined && values.has(other.instead) ? other.instead : undefined;
    const write = instead === undefined ? ` ${capital(allowed)}.` : ` Write '${instead}' instead.`;
    const because =
      other.since !== undefined && compareVersions(version, other.since) < 0
        ? `exists since Canton ${other.since}, and this is checked as ${version}.`
        : other.until !== undefined && compareVersions(version, other.until) > 0
          ? `is a value of Canton up to ${other.until}.`
          : `is not in the ${edition} edition.`;
    return { sentence: because + write, ...(instead !== undefined && { instead }) };
  }
  const guess = nearest(text, known);
  if (guess === undefined) return { sentence: `is not accepted; ${allowed}.` };
  return {
    sentence: `is not accepted; did you mean '${guess}'?${known.length > 1 ? ` ${capital(allowed)}.` : ''}`,
    instead: guess,
  };
}

function explain({ model }: WrongValue, text: string): Explanation {
  if (model.kind === 'list') return { sentence: 'must not be empty; leave it out to allow everything.' };
  if (model.kind !== 'duration')
    return { sentence: `is not accepted; ${'accepts' in model ? `it must be ${model.accepts}.` : ''}` };
  const isBare = /^\d+$/.test(text.trim());
  const sentence = `${isBare ? 'has no unit' : 'is not accepted'}; it must be ${model.accepts}.`;
  const meant = meantDuration(text);
  return meant === undefined || model.check(meant) !== undefined ? { sentence } : { sentence, instead: meant };
}

function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
