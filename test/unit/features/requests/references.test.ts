import assert from 'node:assert/strict';
import { LineIndex } from '../../../../server/src/text/line-index';
import { workbench } from '../../../kit/service';

/** The cursor's references and highlights are what is marked in the files. */
async function finds(marked: string, withDefinitions = true): Promise<void> {
  const { service, cursor, fixture } = workbench(marked);
  const found = await service.references(cursor.uri, cursor.position, withDefinitions);
  const key = (uri: string, { start, end }: { start: object; end: object }) => JSON.stringify([uri, start, end]);
  const expected = [...fixture.files.values()].flatMap(({ uri, text, ranges }) => {
    const lines = new LineIndex(text);
    return ranges.map(({ start, end }) => key(uri, { start: lines.positionAt(start), end: lines.positionAt(end) }));
  });
  assert.deepEqual(found.map(({ uri, range }) => key(uri, range)).sort(), expected.sort());
  if (!withDefinitions) return;
  const highlights = await service.documentHighlights(cursor.uri, cursor.position);
  const here = found.filter(({ uri }) => uri === cursor.uri);
  assert.deepEqual(
    highlights.map(({ range }) => range),
    here.map(({ range }) => range),
  );
}

describe('references', () => {
  it('are the definitions of a key and the substitutions that use it, in all files of the launch', () =>
    finds(`include "base"
shared { ⟦reg‸ion⟧ = eu-west-1 }
canton.participants.p1.crypto.kms.region = \${shared.⟦region⟧}
canton.participants.p2.crypto.kms.region = \${other.region}
-- base.conf --
shared.⟦region⟧ = us-east-1
other.region = \${?shared.⟦region⟧}
`));

  it('are found from a substitution, for the element under the cursor', () =>
    finds(`⟦shared⟧ { region = eu-west-1 }
a = \${⟦sha‸red⟧.region}
⟦"shared"⟧.zone = 1
`));

  it('see an included file at the path where it is included', () =>
    finds(`canton { include "inner" }
name = outer
-- inner.conf --
⟦na‸me⟧ = inner
other = \${⟦name⟧}
`));

  it('of a key in a file that is included twice belong to both places', () =>
    finds(`a { include "inner" }
b { include "inner", ⟦name⟧ = 2 }
c = \${a.⟦name⟧}
-- inner.conf --
⟦na‸me⟧ = 1
d = \${⟦name⟧}
`));

  it('of a copied section are those of the keys that it was copied from', () =>
    finds(`base { kms { ⟦reg‸ion⟧ = x } }
canton.participants.p1.crypto = \${base}
a = \${canton.participants.p1.crypto.kms.⟦region⟧}
`));

  it('are the same from a substitution, its definition and what overrides a copy', async () => {
    const places = [
      'base { kms { region = x } }',
      'canton.participants.p1.crypto = ${base}',
      'canton.participants.p1.crypto.kms.region = y',
      'a = ${base.kms.region}',
      'b = ${canton.participants.p1.crypto.kms.region}',
    ];
    for (const cursor of [0, 2, 3, 4]) {
      const lines = places.map((line, i) => {
        const marked = line.replace('region', i === cursor ? '⟦reg‸ion⟧' : '⟦region⟧');
        return i === 1 ? line : marked;
      });
      await finds(`${lines.join('\n')}\n`);
    }
  });

  it('of an environment variable are its uses', () => finds('a = ${⟦RE‸GION⟧}\nb = ${?⟦REGION⟧}'));

  it('leave the definitions out where the editor asks for that', () =>
    finds('na‸me = 1\nname = 2\na = ${⟦name⟧}', false));

  it('of what is no key are none', async () => {
    await finds('a = va‸lue');
    await finds('# com‸ment');
    await finds('a = ${‸}');
  });

  it('end in cycles of includes and in files that multiply', async () => {
    await finds('include "a"\n⟦x‸⟧ = 1\n-- a.conf --\ninclude "main"\n⟦x⟧ = 2\n');
    const files = Array.from(
      { length: 11 },
      (_, i) => `-- f${i}.conf --\na { include "f${i + 1}" }\nb { include "f${i + 1}" }\n`,
    );
    const { service, cursor } = workbench(`include "f0"\nx‸ = 1\n${files.join('')}-- f11.conf --\nz = 1\ny = \${z}\n`);
    assert.equal((await service.references(cursor.uri, cursor.position, true)).length, 1);
  });
});
