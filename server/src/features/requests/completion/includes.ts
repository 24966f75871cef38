import type { CompletionItem } from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import { rangeOf } from '../../../text/positions';
import type { IncludeContext } from '../../shared/cursor-context';
import type { DocumentView } from '../../shared/document-view';
import { COMPLETION } from '../../shared/lsp-kinds';
import { plainEdit } from './items';

/** JSON that describes configuration. */
const NO_CONFIGURATION = /\/canton-kms\.json$|\.schema\.json$/;

/** More are found by typing a part of their name. */
const MAX_FILES = 500;

/** The files of the workspace that may be included, named from the folder of the document. */
export function includeItems(view: DocumentView, place: IncludeContext, files: readonly string[]): CompletionItem[] {
  // `file()` begins at the working directory of the node, which is not known; nothing else is a file.
  if (place.method !== 'heuristic') return [];
  const range = rangeOf(view.lines, place);
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
      ...plainEdit(range, place.closed ? name : `${name}"`),
    }));
}

/** Undefined for what no relative name leads to, or what would have to be escaped. */
function relativeName(from: URI, to: URI): string | undefined {
  if (from.scheme !== to.scheme || from.authority !== to.authority) return undefined;
  const base = from.path.split('/').slice(0, -1);
  const parts = to.path.split('/');
  let shared = 0;
  while (shared < base.length && base[shared] === parts[shared]) shared++;
  const name = [...base.slice(shared).map(() => '..'), ...parts.slice(shared)].join('/');
  return /["\\\n]/.test(name) ? undefined : name;
}

/** Files of the same folder first, those that are most likely HOCON before others. */
function distance(name: string): number {
  const steps = name.split('/');
  return 10 * steps.length + 5 * steps.filter((step) => step === '..').length + (name.endsWith('.conf') ? 0 : 2);
}
