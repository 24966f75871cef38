import type { Random } from './random';

/** Texts that people, merges and editors put into files by mistake, and the texts that the grammar depends on. */
export const PIECES = [
  ...'{}[]",:=+#/$\\?!@*&^`~%()<>|;\'.-_ \n\r\t0159exatn',
  '"""',
  '${',
  '${?',
  '+=',
  '//',
  '\n\n',
  '\r\n',
  'include "a"',
  'include file("b.conf")',
  'include required("c")',
  'include ',
  'true',
  'null',
  '1e',
  '.5',
  '\\u',
  '\\u00',
  '\\"',
  '\u0000',
  '\u00a0',
  '\u2028',
  '\u3000',
  '\ufeff',
  '\u0007',
  '\ud83d\ude00',
  'é',
  '<<<<<<< HEAD\n',
  '=======\n',
  '>>>>>>> x\n',
  '{{{',
  '}}}',
  '[[[',
  ']]]',
  'a = ',
  'a.b',
  '= 1',
  ': {',
  '${a}',
  '${?a}',
  '${b.c}',
  ', ,',
] as const;

/** Adds one to four faults to a text. */
export function mutate(random: Random, text: string, other: string): string {
  let result = text;
  for (let i = 1 + random.below(3) * random.below(2); i > 0; i--) result = once(random, result, other);
  return result;
}

function once(random: Random, text: string, other: string): string {
  const at = random.below(text.length + 1);
  switch (random.below(9)) {
    case 0:
    case 1:
    case 2:
      return text.slice(0, at) + random.pick(PIECES) + text.slice(at);
    case 3:
    case 4:
      return text.slice(0, at) + text.slice(at + 1);
    case 5:
      return text.slice(0, at) + random.pick(PIECES) + text.slice(at + 1);
    case 6:
      return text.slice(0, at) + text.slice(at + random.below(text.length - at + 1));
    case 7:
      return text.slice(0, at) + other.slice(random.below(other.length + 1));
    default: {
      const end = at + random.below(text.length - at + 1);
      return text.slice(0, end) + text.slice(at);
    }
  }
}
