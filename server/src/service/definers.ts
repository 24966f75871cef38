import type { LocatedDiagnostic } from '../features/requests/diagnostics';
import type { FieldNode, ValueNode } from '../hocon/syntax/syntax';
import { orList } from '../rules/report';
import { fileName } from '../text/location';
import { type Range, rangeOf } from '../text/positions';
import { linesOf } from '../workspace/documents';
import type { Workspace } from '../workspace/workspace';

interface Definer {
  readonly uri: string;
  readonly range: Range;
}

/** More files than this are not named. */
const MAX_NAMED = 3;

/** Names the files of the workspace that set what a launch lacks: such a mixin is given by another `-c`. */
export function namesDefiners({ documents, around }: Pick<Workspace, 'documents' | 'around'>) {
  async function definersOf(path: readonly string[], near: string): Promise<readonly Definer[]> {
    const found: Definer[] = [];
    for (const uri of await around(near)) {
      const text = uri === near ? undefined : await documents.read(uri);
      if (text === undefined || !path.every((name) => text.includes(name))) continue;
      const tree = documents.parse(uri, text);
      const field = definition(tree.root.value, path);
      if (field !== undefined) found.push({ uri, range: rangeOf(linesOf(tree), field.path) });
    }
    return found;
  }

  return async (diagnostics: readonly LocatedDiagnostic[]): Promise<readonly LocatedDiagnostic[]> =>
    Promise.all(
      diagnostics.map(async (diagnostic) => {
        const { code, severity, uri, range } = diagnostic;
        if (code !== 'hocon/unresolved' || severity !== 'warning') return diagnostic;
        const tree = await documents.tree(uri);
        const lines = tree && linesOf(tree);
        const written = lines && tree.text.slice(lines.offsetAt(range.start), lines.offsetAt(range.end));
        const path = /^\$\{([^"?}]+)\}$/.exec(written ?? '')?.[1]?.split('.');
        const definers = path === undefined ? [] : await definersOf(path, uri);
        if (definers.length === 0) return diagnostic;
        const related = definers.slice(0, MAX_NAMED).map((one) => ({ ...one, message: `sets ${written}` }));
        return { ...diagnostic, message: messageFor(written ?? '', definers), related };
      }),
    );
}

function messageFor(written: string, definers: readonly Definer[]): string {
  const names = definers.slice(0, MAX_NAMED).map(({ uri }) => fileName(uri));
  const more = definers.length - names.length;
  const list = more > 0 ? `'${names.join("', '")}' and ${more} more files` : orList(names);
  return `"${written}" is set in ${list}, which the launch has to name as well (-c). Declare the launch set in canton-kms.json to be sure.`;
}

/** The field that sets a path, or a part of it. */
function definition(value: ValueNode | undefined, path: readonly string[]): FieldNode | undefined {
  if (value?.kind !== 'object') return undefined;
  for (const entry of value.entries) {
    if (entry.kind !== 'field') continue;
    const names = entry.path.elements.map(({ name }) => name);
    if (!names.every((name, i) => i >= path.length || name === path[i])) continue;
    if (names.length >= path.length) return entry;
    const inner = definition(entry.value, path.slice(names.length));
    if (inner !== undefined) return inner;
  }
  return undefined;
}
