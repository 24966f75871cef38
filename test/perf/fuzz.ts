import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { families } from './fuzz/families';
import { findBrokenInvariant } from './fuzz/invariants';
import { runTask } from './fuzz/run';
import { shrink } from './fuzz/shrink';
import { fuzzInput } from './fuzz/texts';
import type { Failure } from './fuzz/worker';

const USAGE = `npm run fuzz -- [--count N] [--seed S] [--seconds T] [--from I] [--growth N]

Reads generated texts, right ones and wrong ones, and checks what must hold for any text: no exception, no hang, no
character lost, every range in the document, no cost that grows faster than the text.

  --count N    how many texts (default 100000)
  --seed S     which texts (default: others each time; the seed is printed)
  --seconds T  stop after this time (default 600), of which texts have two thirds
  --from I     begin with the text of this number, to repeat a failure
  --growth N   how many random texts are made longer and longer, beside the fixed ones (default 100)`;

const FAILURES_SHOWN = 5;
/** The part of the time that is for texts; the rest is for those that grow. */
const TIME_FOR_TEXTS = 2 / 3;
const SECONDS_FOR_A_TEXT = 10;
const SECONDS_FOR_A_FAMILY = 60;

async function main(): Promise<number> {
  const { values } = parseArgs({
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
  const [seed, from, count] = [Number(values.seed), Number(values.from), Number(values.count)];
  const began = Date.now();
  const elapsed = () => (Date.now() - began) / 1000;
  const secondsLeft = () => Number(values.seconds) - elapsed();
  console.log(`seed ${seed}`);

  const threads = Math.min(availableParallelism(), Math.ceil(count / 1000));
  const texts = await runTask({ kind: 'texts', seed, from, to: from + count, step: 1 }, threads, {
    seconds: count === 1 ? secondsLeft() : secondsLeft() * TIME_FOR_TEXTS,
    secondsForOne: SECONDS_FOR_A_TEXT,
  });
  for (const failure of texts.failures.slice(0, FAILURES_SHOWN)) showText(seed, failure);
  console.log(`${texts.checked} texts, ${texts.failures.length} failures, ${elapsed().toFixed(0)} s`);
  if (count === 1) return texts.failures.length;

  const random = Number(values.growth);
  const all = families(seed, random);
  const growth = await runTask({ kind: 'growth', seed, from: 0, to: all.length, step: 1 }, availableParallelism(), {
    seconds: secondsLeft(),
    secondsForOne: SECONDS_FOR_A_FAMILY,
  });
  for (const { index, reason } of growth.failures) console.log(`\n${all[index]?.name}: ${reason}`);
  console.log(
    `${growth.checked} of ${all.length} growing texts, ${growth.failures.length} cost more than twice as much at twice the length, ${elapsed().toFixed(0)} s`,
  );
  return texts.failures.length + growth.failures.length === 0 ? 0 : 1;
}

/** Prints how to repeat it, and the smallest text that fails. */
function showText(seed: number, { index, reason }: Failure): void {
  const { text, syntax } = fuzzInput(seed, index);
  const hangs = reason.startsWith('no end');
  const small = hangs ? text : shrink(text, (part) => findBrokenInvariant(part, syntax) !== undefined);
  const why = hangs ? reason : findBrokenInvariant(small, syntax);
  console.log(`\n--seed ${seed} --from ${index} --count 1 (${syntax}): ${why}\n  ${JSON.stringify(small)}`);
}

main().then(
  (code) => process.exit(code),
  (error) => {
    console.error(error);
    process.exit(2);
  },
);
