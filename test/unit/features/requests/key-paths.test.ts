import assert from 'node:assert/strict';
import { workbench } from '../../../kit/service';

async function paths(marked: string): Promise<string[]> {
  const { service, cursor } = workbench(marked);
  return service.keyPaths(cursor.uri, cursor.position);
}

describe('the path of the key at the cursor', () => {
  const cases: [title: string, text: string, ...paths: string[]][] = [
    ['ends with the element that the cursor is in', 'canton.partici‸pants.p1 {}', 'canton.participants'],
    [
      'goes through the objects around',
      'canton { participants { p1 { cry‸pto.provider = kms } } }',
      'canton.participants.p1.crypto',
    ],
    ['is that of the key before a value', 'a { b.c = som‸ething }', 'a.b.c'],
    ['is that of the line, from its indentation', 'a {\n ‸ b.c = 1\n}', 'a.b.c'],
    ['is that of the line, from its comment', 'a {\n  b.c = 1 # wh‸y\n  d = 1\n}', 'a.b.c'],
    ['is that of the section between its keys', 'a {\n  b = 1\n‸\n  c = 1\n}', 'a'],
    ['keeps the quotes that names need', 'a."b c"."d.e‸" = 1', 'a."b c"."d.e"'],
    ['is the one that a substitution refers to', 'a.b = 1\nc = ${a.‸b}', 'a.b'],
    ['leads to the list, and not into it', 'a.b = [1, { c‸ = 1 }]', 'a.b'],
    ['is the written one where the key is not in effect', 'a { b.c‸ = 1 }\na = 2', 'a.b.c'],
    ['is nothing where there is no key', '‸'],
  ];
  for (const [title, text, ...expected] of cases) {
    it(title, async () => assert.deepEqual(await paths(text), expected));
  }

  it('is that of each place that a fragment is brought to', async () => {
    const text = `-- shared.conf --
region ‸= z
-- main.conf --
canton.participants.p1.crypto.kms { include "shared" }
canton.participants.p2.crypto.kms { include "shared" }
`;
    assert.deepEqual(await paths(text), [
      'canton.participants.p1.crypto.kms.region',
      'canton.participants.p2.crypto.kms.region',
    ]);
  });
});
