import { closeSync, constants, fstatSync, openSync, readSync, type Stats, statSync } from 'node:fs';

/** A larger file is probably not a configuration (but a dump or a log), so it is refused instead of parsed. */
export const MAX_FILE_BYTES = 32 * 1024 * 1024;

const CHUNK_BYTES = 64 * 1024;

/** A file's text, or why there is none, in words for one line that begins with the file's name. */
export type TextFile =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'missing'; readonly reason: string }
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * Reads a file as Canton does, as UTF-8. Never throws. Files are read synchronously: asynchronous reads take several
 * times as long, and most files are small.
 * @param regular whether to refuse pipes and devices, which a configuration may name but which may never deliver data
 */
export function readTextFile(path: string, { regular = false } = {}): TextFile {
  try {
    // Most files that are looked for do not exist, and an exception costs more than an answer.
    const status = statSync(path, { throwIfNoEntry: false });
    if (status === undefined) return { kind: 'missing', reason: 'does not exist' };
    // Before it is opened, because opening a pipe waits for its other end.
    const refused = unreadable(status, regular);
    return refused ?? opened(path, regular, (bytes) => decode(bytes, { keepsMark: path.endsWith('.properties') }));
  } catch (error) {
    return {
      kind: codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR' ? 'missing' : 'refused',
      reason: reasonOf(error),
    };
  }
}

/** Reads a file below a folder that is searched; undefined if its bytes, as Latin-1, do not match. Never throws. */
export function searchTextFile(path: string, hasIt: (latin1: string) => boolean): TextFile | undefined {
  try {
    return opened(path, true, (bytes) =>
      // Most files are not even decoded.
      hasIt(bytes.toString('latin1')) ? decode(bytes, { keepsMark: path.endsWith('.properties') }) : undefined,
    );
  } catch (error) {
    return { kind: 'refused', reason: reasonOf(error) };
  }
}

function opened<T>(path: string, regular: boolean, use: (bytes: Buffer) => T): T | TextFile {
  // A file may have become a pipe in the meantime, and opening a pipe would block.
  const file = openSync(path, constants.O_RDONLY | (regular ? (constants.O_NONBLOCK ?? 0) : 0));
  try {
    const status = fstatSync(file);
    return unreadable(status, regular) ?? use(contentOf(file, status.size));
  } finally {
    closeSync(file);
  }
}

/** Reused for one file after another. */
const scratch = Buffer.allocUnsafe(CHUNK_BYTES);

/** Pipes and devices have no size that could be known before, so the limit holds while reading as well. */
function contentOf(file: number, size: number): Buffer {
  let buffer = size < scratch.length ? scratch : Buffer.allocUnsafe(size + 1);
  let length = 0;
  for (;;) {
    const count = readSync(file, buffer, length, buffer.length - length, null);
    length += count;
    if (count === 0 || length > MAX_FILE_BYTES) return buffer.subarray(0, length);
    if (length === buffer.length) buffer = Buffer.concat([buffer], 2 * length);
  }
}

/** The reason why a path is not read, according to the system; undefined if it may be read. */
export function unreadable(
  status: Pick<Stats, 'isDirectory' | 'isFile' | 'size'>,
  regular: boolean,
): TextFile | undefined {
  // Canton does not find a file there, either.
  if (status.isDirectory()) return { kind: regular ? 'missing' : 'refused', reason: 'is a directory' };
  if (regular && !status.isFile()) return { kind: 'refused', reason: 'is not a regular file' };
  if (status.size <= MAX_FILE_BYTES) return undefined;
  return { kind: 'refused', reason: `is larger than ${MAX_FILE_BYTES / 1024 / 1024} MB` };
}

/** Reads a stream, such as standard input, up to its end. Never rejects. */
export async function readTextStream(stream: AsyncIterable<Buffer | string>): Promise<TextFile> {
  try {
    return decode(await readAll(stream));
  } catch (error) {
    return { kind: 'refused', reason: reasonOf(error) };
  }
}

async function readAll(stream: AsyncIterable<Buffer | string>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk);
    chunks.push(bytes);
    size += bytes.length;
    if (size > MAX_FILE_BYTES) break;
  }
  return Buffer.concat(chunks);
}

/**
 * @param keepsMark whether a byte order mark is part of the text: Lightbend removes it, and Java's reader of properties
 * keeps it in the first key
 */
export function decode(bytes: Uint8Array, { keepsMark = false } = {}): TextFile {
  if (bytes.length > MAX_FILE_BYTES) {
    return { kind: 'refused', reason: `is larger than ${MAX_FILE_BYTES / 1024 / 1024} MB` };
  }
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    return { kind: 'refused', reason: 'is UTF-16 text, but Canton reads UTF-8; save it as UTF-8' };
  }
  if (bytes.includes(0)) return { kind: 'refused', reason: 'is a binary file' };
  // Bytes that are not valid UTF-8 become U+FFFD, as in Java.
  const text = new TextDecoder('utf-8', { ignoreBOM: keepsMark }).decode(withoutSurrogates(bytes));
  return { kind: 'text', text };
}

/**
 * Java replaces a surrogate in UTF-8, whole or truncated, with one U+FFFD, while TextDecoder replaces each of its
 * bytes.
 */
function withoutSurrogates(bytes: Uint8Array): Uint8Array {
  const isTrail = (at: number) => ((bytes[at] ?? 0) & 0xc0) === 0x80;
  let clean: Uint8Array | undefined;
  for (let at = bytes.indexOf(0xed); at >= 0; at = bytes.indexOf(0xed, at + 1)) {
    if (!isTrail(at + 1) || (bytes[at + 1] ?? 0) < 0xa0) continue;
    clean ??= Uint8Array.from(bytes);
    // Both replace the beginning of a truncated character with one U+FFFD.
    clean.set(isTrail(at + 2) ? [0xef, 0xbf, 0xbd] : [0xed, 0x80], at);
  }
  return clean ?? bytes;
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException | undefined)?.code;
}

function reasonOf(error: unknown): string {
  switch (codeOf(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return 'does not exist';
    case 'EACCES':
    case 'EPERM':
      return 'cannot be read (permission denied)';
    default:
      return `cannot be read (${error instanceof Error ? error.message : String(error)})`;
  }
}

/** The answer of the file system; undefined if it refuses. */
export function orUndefined<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch {
    return undefined;
  }
}
