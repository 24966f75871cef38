import { evaluate } from '../../../server/src/hocon/evaluation/evaluate';
import { parse } from '../../../server/src/hocon/syntax/parse';
import type { Family } from './family';
import type { OperationCounter, Operations } from './operations';
import type { Work } from './work';

/** The cost that a text twice as long may have: twice as much, and a little for logarithms and growing lists. */
const MOST_GROWTH = 2.7;
/** Long enough for the nesting and the problems reported to be behind. */
const LENGTHS = [6400, 12_800, 25_600];
/**
 * What still looks steep is made longer than that: resolving has a budget in proportion to the text, which tangled
 * values use up sooner or later. What goes on growing behind it, or costs more than it gives, does not keep to it.
 */
const LONGEST = 409_600;
const MOST_FOR_A_CHARACTER = 2000;

/**
 * Makes a text longer, twice as long each time. What runs about four times as often in a text of twice the length, and
 * again, and more often than a few times a character, is quadratic.
 * @returns the worst place, undefined if cost grows with length
 */
export function findSteepGrowth(counter: OperationCounter, family: Family): string | undefined {
  const unit = Math.max(1, family.make(16).length / 16);
  const costOf = (length: number): Operations => cost(counter, family.make(Math.ceil(length / unit)));
  const costs = LENGTHS.map(costOf);
  for (let length = LENGTHS[LENGTHS.length - 1] as number; ; length *= 2) {
    const worst = steepest(costs.slice(-LENGTHS.length), length);
    if (worst === undefined) return undefined;
    if (length >= LONGEST || worst.count > MOST_FOR_A_CHARACTER * length) {
      return `${worst.place} runs ${costs.map((operations) => operations.get(worst.place) ?? 0).join(', ')} times`;
    }
    costs.push(costOf(2 * length));
  }
}

/** The same of what a service does, at a number and twice and four times as much. */
export async function findSteepWork(counter: OperationCounter, { least, prepare }: Work): Promise<string | undefined> {
  const costs: Operations[] = [];
  const numbers = [least, 2 * least, 4 * least];
  // Code that is loaded or compiled once is not part of the growth.
  await (await prepare(least))();
  for (const n of numbers) costs.push(await counter.countAsync(await prepare(n)));
  const worst = steepest(costs, 4 * least);
  return worst && `${worst.place} runs ${costs.map((operations) => operations.get(worst.place) ?? 0).join(', ')} times`;
}

function steepest(costs: readonly Operations[], length: number): { place: string; count: number } | undefined {
  let worst: { place: string; count: number } | undefined;
  for (const [place, count] of costs[costs.length - 1] as Operations) {
    const counts = costs.map((operations) => operations.get(place) ?? 0);
    const isSteep = counts.every((now, i) => i === 0 || now > MOST_GROWTH * (counts[i - 1] as number));
    if (isSteep && count > (worst?.count ?? 4 * length)) worst = { place, count };
  }
  return worst;
}

function cost(counter: OperationCounter, text: string): Operations {
  return counter.count(() => {
    const uri = 'file:///growth.conf';
    const tree = parse(uri, text, 'conf');
    const sources = { get: (wanted: string) => (wanted === uri ? tree : undefined), lookedFor: new Set([uri]) };
    evaluate([{ uri }], sources, { variables: new Map(), closed: false });
  });
}
