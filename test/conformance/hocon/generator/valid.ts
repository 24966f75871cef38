import type { Random } from './random';

/*
 * Valid texts. Names are few, so that keys meet, merge and refer to each other; whether a substitution resolves, or the
 * parts of a concatenation go together, is left to chance.
 */

const NAMES = [
  'a',
  'b',
  'c',
  'd',
  'kms',
  'a',
  'b',
  '"b"',
  '"a.b"',
  '1',
  '0',
  'x-y',
  '"x y"',
  '""',
  'true',
  'e f',
  '"""c"""',
  'é',
];
const PATHS = [
  'a',
  'b',
  'c',
  'd',
  'a.b',
  'b.a',
  'a.c',
  'c.a',
  'a.b.c',
  'kms',
  'kms.a',
  '"a.b"',
  'd.0',
  'x-y',
  'HOST',
  'PORT',
  'none',
  'b.c.d',
];
const BARE = [
  'x',
  'yes',
  'true',
  'false',
  'null',
  'foo bar',
  'a-b',
  'é',
  '/opt/x',
  '10s',
  '5 minutes',
  '1.2.3',
  'x  y',
  "it's",
  'a.b.c',
  '-',
  'include',
  '%d',
];
const NUMBERS = ['0', '1', '42', '-7', '05', '1.0', '2.50', '1e3', '-1.5E-2', '9007199254740993', '0.1', '100', '8080'];
const QUOTED = ['""', '"x"', '"a b"', '"\\n"', '"\\u00e9"', '"${a}"', '"# x"', '"a.b"', '"\\"q\\""', '"{}"', '" x "'];
const TRIPLE = ['"""x"""', '""""""', '"""a\nb"""', '"""a"b"""', '"""x""""', '"""\\n"""', '"""${b}"""'];
const COMMENTS = ['# c\n', '// c }\n', '#\n', '//"""\n'];
const GAPS = ['', ' ', ' ', ' ', '  ', '\t', ' \u00a0'];
const LINES = ['\n', '\n', '\n', '\n\n', '\r\n', ',', ', ', ',\n', '\n,', ' # c\n', ' // c, d\n', '\n# c\n', '\n\n  '];

/** A whole document. */
export function validText(random: Random): string {
  const fields = objectBody(random, 2 + random.below(2));
  return random.oneIn(6) ? `${gap(random)}{${around(random)}${fields}${around(random)}}${gap(random)}` : fields;
}

/** A document that may include one of `names`. */
export function validTextWithIncludes(random: Random, names: readonly string[]): string {
  const parts: string[] = [];
  for (let i = 1 + random.below(3); i > 0; i--)
    parts.push(random.oneIn(2) ? include(random, names) : objectBody(random, 2));
  return parts.join('\n');
}

function include(random: Random, names: readonly string[]): string {
  const target = `"${random.pick(names)}"`;
  const line = `include ${random.oneIn(6) ? `required(${target})` : target}`;
  const inside = `${line}\n${random.oneIn(2) ? objectBody(random, 1) : ''}`;
  return random.oneIn(2) ? line : `${random.pick(NAMES)} {\n${inside}\n}`;
}

function objectBody(random: Random, depth: number): string {
  let text = '';
  for (let i = random.below(depth + 2); i >= 0; i--) {
    text += field(random, depth);
    if (i > 0) text += random.pick(LINES);
  }
  return random.oneIn(5) ? `${text}${random.pick([',', '\n', ' # end\n', ',\n'])}` : text;
}

function field(random: Random, depth: number): string {
  let key = random.pick(NAMES);
  while (random.oneIn(4)) key += `.${random.pick(NAMES)}`;
  if (random.oneIn(5))
    return `${key}${gap(random)}{${around(random)}${objectBody(random, depth - 1)}${around(random)}}`;
  const sign = random.oneIn(8) ? '+=' : random.oneIn(4) ? ':' : '=';
  return `${key}${gap(random)}${sign}${random.oneIn(12) ? around(random) : gap(random)}${concatenation(random, depth)}`;
}

function concatenation(random: Random, depth: number): string {
  if (!random.oneIn(4)) return value(random, depth);
  // Parts of one kind can be joined; occasionally, the kinds differ.
  const kind = random.below(4);
  let text = part(random, kind, depth);
  for (let i = 1 + random.below(2); i > 0; i--)
    text += random.pick(['', ' ', ' ', '  ']) + part(random, random.oneIn(12) ? random.below(4) : kind, depth);
  return text;
}

function part(random: Random, kind: number, depth: number): string {
  if (random.oneIn(3)) return substitution(random);
  if (kind === 0) return list(random, depth - 1);
  if (kind === 1) return object(random, depth - 1);
  return scalar(random);
}

function value(random: Random, depth: number): string {
  const kind = random.below(depth > 0 ? 10 : 7);
  if (kind < 5) return scalar(random);
  if (kind < 7) return substitution(random);
  return kind === 7 ? list(random, depth - 1) : object(random, depth - 1);
}

function scalar(random: Random): string {
  return random.pick(random.pick([BARE, BARE, NUMBERS, NUMBERS, QUOTED, QUOTED, TRIPLE]));
}

function substitution(random: Random): string {
  return `\${${random.oneIn(6) ? '' : '?'}${random.pick(PATHS)}}`;
}

function object(random: Random, depth: number): string {
  return depth < 0 || random.oneIn(8) ? '{}' : `{${around(random)}${objectBody(random, depth - 1)}${around(random)}}`;
}

function list(random: Random, depth: number): string {
  let text = '[';
  for (let i = random.below(4); i > 0; i--) {
    text += around(random) + concatenation(random, depth);
    if (i > 1) text += random.pick(LINES);
  }
  return `${text}${around(random)}]`;
}

function gap(random: Random): string {
  return random.pick(GAPS);
}

/** Texts that are allowed where newlines have no meaning. */
function around(random: Random): string {
  const kind = random.below(8);
  if (kind === 0) return random.pick(COMMENTS);
  return kind < 3 ? '\n' : kind === 3 ? '\n  ' : kind < 6 ? ' ' : '';
}
