import { evaluate } from '../../../server/src/hocon/evaluation/evaluate';
import { parse } from '../../../server/src/hocon/syntax/parse';
import type { Family } from './family';
import type { OperationCounter, Operations } from './operations';
import type { Work } from './work';

/** The allowed cost factor for a text of twice the length: two, and a little for logarithms and growing lists. */
const MOST_GROWTH = 2.7;
/** Long enough to exceed the limits on nesting and on reported problems. */
const LENGTHS = [6400, 12_800, 25_600];
/**
 * Texts with steep growth are made longer still: resolving has a budget proportional to the text, which tangled values
 * use up eventually. Code whose cost keeps growing beyond that does not respect the budget.
 */
const LONGEST = 409_600;
const MOST_FOR_A_CHARACTER = 2000;

/**
 * Doubles the length of a text repeatedly. Code that runs about four times as often for each doubling, and more than a
 * few times per character, is quadratic.
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

/** The same for the work of a service, with a number, twice and four times the number. */
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
