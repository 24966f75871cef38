import type { Input } from '../case';

/*
 * Objects that are merged before they are resolved: a few definitions of `a`, and those that they depend on, in every
 * order.
 */
const DEFINITIONS = [
  'a = {x=1}',
  'a = ${b}',
  'a = ${?n}',
  'a = ${a} {y=2}',
  'a = ${b} {z=3}',
  'a.x = 4',
  'a = 5',
  'a.v = ${a.x}',
  'a.x = ${a.x}',
];
const SUPPORT = ['b = {x=6, w=7}', 'b = 8', 'b = ${c}\nc = {x=9}', 'b = ${?n}'];

const TRIPLES = DEFINITIONS.flatMap((one) => DEFINITIONS.map((two) => `${one}\n${two}`)).flatMap(
  (text, i) => `${text}\n${DEFINITIONS[(i * 5 + 2) % DEFINITIONS.length]}`,
);

export const delayedMerges: readonly Input[] = [
  ...DEFINITIONS.flatMap((one) => DEFINITIONS.flatMap((two) => SUPPORT.map((support) => `${one}\n${two}\n${support}`))),
  ...TRIPLES.map((text, i) => `${SUPPORT[i % 2]}\n${text}\nd = \${a}`),
  ...TRIPLES.map(
    (text, i) =>
      `o {\n${text.replaceAll('${a', '${o.a').replaceAll('${b', '${o.b')}\n${SUPPORT[i % 2]}\n}\ne = \${o.a}`,
  ),
];
