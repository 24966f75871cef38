import { PIECES } from '../../conformance/hocon/generator/mutate';
import { Random } from '../../conformance/hocon/generator/random';
import { type Family, lines, repeated } from './family';
import { LAYERED } from './layered';
import { fuzzInput } from './texts';

/** Every piece of the grammar on its own, the nesting and the chaining of values, and a seed's own texts. */
export function families(seed: number, random: number): Family[] {
  return [...LAYERED, ...CHAINS, ...[...REPEATED, ...PIECES, ...randomPieces(seed, random)].map(repeated)];
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
  'a\n b = 1\n}\n',
  'a =\nb {\n',
  '"a {\n',
  'a = ${\nb {\n',
  'a = ${none}\n',
  'a = [${none}]\n',
  'a = null\na.b = 1\n',
];

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
  { name: 'lists that braces close', make: (n) => `a = ${'['.repeat(n)}${'}'.repeat(n)}` },
  { name: 'objects that stay open, behind one another', make: (n) => `${'a { '.repeat(n)}${'\n'.repeat(n)}@\nb = 1` },
  { name: 'conflict markers', make: (n) => lines(n, (i) => `<<<<<<< HEAD\nk = ${i}\n=======\nk = 2\n>>>>>>> x`) },
];
