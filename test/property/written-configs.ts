import fc from 'fast-check';

/** The notation of one entry. */
const look = fc.record({
  separator: fc.constantFrom(' = ', '=', ': '),
  brace: fc.constantFrom(' {', '{', ' = {'),
  comma: fc.boolean(),
  above: fc.constantFrom('', '', '# above\n', '// one\n# two\n', '\n'),
  behind: fc.constantFrom('', '', ' # behind', '// { behind'),
});
const names = fc.constantFrom('a', 'b', 'c', '"d e"');
const values = fc.constantFrom(
  '1',
  'text',
  '"q, u"',
  '[1, 2]',
  '"""\n  long\n"""',
  '${a.b}',
  '${?a}',
  '${?HOME}',
  '{}',
);

interface Written {
  readonly path: readonly string[];
  readonly value: string | readonly Written[];
  readonly look: typeof look extends fc.Arbitrary<infer T> ? T : never;
}

const { entries } = fc.letrec<{ entries: Written[]; entry: Written }>((tie) => ({
  entry: fc.record({
    path: fc.array(names, { minLength: 1, maxLength: 3 }),
    value: fc.oneof({ maxDepth: 3 }, values, values, tie('entries')),
    look,
  }),
  entries: fc.array(tie('entry'), { maxLength: 4 }),
}));

/** Configurations as people write them, a line for each entry: nested and dotted keys, comments, references, repetitions. */
export const writtenConfigs: fc.Arbitrary<string> = fc
  .tuple(entries, fc.constantFrom('  ', '\t', '    '), fc.constantFrom('\n', '\r\n'))
  .map(([list, indent, eol]) => write(list, indent, '').replaceAll('\n', eol));

function write(list: readonly Written[], unit: string, indent: string): string {
  return list
    .map(({ path, value, look: { separator, brace, comma, above, behind } }) => {
      const comments = above.replace(/^(?=.)/gm, indent);
      const end = `${comma ? ',' : ''}${behind}\n`;
      const key = path.join('.');
      if (typeof value === 'string') return `${comments}${indent}${key}${separator}${value}${end}`;
      return `${comments}${indent}${key}${brace}\n${write(value, unit, indent + unit)}${indent}}${end}`;
    })
    .join('');
}
