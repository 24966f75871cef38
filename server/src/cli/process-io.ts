import { readFile } from 'node:fs/promises';
import type { Disk, Io, Writer } from './io';

/** The streams, variables and folder of the running process. */
export function processIo(): Io {
  // A reader that has seen enough (`| head`) is no failure.
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
  // One command reads lines, and every start would load this.
  const { createInterface } = await import('node:readline');
  yield* createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY });
}

/** The variables of the process. Node has none whose name is a number; Linux tells them in a file. */
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

/** Milliseconds: a line that changes more often than this cannot be read, and most work is done before the first one. */
const BETWEEN = 200;

/** One line of standard error, which each text replaces and the empty one clears. */
function showProgress(): (text: string) => void {
  let last = Date.now();
  let isShown = false;
  return (text) => {
    if (text === '' ? !isShown : Date.now() - last < BETWEEN) return;
    // Asked here: most commands are done by now, and Node makes a stream to answer it.
    if (process.stderr.isTTY !== true) return;
    last = Date.now();
    isShown = text !== '';
    process.stderr.write(`\r\u001b[K${text}`);
  };
}
