import type { Field } from '../../../../../schemas/model';
import { projectModel } from '../../../../../schemas/project-model';
import type { CantonVersion, Edition } from '../../../../../schemas/version';
import type { ConfigEntry, ConfigObject, Definition } from '../../../hocon/values/config-value';
import { fieldsAt } from '../../../model/binding/lookup';
import { pathText } from '../../../model/binding/pureconfig';
import { MASKED, withoutCredentials } from '../../shared/secrets';
import { reasonOf, valueText } from './hocon-value-text';

/** A line of HOCON and what is said behind it. */
export interface Row {
  readonly text: string;
  readonly remarks: readonly Remark[];
}

/** Words, or the place in a file that they are followed by. */
export interface Remark {
  readonly words: string;
  readonly place?: Definition;
  /** What is said of the place. */
  readonly suffix?: string;
}

export interface RowsInput {
  readonly config: ConfigObject;
  readonly version: CantonVersion;
  readonly edition: Edition;
  readonly isSecret: (path: readonly string[]) => boolean;
  /** What the provider takes where the key at a full path is absent. */
  readonly providerDefault: (path: string) => string | undefined;
  /** Codes of the problems at a full path. */
  readonly problems: ReadonlyMap<string, readonly string[]>;
  /** A definition's value as it is written. */
  readonly written: (definition: Definition) => string;
}

/** A section holds some dozen keys; substitutions could make it hold millions, nested without end. */
const MAX_ROWS = 1000;
const MAX_DEPTH = 30;
const MAX_ELEMENTS = 100;
const MAX_OVERRIDDEN = 3;
const MAX_WRITTEN = 60;
const INDENT = '  ';

/** A section of the effective configuration as lines of HOCON, with the defaults of what is absent as comments. */
export class EffectiveRows {
  private left = MAX_ROWS;

  constructor(private readonly input: RowsInput) {}

  /** `label` is the path as it is to be written; `entry` is undefined for a section that nobody wrote. */
  section(label: string, path: readonly string[], entry: ConfigEntry | undefined, indent = ''): Row[] {
    if (entry !== undefined && entry.value.kind !== 'object') return this.leaf(label, path, entry, indent);
    const object = entry?.value.kind === 'object' ? entry.value : undefined;
    const parts =
      path.length > MAX_DEPTH ? [[comment(indent + INDENT, '…')]] : this.inside(object, path, indent + INDENT);
    const codes = this.codes(path);
    if (parts.length === 0) return [{ text: `${indent}${label} {}`, remarks: [...placesOf(entry), ...codes] }];
    const [only] = parts;
    if (object?.entries.size === 1 && parts.length === 1 && codes.length === 0)
      return joined(label, only as Row[], indent);
    return [{ text: `${indent}${label} {`, remarks: codes }, ...parts.flat(), { text: `${indent}}`, remarks: [] }];
  }

  /** The lines of each key, and what else is to be said. */
  private inside(object: ConfigObject | undefined, path: readonly string[], indent: string): Row[][] {
    const parts: Row[][] = [];
    for (const [name, entry] of object?.entries ?? []) {
      if (this.left-- <= 0) return [...parts, [comment(indent, '…')]];
      parts.push(this.section(pathText([name]), [...path, name], entry, indent));
    }
    for (const unknown of object?.unknowns ?? []) {
      parts.push([comment(indent, `There may be more: ${reasonOf(unknown)}`)]);
    }
    return [...parts, ...this.defaults(object, path, indent).map((row) => [row])];
  }

  private leaf(label: string, path: readonly string[], entry: ConfigEntry, indent: string): Row[] {
    const { value } = entry;
    const winner = entry.definitions.at(-1);
    const written = winner === undefined ? '' : withoutCredentials(this.input.written(winner).replace(/\s+/g, ' '));
    const secret = this.input.isSecret(path) || this.namesSecret(written);
    const text = secret ? JSON.stringify(MASKED) : valueText(value);
    if (text === undefined) return [{ text: `${indent}# ${label} is not known`, remarks: placesOf(entry) }];
    const suffix =
      !secret && written.includes('${') && written.length <= MAX_WRITTEN && written !== text ? ` ${written}` : '';
    const places = placesOf(entry, suffix);
    const open = value.kind === 'unknown' ? [{ words: reasonOf(value.reason) }] : [];
    const elements = value.kind === 'list' ? value.elements.slice(0, MAX_ELEMENTS) : [];
    const codes = [path, ...elements.map((_, i) => [...path, String(i)])].flatMap((one) => this.codes(one));
    return [{ text: `${indent}${label} = ${text}`, remarks: [...places, ...open, ...codes] }];
  }

  /** A secret stays one where another key takes it over: `x = ${db.password}`. */
  private namesSecret(written: string): boolean {
    return [...written.matchAll(/\$\{\??([^}]*)/g)].some(([, path = '']) =>
      this.input.isSecret(path.trim().split('.')),
    );
  }

  /** What Canton takes for the keys that are absent. Nothing can be said where a part of the section is not known. */
  private defaults(object: ConfigObject | undefined, path: readonly string[], indent: string): Row[] {
    const fields = this.fieldsAt(path);
    const isOpen = object !== undefined && object.unknowns.length > 0;
    const isUndecided =
      fields.some(({ name, required }) => name === 'type' && required) &&
      object?.entries.get('type')?.value.kind !== 'string';
    const absent = fields.filter(({ name, meta }) => !object?.entries.has(name) && meta.deprecated === undefined);
    const missing = absent.filter(({ required, name }) => required && this.codes([...path, name]).length > 0);
    const rows = missing.map(({ name }) => ({
      ...comment(indent, `${name} is missing`),
      remarks: this.codes([...path, name]),
    }));
    if (isOpen || isUndecided) return rows;
    return [...rows, ...absent.flatMap((field) => this.defaultOf(field, path, '', indent))];
  }

  private defaultOf(field: Field, above: readonly string[], prefix: string, indent: string): Row[] {
    const path = [...above, field.name];
    const label = prefix + field.name;
    const value = this.input.providerDefault(path.join('.')) ?? field.meta.default;
    if (value === undefined) return [];
    if (value !== '{}') {
      const row = comment(indent, `${label} ${value.startsWith('{') ? '' : '= '}${value}`);
      return [{ ...row, remarks: this.codes(path) }];
    }
    // A section of which no key is required.
    return this.fieldsAt(path)
      .filter(({ meta }) => meta.deprecated === undefined)
      .flatMap((inner) => this.defaultOf(inner, path, `${label}.`, indent));
  }

  private fieldsAt(path: readonly string[]): readonly Field[] {
    const { config, version, edition } = this.input;
    const canton = config.entries.get('canton')?.value;
    return fieldsAt(projectModel(version, edition), path.slice(1), canton?.kind === 'object' ? canton : undefined);
  }

  private codes(path: readonly string[]): Remark[] {
    return (this.input.problems.get(pathText(path)) ?? []).map((words) => ({ words }));
  }
}

/** `a { b { c = 1 } }` is written `a.b.c = 1`. */
function joined(label: string, [first, ...others]: readonly Row[], indent: string): Row[] {
  const text = first?.text.trimStart() ?? '';
  // What is not known stands in a comment.
  const head = text.startsWith('# ') ? `${indent}# ${label}.${text.slice(2)}` : `${indent}${label}.${text}`;
  return [
    { text: head, remarks: first?.remarks ?? [] },
    ...others.map((row) => ({ ...row, text: row.text.slice(INDENT.length) })),
  ];
}

function comment(indent: string, text: string): Row {
  return { text: `${indent}# ${text}`, remarks: [] };
}

/** Where the value was written, and what it overrides; the elements of a list may come from several places. */
function placesOf(entry: ConfigEntry | undefined, suffix = ''): Remark[] {
  const [winner, ...others] = [...(entry?.definitions ?? [])].reverse();
  if (winner === undefined) return [];
  const over = entry?.value.kind === 'list' ? 'with ' : 'over ';
  return [
    { words: '', place: winner, suffix },
    ...others.slice(0, MAX_OVERRIDDEN).map((place) => ({ words: over, place })),
  ];
}
