import { inserted } from '../../edits/entry-edits';
import { type ConfigEntry, entryAt } from '../../hocon/values/config-value';
import type { MissingKey } from '../../model/binding/failure';
import type { Diagnostic, Fix } from '../../model/diagnostic';
import { mayStandElsewhere } from '../../model/facts/view';
import { nearest } from '../../text/nearest';
import { renameFix, skeletonOf } from '../fixes';
import { orList, report, shortPath } from '../report';
import type { Rule, RuleContext } from '../rule';
import { meantPath, meantType } from './unknown-key';

export const missingKey: Rule = {
  code: 'read/missing-key',
  severity: 'error',
  title: 'Missing required key',
  docs: `Canton does not load a section that lacks a required key. Some keys are required only because their section is
present: a backoff (\`retries.failures\`) needs all three of its keys, \`session-signing-keys\` needs \`enabled\`.

Canton logs \`Key not found: '…'.\` below the path of the section. The log may also mention a "misconfigured ProductHint" and
list keys with similar names; these may be correct.

A file that configures the Admin API of no node must be part of a launch set. There, a missing \`type\` is only a warning,
because another file may set it. So is a missing database connection (\`storage.config\`), which is often in a file with
secrets, and a key that a template or another file may set. What applications of Splice lack is a warning, because another release
may not require it. Declare the launch set in \`canton-kms.json\` to be sure.`,
  source: 'PureConfig 0.14.0 MapShapedReader.scala, FailureReason.scala; config/KmsConfig.scala all 3.x',
  examples: {
    bad: { text: 'canton.participants.p1.crypto.kms { type = gcp, location-id = us-east1, project-id = ledger }' },
    good: {
      text: 'canton.participants.p1.crypto.kms { type = gcp, location-id = us-east1, project-id = ledger, key-ring-id = canton }',
    },
  },
  check(context) {
    const missing = context.view.failures.filter((failure) => failure.kind === 'missing-key');
    if (missing.length === 0) return [];
    const isMeant = meantElsewhere(context);
    const bySection = grouped(missing);
    return missing
      .filter((failure) => !isMeant(failure))
      .map((failure) => describe(context, failure, bySection.get(failure.siblings) ?? []));
  },
};

/**
 * One mistake is one diagnostic: a key is not reported as missing if a misspelled or misplaced key was meant to be it,
 * or if the type of its section is wrong.
 */
function meantElsewhere(context: RuleContext): (failure: MissingKey) => boolean {
  if (context.off.has('read/unknown-key')) return () => false;
  const unknown = context.view.failures.filter((failure) => failure.kind === 'unknown-key');
  const paths = new Set(unknown.map((failure) => JSON.stringify(meantPath(context, failure))));
  const mistyped = new Set(
    unknown.filter((failure) => meantType(context, failure) !== undefined).map(({ siblings }) => siblings),
  );
  return ({ path, siblings }) => paths.has(JSON.stringify(path)) || mistyped.has(siblings);
}

/** All keys that one section lacks. */
function grouped(missing: readonly MissingKey[]): ReadonlyMap<unknown, readonly MissingKey[]> {
  const sections = new Map<unknown, MissingKey[]>();
  for (const failure of missing) {
    const section = sections.get(failure.siblings) ?? [];
    section.push(failure);
    sections.set(failure.siblings, section);
  }
  return sections;
}

function describe(context: RuleContext, failure: MissingKey, together: readonly MissingKey[]): Diagnostic {
  const { field, parent, path, location, unless: doubt } = failure;
  const section = shortPath(path.slice(0, -1));
  const written = misspelled(failure);
  const hint = written === undefined ? '' : ` Is '${written}' a misspelling of it?`;
  const choice = parent.kind === 'union' && hint === '' ? ` It must be ${orList([...parent.options.keys()])}.` : '';
  const isPart = mayStandElsewhere(failure, { isWhole: context.isWhole, isFragment: context.view.isFragment });
  const isLayered = context.layered.has(location.uri);
  const unless = isLayered
    ? ' Canton refuses this unless other chart values or --set provide it.'
    : doubt === 'release'
      ? ' Another release of Splice may accept it.'
      : isPart
        ? ` Canton refuses this unless ${doubt === 'path' ? 'a template or ' : ''}another file of the launch set sets it.`
        : '';
  return report(missingKey, {
    message: `Missing required key '${field.name}' in '${section}'.${choice}${hint}${unless}`,
    location,
    path,
    severity: !isLayered && !isPart ? 'error' : isLeftOut(context, failure) ? 'information' : 'warning',
    fixes: [...renameFixes(context, failure, written), ...fixesFor(context, failure, together)],
  });
}

/** True for a key that a part of a launch set may leave out. */
function isLeftOut({ view }: RuleContext, { field, unless }: MissingKey): boolean {
  return view.isFragment && field.name !== 'type' && unless !== 'release';
}

/** Offers to rename a key that was meant to be the missing one. */
function renameFixes(
  context: RuleContext,
  { field, siblings }: MissingKey,
  written: string | undefined,
): readonly Fix[] {
  const entry = written === undefined ? undefined : siblings.entries.get(written);
  if (entry === undefined) return [];
  return renameFix(context, entry.definitions, field.name, `Rename '${written}' to '${field.name}'`);
}

function fixesFor(context: RuleContext, failure: MissingKey, together: readonly MissingKey[]): readonly Fix[] {
  const definition = definitionAt(context, failure);
  if (definition === undefined) return [];
  const { parent, siblings } = failure;
  if (parent.kind === 'union') {
    return [...parent.options].flatMap(([type, { fields }]) => {
      const required = [...fields.values()].filter(({ name, required }) => required && !siblings.entries.has(name));
      const keys = required.map((field) => [field.name, field.name === 'type' ? type : skeletonOf(field)]);
      const edits = inserted(context, definition, Object.fromEntries(keys));
      return edits ? [{ title: `Add 'type = ${type}' and its required keys`, edits, draft: true }] : [];
    });
  }
  const keys = Object.fromEntries(together.map(({ field }) => [field.name, skeletonOf(field)]));
  const edits = inserted(context, definition, keys);
  if (edits === undefined) return [];
  const names = together.map(({ field }) => `'${field.name}'`).join(', ');
  const isMisspelled = together.some((other) => misspelled(other) !== undefined);
  return [{ title: `Add ${names}`, edits, preferred: !isMisspelled, draft: true }];
}

/** A written key that was probably meant to be the missing one. */
function misspelled({ parent, field, siblings }: MissingKey): string | undefined {
  const models = parent.kind === 'union' ? [...parent.options.values()] : [parent];
  const known = new Set(models.flatMap(({ fields }) => [...fields.keys()]));
  const near = [...siblings.entries.keys()].find((key) => !known.has(key) && nearest(key, known) === field.name);
  if (near !== undefined || parent.kind !== 'union') return near;
  // `provider = aws`: the value shows the purpose of the key.
  const isType = ({ value }: ConfigEntry) => value.kind === 'string' && parent.options.has(value.value);
  return [...siblings.entries].find(([key, entry]) => !known.has(key) && isType(entry))?.[0];
}

/** The definition of the section that the failure is shown at. */
function definitionAt(context: RuleContext, { path, location }: MissingKey) {
  return entryAt(context.config, path.slice(0, -1))?.definitions.findLast(
    ({ uri, key }) => uri === location.uri && key.start === location.range.start,
  );
}
