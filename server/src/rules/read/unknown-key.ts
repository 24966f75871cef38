import { isKmsType, KMS_TYPE_NAMES, kmsTypeFacts } from '../../../../schemas/kms-types';
import type { FieldModel, ObjectModel } from '../../../../schemas/model';
import { newestPatch, patchOf } from '../../../../schemas/releases';
import { SPLICE_SECTIONS } from '../../../../schemas/splice';
import { compareVersions } from '../../../../schemas/version';
import { movedInto, movedOut, replaced } from '../../edits/entry-edits';
import { type ConfigObject, entryAt, type KeyPath } from '../../hocon/values/config-value';
import type { UnknownKey } from '../../model/binding/failure';
import { fieldAt } from '../../model/binding/lookup';
import { hasKey, lackingBelow, lackingSections } from '../../model/binding/suspects';
import type { Diagnostic, Fix } from '../../model/diagnostic';
import { nearest } from '../../text/nearest';
import { removeFix, renameFix } from '../fixes';
import { andList, lastKey, orList, report, shortPath } from '../report';
import type { Rule, RuleContext } from '../rule';

export const unknownKey: Rule = {
  code: 'read/unknown-key',
  severity: 'error',
  title: 'Unknown key',
  docs: `Canton refuses a configuration with an unknown key, in every version. Keys are compared exactly, in kebab-case:
\`multiRegionKey\` is not \`multi-region-key\`. Canton logs \`Unknown key.\` below the path.

Often the key belongs to another version, KMS type or section, and the message says which. Every section that
Canton reads is checked; \`docs/coverage.md\` lists the few exceptions.`,
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
  const name = lastKey(failure.path);
  const { hint, correction } = hintFor(context, failure, name);
  const parent = shortPath(failure.path.slice(0, -1));
  const isNewer = isNewerThanKnown(context);
  const remark =
    isNewer && correction === undefined ? ` Canton ${context.release} is newer than the keys known here.` : '';
  return report(unknownKey, {
    message: `Unknown key '${name}' in '${parent}'${typeText(failure)}.${hint}${remark}`,
    ...(isNewer && { severity: 'warning' }),
    location: failure.location,
    path: failure.path,
    fixes: unknownKeyFixes(context, failure, correction),
  });
}

/** A release may have keys that are newer than this product. */
function isNewerThanKnown({ version, release }: RuleContext): boolean {
  const newest = newestPatch(version) ?? 0;
  return newest > 0 && (patchOf(release) ?? 0) > newest;
}

function typeText({ parent, siblings }: UnknownKey): string {
  const type = siblings.entries.get('type')?.value;
  return parent.fields.has('type') && type?.kind === 'string' ? ` of type '${type.value}'` : '';
}

/** The change that corrects an unknown key. */
type Correction =
  | { readonly kind: 'rename'; readonly name: string }
  /** Into a sibling section, or deeper. */
  | { readonly kind: 'move-into'; readonly section: KeyPath }
  /** Out of its section. */
  | { readonly kind: 'move-out' }
  /** The key is correct, but the type of its section is wrong. */
  | { readonly kind: 'change-type'; readonly type: string };

interface Hint {
  readonly hint: string;
  readonly correction?: Correction;
}

/** The reason why the key is unknown: another version, another type, another place, or a misspelling. */
export function hintFor(context: RuleContext, failure: UnknownKey, name: string): Hint {
  const { foreign } = failure;
  if (foreign === undefined) return hintInVersion(context, failure, name) ?? { hint: validKeys(failure) };
  const hint = foreignHint(context, foreign);
  if (isMisplaced(foreign) || foreign.deprecated !== undefined || isLater(context, foreign))
    return { hint, ...movedTo(foreign, name) };
  // A version that no longer has the key may have it under another name, or at another place.
  const now = hintInVersion(context, failure, name);
  return { hint: hint + (now?.hint ?? ''), ...(now?.correction && { correction: now.correction }) };
}

/** What the version has instead of the key; undefined if that is not known. */
function hintInVersion(context: RuleContext, failure: UnknownKey, name: string): Hint | undefined {
  const { parent } = failure;
  const bare = /^'(.+)'$/.exec(name)?.[1];
  if (bare !== undefined && parent.fields.has(bare)) {
    return {
      hint: ' HOCON does not support single quotes, so they are part of the key.',
      correction: { kind: 'rename', name: bare },
    };
  }
  if (isKmsType(name) && parent.fields.has('kms') && !parent.fields.has('type')) {
    return {
      hint: ` The section is 'kms' for every KMS type, and 'type = ${name}' in it sets the type.`,
      correction: { kind: 'rename', name: 'kms' },
    };
  }
  const place = placeOfKms(failure, name);
  if (place !== undefined) return { hint: ` Did you mean '${place}'?`, correction: { kind: 'rename', name: place } };
  const types = typesWith(context, failure, name);
  if (types.length > 0) {
    const meant = meantType(context, failure);
    const correction = meant === undefined ? {} : { correction: { kind: 'change-type', type: meant } as const };
    return { hint: ` It requires type ${orList(types)}.`, ...correction };
  }
  const suggestion = nearest(name, knownKeys(failure));
  if (suggestion === undefined) return hintElsewhere(context, failure, name);
  const isFree = !failure.siblings.entries.has(suggestion);
  return isFree
    ? { hint: ` Did you mean '${suggestion}'?`, correction: { kind: 'rename', name: suggestion } }
    : { hint: ` Did you mean '${suggestion}', which is set as well?` };
}

/** The section that has the key, further down, further up, or in another part of the node. */
function hintElsewhere(context: RuleContext, failure: UnknownKey, name: string): Hint | undefined {
  const { fields } = failure.parent;
  const deeper = deeperSection(context, failure, name) ?? lackingBelow(fields, name, failure.siblings)[0];
  const below = [...fields.values()].filter(({ model }) => hasKey(model, name));
  const [lacking] = lackingSections(fields, name, failure.siblings);
  const inner = below.find((field) => deeper?.length === 1 && field.name === deeper[0]) ?? lacking ?? below[0];
  if (inner !== undefined) {
    const correction = { kind: 'move-into', section: [inner.name] } as const;
    return { hint: ` It belongs in '${inner.name}', one level down.`, correction };
  }
  const outer = outerSection(context, failure, name);
  if (outer !== undefined) {
    return { hint: ` It belongs in '${outer}', one level up.`, correction: { kind: 'move-out' } };
  }
  const further = failure.entry.value.kind === 'object' ? outerSection(context, failure, name, 2) : undefined;
  if (further !== undefined) return { hint: ` It belongs in '${further}', two levels up.` };
  if (deeper !== undefined) {
    return { hint: ` It belongs in '${deeper.join('.')}'.`, correction: { kind: 'move-into', section: deeper } };
  }
  const elsewhere = sectionWith(context, failure, name);
  return elsewhere === undefined ? undefined : { hint: ` Canton reads '${elsewhere}'.` };
}

function knownKeys({ path, parent }: UnknownKey): readonly string[] {
  const isRoot = path.length === 2;
  return [...parent.fields.keys(), ...(parent.undescribed ?? []), ...(isRoot ? SPLICE_SECTIONS : [])];
}

function validKeys(failure: UnknownKey): string {
  const known = knownKeys(failure);
  return known.length > 12 || known.length === 0 ? '' : ` Valid keys are ${andList(known)}.`;
}

/** The path at which an unknown key would be right, if the fix of its diagnostic renames or moves it there. */
export function meantPath(context: RuleContext, failure: UnknownKey): KeyPath | undefined {
  const { path } = failure;
  const name = lastKey(path);
  const { correction } = hintFor(context, failure, name);
  if (correction?.kind === 'rename') return [...path.slice(0, -1), correction.name];
  if (correction?.kind === 'move-into') return [...path.slice(0, -1), ...correction.section, name];
  return correction?.kind === 'move-out' ? [...path.slice(0, -2), name] : undefined;
}

/**
 * The type that a section was meant to have: the only one that has all its keys, and requires no other, while the type that
 * is written lacks something.
 */
export function meantType(context: RuleContext, { path, parent, siblings }: UnknownKey): string | undefined {
  const section = fieldAt(context.model, path.slice(1, -1))?.model;
  if (section?.kind !== 'union' || isComplete(parent, siblings)) return undefined;
  const keys = [...siblings.entries.keys()];
  const fitting = [...section.options].filter(
    ([, one]) => isComplete(one, siblings) && keys.every((key) => one.fields.has(key)),
  );
  return fitting.length === 1 ? fitting[0]?.[0] : undefined;
}

function isComplete({ fields }: ObjectModel, { entries }: ConfigObject): boolean {
  return [...fields.values()].every(({ name, required }) => !required || entries.has(name));
}

/** The key for the location of a KMS (`region`, `location-id`), if the one of another KMS type is used instead. */
function placeOfKms({ parent, siblings: { entries } }: UnknownKey, name: string): string | undefined {
  const type = entries.get('type')?.value;
  const key = type?.kind === 'string' && isKmsType(type.value) ? kmsTypeFacts(type.value).locationKey : undefined;
  if (key === undefined || !parent.fields.has(key) || entries.has(key)) return undefined;
  const isOther = KMS_TYPE_NAMES.some((one) => kmsTypeFacts(one).locationKey === name);
  const others = [...parent.fields.values()].filter((field) => field.name !== key && field.required);
  return isOther && others.every((field) => entries.has(field.name)) ? key : undefined;
}

/** The section further down, from the one that the key is in, if exactly one lacks the key. */
function deeperSection({ view }: RuleContext, { path }: UnknownKey, name: string): KeyPath | undefined {
  const around = path.slice(0, -1);
  // Above the nodes, a key may be meant for any of them.
  if (around.length < 3) return undefined;
  const lacking = view.failures.filter(
    (one) => one.kind === 'missing-key' && one.field.name === name && around.every((key, i) => one.path[i] === key),
  );
  const section = lacking[0]?.path.slice(around.length, -1);
  return lacking.length === 1 ? section : undefined;
}

/** A section around the key's one, if the key is valid there and not set yet. */
function outerSection(context: RuleContext, { path }: UnknownKey, name: string, levels = 1): string | undefined {
  const outer = path.slice(0, -1 - levels);
  const model = modelAt(context, outer);
  const around = entryAt(context.config, outer)?.value;
  const isFree = around?.kind === 'object' && !around.entries.has(name);
  return isFree && model !== undefined && hasKey(model, name) ? shortPath(outer) : undefined;
}

function modelAt({ model }: RuleContext, path: KeyPath): FieldModel | undefined {
  const isOfApp = SPLICE_SECTIONS.includes(path[1] ?? '');
  return fieldAt(isOfApp && model.apps !== undefined ? model.apps : model, path.slice(1))?.model;
}

/** Deeper sections have keys of any meaning. */
const MAX_DEPTH = 3;

/** The path of a key in another section of the node, where only one has a key of this name. */
function sectionWith(context: RuleContext, { path }: UnknownKey, name: string): string | undefined {
  // Short names mean something else in every section.
  if (path.length < 4 || !name.includes('-')) return undefined;
  const node = path.slice(0, 3);
  const root = fieldAt(context.model, node.slice(1))?.model;
  const found: string[][] = [];
  const look = (model: FieldModel | undefined, at: readonly string[]) => {
    if (model === undefined || at.length > MAX_DEPTH) return;
    if (hasKey(model, name)) found.push([...at, name]);
    if (model.kind !== 'object') return;
    for (const field of model.fields.values()) look(field.model, [...at, field.name]);
  };
  look(root, []);
  const [only, ...others] = found;
  return only === undefined || others.length > 0 ? undefined : shortPath([...node, ...only]);
}

/** A key of a sibling section can be written with its path. */
function movedTo(foreign: NonNullable<UnknownKey['foreign']>, name: string): Pick<Hint, 'correction'> {
  const [section = '', key] = foreign.deprecated?.instead.split('.') ?? [];
  return isMisplaced(foreign) && key === name ? { correction: { kind: 'move-into', section: [section] } } : {};
}

/** True for a key that the section has in no version. */
function isMisplaced({ editions, since, until }: NonNullable<UnknownKey['foreign']>): boolean {
  return editions?.length === 0 && since === undefined && until === undefined;
}

function isLater({ version }: RuleContext, { since }: NonNullable<UnknownKey['foreign']>): boolean {
  return since !== undefined && compareVersions(version, since) < 0;
}

function foreignHint(context: RuleContext, foreign: NonNullable<UnknownKey['foreign']>): string {
  const instead = foreign.deprecated?.instead;
  const use = instead === undefined ? '' : ` Use ${/^[\w.-]+$/.test(instead) ? `'${instead}'` : instead} instead.`;
  const { version, edition } = context;
  if (isMisplaced(foreign)) return ` ${foreign.doc}${use}`;
  if (isLater(context, foreign))
    return ` It requires Canton ${foreign.since}; this file is checked against ${version}.`;
  if (foreign.until !== undefined && compareVersions(version, foreign.until) > 0)
    return ` Canton removed it after ${foreign.until}.${use}`;
  const { editions } = foreign;
  return editions?.includes(edition) === false ? ` It requires the ${editions.join(', ')} edition.` : use;
}

/** Other values of `type` under which the key would be right. */
function typesWith(context: RuleContext, { path, parent }: UnknownKey, name: string): readonly string[] {
  if (!parent.fields.has('type')) return [];
  const location = fieldAt(context.model, path.slice(1, -1));
  if (location?.model.kind !== 'union') return [];
  const options: readonly (readonly [string, ObjectModel])[] = [...location.model.options];
  return options.filter(([, option]) => option.fields.has(name)).map(([type]) => type);
}

export function unknownKeyFixes(
  context: RuleContext,
  failure: UnknownKey,
  correction: Correction | undefined,
): readonly Fix[] {
  return [...correctingFix(context, failure, correction), ...removeFix(context, failure)];
}

function correctingFix(
  context: RuleContext,
  { entry, path, siblings }: UnknownKey,
  correction: Correction | undefined,
): readonly Fix[] {
  if (correction === undefined) return [];
  if (correction.kind === 'change-type') return typeFix(context, siblings, correction.type);
  const { definitions } = entry;
  if (correction.kind === 'rename') {
    return renameFix(context, definitions, correction.name, `Rename to '${correction.name}'`);
  }
  const isInto = correction.kind === 'move-into';
  const edits = isInto ? movedInto(context, definitions, correction.section) : movedOut(context, definitions);
  const name = lastKey(path);
  const parent = path.slice(0, isInto ? -1 : -2);
  const target = shortPath([...parent, ...(isInto ? correction.section : []), name]);
  return edits === undefined ? [] : [{ title: `Move to '${target}'`, edits, preferred: true }];
}

function typeFix(context: RuleContext, { entries }: ConfigObject, type: string): readonly Fix[] {
  const entry = entries.get('type');
  const edits = entry && replaced(context, entry.value.origin, type);
  return edits === undefined ? [] : [{ title: `Change the type to '${type}'`, edits }];
}
