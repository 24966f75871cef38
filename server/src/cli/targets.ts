import { stat } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';

import { isGlob, matching } from '../fs/list';
import { readTextFile } from '../fs/text-file';
import { UsageError } from './io';

/** A file to check. */
export interface Target {
  /** Absolute. */
  readonly path: string;
  /** Named on the command line, not met in a folder or through a pattern: checked whatever it looks like. */
  readonly named: boolean;
}

/** The files that arguments stand for, in order, each once: files, folders (their `.conf` files) and globs. */
export async function findTargets(args: readonly string[], cwd: string): Promise<readonly Target[]> {
  const targets = new Map<string, Target>();
  const add = (path: string, named: boolean) => {
    const already = targets.get(path)?.named === true;
    targets.set(path, { path, named: named || already });
  };
  for (const arg of args) {
    const path = resolve(cwd, arg);
    const status = await stat(path).catch(() => undefined);
    if (status?.isDirectory()) for (const found of await matching('**/*.conf', path)) add(found, false);
    else if (status !== undefined || !isGlob(arg)) add(path, true);
    else for (const found of await matchingSome(arg, cwd)) add(found, false);
  }
  return [...targets.values()];
}

async function matchingSome(pattern: string, cwd: string): Promise<readonly string[]> {
  const found = await matching(pattern, cwd);
  if (found.length === 0) throw new UsageError(`no file matches "${pattern}"`);
  return found;
}

/** The text of a file that the user named; says in one line why there is none. */
export async function readNamed(path: string, cwd: string): Promise<string> {
  const file = await readTextFile(path);
  if (file.kind !== 'text') throw new UsageError(`"${shown(path, cwd)}" ${file.reason}`);
  return file.text;
}

/** A path as reports show it: relative where it is below the working directory, with `/` on every system. */
export function shown(path: string, cwd: string): string {
  const inside = relative(cwd, path);
  const outside = inside === '' || inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside);
  return (outside ? path : inside).replaceAll(sep, '/');
}
