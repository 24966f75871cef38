import type { InlayHint } from 'vscode-languageserver';
import { lineEnd, lineStart } from '../../edits/lines';
import { type SubstitutionNode, walk } from '../../hocon/syntax/syntax';
import { type ConfigEntry, type ConfigObject, entryAt, type KeyPath } from '../../hocon/values/config-value';
import type { CantonNode } from '../../model/facts/nodes';
import { secretsIn } from '../../model/facts/secrets';
import type { TextRange } from '../../text/location';
import { type DocumentView, fieldsOf } from '../shared/document-view';
import type { Occurrences } from '../shared/occurrences';
import { textOf } from './effective/effective';

/** More fit on no screen. */
export const MAX_HINTS = 500;
const MAX_LENGTH = 40;

/** Behind each substitution of the range what it stands for, unless that is a section, a secret or not known. */
export function inlayHints(view: DocumentView, occurrences: Occurrences, range: TextRange): InlayHint[] {
  const { tree, lines, index, config, version, edition } = view;
  const isSecret = secretsIn(config, version, edition);
  const hints: InlayHint[] = [];
  for (const node of walk(tree.root)) {
    if (node.kind !== 'substitution' || node.start < range.start || node.end > range.end) continue;
    const target = index.pathOf(tree, node);
    const text = target !== undefined && isSecret(target) ? undefined : meaning(view, occurrences, node, isSecret);
    if (text !== undefined) hints.push({ position: lines.positionAt(node.end), label: `= ${text}`, paddingLeft: true });
    if (hints.length === MAX_HINTS) break;
  }
  return hints;
}

/** A file that is included twice may have two meanings; then there is none to show. */
function meaning(
  { tree }: DocumentView,
  occurrences: Occurrences,
  { path }: SubstitutionNode,
  isSecret: (path: KeyPath) => boolean,
): string | undefined {
  const last = path.elements.at(-1);
  const keys = last === undefined ? [] : occurrences.at(tree.uri, last.start);
  const texts = keys.map(({ path: of, entry }) => {
    if (entry === undefined || entry.value.kind === 'object' || entry.value.kind === 'unknown') return undefined;
    return isSecret(of) ? undefined : textOf(entry.value);
  });
  const [text] = texts;
  if (text === undefined || new Set(texts).size > 1) return undefined;
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
}

/** Of the sections of a node the key whose absence decides what the author should know of; VS Code cuts longer hints. */
const TELLING: readonly (readonly [section: KeyPath, key: string])[] = [
  [['crypto'], 'provider'],
  [['crypto', 'kms'], 'audit-logging'],
  [['crypto', 'session-signing-keys'], 'key-validity-duration'],
  [['crypto', 'kms', 'session-signing-keys'], 'key-validity-duration'],
];

/** The default that Canton takes for the important key of a section, where the section was last written. */
export function defaultHints(view: DocumentView, nodes: readonly CantonNode[], range: TextRange): InlayHint[] {
  const labels = new Map<string, { readonly offset: number; readonly texts: Set<string> }>();
  for (const { path } of nodes) {
    for (const [section, key] of TELLING) {
      const full = [...path, ...section];
      const entry = entryAt(view.config, full);
      const offset = entry && placeOf(view, entry);
      if (entry?.value.kind !== 'object' || offset === undefined || offset < range.start || offset > range.end)
        continue;
      const id = `${offset} ${section.join('.')}`;
      const known = labels.get(id) ?? { offset, texts: new Set() };
      labels.set(id, known);
      known.texts.add(defaultOf(view, full, entry.value, key));
    }
  }
  return [...labels.values()].flatMap(({ offset, texts: [text = '', ...others] }) => {
    // A section that several nodes share may mean different things; then there is nothing to show.
    if (text === '' || others.length > 0) return [];
    return [
      { position: view.lines.positionAt(offset), label: `default: ${text}`, paddingLeft: true, paddingRight: true },
    ];
  });
}

/**
 * Behind the opening brace of a section that was last written in this document; at the end of the line where it is
 * written on one, or has no brace.
 */
function placeOf({ tree, file }: DocumentView, { value, definitions }: ConfigEntry): number | undefined {
  const places = [value.origin, ...[...definitions].reverse().map((one) => ({ uri: one.uri, range: one.value }))];
  const opened = places.find(({ uri, range }) => file(uri)?.text[range.start] === '{');
  if (opened !== undefined) {
    if (opened.uri !== tree.uri) return undefined;
    const { start, end } = opened.range;
    if (tree.text.slice(start, end).includes('\n')) return start + 1;
    const rest = tree.text.slice(lineStart(tree.text, end), lineEnd(tree.text, end)).trimEnd();
    return lineStart(tree.text, end) + rest.length;
  }
  const last = definitions.at(-1);
  return last?.uri === tree.uri ? last.value.end : undefined;
}

/** Empty where the key is written, or may be in what is not known. */
function defaultOf(view: DocumentView, path: KeyPath, { entries, unknowns }: ConfigObject, key: string): string {
  if (unknowns.length > 0 || entries.has(key) || isOff(entries.get('enabled'))) return '';
  const value = fieldsOf(view, path).find(({ name }) => name === key)?.meta.default;
  return value === undefined ? '' : `${key} = ${value}`;
}

/** A section that is switched off has no use for it. */
function isOff(enabled: ConfigEntry | undefined): boolean {
  return enabled !== undefined && !(enabled.value.kind === 'boolean' && enabled.value.value);
}
