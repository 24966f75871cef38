import { fstatSync, readFileSync, statSync, writeSync } from 'node:fs';
import { orUndefined } from '../fs/text-file';
import type { Disk, Io, Writer } from './io';

/** The streams, variables and folder of the running process. */
export function processIo(): Io {
  const { FORCE_COLOR, NO_COLOR, TERM } = process.env;
  const progress = TERM === 'dumb' ? undefined : showProgress();
  const terminal = isTerminal('stdout');
  return {
    cwd: process.cwd(),
    variables: async () => variables(),
    disk,
    optimize,
    writer,
    terminal,
    progress,
    colors: !NO_COLOR && (Boolean(FORCE_COLOR) || (terminal && TERM !== 'dumb')),
    out,
    err(line) {
      progress?.('');
      process.stderr.write(`${line}\n`);
    },
    readInput: async () => (await import('./disk')).readTextStream(process.stdin),
    inputLines,
  };
}

/** Asking the stream itself makes Node load all its streams, which takes longer than most checks. */
function isTerminal(name: 'stdout' | 'stderr'): boolean {
  const status = orUndefined(() => fstatSync(name === 'stdout' ? 1 : 2));
  const isNull = status?.rdev === orUndefined(() => statSync('/dev/null'))?.rdev;
  return status?.isCharacterDevice() === true && !isNull && process[name].isTTY === true;
}

let isStreamed = false;

/** Written without a stream, because making one takes longer than most checks; a full pipe gets one. */
function out(text: string): void {
  let rest = Buffer.from(text);
  try {
    while (!isStreamed && rest.length > 0) rest = rest.subarray(writeSync(1, rest));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EAGAIN') failedOutput(code);
    isStreamed = true;
    process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => failedOutput(code));
  }
  if (isStreamed) process.stdout.write(rest);
}

/** A reader that closes the stream early (`| head`) is not a failure; on Windows, it is an EOF. */
function failedOutput(code: string | undefined): never {
  process.exit(code === 'EPIPE' || code === 'EOF' ? 0 : 2);
}

/** Every Node.js since 20 knows both options; of an unknown one, it would print a message. */
async function optimize(isOn: boolean): Promise<void> {
  const { setFlagsFromString } = await import('node:v8');
  setFlagsFromString(isOn ? '--opt' : '--no-opt');
}

async function* inputLines(): AsyncGenerator<string> {
  // Only one command reads lines, and a static import would slow down every start.
  const { createInterface } = await import('node:readline');
  yield* createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY });
}

/** The variables of the process. Node omits those whose name is a number; on Linux, they are in a file. */
function variables(): ReadonlyMap<string, string> {
  const all = new Map<string, string>();
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined) all.set(name, value);
  const started = orUndefined(() => readFileSync('/proc/self/environ', 'utf8')) ?? '';
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
  kindOf: async (path) => (await import('./disk')).kindOf(path),
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
  let isSeen: boolean | undefined;
  return (text) => {
    if (isSeen === false || (text === '' ? !isShown : Date.now() - last < BETWEEN)) return;
    // Tested only here, because most commands have finished by then.
    isSeen ??= isTerminal('stderr');
    if (!isSeen) return;
    last = Date.now();
    isShown = text !== '';
    process.stderr.write(`\r\u001b[K${text}`);
  };
}
