import { fieldModelOf } from '../../../../schemas/compile';
import type { FieldModel, ObjectModel } from '../../../../schemas/model';
import { SPLICE_SECTIONS } from '../../../../schemas/splice';
import { compareVersions } from '../../../../schemas/version';
import type { UnknownKey } from '../../model/binding/failure';
import { fieldAt } from '../../model/binding/lookup';
import type { Diagnostic, Fix } from '../../model/diagnostic';
import { nearest } from '../../model/facts/nearest';
import { removal } from '../edits';
import { orList, report, shortPath } from '../report';
import type { Rule, RuleContext } from '../rule';

export const unknownKey: Rule = {
  code: 'read/unknown-key',
  severity: 'error',
  title: 'A key that Canton does not know',
  docs: `Canton refuses a configuration with an unknown key in the \`crypto\` section, in every version. Keys are compared
exactly, in kebab-case: \`multiRegionKey\` is not \`multi-region-key\`. Canton's log says \`Unknown key.\` below the path.

Often the key belongs to another version, another provider or another place; the message says so where it is known. Of
sections that have little to do with a KMS only what is misspelled or misplaced is reported: \`non-standart-config\`, or
\`kms\` directly below the node.`,
  source: 'config/CantonConfig.scala 3.3, 3.4, 3.5, main; PureConfig 0.14.0 ProductHint.scala',
  examples: {
    bad: { text: 'canton.participants.p1.crypto.kms { type = aws, region = us-east-1, multiRegionKey = true }' },
    good: { text: 'canton.participants.p1.crypto.kms { type = aws, region = us-east-1, multi-region-key = true }' },
  },
  check(context) {
    return context.view.failures
      .filter((failure) => failure.kind === 'unknown-key')
      .map((failure) => describe(context, failure));
  },
};

function describe(context: RuleContext, failure: UnknownKey): Diagnostic {
  const name = failure.path[failure.path.length - 1] ?? '';
  const { hint, rename } = hintFor(context, failure, name);
  const parent = shortPath(failure.path.slice(0, -1));
  return report(unknownKey, {
    message: `'${name}' is not a key of '${parent}'${typeText(failure)}${hint}`,
    place: failure.place,
    path: failure.path,
    fixes: unknownKeyFixes(context, failure, name, rename),
  });
}

function typeText({ parent, siblings }: UnknownKey): string {
  const type = siblings.entries.get('type')?.value;
  return parent.fields.has('type') && type?.kind === 'string' ? ` with type = ${type.value}` : '';
}

/** What is known about the key: another version, another type, another place, or a name that was probably meant. */
export function hintFor(context: RuleContext, failure: UnknownKey, name: string): { hint: string; rename?: string } {
  const { foreign, parent } = failure;
  if (foreign !== undefined) return { hint: foreignHint(context, foreign), ...movedTo(foreign) };
  const types = typesWith(context, failure, name);
  if (types.length > 0) return { hint: `; it is a key of type = ${types.join(' or ')}.` };
  const isRoot = failure.path.length === 2;
  const known = [...parent.fields.keys(), ...(parent.undescribed ?? []), ...(isRoot ? SPLICE_SECTIONS : [])];
  const guess = nearest(name, known);
  const inner = guess === undefined ? [...parent.fields.values()].find(({ model }) => hasKey(model, name)) : undefined;
  if (inner !== undefined) return { hint: `; it is a key of '${inner.name}', one level down.` };
  if (guess === undefined) return { hint: known.length > 12 ? '.' : `; it may have ${orList(known)}.` };
  const isFree = !failure.siblings.entries.has(guess);
  return isFree
    ? { hint: `; did you mean '${guess}'?`, rename: guess }
    : { hint: `; '${guess}' is, and is written too.` };
}

function hasKey(model: FieldModel, name: string): boolean {
  if (model.kind === 'object') return model.fields.has(name);
  return model.kind === 'union' && [...model.options.values()].some(({ fields }) => fields.has(name));
}

/** A key of a section beside it can be written with its path. */
function movedTo({ editions, since, until, deprecated }: NonNullable<UnknownKey['foreign']>): { rename?: string } {
  const isMisplaced = editions?.length === 0 && since === undefined && until === undefined;
  const path = deprecated?.instead ?? '';
  return isMisplaced && /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(path) ? { rename: path } : {};
}

function foreignHint({ version, edition }: RuleContext, foreign: NonNullable<UnknownKey['foreign']>): string {
  const instead = foreign.deprecated?.instead;
  const write = instead === undefined ? '' : ` Write ${instead} instead.`;
  if (foreign.editions?.length === 0 && foreign.since === undefined && foreign.until === undefined)
    return `. ${foreign.doc}${write}`;
  if (foreign.since !== undefined && compareVersions(version, foreign.since) < 0)
    return `: it exists since Canton ${foreign.since}, and this is checked as ${version}.`;
  if (foreign.until !== undefined && compareVersions(version, foreign.until) > 0)
    return `: Canton ${foreign.until} was the last to have it.${write}`;
  const only = foreign.editions ?? [];
  return only.length > 0 && !only.includes(edition) ? `: only the ${only.join(', ')} edition has it.` : `.${write}`;
}

/** Other values of `type` under which the key would be right. */
function typesWith(context: RuleContext, { path, parent }: UnknownKey, name: string): readonly string[] {
  if (!parent.fields.has('type')) return [];
  const place = fieldAt(fieldModelOf(context.version, context.edition), path.slice(1, -1));
  if (place?.model.kind !== 'union') return [];
  const options: readonly (readonly [string, ObjectModel])[] = [...place.model.options];
  return options.filter(([, option]) => option.fields.has(name)).map(([type]) => type);
}

export function unknownKeyFixes(
  context: RuleContext,
  failure: UnknownKey,
  name: string,
  rename: string | undefined,
): readonly Fix[] {
  const fixes: Fix[] = [];
  const { definitions } = failure.entry;
  if (rename !== undefined) {
    const edits = definitions.map(({ uri, key }) => ({ uri, range: key, newText: rename }));
    fixes.push({ title: `Rename to '${rename}'`, edits, preferred: true });
  }
  const edits = removal(context, definitions);
  if (edits !== undefined) fixes.push({ title: `Remove '${name}'`, edits });
  return fixes;
}
