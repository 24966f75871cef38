import { includeTarget } from '../../../hocon/evaluation/include-files';
import type { IncludeNode } from '../../../hocon/syntax/syntax';
import type { DocumentView } from '../../shared/document-view';
import { pathElements } from '../../shared/syntax-walk';
import { code, fileName, list } from './markdown';

/** Which file an include reads, and where its keys go. */
export function includeText(view: DocumentView, node: IncludeNode): string | undefined {
  if (node.targetRange === undefined) return undefined;
  const { kind, files } = includeTarget(node, { uri: view.tree.uri, bareName: false }, undefined);
  const title = `**include** ${code(node.target)}`;
  if (kind !== 'file') return [title, WHERE[kind]].join('\n\n');
  const found = files.filter(({ uri }) => view.file(uri) !== undefined);
  if (found.length === 0) {
    const names = files.map(({ uri }) => code(fileName(uri))).join(', ');
    const effect = node.required
      ? 'Canton refuses to start without it.'
      : 'Canton leaves the include out without a word; `required(…)` makes it refuse.';
    return [title, `Not found: looked for ${names}. ${effect}`].join('\n\n');
  }
  const lines = found.map(({ uri }) => `Reads [${fileName(uri)}](${uri})`);
  const [landing] = view.landings.of(view.tree.uri, pathElements(node)?.map(({ name }) => name) ?? []);
  if (landing !== undefined && landing.length > 0) lines.push(`Its keys go to ${code(landing.join('.'))}`);
  return [title, list(lines)].join('\n\n');
}

const WHERE = {
  url: 'A URL, which is not read here: nothing is known of its keys.',
  'malformed-url': 'This is no URL.',
  elsewhere:
    'Looked up where the node runs, on its class path or from its working directory: nothing is known of it here.',
} as const;
