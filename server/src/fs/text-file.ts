import { open, stat } from 'node:fs/promises';

/** Beyond this a configuration file is taken for something else (a dump, a log): refused instead of parsed. */
export const MAX_FILE_BYTES = 32 * 1024 * 1024;

/** A file's text, or why there is none, in words for one line that begins with the file's name. */
export type TextFile =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'missing'; readonly reason: string }
  | { readonly kind: 'refused'; readonly reason: string };

/** Reads a file as Canton does, as UTF-8; a byte order mark is taken off. Never rejects. */
export async function readTextFile(path: string): Promise<TextFile> {
  try {
    const status = await stat(path);
    if (status.isDirectory()) return { kind: 'refused', reason: 'is a directory' };
    if (status.size > MAX_FILE_BYTES) {
      return { kind: 'refused', reason: `is larger than ${MAX_FILE_BYTES / 1024 / 1024} MB` };
    }
    return decode(await readPath(path));
  } catch (error) {
    return {
      kind: codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR' ? 'missing' : 'refused',
      reason: reasonOf(error),
    };
  }
}

/** Reads a stream, such as standard input, up to its end. Never rejects. */
export async function readTextStream(stream: AsyncIterable<Buffer | string>): Promise<TextFile> {
  try {
    return decode(await readAll(stream));
  } catch (error) {
    return { kind: 'refused', reason: reasonOf(error) };
  }
}

async function readPath(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    return await readAll(file.createReadStream({ autoClose: false }));
  } finally {
    await file.close();
  }
}

/** Pipes and devices have no size that `stat` could tell, so the limit holds while reading, too. */
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

export function decode(bytes: Uint8Array): TextFile {
  if (bytes.length > MAX_FILE_BYTES) {
    return { kind: 'refused', reason: `is larger than ${MAX_FILE_BYTES / 1024 / 1024} MB` };
  }
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    return { kind: 'refused', reason: 'is UTF-16 text, and Canton reads UTF-8: save it as UTF-8' };
  }
  if (bytes.includes(0)) return { kind: 'refused', reason: 'is a binary file' };
  // TextDecoder takes the byte order mark off; bytes that are no UTF-8 become U+FFFD, as in Java.
  return { kind: 'text', text: new TextDecoder('utf-8').decode(bytes) };
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
      return 'may not be read (permission denied)';
    default:
      return `cannot be read (${error instanceof Error ? error.message : String(error)})`;
  }
}
