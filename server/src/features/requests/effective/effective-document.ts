import type { CantonVersion, Edition } from '../../../../../schemas/version';
import { compareVersions } from '../../../../../schemas/version';
import type { ConfigEntry, ConfigObject, Definition } from '../../../hocon/values/config-value';
import { textAt } from '../../../model/binding/bound';
import { aliasedCrypto } from '../../../model/binding/crypto-alias';
import { pathText } from '../../../model/binding/pureconfig';
import type { Diagnostic } from '../../../model/diagnostic';
import type { CantonNode } from '../../../model/facts/nodes';
import { selectSchemes } from '../../../model/facts/schemes';
import type { NodeView } from '../../../model/facts/view';
import type { Lines, Range } from '../../../text/positions';
import { nodeTitle, problemCounts } from '../../shared/node-title';
import { EffectiveRows, type Remark, type Row } from './effective-rows';

/** The crypto section of a node as it is in effect, as HOCON to read. */
export interface EffectiveDocument {
  readonly text: string;
  /** The places that the comments name. */
  readonly links: readonly EffectiveLink[];
}

export interface EffectiveLink {
  /** In the document. */
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
  readonly isSecret: (path: readonly string[]) => boolean;
  readonly launchSet: string;
  readonly diagnostics: readonly Diagnostic[];
  file(uri: string): { readonly text: string; readonly lines: Lines } | undefined;
  /** A file as the comments name it. */
  nameOf(uri: string): string;
}

/** Longer lines have their comment right behind them. */
const MAX_COLUMN = 40;

export function effectiveDocument(input: EffectiveDocumentInput): EffectiveDocument {
  const { node, version, edition, launchSet, diagnostics } = input;
  const title = nodeTitle(node, problemCounts([node], diagnostics).get(node.id) ?? 0);
  const head = [
    `# ${node.id} · ${title}`,
    `# As Canton ${version} ${edition} reads the launch set ${launchSet.replace(/\s+/g, ' ')}.`,
    '# What is commented out is a default.',
    '',
  ];
  const path = [...node.path, 'crypto'];
  const rows = new EffectiveRows({
    ...input,
    providerDefault: providerDefaults(input),
    problems: codesByPath(diagnostics),
    written: ({ uri, value }) => input.file(uri)?.text.slice(value.start, Math.min(value.end, value.start + 100)) ?? '',
  }).section(pathText(path), path, cryptoOf(input));
  return withRemarks(head, rows, input);
}

/** From 3.5 on, session signing keys are read from their new place, wherever they were written. */
function cryptoOf({ node, version }: EffectiveDocumentInput): ConfigEntry | undefined {
  const entry = node.value.entries.get('crypto');
  if (entry?.value.kind !== 'object' || compareVersions(version, '3.5') < 0) return entry;
  return { definitions: entry.definitions, value: aliasedCrypto(entry.value) };
}

/** Which schemes are the default depends on the provider, and where there is a fault there are none. */
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

/** Puts the remarks behind the lines, in one column as far as possible. */
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
  { words, place, suffix = '' }: Remark,
  number: number,
  links: EffectiveLink[],
  input: EffectiveDocumentInput,
): string {
  const before = line + words;
  if (place === undefined) return before;
  const at = lineOf(place, input);
  const name = `${input.nameOf(place.uri)}${at === undefined ? '' : `:${at + 1}`}`;
  const start = { line: number, character: before.length };
  const end = { line: number, character: before.length + name.length };
  links.push({ range: { start, end }, uri: place.uri, line: at ?? 0 });
  return before + name + suffix;
}

function lineOf({ uri, key }: Definition, { file }: EffectiveDocumentInput): number | undefined {
  return file(uri)?.lines.positionAt(key.start).line;
}
