import type { InlayHint } from 'vscode-languageserver';
import { type SubstitutionNode, walk } from '../../hocon/syntax/syntax';
import { type ConfigEntry, type ConfigObject, entryAt, type KeyPath } from '../../hocon/values/config-value';
import type { CantonNode } from '../../model/facts/nodes';
import { lineEnd, lineStart } from '../../text/lines';
import type { TextRange } from '../../text/location';
import { type DocumentView, fieldsOf } from '../shared/document-view';
import type { Occurrences } from '../shared/occurrences';
import { textOf } from './effective/effective';

/** More hints than fit on any screen. */
const MAX_HINTS = 500;
const MAX_LENGTH = 40;

/** Shows the value of each substitution in the range, unless it is a section, a secret or unknown. */
export function inlayHints(view: DocumentView, occurrences: Occurrences, range: TextRange): InlayHint[] {
  const { tree, lines, index } = view;
  const hints: InlayHint[] = [];
  for (const node of walk(tree.root)) {
    if (node.kind !== 'substitution' || node.start < range.start || node.end > range.end) continue;
    const target = index.pathOf(tree, node);
    const text = target !== undefined && view.isSecret(target) ? undefined : meaning(view, occurrences, node);
    if (text !== undefined) hints.push({ position: lines.positionAt(node.end), label: `= ${text}`, paddingLeft: true });
    if (hints.length === MAX_HINTS) break;
  }
  return hints;
}

/** The value of a substitution. It may have two values in a file that is included twice; then none is shown. */
function meaning(
  { tree, isSecret }: DocumentView,
  occurrences: Occurrences,
  { path }: SubstitutionNode,
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

/**
 * The key of each section whose default the author should know. There is only one per section, because VS Code cuts off
 * longer hints.
 */
const IMPORTANT_KEYS: readonly (readonly [section: KeyPath, key: string])[] = [
  [['crypto'], 'provider'],
  [['crypto', 'kms'], 'audit-logging'],
  [['crypto', 'session-signing-keys'], 'key-validity-duration'],
  [['crypto', 'kms', 'session-signing-keys'], 'key-validity-duration'],
];

/** Shows the default of the important key of a section at the last definition of the section. */
export function defaultHints(view: DocumentView, nodes: readonly CantonNode[], range: TextRange): InlayHint[] {
  const labels = new Map<string, { readonly offset: number; readonly texts: Set<string> }>();
  for (const { path } of nodes) {
    for (const [section, key] of IMPORTANT_KEYS) {
      const full = [...path, ...section];
      const entry = entryAt(view.config, full);
      const offset = entry && hintOffset(view, entry);
      if (entry?.value.kind !== 'object' || offset === undefined || offset < range.start || offset > range.end)
        continue;
      const id = `${offset} ${section.join('.')}`;
      const known = labels.get(id) ?? { offset, texts: new Set() };
      labels.set(id, known);
      known.texts.add(defaultOf(view, full, entry.value, key));
    }
  }
  return [...labels.values()].flatMap(({ offset, texts: [text = '', ...others] }) => {
    // Nodes that share a section may have different defaults; then none is shown.
    if (text === '' || others.length > 0) return [];
    return [
      { position: view.lines.positionAt(offset), label: `default: ${text}`, paddingLeft: true, paddingRight: true },
    ];
  });
}

/**
 * The offset of the hint for a section that was last written in this document: after its opening brace, or at the end
 * of the line if the section is written on one line or without a brace.
 */
function hintOffset({ tree, file }: DocumentView, { value, definitions }: ConfigEntry): number | undefined {
  const ranges = [value.origin, ...[...definitions].reverse().map((one) => ({ uri: one.uri, range: one.value }))];
  const opened = ranges.find(({ uri, range }) => file(uri)?.text[range.start] === '{');
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

/** The default of a key; empty if the key is written, or may be in an unknown part of the section. */
function defaultOf(view: DocumentView, path: KeyPath, { entries, unknowns }: ConfigObject, key: string): string {
  if (unknowns.length > 0 || entries.has(key) || isOff(entries.get('enabled'))) return '';
  const value = fieldsOf(view, path).find(({ name }) => name === key)?.meta.default;
  return value === undefined ? '' : `${key} = ${value}`;
}

/** True if the section is switched off, so that its other keys have no effect. */
function isOff(enabled: ConfigEntry | undefined): boolean {
  return enabled !== undefined && !(enabled.value.kind === 'boolean' && enabled.value.value);
}
