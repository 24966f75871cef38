import type { PlainValue } from '../../../../schemas/model';
import { SPLICE_SECTIONS } from '../../../../schemas/splice';
import type { ConfigEntry, ConfigObject, ConfigValue, Definition, Unknown } from '../../hocon/values/config-value';
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
if the file is not available here, for the branches of a template, for a word that is similar to a known one, and for
the applications of Splice, which other releases may read differently.`,
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
      ...context.view.doubtful.flatMap(({ failure, because }) =>
        saidOf(context, [failure], conditionOf(failure, because)),
      ),
    ];
  },
};

/** A written value that is read only if nothing takes its place. */
interface Default {
  readonly path: readonly string[];
  readonly value: PlainValue;
  readonly location: Location;
  readonly condition: string;
}

/** Walks without recursion: hostile nesting must not overflow the stack. */
function defaultsIn(context: RuleContext, canton: ConfigObject): readonly Default[] {
  const found: Default[] = [];
  const branches = branchesIn(context);
  const open: { readonly path: readonly string[]; readonly value: ConfigValue }[] = [
    { path: ['canton'], value: canton },
  ];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.value.kind !== 'object') continue;
    for (const [name, entry] of next.value.entries) {
      const path = [...next.path, name];
      open.push({ path, value: entry.value });
      if (entry.definitions.length < 2) continue;
      const written = [...defaultOf(context, entry), ...otherBranches(context, entry, branches)];
      found.push(...written.reverse().map((one) => ({ ...one, path })));
    }
  }
  return found.reverse();
}

type Written = Omit<Default, 'path'>;

function defaultOf(context: RuleContext, { value, definitions }: ConfigEntry): readonly Written[] {
  const [before, last] = definitions.slice(-2);
  if (value.kind !== 'unknown' || before === undefined || last === undefined) return [];
  if (value.reason.cause !== 'environment' && value.reason.cause !== 'elsewhere') return [];
  if (!/^\$\{\?[^}]*\}$/.test(textOf(context, last.uri).slice(last.value.start, last.value.end))) return [];
  return scalarOf(context, before, `Canton reads it if '${value.reason.subject}' is not set.`);
}

/** A line of a template that begins or ends a branch, as `withUnknowns` writes it. */
const BRANCH = /include url\("https:\{[{%]-?\s*(?:if|elif|else|endif|end)\b/g;

/** The offsets of such lines; each file is searched once. */
function branchesIn(context: RuleContext): (uri: string) => readonly number[] {
  const known = new Map<string, readonly number[]>();
  return (uri) => {
    const found = known.get(uri) ?? [...textOf(context, uri).matchAll(BRANCH)].map(({ index }) => index);
    known.set(uri, found);
    return found;
  };
}

/** Values of a template that the value in another branch replaces. */
function otherBranches(
  context: RuleContext,
  { definitions }: ConfigEntry,
  branches: (uri: string) => readonly number[],
): readonly Written[] {
  return definitions.flatMap((definition, i) => {
    const next = definitions[i + 1];
    if (next?.uri !== definition.uri) return [];
    const isBranch = branches(next.uri).some((at) => at >= definition.value.end && at < next.key.start);
    return isBranch ? scalarOf(context, definition, 'Canton reads it in this branch of the template.') : [];
  });
}

function scalarOf(context: RuleContext, { uri, value: range }: Definition, condition: string): readonly Written[] {
  const text = textOf(context, uri).slice(range.start, range.end);
  const quoted = /^"([^"\\]*)"$/.exec(text)?.[1];
  const location = { uri, range };
  // A list or an object is only compared with the kind of value that the key takes.
  if (text.startsWith('[')) return [{ value: [], location, condition }];
  if (text.startsWith('{')) return [{ value: {}, location, condition }];
  if (quoted === undefined && !/^[\w.-]+(?: [\w.-]+)*$/.test(text)) return [];
  const value = quoted ?? (/^-?\d+$/.test(text) ? Number(text) : text);
  return [{ value, location, condition }];
}

function problemsOf(
  context: RuleContext,
  canton: ConfigObject,
  { path, value, location, condition }: Default,
): readonly Diagnostic[] {
  const field = fieldAt(context.model, path.slice(1), canton);
  if (field === undefined || value === 'null') return [];
  if (typeof value === 'object' && /^(?:object|union|map|list|raw)$/.test(field.model.kind)) return [];
  const reader = new Reader();
  reader.default({ ...field, model: field.model, defaultValue: value }, path, location);
  return saidOf(context, reader.failures, condition);
}

function conditionOf({ path }: Failure, because: Unknown | undefined): string {
  if (SPLICE_SECTIONS.includes(path[1] ?? '')) return 'Another release of Splice may accept it.';
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
