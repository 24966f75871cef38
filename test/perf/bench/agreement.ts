import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import type { Recorded, TextInput } from '../../conformance/hocon/case';
import { type HoconParser, PARSERS } from './parsers';

type Case = TextInput & Recorded;

const THEMES = [
  'appends',
  'comments',
  'concatenations',
  'keys',
  'nulls-and-duplicates',
  'separators',
  'strings',
  'substitutions',
  'self-references',
];
const PATIENCE_MS = 3000;

/**
 * The share of recorded texts, from 0 to 1, that a library reads, or refuses, as Lightbend config does. It runs in a
 * thread, because some libraries do not terminate with some texts; these count as disagreement.
 */
export async function agreement(name: string): Promise<number> {
  const total = readCases().length;
  let agreed = 0;
  let next = 0;
  while (next < total) {
    const done = await runFrom(name, next, (good) => {
      if (good) agreed++;
      next++;
    });
    if (!done) next++;
  }
  return agreed / total;
}

/** @returns false where the thread got stuck */
function runFrom(name: string, from: number, report: (good: boolean) => void): Promise<boolean> {
  const worker = new Worker(__filename, { workerData: { name, from }, execArgv: ['--require', 'tsx/cjs'] });
  return new Promise((resolve, reject) => {
    let stuck = false;
    const onTimeout = () => {
      stuck = true;
      void worker.terminate();
    };
    // The first answer waits for the thread to start.
    let timer = setTimeout(onTimeout, 5 * PATIENCE_MS);
    worker.on('message', (good: boolean) => {
      clearTimeout(timer);
      timer = setTimeout(onTimeout, PATIENCE_MS);
      report(good);
    });
    worker.on('error', reject);
    worker.on('exit', () => {
      clearTimeout(timer);
      resolve(!stuck);
    });
  });
}

async function agrees(parser: HoconParser, recorded: Case): Promise<boolean> {
  try {
    const json: unknown = JSON.parse(JSON.stringify(await parser.toJson(recorded.input)));
    if (recorded.error !== undefined) return false;
    // JSON cannot contain a number beyond the range of a double.
    return recorded.json === undefined || isDeepStrictEqual(json, recorded.json);
  } catch {
    return recorded.error !== undefined;
  }
}

function readCases(): Case[] {
  return THEMES.flatMap((theme) => {
    const path = join(__dirname, '../../conformance/hocon/recorded', `${theme}.json`);
    return JSON.parse(readFileSync(path, 'utf8')) as Case[];
  });
}

async function work(): Promise<void> {
  const { name, from } = workerData as { readonly name: string; readonly from: number };
  const parser = PARSERS.find((one) => one.name === name) as HoconParser;
  for (const one of readCases().slice(from)) parentPort?.postMessage(await agrees(parser, one));
}

if (!isMainThread) void work();
