/** Something to be timed, on a text that is made again for each round. */
export interface Contender {
  readonly name: string;
  run(): unknown;
}

const WARM_UP_MS = 500;
const ROUND_MS = 50;
const ROUNDS = 15;
/** No further rounds for a contender once its rounds took this long together. */
const LONGEST_MS = 12_000;

/**
 * The median time of each contender in milliseconds. They take turns, so that a busy machine is busy for all of them.
 * Undefined for one that throws, or took so long before that it is left out.
 */
export async function measure(
  contenders: readonly Contender[],
  log: (line: string) => void,
): Promise<ReadonlyMap<string, number>> {
  const times = new Map<string, number[]>();
  const runs = new Map<string, number>();
  for (const contender of contenders) {
    try {
      runs.set(contender.name, Math.ceil((await warmUp(contender)) / (WARM_UP_MS / ROUND_MS)));
    } catch {
      log(`  ${contender.name} refuses the text`);
    }
  }
  const spent = new Map<string, number>();
  for (let round = 0; round < ROUNDS; round++) {
    for (const contender of contenders) {
      const { name } = contender;
      const count = runs.get(name);
      if (count === undefined || (spent.get(name) ?? 0) > LONGEST_MS) continue;
      const time = await timeOf(contender, count);
      spent.set(name, (spent.get(name) ?? 0) + time * count);
      times.set(name, [...(times.get(name) ?? []), time]);
    }
  }
  const medians = new Map([...times].map(([name, list]) => [name, median(list)]));
  for (const [name, time] of medians) log(`  ${name}: ${time.toPrecision(3)} ms`);
  return medians;
}

/** @returns how often it ran in the time */
async function warmUp(contender: Contender): Promise<number> {
  const began = performance.now();
  let runs = 0;
  do {
    await contender.run();
    runs++;
  } while (performance.now() - began < WARM_UP_MS);
  return runs;
}

/** The mean of a few runs: a single one would be too short for the clock and for the scheduler. */
async function timeOf(contender: Contender, runs: number): Promise<number> {
  const began = performance.now();
  for (let i = 0; i < runs; i++) await contender.run();
  return (performance.now() - began) / runs;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] as number;
}
