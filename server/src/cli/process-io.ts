import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Disk, Io } from './io';

/** The streams, variables and folder of the running process. */
export function processIo(): Io {
  // A reader that has seen enough (`| head`) is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 2));
  const { FORCE_COLOR, NO_COLOR, TERM } = process.env;
  return {
    cwd: process.cwd(),
    env: environment(),
    disk,
    colors: !NO_COLOR && (Boolean(FORCE_COLOR) || (process.stdout.isTTY === true && TERM !== 'dumb')),
    out: (text) => void process.stdout.write(text),
    err: (line) => void process.stderr.write(`${line}\n`),
    readInput: async () => (await import('./disk')).readTextStream(process.stdin),
    inputLines: () => createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY }),
  };
}

/** The variables of the process. Node has none whose name is a number; Linux tells them in a file. */
function environment(): NodeJS.ProcessEnv {
  let text = '';
  try {
    text = readFileSync('/proc/self/environ', 'utf8');
  } catch {
    return process.env;
  }
  const numbered = text.split('\0').filter((entry) => /^\d+=/.test(entry));
  if (numbered.length === 0) return process.env;
  const own = numbered.map((entry) => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)]);
  return { ...process.env, ...Object.fromEntries(own) };
}

/** Loaded when it is used, which `--version` and `--help` never do. */
const disk: Disk = {
  files: {
    read: async (uri) => (await import('./disk')).diskFiles.read(uri),
    refusal: async (uri) => (await import('./disk')).diskFiles.refusal?.(uri),
  },
  read: async (path) => (await import('./disk')).readTextFile(path),
  rootOf: async (folder, cwd) => (await import('./disk')).rootOf(folder, cwd),
  isGlob: async (text) => (await import('./disk')).isGlob(text),
  filesIn: async (folder) => (await import('./disk')).filesIn(folder),
  matching: async (pattern, folder) => (await import('./disk')).matching(pattern, folder),
};
