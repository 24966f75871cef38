import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, open, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { decode } from './text-file';

const MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * Replaces the text of a file atomically: links are followed, and the byte order mark, the mode and the owner stay.
 * Never rejects.
 * @param before the text that the change was made from
 * @returns the reason why nothing was written, worded to follow the name of the file
 */
export async function replaceText(path: string, before: string, after: string): Promise<string | undefined> {
  try {
    const real = await realpath(path);
    const bytes = await readFile(real);
    const known = decode(bytes, { keepsMark: path.endsWith('.properties') });
    if (known.kind !== 'text' || known.text !== before) return 'has changed in the meantime, so it is not written';
    const plain = Buffer.from(before);
    const marked = Buffer.concat([MARK, plain]);
    if (!bytes.equals(plain) && !bytes.equals(marked)) return 'is not valid UTF-8, so it is not written';
    const next = Buffer.concat([bytes.equals(marked) ? MARK : Buffer.alloc(0), Buffer.from(after)]);
    const status = await stat(real);
    // The permission bits count, not the rights of this process, which may be those of root.
    if ((status.mode & 0o222) === 0) return 'is read-only, so it is not written';
    // Another name of the file would keep the old text.
    if (status.nlink > 1 || !(await replaced(real, next, status))) await writeFile(real, next);
    return undefined;
  } catch (error) {
    return `cannot be written (${error instanceof Error ? error.message : String(error)})`;
  }
}

/** Writes a file next to it and renames that; false if the folder does not permit this. */
async function replaced(
  path: string,
  bytes: Uint8Array,
  { mode, uid, gid }: { readonly mode: number; readonly uid: number; readonly gid: number },
): Promise<boolean> {
  const draft = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    const own = await stat(draft);
    if (own.uid !== uid || own.gid !== gid) await chown(draft, uid, gid);
    await chmod(draft, mode & 0o7777);
    await rename(draft, path);
    return true;
  } catch {
    await rm(draft, { force: true }).catch(() => undefined);
    return false;
  }
}

/**
 * Writes a text to a file of its own, in a folder that is made where there is none. Never rejects; the result is the reason why not.
 * @param flag `wx` where there must be no such file yet
 */
export async function writeText(path: string, text: string, flag: 'w' | 'wx' = 'w'): Promise<string | undefined> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text, { flag });
    return undefined;
  } catch (error) {
    return `cannot be written (${error instanceof Error ? error.message : String(error)})`;
  }
}

/** The path without links. */
export async function realPathOf(path: string): Promise<string> {
  return realpath(path).catch(() => path);
}
