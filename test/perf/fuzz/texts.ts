import type { Syntax } from '../../../server/src/hocon/syntax/syntax';
import { generateText } from '../../conformance/hocon/generator/cases';
import { PIECES } from '../../conformance/hocon/generator/mutate';
import { Random } from '../../conformance/hocon/generator/random';

export interface FuzzInput {
  readonly text: string;
  readonly syntax: Syntax;
}

/** The input for `seed` and `index`: valid texts, faulty texts, and random tokens. */
export function fuzzInput(seed: number, index: number): FuzzInput {
  const random = new Random(~seed, index);
  const kind = random.below(16);
  const syntax = kind === 0 ? 'json' : kind === 1 ? 'properties' : 'conf';
  if (kind < 12) return { text: generateText(seed, index), syntax };
  return { text: kind < 14 ? soup(random) : noise(random), syntax };
}

/** The tokens that the grammar depends on, in any order. */
function soup(random: Random): string {
  let text = '';
  for (let i = random.below(60); i > 0; i--) text += random.pick(PIECES);
  return text;
}

/** Any UTF-16, mostly of the lower planes; including half surrogate pairs. */
function noise(random: Random): string {
  let text = '';
  for (let i = random.below(80); i > 0; i--)
    text += String.fromCharCode(random.below(random.pick([128, 128, 256, 65536])));
  return text;
}
