import { evaluate, parse } from '../../../server/src/hocon';
import { PIECES } from '../../conformance/hocon/generator/mutate';
import { Random } from '../../conformance/hocon/generator/random';
import type { OperationCounter, Operations } from './operations';
import { fuzzInput } from './texts';

/** Texts that grow: how one is made of a number of repetitions. */
export interface Family {
  readonly name: string;
  make(repetitions: number): string;
}

/** What a text twice as long may cost: twice as much, and a little for logarithms and lists that grow. */
const MOST_GROWTH = 2.7;
/** Long enough for the engine's own limits (nesting, problems reported) to be behind. */
const LENGTHS = [6400, 12_800, 25_600];

/** Every piece of the grammar on its own, the nesting and the chaining of values, and a seed's own texts. */
export function families(seed: number, random: number): Family[] {
  return [...CHAINS, ...[...REPEATED, ...PIECES, ...randomPieces(seed, random)].map(repeated)];
}

function randomPieces(seed: number, count: number): string[] {
  return Array.from({ length: count }, (_, i) => {
    if (i % 2 === 0) return `${fuzzInput(seed, i).text}\n`;
    const random = new Random(seed, i);
    return random.pick(PIECES) + random.pick(PIECES) + (random.oneIn(2) ? random.pick(PIECES) : '');
  });
}

const REPEATED = [
  'a = 1\n',
  'a += 1\n',
  'a = ${?a} [1]\n',
  'a = ${?a}x\n',
  'a = ${?a} {b = 1}\n',
  'a { b = 1 }\n',
  'a.b.c = 1\n',
  'a = ${b}\nb = 1\n',
  'a = """x\ny"""\n',
  '"""',
  'a = "',
  'a = ${',
  'a = [\n',
  'a {\n',
  'a = ${a.b}\n',
  '# c\n',
  'x ',
  'a.',
  '"a".',
  '${a}',
  '[1]',
  '{a=1}',
  'include "x"\n',
  '}\n',
  'a = ]\n',
  'a = ${none}\n',
  'a = [${none}]\n',
  'a = null\na.b = 1\n',
];

function repeated(piece: string): Family {
  return { name: `${JSON.stringify(piece)}, repeated`, make: (n) => piece.repeat(n) };
}

function lines(n: number, line: (i: number) => string): string {
  return Array.from({ length: n }, (_, i) => line(i)).join('\n');
}

const CHAINS: readonly Family[] = [
  { name: 'different keys', make: (n) => lines(n, (i) => `k${i} = ${i}`) },
  { name: 'different keys in one object', make: (n) => `o {\n${lines(n, (i) => `k${i} = ${i}`)}\n}` },
  { name: 'different paths', make: (n) => lines(n, (i) => `a.b.k${i}.c = ${i}`) },
  { name: 'references to one key', make: (n) => `a = 1\n${lines(n, (i) => `k${i} = \${a}`)}` },
  {
    name: 'references into one object',
    make: (n) => `${lines(n, (i) => `a.k${i} = ${i}`)}\n${lines(n, (i) => `b.k${i} = \${a.k${i}}`)}`,
  },
  {
    name: 'a chain of references, last one first',
    make: (n) => `${lines(n, (i) => `k${i} = \${k${i + 1}}`)}\nk${n} = 1`,
  },
  {
    name: 'a chain of references, first one first',
    make: (n) => `k0 = 1\n${lines(n, (i) => `k${i + 1} = \${k${i}}`)}`,
  },
  { name: 'a cycle of references', make: (n) => `k0 = \${k${n}}\n${lines(n, (i) => `k${i + 1} = \${k${i}}`)}` },
  {
    name: 'objects on a common base',
    make: (n) => `base { x = 1, y = 2 }\n${lines(n, (i) => `k${i} = \${base} { z = ${i} }`)}`,
  },
  { name: 'unset variables', make: (n) => lines(n, (i) => `k${i} = \${?V${i}}`) },
  { name: 'unset substitutions', make: (n) => lines(n, (i) => `k${i} = \${v${i}}`) },
  { name: 'a list', make: (n) => `a = [${lines(n, (i) => `${i}`)}]` },
  { name: 'a list of objects', make: (n) => `a = [${lines(n, (i) => `{ k = ${i} }`)}]` },
  { name: 'a long string', make: (n) => `a = "${'x'.repeat(n)}"` },
  { name: 'a long triple-quoted string', make: (n) => `a = """${'x\n'.repeat(n)}"""` },
  { name: 'an open triple-quoted string', make: (n) => `a = """${'x\n'.repeat(n)}` },
  { name: 'a long comment', make: (n) => `# ${'x'.repeat(n)}` },
  { name: 'nested objects', make: (n) => `${'a {'.repeat(n)}${'}'.repeat(n)}` },
  { name: 'nested lists', make: (n) => `a = ${'['.repeat(n)}${']'.repeat(n)}` },
  { name: 'a long path', make: (n) => `a${'.b'.repeat(n)} = 1` },
  { name: 'a long concatenation', make: (n) => `a = ${'x '.repeat(n)}` },
  { name: 'a long concatenation of lists', make: (n) => `a = ${'[1] '.repeat(n)}` },
  { name: 'a long concatenation of references', make: (n) => `b = 1\na = ${'${b} '.repeat(n)}` },
  { name: 'faults between good lines', make: (n) => lines(n, (i) => (i % 3 === 0 ? `k${i} = {` : `k${i} = ${i}`)) },
  { name: 'conflict markers', make: (n) => lines(n, (i) => `<<<<<<< HEAD\nk = ${i}\n=======\nk = 2\n>>>>>>> x`) },
];

/**
 * Makes a text longer, twice as long each time. What runs about four times as often in a text of twice the length, and
 * again, and more often than a few times a character, is quadratic.
 * @returns the worst place, undefined where cost grows with length
 */
export function findSteepGrowth(counter: OperationCounter, family: Family): string | undefined {
  const unit = Math.max(1, family.make(16).length / 16);
  const costs = LENGTHS.map((length) => cost(counter, family.make(Math.ceil(length / unit))));
  const longest = costs[costs.length - 1] as Operations;
  let worst: string | undefined;
  let most = 4 * (LENGTHS[LENGTHS.length - 1] as number);
  for (const [place, count] of longest) {
    const counts = costs.map((operations) => operations.get(place) ?? 0);
    if (count <= most || !counts.every((now, i) => i === 0 || now > MOST_GROWTH * (counts[i - 1] as number))) continue;
    most = count;
    worst = `${place} runs ${counts.join(', ')} times`;
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
