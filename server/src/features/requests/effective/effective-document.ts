import { fieldModelOf } from '../../../../../schemas/compile';
import type { Field } from '../../../../../schemas/model';
import { type CantonVersion, compareVersions, type Edition } from '../../../../../schemas/version';
import type {
  ConfigEntry,
  ConfigObject,
  ConfigValue,
  Definition,
  KeyPath,
  Unknown,
} from '../../../hocon/values/config-value';
import { textAt } from '../../../model/binding/bound';
import { aliasedCrypto } from '../../../model/binding/crypto-alias';
import { fieldsAt } from '../../../model/binding/lookup';
import type { Diagnostic } from '../../../model/diagnostic';
import type { CantonNode } from '../../../model/facts/nodes';
import { selectSchemes } from '../../../model/facts/schemes';
import { MASKED, withoutCredentials } from '../../../model/facts/secrets';
import type { NodeView } from '../../../model/facts/view';
import { hoconPath, hoconQuoted, hoconString } from '../../../text/encoders/hocon';
import type { Lines, Range } from '../../../text/positions';
import { nodeTitle, problemCounts } from '../../shared/nodes';

const MAX_TEXT = 1000;
/** Credentials are searched before the text is cut, because the evidence may be in the part that is cut off. */
const MAX_MASKED = 10_000;

function shortened(text: string): string {
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
}

/** A value as it would be written; undefined if it has no written form. */
function valueText(value: ConfigValue): string | undefined {
  switch (value.kind) {
    case 'string':
      return hoconString(shortened(withoutCredentials(value.value.slice(0, MAX_MASKED))));
    case 'number':
      return value.text;
    case 'boolean':
      return String(value.value);
    case 'null':
      return 'null';
    case 'list':
      return listText(value.elements);
    case 'object':
      return undefined;
    case 'unknown':
      return value.reason.cause === 'environment' && /^\w+$/.test(value.reason.subject)
        ? `\${${value.reason.subject}}`
        : undefined;
  }
}

function listText(elements: readonly ConfigValue[]): string {
  let text = '';
  for (const element of elements) {
    const next = element.kind === 'list' || element.kind === 'object' ? '…' : (valueText(element) ?? '…');
    if (text.length + next.length > MAX_TEXT) return `[${text}, …]`;
    text += text === '' ? next : `, ${next}`;
  }
  return `[${text}]`;
}

/** The reason why something is unknown, for use after a colon. */
function reasonOf({ cause, subject }: Unknown): string {
  switch (cause) {
    case 'environment':
      return `the variable ${subject} is not set here`;
    case 'include':
    case 'url':
      return `${subject.replace(/\s+/g, ' ')} could not be read`;
    case 'rest':
      return 'it may be set in another file of the launch set';
    case 'elsewhere':
      return `${subject} is set in another file of the launch set`;
    case 'problem':
      return 'the file has an error';
  }
}

/** A line of HOCON and the remarks in the comment after it. */
interface Row {
  readonly text: string;
  readonly remarks: readonly Remark[];
}

/** A text, or the file and line of a definition after a text. */
interface Remark {
  readonly text: string;
  readonly definition?: Definition;
  /** The text after the definition. */
  readonly suffix?: string;
}

interface RowsInput {
  readonly config: ConfigObject;
  readonly version: CantonVersion;
  readonly edition: Edition;
  readonly isSecret: (path: KeyPath) => boolean;
  /** The default that depends on the provider, for the key at a full path. */
  readonly providerDefault: (path: string) => string | undefined;
  /** The codes of the diagnostics at a full path. */
  readonly problems: ReadonlyMap<string, readonly string[]>;
  /** The value of a definition as it is written. */
  readonly written: (definition: Definition) => string;
}

/** A section has a few dozen keys, but substitutions could multiply them without limit. */
const MAX_ROWS = 1000;
const MAX_DEPTH = 30;
const MAX_ELEMENTS = 100;
const MAX_OVERRIDDEN = 3;
const MAX_WRITTEN = 60;
const INDENT = '  ';

/** Writes a section of the effective configuration as lines of HOCON, with the defaults of absent keys as comments. */
class EffectiveRows {
  private left = MAX_ROWS;

  constructor(private readonly input: RowsInput) {}

  /**
   * @param label the path as it is shown
   * @param entry undefined for a section that is not written
   */
  section(label: string, path: KeyPath, entry: ConfigEntry | undefined, indent = ''): Row[] {
    if (entry !== undefined && entry.value.kind !== 'object') return this.leaf(label, path, entry, indent);
    const object = entry?.value.kind === 'object' ? entry.value : undefined;
    const parts =
      path.length > MAX_DEPTH ? [[comment(indent + INDENT, '…')]] : this.inside(object, path, indent + INDENT);
    const codes = this.codes(path);
    if (parts.length === 0) return [{ text: `${indent}${label} {}`, remarks: [...sourcesOf(entry), ...codes] }];
    const [only] = parts;
    if (object?.entries.size === 1 && parts.length === 1 && codes.length === 0)
      return joined(label, only as Row[], indent);
    return [{ text: `${indent}${label} {`, remarks: codes }, ...parts.flat(), { text: `${indent}}`, remarks: [] }];
  }

  /** The lines of each key, followed by those of unknown parts and of defaults. */
  private inside(object: ConfigObject | undefined, path: KeyPath, indent: string): Row[][] {
    const parts: Row[][] = [];
    for (const [name, entry] of object?.entries ?? []) {
      if (this.left-- <= 0) return [...parts, [comment(indent, '…')]];
      parts.push(this.section(hoconPath([name]), [...path, name], entry, indent));
    }
    for (const unknown of object?.unknowns ?? []) {
      parts.push([comment(indent, `There may be more keys: ${reasonOf(unknown)}`)]);
    }
    return [...parts, ...this.defaults(object, path, indent).map((row) => [row])];
  }

  private leaf(label: string, path: KeyPath, entry: ConfigEntry, indent: string): Row[] {
    const { value } = entry;
    const winner = entry.definitions.at(-1);
    const written = winner === undefined ? '' : withoutCredentials(this.input.written(winner).replace(/\s+/g, ' '));
    const secret = this.input.isSecret(path) || this.namesSecret(written);
    const text = secret ? hoconQuoted(MASKED) : valueText(value);
    if (text === undefined) return [{ text: `${indent}# ${label} is unknown`, remarks: sourcesOf(entry) }];
    const suffix =
      !secret && written.includes('${') && written.length <= MAX_WRITTEN && written !== text ? ` ${written}` : '';
    const sources = sourcesOf(entry, suffix);
    const open = value.kind === 'unknown' ? [{ text: reasonOf(value.reason) }] : [];
    const elements = value.kind === 'list' ? value.elements.slice(0, MAX_ELEMENTS) : [];
    const codes = [path, ...elements.map((_, i) => [...path, String(i)])].flatMap((one) => this.codes(one));
    return [{ text: `${indent}${label} = ${text}`, remarks: [...sources, ...open, ...codes] }];
  }

  /** True for a value that contains the secret of another key: `x = ${db.password}`. */
  private namesSecret(written: string): boolean {
    return [...written.matchAll(/\$\{\??([^}]*)/g)].some(([, path = '']) =>
      this.input.isSecret(path.trim().split('.')),
    );
  }

  /** The defaults of absent keys. There are none to show if a part of the section is unknown. */
  private defaults(object: ConfigObject | undefined, path: KeyPath, indent: string): Row[] {
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

  private defaultOf(field: Field, above: KeyPath, prefix: string, indent: string): Row[] {
    const path = [...above, field.name];
    const label = prefix + field.name;
    const value = this.input.providerDefault(path.join('.')) ?? field.meta.default;
    if (value === undefined) return [];
    if (value !== '{}') {
      const row = comment(indent, `${label} ${value.startsWith('{') ? '' : '= '}${value}`);
      return [{ ...row, remarks: this.codes(path) }];
    }
    // This is a section without required keys.
    return this.fieldsAt(path)
      .filter(({ meta }) => meta.deprecated === undefined)
      .flatMap((inner) => this.defaultOf(inner, path, `${label}.`, indent));
  }

  private fieldsAt(path: KeyPath): readonly Field[] {
    const { config, version, edition } = this.input;
    const canton = config.entries.get('canton')?.value;
    return fieldsAt(fieldModelOf(version, edition), path.slice(1), canton?.kind === 'object' ? canton : undefined);
  }

  private codes(path: KeyPath): Remark[] {
    return (this.input.problems.get(hoconPath(path)) ?? []).map((text) => ({ text }));
  }
}

/** `a { b { c = 1 } }` is written `a.b.c = 1`. */
function joined(label: string, [first, ...others]: readonly Row[], indent: string): Row[] {
  const text = first?.text.trimStart() ?? '';
  // An unknown value is written as a comment.
  const head = text.startsWith('# ') ? `${indent}# ${label}.${text.slice(2)}` : `${indent}${label}.${text}`;
  return [
    { text: head, remarks: first?.remarks ?? [] },
    ...others.map((row) => ({ ...row, text: row.text.slice(INDENT.length) })),
  ];
}

function comment(indent: string, text: string): Row {
  return { text: `${indent}# ${text}`, remarks: [] };
}

/**
 * The definition of the value and those that it overrides; the elements of a list may come from several definitions.
 */
function sourcesOf(entry: ConfigEntry | undefined, suffix = ''): Remark[] {
  const [winner, ...others] = [...(entry?.definitions ?? [])].reverse();
  if (winner === undefined) return [];
  const over = entry?.value.kind === 'list' ? 'merged with ' : 'overrides ';
  return [
    { text: '', definition: winner, suffix },
    ...others.slice(0, MAX_OVERRIDDEN).map((definition) => ({ text: over, definition })),
  ];
}

/** The crypto section of a node as it is in effect, as HOCON to read. */
export interface EffectiveDocument {
  readonly text: string;
  /** Links from the comments to the definitions that they name. */
  readonly links: readonly EffectiveLink[];
}

export interface EffectiveLink {
  /** The range in the effective document. */
  readonly range: Range;
  readonly uri: string;
  /** Zero-based. */
  readonly line: number;
}

export interface EffectiveDocumentInput {
  readonly node: CantonNode;
  /** The node as Canton reads it. */
  readonly view: NodeView | undefined;
  readonly config: ConfigObject;
  readonly version: CantonVersion;
  readonly edition: Edition;
  readonly isSecret: (path: KeyPath) => boolean;
  readonly launchSet: string;
  readonly diagnostics: readonly Diagnostic[];
  file(uri: string): { readonly text: string; readonly lines: Lines } | undefined;
  /** The name of a file in comments. */
  nameOf(uri: string): string;
}

/** The comment directly follows a line that is longer. */
const MAX_COLUMN = 40;

export function effectiveDocument(input: EffectiveDocumentInput): EffectiveDocument {
  const { node, version, edition, launchSet, diagnostics } = input;
  const title = nodeTitle(node, problemCounts([node], diagnostics).get(node.id) ?? 0);
  const head = [
    `# ${node.id} · ${title}`,
    `# As Canton ${version} ${edition} reads the launch set ${launchSet.replace(/\s+/g, ' ')}.`,
    '# Keys that are commented out show defaults.',
    '',
  ];
  const path = [...node.path, 'crypto'];
  const rows = new EffectiveRows({
    ...input,
    providerDefault: providerDefaults(input),
    problems: codesByPath(diagnostics),
    written: ({ uri, value }) => input.file(uri)?.text.slice(value.start, Math.min(value.end, value.start + 100)) ?? '',
  }).section(hoconPath(path), path, cryptoOf(input));
  return withRemarks(head, rows, input);
}

/**
 * The crypto section; since 3.5, session signing keys are read from `crypto`, though they may be written in
 * `crypto.kms`.
 */
function cryptoOf({ node, version }: EffectiveDocumentInput): ConfigEntry | undefined {
  const entry = node.value.entries.get('crypto');
  if (entry?.value.kind !== 'object' || compareVersions(version, '3.5') < 0) return entry;
  return { definitions: entry.definitions, value: aliasedCrypto(entry.value) };
}

/** The default schemes, which depend on the provider; empty if Canton refuses the selection. */
function providerDefaults({ view, version, node }: EffectiveDocumentInput): (path: string) => string | undefined {
  if (view === undefined) return () => undefined;
  const provider = textAt(view.section, 'provider');
  const selection =
    provider === 'jce' || provider === 'kms' ? selectSchemes(view.section, provider, version) : undefined;
  if (!(selection instanceof Map)) return () => undefined;
  const defaults = new Map<string, string>();
  for (const [settings, taken] of selection) {
    defaults.set([...node.path, 'crypto', settings, 'default'].join('.'), taken.default);
  }
  return (path) => defaults.get(path);
}

function codesByPath(diagnostics: readonly Diagnostic[]): ReadonlyMap<string, readonly string[]> {
  const codes = new Map<string, string[]>();
  for (const { severity, code, configPath } of diagnostics) {
    if (configPath === undefined || (severity !== 'error' && severity !== 'warning')) continue;
    const known = codes.get(configPath) ?? [];
    codes.set(configPath, known);
    if (!known.includes(code)) known.push(code);
  }
  return codes;
}

/** Appends the remarks to the lines, aligned in one column if possible. */
function withRemarks(head: readonly string[], rows: readonly Row[], input: EffectiveDocumentInput): EffectiveDocument {
  const widths = rows.filter(({ remarks }) => remarks.length > 0).map(({ text }) => text.length);
  const column = Math.max(0, ...widths.filter((width) => width <= MAX_COLUMN));
  const lines = [...head];
  const links: EffectiveLink[] = [];
  for (const { text, remarks } of rows) {
    let line = text;
    for (const [i, remark] of remarks.entries()) {
      line += i === 0 ? `${' '.repeat(Math.max(0, column - text.length))}  # ` : ', ';
      line = addRemark(line, remark, lines.length, links, input);
    }
    lines.push(line);
  }
  return { text: `${lines.join('\n')}\n`, links };
}

function addRemark(
  line: string,
  { text, definition, suffix = '' }: Remark,
  number: number,
  links: EffectiveLink[],
  input: EffectiveDocumentInput,
): string {
  const before = line + text;
  if (definition === undefined) return before;
  const at = lineOf(definition, input);
  const name = `${input.nameOf(definition.uri)}${at === undefined ? '' : `:${at + 1}`}`;
  const start = { line: number, character: before.length };
  const end = { line: number, character: before.length + name.length };
  links.push({ range: { start, end }, uri: definition.uri, line: at ?? 0 });
  return before + name + suffix;
}

function lineOf({ uri, key }: Definition, { file }: EffectiveDocumentInput): number | undefined {
  return file(uri)?.lines.positionAt(key.start).line;
}
