import type { CompletionItem } from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import { rangeOf } from '../../../text/positions';
import type { IncludeContext } from '../../shared/cursor-context';
import type { DocumentView } from '../../shared/document-view';
import { COMPLETION } from '../../shared/lsp-kinds';
import { plainEdit } from './items';

/** JSON files that do not contain the configuration of a node. */
const NO_CONFIGURATION = /\/canton-kms\.json$|\.schema\.json$/;

/** Other files are found by typing a part of their name. */
const MAX_FILES = 500;

/** The files of the workspace that may be included, by their paths relative to the document. */
export function includeItems(view: DocumentView, cursor: IncludeContext, files: readonly string[]): CompletionItem[] {
  // `file()` is relative to the working directory of the node, which is unknown; `url()` and `classpath()` do not name
  // files.
  if (cursor.method !== 'heuristic') return [];
  const range = rangeOf(view.lines, cursor);
  const here = URI.parse(view.tree.uri);
  return files
    .filter((file) => file !== view.tree.uri && !NO_CONFIGURATION.test(file))
    .flatMap((file) => relativeName(here, URI.parse(file)) ?? [])
    .sort((a, b) => distance(a) - distance(b) || (a < b ? -1 : 1))
    .slice(0, MAX_FILES)
    .map((name, i) => ({
      label: name,
      kind: COMPLETION.file,
      sortText: String(i).padStart(4, '0'),
      ...plainEdit(range, cursor.closed ? name : `${name}"`),
    }));
}

/** @returns undefined for a file that has no relative path, or whose name would have to be escaped */
function relativeName(from: URI, to: URI): string | undefined {
  if (from.scheme !== to.scheme || from.authority !== to.authority) return undefined;
  const base = from.path.split('/').slice(0, -1);
  const parts = to.path.split('/');
  let shared = 0;
  while (shared < base.length && base[shared] === parts[shared]) shared++;
  const name = [...base.slice(shared).map(() => '..'), ...parts.slice(shared)].join('/');
  return /["\\\n]/.test(name) ? undefined : name;
}

/** A sort key that puts files of the same folder first, and likely HOCON before other files. */
function distance(name: string): number {
  const steps = name.split('/');
  return 10 * steps.length + 5 * steps.filter((step) => step === '..').length + (name.endsWith('.conf') ? 0 : 2);
}
