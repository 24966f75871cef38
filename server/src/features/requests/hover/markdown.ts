import type { Definition } from '../../../hocon/values/config-value';
import type { DocumentView } from '../../shared/document-view';

export const MAX_SHOWN = 200;

/** A code span that no backquote in the text can end. */
export function code(text: string): string {
  const cut = text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
  const longest = Math.max(0, ...(cut.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest > 0 ? `${fence} ${cut} ${fence}` : `${fence}${cut}${fence}`;
}

export function list(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join('\n');
}

/** A link to a line of a file, with the include that brings it to a path: `[kms.conf:2](…) (included by [a.conf:3](…))`. */
export function place(
  view: DocumentView,
  { uri, key }: Pick<Definition, 'uri' | 'key'>,
  path: readonly string[],
): string {
  const own = link(view, uri, key.start);
  const way: string[] = [];
  const seen = new Set([uri]);
  for (let site = view.includeSites.siteOf(uri, path); site !== undefined && !seen.has(site.uri); ) {
    seen.add(site.uri);
    way.push(link(view, site.uri, site.node.start));
    site = way.length < MAX_INCLUDES ? view.includeSites.siteOf(site.uri, path) : undefined;
  }
  return way.length === 0 ? own : `${own} (included by ${way.join(', which is included by ')})`;
}

/** Nobody reads longer ways. */
const MAX_INCLUDES = 4;

function link(view: DocumentView, uri: string, offset: number): string {
  const line = view.file(uri)?.lines.positionAt(offset).line;
  return line === undefined ? fileName(uri) : `[${fileName(uri)}:${line + 1}](${uri}#L${line + 1})`;
}

export function fileName(uri: string): string {
  return decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1));
}
