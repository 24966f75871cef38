import type { TextEdit, WorkspaceEdit } from 'vscode-languageserver';
import { URI, Utils } from 'vscode-uri';
import { includeTarget, type Mount, nearbyFolder } from '../hocon/evaluation/include-files';
import { entriesOf, type IncludeNode } from '../hocon/syntax/syntax';
import { jsonString } from '../text/encoders/json';
import { editOf } from '../text/positions';
import { linesOf, normalize } from '../workspace/documents';
import { beside, namedFiles } from '../workspace/project-files';
import { enclosingOf } from '../workspace/regions';
import type { Workspace } from '../workspace/workspace';

/** A file or folder that somebody is about to give another name or place. */
export interface FileRename {
  readonly oldUri: string;
  readonly newUri: string;
}

/** An include, what it reads, and where it is. */
interface Include {
  readonly node: IncludeNode;
  readonly includer: string;
  readonly target: string;
  /** The folder of the project that the name is relative to, for `file("…")`. */
  readonly base: string | undefined;
}

const EXTENSION = /\.(?:conf|json|properties)$/;

/** Lets includes and project files follow files that are renamed or moved. */
export function renamingFiles({ documents, projects, candidates, carriers }: Workspace) {
  const exists = async (uri: string) => (await documents.read(uri)) !== undefined;

  async function includesOf(uri: string, mounts: readonly Mount[]): Promise<readonly Include[]> {
    const tree = (await documents.read(uri))?.includes('include') ? await documents.tree(uri) : undefined;
    const includer = enclosingOf(uri);
    const found: Include[] = [];
    for (const node of tree === undefined ? [] : entriesOf(tree)) {
      if (node.kind !== 'include' || node.targetRange === undefined) continue;
      const { files, nearby = [] } = includeTarget(node, { uri: includer, bareName: false }, { mounts });
      for (const file of [...files, ...nearby]) {
        if (!(await exists(file.uri))) continue;
        const base = files.includes(file) ? undefined : nearbyFolder(file.uri, node.target);
        found.push({ node, includer, target: file.uri, base });
        break;
      }
    }
    return found;
  }

  /** The documents whose texts may include a file, and the HOCON inside them. */
  async function textsOf(moves: readonly string[]): Promise<readonly string[]> {
    const uris = new Set([...(await candidates()), ...moves, ...(await carriers())]);
    const found: string[] = [];
    for (const uri of uris) {
      if (!documents.mayEnclose(uri)) found.push(uri);
      else if ((await documents.read(uri))?.includes('include'))
        found.push(...(await documents.regions(uri)).map((region) => region.uri));
    }
    return found;
  }

  return {
    /** The changes of texts that go with renames, to be made before them; null where no text has to change. */
    async renameFiles(renames: readonly FileRename[]): Promise<WorkspaceEdit | null> {
      const moves = renames.map(({ oldUri, newUri }) => [normalize(oldUri), normalize(newUri)] as const);
      const moved = (uri: string) => {
        const [from, to] = moves.find(([old]) => uri === old || uri.startsWith(`${old}/`)) ?? ['', ''];
        return to + uri.slice(from.length);
      };
      const changes: Record<string, TextEdit[]> = {};
      const change = async (uri: string, range: { readonly start: number; readonly end: number }, newText: string) => {
        const tree = await documents.tree(uri);
        const edit = tree && editOf(linesOf(tree), range, newText);
        const document = enclosingOf(uri);
        if (edit !== undefined) changes[document] = [...(changes[document] ?? []), edit];
      };
      const projectFiles = new Set<string>();
      for (const uri of await textsOf(moves.map(([old]) => old))) {
        const { project } = await projects.find(uri);
        if (project !== undefined) projectFiles.add(project.uri);
        const mounts = project?.mounts ?? [];
        for (const include of await includesOf(uri, mounts)) {
          const written = followed(include, moved, mounts);
          const range = include.node.targetRange;
          if (range !== undefined && written !== include.node.target) await change(uri, range, jsonString(written));
        }
      }
      for (const uri of projectFiles) {
        const tree = await documents.tree(uri);
        for (const { path, range } of tree === undefined ? [] : namedFiles(tree)) {
          const target = beside(uri, path);
          if (target === undefined || moved(target) === target) continue;
          await change(uri, range, jsonString(relativeTo(Utils.dirname(URI.parse(uri)).toString(), moved(target))));
        }
      }
      return Object.keys(changes).length === 0 ? null : { changes };
    },
  };
}

/** The name in an include after moves; the same where it need not or cannot change. */
function followed(
  { node: { target: written }, includer, target, base }: Include,
  moved: (uri: string) => string,
  mounts: readonly Mount[],
): string {
  const next = moved(target);
  const from = moved(includer);
  if (next === target && (from === includer || base !== undefined || isAbsolute(written))) return written;
  const shortened = EXTENSION.test(written) ? next : next.replace(EXTENSION, '');
  if (isAbsolute(written)) return inContainer(written, target, shortened, mounts);
  if (base !== undefined) return next.startsWith(`${base}/`) ? relativeTo(base, shortened) : written;
  const relative = relativeTo(Utils.dirname(URI.parse(from)).toString(), shortened);
  return written.startsWith('./') && !relative.startsWith('.') ? `./${relative}` : relative;
}

function isAbsolute(written: string): boolean {
  return written.startsWith('/') || /^[A-Za-z]:[\\/]/.test(written) || /^(?:url:)?file:/i.test(written);
}

/** An absolute name after a move: of the mount that it goes through, else of the machine. */
function inContainer(written: string, target: string, next: string, mounts: readonly Mount[]): string {
  if (/^(?:url:)?file:/i.test(written)) return written;
  const own = URI.parse(target).path;
  const plain = EXTENSION.test(written) ? own : own.replace(EXTENSION, '');
  if (plain === written) return URI.parse(next).path;
  const [mount] = mounts
    .filter(({ path }) => written.startsWith(`${path}/`))
    .sort((a, b) => b.path.length - a.path.length);
  const inside = mount && URI.parse(mount.uri).path;
  const path = URI.parse(next).path;
  if (mount === undefined || inside === undefined || !path.startsWith(`${inside}/`)) return written;
  return mount.path + path.slice(inside.length);
}

/** The path of a file as seen from a folder; both are URIs. */
function relativeTo(folder: string, uri: string): string {
  const [from, to] = [URI.parse(folder).path.replace(/\/$/, '').split('/'), URI.parse(uri).path.split('/')];
  let common = 0;
  while (common < from.length && from[common] === to[common]) common++;
  return [...from.slice(common).map(() => '..'), ...to.slice(common)].join('/');
}
