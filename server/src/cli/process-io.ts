import { readFile } from 'node:fs/promises';
import type { Disk, Io, Writer } from './io';

/** The streams, variables and folder of the running process. */
export function processIo(): Io {
  // A reader that closes the stream early (`| head`) is not a failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 2));
  const { FORCE_COLOR, NO_COLOR, TERM } = process.env;
  const progress = TERM === 'dumb' ? undefined : showProgress();
  return {
    cwd: process.cwd(),
    variables,
    disk,
    writer,
    terminal: process.stdout.isTTY === true,
    progress,
    colors: !NO_COLOR && (Boolean(FORCE_COLOR) || (process.stdout.isTTY === true && TERM !== 'dumb')),
    out: (text) => void process.stdout.write(text),
    err(line) {
      progress?.('');
      process.stderr.write(`${line}\n`);
    },
    readInput: async () => (await import('./disk')).readTextStream(process.stdin),
    inputLines,
  };
}

async function* inputLines(): AsyncGenerator<string> {
  // Only one command reads lines, and a static import would slow down every start.
  const { createInterface } = await import('node:readline');
  yield* createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY });
}

/** The variables of the process. Node omits those whose name is a number; on Linux, they are in a file. */
async function variables(): Promise<ReadonlyMap<string, string>> {
  const all = new Map<string, string>();
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined) all.set(name, value);
  const started = await readFile('/proc/self/environ', 'utf8').catch(() => '');
  for (const [, name = '', value = ''] of started.matchAll(/(?<=^|\0)(\d+)=([^\0]*)/g)) all.set(name, value);
  return all;
}

/** Loaded when it is used, which `--version` and `--help` never do. */
const disk: Disk = {
  files: {
    read: async (uri) => (await import('./disk')).diskFiles.read(uri),
    refusal: async (uri) => (await import('./disk')).diskFiles.refusal?.(uri),
  },
  read: async (path) => (await import('./disk')).readTextFile(path),
  search: async (path, hasIt) => (await import('./disk')).searchTextFile(path, hasIt),
  rootOf: async (folder, cwd) => (await import('./disk')).rootOf(folder, cwd),
  isGlob: async (text) => (await import('./disk')).isGlob(text),
  filesIn: async (folder, isWanted, most) => (await import('./disk')).filesIn(folder, isWanted, most),
  matching: async (pattern, folder) => (await import('./disk')).matching(pattern, folder),
};

const writer: Writer = {
  replace: async (path, before, after) => (await import('../fs/write')).replaceText(path, before, after),
  write: async (path, text) => (await import('../fs/write')).writeText(path, text),
  create: async (path, text) => (await import('../fs/write')).writeText(path, text, 'wx'),
  realPath: async (path) => (await import('../fs/write')).realPathOf(path),
};

/** In milliseconds: a line that changes more often is unreadable, and most work is finished before the first line. */
const BETWEEN = 200;

/** One line on standard error; each text replaces it, and an empty text clears it. */
function showProgress(): (text: string) => void {
  let last = Date.now();
  let isShown = false;
  return (text) => {
    if (text === '' ? !isShown : Date.now() - last < BETWEEN) return;
    // Tested only here, because most commands have finished by then, and the test makes Node create a stream.
    if (process.stderr.isTTY !== true) return;
    last = Date.now();
    isShown = text !== '';
    process.stderr.write(`\r\u001b[K${text}`);
  };
}
