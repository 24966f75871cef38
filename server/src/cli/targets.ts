import { isAbsolute, relative, resolve, sep } from 'node:path';
import { URI } from 'vscode-uri';
import { createLanguageService, kindOfFile, type LanguageService, type ServiceSettings } from '../service';
import { type Io, UsageError } from './io';

/** The working directory and the files, as needed for the search. */
export type FileContext = Pick<Io, 'cwd' | 'disk'>;

/** A file to check. */
export interface Target {
  /** Absolute. */
  readonly path: string;
  /** True if the file is named on the command line, so that it is checked whatever its content. */
  readonly named: boolean;
  /** All arguments that stand for it. */
  readonly arguments: readonly string[];
  /** The absolute folders among the arguments below which it was found. */
  readonly folders: readonly string[];
}

/**
 * The files that arguments stand for, in order and each once: files, folders (the files that may hold HOCON) and globs.
 */
export async function findTargets(args: readonly string[], io: FileContext): Promise<readonly Target[]> {
  const targets = new Map<string, Target>();
  for (const arg of args) {
    const path = resolve(io.cwd, arg);
    const add = (found: string, folder?: string) => {
      const known = targets.get(found);
      targets.set(found, {
        path: found,
        named: folder === undefined || known?.named === true,
        arguments: [...(known?.arguments ?? []), arg],
        folders: [...(known?.folders ?? []), ...(folder === undefined ? [] : [folder])],
      });
    };
    const kind = await io.disk.kindOf(path);
    if (kind === 'folder') {
      for (const found of await io.disk.filesIn(path, (name) => kindOfFile(name) !== undefined)) add(found, path);
    } else if (kind !== undefined || !(await io.disk.isGlob(arg))) add(path);
    else for (const found of await matchingSome(arg, io)) add(found, resolve(io.cwd, fixedPart(arg)));
  }
  return [...targets.values()];
}

/** The folders of a pattern before the first one that is matched. */
function fixedPart(pattern: string): string {
  const [fixed = ''] = /^[^*?[\]{}()!+@]*/.exec(pattern) ?? [];
  return fixed.slice(0, fixed.lastIndexOf('/') + 1);
}

async function matchingSome(pattern: string, { cwd, disk }: FileContext): Promise<readonly string[]> {
  const found = await disk.matching(pattern, cwd);
  if (found.length === 0) throw new UsageError(`no file matches "${pattern}"`);
  return found;
}

/** The text of a file that the user named; otherwise, one line with the reason. */
export async function readNamed(path: string, { cwd, disk }: FileContext): Promise<string> {
  const file = await disk.read(path);
  if (file.kind !== 'text') throw new UsageError(`"${shown(path, cwd)}" ${file.reason}`);
  return file.text;
}

/** A path as it is shown in reports: relative if it is below the working directory, with `/` on every system. */
export function shown(path: string, cwd: string): string {
  const inside = relative(cwd, path);
  const outside = inside === '' || inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside);
  return (outside ? path : inside).replaceAll(sep, '/');
}

/** A service with the named files open, and their URIs in order; unreadable ones are usage errors. */
export async function openFiles(
  files: readonly string[],
  io: FileContext,
  settings: ServiceSettings,
): Promise<{ readonly service: LanguageService; readonly uris: readonly string[] }> {
  const service = createLanguageService({ files: io.disk.files, list: async () => [] });
  service.configure(settings);
  const uris: string[] = [];
  for (const file of files) {
    const path = resolve(io.cwd, file);
    const uri = URI.file(path).toString();
    service.update(uri, await readNamed(path, io));
    uris.push(uri);
  }
  return { service, uris };
}
