import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { families } from './fuzz/families';
import { findBrokenInvariant } from './fuzz/invariants';
import { runTask } from './fuzz/run';
import { shrink } from './fuzz/shrink';
import { fuzzInput } from './fuzz/texts';
import type { Failure, Task } from './fuzz/worker';

const USAGE = `npm run fuzz -- [WHAT...] [--count N] [--seed S] [--seconds T] [--from I] [--growth N]

Attacks with what is generated, right and wrong, and checks what must hold whatever comes. WHAT is all of these by default:

  texts        texts are read: no exception, no hang, no character lost, every range in the document, no cost that grows
               faster than the text
  edits        sessions of edits of files that include each other: a service that has seen them all says what a new one says
  protocol     messages with parts of the wrong type: the server goes on answering
  paths        names of files: none leaves the folder, or leads to another machine or to a device, by the rules of Windows, too
  injection    names, keys, values and answers that are code elsewhere: none leaves its place in a report, hover or script

  --count N    how many of each (default 100000)
  --seed S     which texts (default: others each time; the seed is printed)
  --seconds T  stop after this time (default 600), shared by all; of the time of texts, those that grow have a third
  --from I     begin with the text of this number, to repeat a failure
  --growth N   how many random texts are made longer and longer, beside the fixed ones (default 100)`;

const FAILURES_SHOWN = 5;
/** The share of the time for texts; the remaining time is for growing texts. */
const TIME_FOR_TEXTS = 2 / 3;
const SECONDS_FOR_A_TEXT = 10;
const SECONDS_FOR_A_SESSION = 30;
const SECONDS_FOR_A_FAMILY = 60;

const SESSIONS = ['edits', 'protocol', 'paths', 'injection'] as const;
const KINDS = ['texts', ...SESSIONS] as const;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      count: { type: 'string', default: '100000' },
      seed: { type: 'string', default: `${Date.now() % 1_000_000}` },
      seconds: { type: 'string', default: '600' },
      from: { type: 'string', default: '0' },
      growth: { type: 'string', default: '100' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const wanted = positionals.length === 0 ? KINDS : KINDS.filter((kind) => positionals.includes(kind));
  const [seed, from, count] = [Number(values.seed), Number(values.from), Number(values.count)];
  const shares = wanted.map(shareOf).reduce((sum, share) => sum + share, 0);
  console.log(`seed ${seed}`);
  let failures = 0;
  for (const kind of wanted) {
    const seconds = (Number(values.seconds) * shareOf(kind)) / shares;
    const range = { seed, from, to: from + count, step: 1 };
    failures +=
      kind === 'texts' ? await fuzzTexts(range, seconds, Number(values.growth)) : await fuzz(kind, range, seconds);
  }
  return failures === 0 ? 0 : 1;
}

/** Each text is read in two ways. */
function shareOf(kind: (typeof KINDS)[number]): number {
  return kind === 'texts' ? 2 : 1;
}

type Range = Omit<Task, 'kind'>;

async function fuzz(kind: (typeof SESSIONS)[number], range: Range, seconds: number): Promise<number> {
  const began = Date.now();
  const limits = { seconds, secondsForOne: SECONDS_FOR_A_SESSION };
  const { checked, failures } = await runTask({ kind, ...range }, threadsFor(range), limits);
  for (const { index, reason } of failures.slice(0, FAILURES_SHOWN)) {
    console.log(`\n${kind} --seed ${range.seed} --from ${index} --count 1: ${reason}`);
  }
  console.log(`${checked} ${kind}, ${failures.length} failures, ${secondsSince(began)} s`);
  return failures.length;
}

async function fuzzTexts(range: Range, seconds: number, random: number): Promise<number> {
  const began = Date.now();
  const secondsLeft = () => seconds - (Date.now() - began) / 1000;
  const isOne = range.to - range.from === 1;
  const texts = await runTask({ kind: 'texts', ...range }, threadsFor(range), {
    seconds: isOne ? secondsLeft() : secondsLeft() * TIME_FOR_TEXTS,
    secondsForOne: SECONDS_FOR_A_TEXT,
  });
  for (const failure of texts.failures.slice(0, FAILURES_SHOWN)) showText(range.seed, failure);
  console.log(`${texts.checked} texts, ${texts.failures.length} failures, ${secondsSince(began)} s`);
  if (isOne) return texts.failures.length;

  const all = families(range.seed, random);
  const task = { kind: 'growth', seed: range.seed, from: 0, to: all.length, step: 1 } as const;
  const growth = await runTask(task, availableParallelism(), {
    seconds: secondsLeft(),
    secondsForOne: SECONDS_FOR_A_FAMILY,
  });
  for (const { index, reason } of growth.failures) console.log(`\n${all[index]?.name}: ${reason}`);
  console.log(
    `${growth.checked} of ${all.length} growing texts, ${growth.failures.length} cost more than twice as much at twice the length, ${secondsSince(began)} s`,
  );
  return texts.failures.length + growth.failures.length;
}

function threadsFor({ from, to }: Range): number {
  return Math.min(availableParallelism(), Math.ceil((to - from) / 1000));
}

function secondsSince(began: number): string {
  return ((Date.now() - began) / 1000).toFixed(0);
}

/** Prints how to repeat it, and the smallest text that fails. */
function showText(seed: number, { index, reason }: Failure): void {
  const { text, syntax } = fuzzInput(seed, index);
  const hangs = reason.startsWith('no end');
  const small = hangs ? text : shrink(text, (part) => findBrokenInvariant(part, syntax) !== undefined);
  const why = hangs ? reason : findBrokenInvariant(small, syntax);
  console.log(`\ntexts --seed ${seed} --from ${index} --count 1 (${syntax}): ${why}\n  ${JSON.stringify(small)}`);
}

main().then(
  (code) => process.exit(code),
  (error) => {
    console.error(error);
    process.exit(2);
  },
);
