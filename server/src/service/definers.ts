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

/** Limits the paths, and the folders around them, that are searched for the unresolved substitutions of one check. */
const MAX_PATHS = 100;
const MAX_FOLDERS = 10;

/** A substitution that no file of the launch resolves, and the files that would. */
interface Open {
  readonly path: readonly string[];
  readonly definers: Definer[];
}

/**
 * Names the files of the workspace that set the keys that a launch lacks: such a mixin is passed with another `-c`.
 * Each file is read once for all diagnostics.
 * @param groups diagnostics by the URI of their document
 */
export function namesDefiners({ documents, around }: Pick<Workspace, 'documents' | 'around'>) {
  /** `${a.b}` as it is written; undefined for a diagnostic of another kind. */
  async function substitutionOf({ code, severity, uri, range }: LocatedDiagnostic): Promise<string | undefined> {
    if (code !== 'hocon/unresolved' || severity !== 'warning') return undefined;
    const tree = await documents.tree(uri);
    const lines = tree && linesOf(tree);
    return lines && tree.text.slice(lines.offsetAt(range.start), lines.offsetAt(range.end));
  }

  async function filesAround(uris: readonly string[]): Promise<ReadonlySet<string>> {
    const byFolder = new Map(uris.map((uri) => [uri.slice(0, uri.lastIndexOf('/')), uri]));
    const lists = await Promise.all([...byFolder.values()].slice(0, MAX_FOLDERS).map((uri) => around(uri)));
    return new Set(lists.flat());
  }

  async function look(open: readonly Open[], uris: readonly string[]): Promise<void> {
    for (const uri of open.length === 0 ? [] : await filesAround(uris)) {
      const text = await documents.read(uri);
      const mentioned = text === undefined ? [] : open.filter(({ path }) => path.every((name) => text.includes(name)));
      if (text === undefined || mentioned.length === 0) continue;
      const tree = documents.parse(uri, text);
      for (const { path, definers } of mentioned) {
        const field = definition(tree.root.value, path);
        if (field !== undefined) definers.push({ uri, range: rangeOf(linesOf(tree), field.path) });
      }
    }
  }

  return async (
    groups: ReadonlyMap<string, readonly LocatedDiagnostic[]>,
  ): Promise<ReadonlyMap<string, readonly LocatedDiagnostic[]>> => {
    const open = new Map<string, Open>();
    const written = new Map<LocatedDiagnostic, string>();
    for (const diagnostic of [...groups.values()].flat()) {
      const text = await substitutionOf(diagnostic);
      const path = /^\$\{([^"?}]+)\}$/.exec(text ?? '')?.[1]?.split('.');
      if (text === undefined || path === undefined || (open.size >= MAX_PATHS && !open.has(text))) continue;
      if (!open.has(text)) open.set(text, { path, definers: [] });
      written.set(diagnostic, text);
    }
    await look([...open.values()], [...new Set([...written.keys()].map(({ uri }) => uri))]);
    const named = (diagnostic: LocatedDiagnostic): LocatedDiagnostic => {
      const text = written.get(diagnostic) ?? '';
      const definers = open.get(text)?.definers.filter(({ uri }) => uri !== diagnostic.uri) ?? [];
      if (definers.length === 0) return diagnostic;
      const related = definers.slice(0, MAX_NAMED).map((one) => ({ ...one, message: `sets ${text}` }));
      return { ...diagnostic, message: messageFor(text, definers), related };
    };
    return new Map([...groups].map(([uri, diagnostics]) => [uri, diagnostics.map(named)]));
  };
}

function messageFor(written: string, definers: readonly Definer[]): string {
  const names = definers.slice(0, MAX_NAMED).map(({ uri }) => fileName(uri));
  const more = definers.length - names.length;
  const list = more > 0 ? `'${names.join("', '")}' and ${more} more files` : orList(names);
  return `"${written}" is set in ${list}, which must also be part of the launch (-c). Declare the launch set in canton-kms.json to be sure.`;
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
