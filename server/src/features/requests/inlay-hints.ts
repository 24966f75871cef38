import type { InlayHint } from 'vscode-languageserver';
import type { SubstitutionNode } from '../../hocon/syntax/syntax';
import type { TextRange } from '../../text/location';
import type { DocumentView } from '../shared/document-view';
import type { Occurrences } from '../shared/occurrences';
import { secretsIn } from '../shared/secrets';
import { walk } from '../shared/syntax-walk';
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
  isSecret: (path: readonly string[]) => boolean,
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
