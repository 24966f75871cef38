import { AWS_REGIONS, GCP_LOCATIONS } from '../../../../schemas/cloud-places';
import { fieldModelOf } from '../../../../schemas/compile';
import { isKmsType, KMS_TYPE_NAMES, kmsTypeFacts, supportedSchemes } from '../../../../schemas/kms-types';
import type { Field, ScalarModel } from '../../../../schemas/model';
import { SCHEME_SECTIONS } from '../../../../schemas/schemes';
import { type HoconObject, type HoconValue, isObject, Raw } from '../../edits/hocon-text';
import { parse } from '../../hocon/syntax/parse';
import { fieldAt } from '../../model/binding/lookup';
import { nearest } from '../../text/nearest';
import { type Facts, is2x, isAtLeast, option, textAt } from '../facts';
import { type Answers, ask, type Choice, pick, type Question } from '../procedure';

/** The settings of a `kms` section, from the answers. */
export interface KmsSettings {
  readonly provider: string;
  /** The section, with all settings that are given. */
  readonly section: HoconObject;
  readonly refusals: readonly string[];
}

/** The KMS types that this Canton version supports, as choices. */
export function providersOf(facts: Facts): readonly Choice[] {
  return KMS_TYPE_NAMES.filter((type) => fieldsOf(facts, type).size > 0 && !isOnlyEnterprise(facts, type)).map(
    (value) => {
      const { name, operatedBy } = kmsTypeFacts(value);
      return { value, label: name, detail: operatedBy };
    },
  );
}

/** The alternatives in a sentence: `aws`, `gcp` or `driver`. */
const TYPES = KMS_TYPE_NAMES.map((name) => `\`${name}\``)
  .join(', ')
  .replace(/, (?=[^,]*$)/, ' or ');

const PREFIX = 'set.';

/** The requested provider, otherwise the configured one. */
export function providerOf(facts: Facts): string | undefined {
  return option(facts, 'provider') ?? facts.target.kmsType;
}

/** Provider and the required settings that are neither given nor configured for that provider. */
export function providerQuestions(facts: Facts): readonly Question[] {
  const provider = providerOf(facts);
  const first = facts.target.kmsType === undefined ? [pick('provider', 'Which KMS?', providersOf(facts))] : [];
  return [...first, ...requiredQuestions(facts, provider)];
}

export function requiredQuestions(facts: Facts, provider: string | undefined): readonly Question[] {
  if (provider === undefined) return [];
  return [...fieldsOf(facts, provider)]
    .filter(([name, { required }]) => required && name !== 'type' && !isConfigured(facts, provider, name))
    .map(([name, { meta }]) => ({
      ...ask(PREFIX + name, `${subjectOf(meta.doc)} (${name})`, meta.example ?? '', name === 'config'),
      suggestions: placesOf(name),
    }));
}

/** A description without its remarks: `Google Cloud project that holds the key ring`. */
function subjectOf(doc: string): string {
  return /^[^.:;]+/.exec(doc)?.[0] ?? doc;
}

/** Regions and locations, with their common names. */
function placesOf(name: string): readonly Choice[] {
  return [...(PLACES.get(name) ?? [])].map(([value, { description }]) => ({
    value,
    label: value,
    detail: description,
  }));
}

const PLACES = new Map<string, ReadonlyMap<string, { readonly description: string }>>([
  ['region', AWS_REGIONS],
  ['location-id', GCP_LOCATIONS],
]);

/** The problem with a single setting. */
export function settingRefusals(facts: Facts, name: string, answer: string): readonly string[] {
  const provider = providerOf(facts);
  if (provider === undefined) return [];
  const fields = fieldsOf(facts, provider);
  const field = fieldAt(kmsModel(fields), name.split('.'));
  const refusals: string[] = [];
  if (field === undefined) refusals.push(unknownSetting(name.split('.'), provider, fields, facts));
  else settingValue(field, answer.trim(), refusals);
  return refusals;
}

/** Six to thirty characters, of older projects behind a domain: cloud.google.com/resource-manager, "Project ID", 2026-11. */
const PROJECT_ID = /^(?:[a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$/;

/**
 * An answer that is probably wrong: a place that is not in our list, although it may be new, or an impossible project.
 */
export function placeWarnings(name: string, answer: string): readonly string[] {
  if (/^\$\{.*\}$/.test(answer)) return [];
  if (name === 'project-id' && !PROJECT_ID.test(answer)) {
    return [`'${answer}' is not a Google Cloud project ID: 6 to 30 lowercase letters, digits and hyphens.`];
  }
  const places = PLACES.get(name);
  if (places === undefined || places.has(answer)) return [];
  const suggestion = nearest(answer, places.keys());
  return [`'${answer}' is not in our list.${suggestion === undefined ? '' : ` Did you mean '${suggestion}'?`}`];
}

/** @param others answers of the procedure in addition to the settings of the section */
export function kmsSettings(facts: Facts, others: Answers = {}): KmsSettings {
  const provider = providerOf(facts);
  if (provider === undefined) {
    return { provider: '', section: {}, refusals: [`Missing KMS type. Use ${TYPES}.`] };
  }
  const fields = fieldsOf(facts, provider);
  if (fields.size === 0) return { provider, section: {}, refusals: [noProvider(facts, provider)] };
  const section: Record<string, HoconValue> = { type: provider };
  const refusals: string[] = [];
  if (isOnlyEnterprise(facts, provider)) refusals.push(noProvider(facts, provider));
  for (const [name, answer] of Object.entries(facts.options)) {
    if (!name.startsWith(PREFIX) || answer.trim() === '') continue;
    if (Object.hasOwn(others, name.slice(PREFIX.length))) continue;
    const path = name.slice(PREFIX.length).split('.');
    const field = fieldAt(kmsModel(fields), path);
    if (field === undefined) refusals.push(unknownSetting(path, provider, fields, facts));
    else add(section, path, settingValue(field, answer.trim(), refusals));
  }
  for (const [name, field] of fields) {
    if (!field.required || name in section || isConfigured(facts, provider, name)) continue;
    if (name === 'config') section[name] = new Raw('{}');
    else refusals.push(`Missing setting '${name}' of the KMS type \`${provider}\`: ${field.meta.doc}`);
  }
  return { provider, section, refusals };
}

function kmsModel(fields: ReadonlyMap<string, Field>) {
  return { kind: 'object', fields, open: false, foreign: new Map() } as const;
}

/** The keys of the section for a provider; none if this Canton version does not know the provider. */
function fieldsOf(facts: Facts, provider: string): ReadonlyMap<string, Field> {
  const { kind, name } = facts.target;
  const kms = fieldAt(fieldModelOf(facts.version, facts.edition), [kind, name, 'crypto', 'kms']);
  const options = kms?.model.kind === 'union' ? kms.model.options : undefined;
  return options?.get(provider)?.fields ?? new Map();
}

function isOnlyEnterprise(facts: Facts, provider: string): boolean {
  if (facts.edition === 'enterprise' || !isKmsType(provider)) return false;
  return !isAtLeast(facts, kmsTypeFacts(provider).communitySince);
}

function noProvider({ version, edition }: Facts, provider: string): string {
  if (!isKmsType(provider)) {
    return `Unknown KMS type '${provider}'. Use ${TYPES}.`;
  }
  return `Canton ${version} (${edition}) does not support the KMS type \`${provider}\`.`;
}

function unknownSetting(
  path: readonly string[],
  provider: string,
  fields: ReadonlyMap<string, Field>,
  facts: Facts,
): string {
  const names = [...fields.keys()].filter((name) => name !== 'type').join(', ');
  return `'${path.join('.')}' is not a setting of the KMS type \`${provider}\` in Canton ${facts.version}. The settings are ${names}.`;
}

function isConfigured(facts: Facts, provider: string, name: string): boolean {
  const kms = facts.target.crypto?.entries.get('kms')?.value;
  if (kms?.kind !== 'object' || facts.target.kmsType !== provider) return false;
  return kms.entries.has(name) || kms.unknowns.length > 0;
}

function add(section: Record<string, HoconValue>, path: readonly string[], value: HoconValue): void {
  const [key, ...rest] = path;
  if (key === undefined) return;
  if (rest.length === 0) {
    section[key] = value;
    return;
  }
  const known = section[key];
  const inner = { ...(known !== undefined && isObject(known) ? known : {}) };
  add(inner, rest, value);
  section[key] = inner;
}

/** A value that is not a string is written without quotes, and a substitution stays a substitution. */
function settingValue({ name, model }: Field, answer: string, refusals: string[]): HoconValue {
  if (/^\$\{.*\}$/.test(answer) || model.kind === 'string' || model.kind === 'enum') return answer;
  if (model.kind === 'boolean' || model.kind === 'int' || model.kind === 'duration') {
    const fault = faultOf(model, answer);
    if (fault !== undefined) refusals.push(`Invalid value '${answer}' for '${name}'. It must be ${model.accepts}.`);
    return new Raw(answer);
  }
  if (parse('setting.conf', `setting = ${answer}`).problems.length > 0) {
    refusals.push(`'${answer}' for '${name}' is not a valid HOCON value.`);
  }
  return new Raw(answer);
}

function faultOf({ kind, check }: ScalarModel, answer: string): unknown {
  if (kind === 'boolean') return /^(?:true|false|yes|no|on|off)$/.test(answer) ? undefined : answer;
  if (kind === 'int') return /^-?\d+$/.test(answer) ? check(BigInt(answer)) : answer;
  return check(answer);
}

/** Configured defaults that the KMS does not support: a node that creates its keys there would not start. */
export function schemeRefusals(facts: Facts, provider: string): readonly string[] {
  if (is2x(facts) || !isKmsType(provider)) return [];
  return SCHEME_SECTIONS.flatMap((settings) => {
    const supported = supportedSchemes(provider, settings, facts.version);
    const scheme = textAt(facts, 'crypto', ...settings.split('.'), 'default');
    if (scheme === undefined || supported.includes(scheme)) return [];
    const place = `crypto.${settings}.default`;
    const verb = settings.endsWith('.keys')
      ? `support ${scheme === 'ec-curve-25519' ? 'Ed25519' : `'${scheme}'`} keys`
      : `support '${scheme}'`;
    return [
      `${labelOf(provider)} does not ${verb}, which '${place}' sets. Change it to ${supported.map((one) => `'${one}'`).join(' or ')} first, and allow the new value.`,
    ];
  });
}

export function labelOf(provider: string): string {
  return isKmsType(provider) ? kmsTypeFacts(provider).name : provider;
}
