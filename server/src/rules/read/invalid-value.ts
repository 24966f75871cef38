import type { EnumModel } from '../../../../schemas/model';
import { compareVersions } from '../../../../schemas/version';
import { replaced } from '../../edits/entry-edits';
import { entryAt } from '../../hocon/values/config-value';
import { isWrongValue, type WrongValue } from '../../model/binding/failure';
import { asText } from '../../model/binding/pureconfig';
import type { Diagnostic, Fix } from '../../model/diagnostic';
import { nearest } from '../../text/nearest';
import { removeFix } from '../fixes';
import { orList, report, shortPath } from '../report';
import type { Rule, RuleContext } from '../rule';

export const invalidValue: Rule = {
  code: 'read/invalid-value',
  severity: 'error',
  title: 'Invalid value',
  docs: `The value has the right type, but Canton does not accept it: a spelling that is not in the enumeration (spellings are
compared exactly), a duration that Scala cannot parse or that is out of range, a number that does not fit, or an empty list
where at least one value is required.

Durations of the \`crypto\` section are read by Scala, not by HOCON: a number and a unit (\`d\`, \`h\`, \`m\`, \`s\`, \`ms\`, \`µs\`,
\`ns\` or their long names). Canton refuses \`300\`, \`1w\`, \`5us\` and \`PT5M\`.`,
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
  const { path, location, origin, choice, model } = failure;
  const written = asText(failure.value);
  const text = written.ok ? written.value : '';
  const {
    because = '',
    advice,
    instead = [],
  } = choice === undefined ? explain(failure, text) : explainChoice(context, choice, text);
  const canton = choice === undefined && failure.text !== '' ? ` Canton: "${failure.text}"` : '';
  // The intended unit is only a guess.
  const draft = model.kind === 'duration';
  const fixes = (origin === undefined ? instead : []).flatMap((value, i): Fix[] => {
    const edits = replaced(context, location, value);
    return edits === undefined ? [] : [{ title: `Change to '${value}'`, preferred: i === 0, draft, edits }];
  });
  const message = `Invalid value ${subject(failure, text)}${because}.${advice}${canton}`;
  const isEmptyList = model.kind === 'list';
  const remove = isEmptyList ? removeFix(context, { path, entry: entryAt(context.config, path) }) : [];
  return report(invalidValue, { message, location, origin, path, fixes: [...fixes, ...remove] });
}

function subject({ path, value }: WrongValue, text: string): string {
  const name = shortPath(path);
  return value.kind === 'list' || value.kind === 'object' ? `for '${name}'` : `'${text}' for '${name}'`;
}

interface Explanation {
  /** The end of the first sentence: the reason why the value is not accepted. */
  readonly because?: string;
  /** The second sentence with a blank before it, or nothing. */
  readonly advice: string;
  /** The probable values, most probable first. */
  readonly instead?: readonly string[];
}

function explainChoice({ version, edition }: RuleContext, { values, foreign }: EnumModel, text: string): Explanation {
  const bare = /^'(.*)'$/.exec(text)?.[1];
  if (bare !== undefined && values.has(bare)) {
    return { advice: ' HOCON does not support single quotes, so they are part of the value.', instead: [bare] };
  }
  const known = [...values.keys()];
  const other = foreign.get(text);
  if (other !== undefined) {
    const instead = other.instead !== undefined && values.has(other.instead) ? [other.instead] : [];
    const because =
      other.since !== undefined && compareVersions(version, other.since) < 0
        ? `, which requires Canton ${other.since}; this file is checked against ${version}`
        : other.until !== undefined && compareVersions(version, other.until) > 0
          ? `, which Canton accepts only up to ${other.until}`
          : `, which the ${edition} edition does not support`;
    return { because, advice: ` Use ${orList(instead.length > 0 ? instead : known)}.`, instead };
  }
  const suggestion = nearest(text, known);
  return suggestion === undefined
    ? { advice: ` Use ${orList(known)}.` }
    : { advice: ` Did you mean '${suggestion}'?`, instead: [suggestion] };
}

function explain({ model }: WrongValue, text: string): Explanation {
  if (model.kind === 'list') return { advice: ' The list must not be empty; remove it to allow everything.' };
  if (model.kind !== 'duration') return { advice: 'accepts' in model ? ` It must be ${model.accepts}.` : '' };
  const instead = meantDurations(text).filter((meant) => model.check(meant) === undefined);
  const because = /^\d+$/.test(text.trim()) ? ', which has no unit' : '';
  return { because, advice: ` It must be ${model.accepts}.`, instead };
}

/** Units that people know from elsewhere, and how Scala writes the same time. */
const UNITS: ReadonlyMap<string, (count: string) => string> = new Map([
  ['us', (count) => `${count}micros`],
  ['w', inDays],
  ['week', inDays],
  ['weeks', inDays],
]);

/** The durations that a text which Scala does not accept may mean, most probable first; they may be out of range. */
function meantDurations(text: string): readonly string[] {
  const compact = text.replace(/\s+/g, '');
  if (/^\d+$/.test(compact)) return ['s', 'm', 'h', 'ms'].map((unit) => compact + unit);
  const iso = /^P(?:(\d+)D|T(\d+)([HMS]))$/i.exec(compact);
  if (iso !== null) return [iso[1] === undefined ? `${iso[2]}${(iso[3] ?? '').toLowerCase()}` : `${iso[1]}d`];
  const [, count = '', unit = ''] = /^(\d+(?:\.\d+)?)([a-z]+)$/i.exec(compact) ?? [];
  if (unit === '') return [];
  const lower = unit.toLowerCase();
  return [UNITS.get(lower)?.(count) ?? `${count}${lower}`];
}

function inDays(weeks: string): string {
  return `${Number(weeks) * 7}d`;
}
