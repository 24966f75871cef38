import { createInterface } from 'node:readline';
import { readTextStream } from '../fs/text-file';
import type { Io } from './io';

/** The streams, variables and folder of the running process. */
export function processIo(): Io {
  // A reader that has seen enough (`| head`) is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 2));
  const { FORCE_COLOR, NO_COLOR, TERM } = process.env;
  return {
    cwd: process.cwd(),
    env: process.env,
    colors: !NO_COLOR && (Boolean(FORCE_COLOR) || (process.stdout.isTTY === true && TERM !== 'dumb')),
    out: (text) => void process.stdout.write(text),
    err: (line) => void process.stderr.write(`${line}\n`),
    readInput: () => readTextStream(process.stdin),
    inputLines: () => createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY }),
  };
}
