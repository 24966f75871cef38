import type { EnumModel, FieldModel } from '../../../../schemas/model';
import { EXPERIMENTAL, keysOfAlgorithm, providerDefault, type SchemeSection } from '../../../../schemas/schemes';
import { type CantonVersion, compareVersions } from '../../../../schemas/version';
import { type Bound, booleanAt, boundAt, textAt, textsAt, UNKNOWN, type Unknown } from '../binding/bound';

/** `algorithms` or `keys` of `signing` or `encryption`, as written. */
export interface SchemeSetting {
  readonly settings: SchemeSection;
  readonly purpose: 'signing' | 'encryption';
  readonly level: 'algorithms' | 'keys';
  readonly default: string | undefined | Unknown;
  readonly allowed: readonly string[] | undefined | Unknown;
  /** All spellings of this version. */
  readonly all: readonly string[];
  /** The name that Canton's messages print. */
  readonly displayName: (spelling: string) => string;
}

const settingsOfSections = new WeakMap<Bound, readonly SchemeSetting[]>();

/** The four settings with a choice; symmetric, hash and pbkdf have one value each. */
export function schemeSettings(section: Bound): readonly SchemeSetting[] {
  const known = settingsOfSections.get(section);
  if (known !== undefined) return known;
  const settings = [
    settingOf(section, 'signing', 'keys'),
    settingOf(section, 'signing', 'algorithms'),
    settingOf(section, 'encryption', 'keys'),
    settingOf(section, 'encryption', 'algorithms'),
  ].filter((setting) => setting !== undefined);
  settingsOfSections.set(section, settings);
  return settings;
}

export function schemeSetting(section: Bound, settings: SchemeSection): SchemeSetting | undefined {
  return schemeSettings(section).find((setting) => setting.settings === settings);
}

function settingOf(
  section: Bound,
  purpose: 'signing' | 'encryption',
  level: 'algorithms' | 'keys',
): SchemeSetting | undefined {
  const model = enumOf(boundAt(section, purpose, level, 'default')?.field?.model);
  if (model === undefined) return undefined;
  return {
    settings: `${purpose}.${level}`,
    purpose,
    level,
    default: textAt(section, purpose, level, 'default'),
    allowed: textsAt(section, purpose, level, 'allowed'),
    all: [...model.values.keys()],
    displayName: (spelling) => (model.values.get(spelling) ?? model.foreign.get(spelling))?.displayName ?? spelling,
  };
}

function enumOf(model: FieldModel | undefined): EnumModel | undefined {
  return model?.kind === 'enum' ? model : undefined;
}

/** The first algorithm of this setting that works with a key. */
export function algorithmFor({ all }: SchemeSetting, key: string): string | undefined {
  return all.find((algorithm) => keysOfAlgorithm(algorithm).includes(key));
}

/** Scala prints a set in written order up to four elements, and larger sets in no particular order. */
export function setText(spellings: readonly string[], displayName: (spelling: string) => string): string {
  return `${spellings.length > 4 ? 'HashSet' : 'Set'}(${spellings.map(displayName).join(', ')})`;
}

/** The reason why a scheme selection fails at the start, as Canton words it, and the setting concerned. */
export interface SelectionFailure {
  readonly kind: 'not-supported' | 'not-allowed' | 'mismatch';
  readonly settings: SchemeSection;
  readonly text: string;
  /** The default that applies, and whether it is set explicitly. */
  readonly taken: string;
}

export interface Selection {
  readonly default: string;
  readonly allowed: readonly string[];
}

/**
 * The schemes that the node would use: configured values, completed with the provider's. It stops at the first failure,
 * in the order of that version (`crypto/CryptoSchemes.scala` 3.3, 3.4, 3.5, main). UNKNOWN if a value comes from
 * outside.
 */
export function selectSchemes(
  section: Bound,
  provider: 'jce' | 'kms',
  version: CantonVersion,
): ReadonlyMap<SchemeSection, Selection> | SelectionFailure | Unknown {
  const experimental = booleanAt(section, 'enable-experimental');
  const checksFit = compareVersions(version, '3.5') >= 0;
  const chosen = new Map<SchemeSection, Selection>();
  for (const setting of schemeSettings(section)) {
    if (setting.default === UNKNOWN || setting.allowed === UNKNOWN || experimental === UNKNOWN) return UNKNOWN;
    const supported = setting.all.filter((spelling) => experimental === true || !EXPERIMENTAL.has(spelling));
    const allowed = setting.allowed ?? supported;
    const taken = setting.default ?? providerDefault(provider, setting.settings, version);
    const failure = failureOf(setting, allowed, supported, taken);
    if (failure !== undefined) return failure;
    chosen.set(setting.settings, { default: taken, allowed });
    if (checksFit && setting.level === 'algorithms') {
      // Absent where the section of the keys is unknown, as in `keys = ${?X}`.
      const keys = chosen.get(`${setting.purpose}.keys`);
      const mismatch = keys && mismatchOf(section, setting, taken, keys.default);
      if (mismatch !== undefined) return mismatch;
    }
  }
  return chosen;
}

function failureOf(
  { settings, displayName }: SchemeSetting,
  allowed: readonly string[],
  supported: readonly string[],
  taken: string,
): SelectionFailure | undefined {
  if (!allowed.every((spelling) => supported.includes(spelling))) {
    const text = `Allowed schemes ${setText(allowed, displayName)} are not supported`;
    return { kind: 'not-supported', settings, text, taken };
  }
  if (allowed.includes(taken)) return undefined;
  const text = `Scheme ${displayName(taken)} is not allowed: ${setText(allowed, displayName)}`;
  return { kind: 'not-allowed', settings, text, taken };
}

function mismatchOf(
  section: Bound,
  { purpose, settings, displayName }: SchemeSetting,
  algorithm: string,
  key: string,
): SelectionFailure | undefined {
  const keys = keysOfAlgorithm(algorithm);
  if (keys.includes(key)) return undefined;
  const { displayName: keyName } = schemeSetting(section, `${purpose}.keys`) as SchemeSetting;
  const text = `Default ${purpose} key spec ${keyName(key)} is not supported by default ${purpose} algorithm ${displayName(algorithm)}. Supported key specs: ${setText(keys, keyName)}`;
  return { kind: 'mismatch', settings, text, taken: algorithm };
}
