import type { PlainValue } from '../../../../schemas/model';
import type { ConfigEntry, ConfigObject, ConfigValue, Unknown } from '../../hocon/values/config-value';
import type { Failure } from '../../model/binding/failure';
import { fieldAt } from '../../model/binding/lookup';
import { Reader } from '../../model/binding/read';
import type { Diagnostic } from '../../model/diagnostic';
import type { Location } from '../../text/location';
import { invalidValue } from '../read/invalid-value';
import { wrongType } from '../read/wrong-type';
import { textOf } from '../report';
import type { Rule, RuleContext } from '../rule';

export const defaultValue: Rule = {
  code: 'advice/default-value',
  severity: 'warning',
  title: 'Invalid value that something else may replace',
  docs: `With \`port = abc\` and after it \`port = \${?PORT}\`, Canton reads \`abc\` if the variable is not set, and then refuses it.
Whether the variable is set is not known here, so this is only a warning. The same holds for a value that an included file may replace
if the file is not available here, and for a word that is similar to a known one.`,
  source: 'HOCON specification, optional substitutions; the sources of read/invalid-value and read/wrong-type',
  examples: {
    bad: {
      text: 'canton.participants.p1.admin-api.port = abc\ncanton.participants.p1.admin-api.port = ${?ADMIN_PORT}',
    },
    good: {
      text: 'canton.participants.p1.admin-api.port = 5012\ncanton.participants.p1.admin-api.port = ${?ADMIN_PORT}',
    },
  },
  check(context) {
    const canton = context.config.entries.get('canton')?.value;
    if (canton?.kind !== 'object') return [];
    return [
      ...defaultsIn(context, canton).flatMap((one) => problemsOf(context, canton, one)),
      ...context.view.doubtful.flatMap(({ failure, because }) => saidOf(context, [failure], conditionOf(because))),
    ];
  },
};

/** A written value, and the variable that takes its place if it is set. */
interface Default {
  readonly path: readonly string[];
  readonly value: PlainValue;
  readonly location: Location;
  readonly variable: string;
}

/** Walks without recursion: hostile nesting must not overflow the stack. */
function defaultsIn(context: RuleContext, canton: ConfigObject): readonly Default[] {
  const found: Default[] = [];
  const open: { readonly path: readonly string[]; readonly value: ConfigValue }[] = [
    { path: ['canton'], value: canton },
  ];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.value.kind !== 'object') continue;
    for (const [name, entry] of next.value.entries) {
      const path = [...next.path, name];
      open.push({ path, value: entry.value });
      const { value } = entry;
      if (value.kind !== 'unknown' || value.reason.cause !== 'environment') continue;
      const written = defaultOf(context, entry);
      if (written !== undefined) found.push({ ...written, path, variable: value.reason.subject });
    }
  }
  return found.reverse();
}

function defaultOf(
  context: RuleContext,
  { definitions }: ConfigEntry,
): Pick<Default, 'value' | 'location'> | undefined {
  const [before, last] = definitions.slice(-2);
  if (before === undefined || last === undefined) return undefined;
  const written = ({ uri, value: { start, end } }: typeof last) => textOf(context, uri).slice(start, end);
  if (!/^\$\{\?[^}]*\}$/.test(written(last))) return undefined;
  const text = written(before);
  const quoted = /^"([^"\\]*)"$/.exec(text)?.[1];
  if (quoted === undefined && !/^[\w.-]+(?: [\w.-]+)*$/.test(text)) return undefined;
  const location = { uri: before.uri, range: before.value };
  return { value: quoted ?? (/^-?\d+$/.test(text) ? Number(text) : text), location };
}

function problemsOf(
  context: RuleContext,
  canton: ConfigObject,
  { path, value, location, variable }: Default,
): readonly Diagnostic[] {
  const field = fieldAt(context.model, path.slice(1), canton);
  if (field === undefined || value === 'null') return [];
  const reader = new Reader();
  reader.default({ ...field, model: field.model, defaultValue: value }, path, location);
  return saidOf(context, reader.failures, `Canton reads it if '${variable}' is not set.`);
}

function conditionOf(because: Unknown | undefined): string {
  if (because === undefined) return 'Another word may be known to a driver or to the closed edition.';
  return because.cause === 'include'
    ? `Canton reads it unless '${because.subject}' replaces it.`
    : 'Canton reads it unless something that is not known here replaces it.';
}

/** The failures in the words of their rules. */
function saidOf(context: RuleContext, failures: readonly Failure[], condition: string): readonly Diagnostic[] {
  const read = { ...context, view: { ...context.view, failures } };
  return [...invalidValue.check(read), ...wrongType.check(read)].map((diagnostic) => ({
    ...diagnostic,
    code: defaultValue.code,
    severity: defaultValue.severity,
    // Canton's own words come last.
    message: diagnostic.message.replace(/(?= Canton: ")|$/, ` ${condition}`),
  }));
}
