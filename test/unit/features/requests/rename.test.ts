import assert from 'node:assert/strict';
import type { WorkspaceEdit } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { workbench } from '../../../kit/service';

async function rename(marked: string, newName: string): Promise<Record<string, string> | string> {
  const { service, cursor, fixture } = workbench(marked);
  const edit = await service.rename(cursor.uri, cursor.position, newName);
  if ('refused' in edit) return edit.refused;
  return Object.fromEntries(
    Object.entries((edit as WorkspaceEdit).changes ?? {}).map(([uri, edits]) => {
      const document = TextDocument.create(uri, '', 1, fixture.texts.get(uri) ?? '');
      return [uri.split('/').at(-1), TextDocument.applyEdits(document, edits)];
    }),
  );
}

describe('rename', () => {
  it('changes a shared key wherever it is written or used', async () => {
    assert.deepEqual(
      await rename(
        `include "base"
canton.participants.p1.crypto.kms.region = \${shared.reg‸ion}
shared.region = eu-west-1
-- base.conf --
shared { region : us-east-1 }
`,
        'place',
      ),
      {
        'main.conf': `include "base"
canton.participants.p1.crypto.kms.region = \${shared.place}
shared.place = eu-west-1
`,
        'base.conf': 'shared { place : us-east-1 }\n',
      },
    );
  });

  it('changes the name of a node, and nothing of the same name', async () => {
    assert.deepEqual(
      await rename(
        'canton.participants.p‸1 { crypto.provider = jce }\ncanton.participants { p1.storage.type = memory }\np1 = ${canton.participants.p1.storage}',
        'bank',
      ),
      {
        'main.conf':
          'canton.participants.bank { crypto.provider = jce }\ncanton.participants { bank.storage.type = memory }\np1 = ${canton.participants.bank.storage}',
      },
    );
  });

  it('reaches the other launch sets of a shared file', async () => {
    assert.deepEqual(
      await rename(
        'include "shared"\na = ${na‸me}\n-- other.conf --\ninclude "shared"\nb = ${name}\nname = 2\n-- shared.conf --\nname = 1\n',
        'title',
      ),
      {
        'main.conf': 'include "shared"\na = ${title}\n',
        'other.conf': 'include "shared"\nb = ${title}\ntitle = 2\n',
        'shared.conf': 'title = 1\n',
      },
    );
  });

  const refused: [title: string, text: string, name: string, reason: RegExp][] = [
    [
      'keys of Canton',
      'canton.participants.p1.cryp‸to.provider = kms',
      'x',
      /'crypto' is a Canton key and cannot be renamed/,
    ],
    ['the root', 'canton‸.participants {}', 'x', /'canton' is a Canton key and cannot be renamed/],
    [
      'keys of a section that Canton reads as a copy',
      'base { reg‸ion = x }\ncanton.participants.p1.crypto.kms = ${base}',
      'x',
      /'region' is a Canton key and cannot be renamed/,
    ],
    ['variables', 'a = ${REG‸ION}', 'x', /environment variable/],
    ['a name that is taken', 'a‸ = 1\nb = 2', 'b', /already/],
    ["a name that would make it Canton's", 'a‸ = 1', 'canton', /Canton reads/],
    [
      'a name that another key would answer to, where a fragment is included',
      'a‸ = 1\nx { include "part", c = 3 }\n-- part.conf --\nb = ${a}\n',
      'c',
      /resolve to another key/,
    ],
    [
      'a name of the environment that is referred to',
      'a‸ = 1\nb = ${a}\nc = ${?HOME}',
      'HOME',
      /resolve to another key/,
    ],
    ['an empty name', 'a‸ = 1', '  ', /is empty/],
    ['what is no key', 'a = va‸lue', 'x', /no key/],
    ['files of another grammar', 'include "b.json"\nc = ${a‸}\n-- b.json --\n{"a": 1}\n', 'x', /b\.json/],
  ];
  for (const [title, text, name, reason] of refused) {
    it(`refuses ${title}`, async () => assert.match(String(await rename(text, name)), reason));
  }

  it('refuses names that Canton would refuse', async () => {
    assert.match(String(await rename('canton.participants.p‸1 {}', 'bank one')), /invalid characters/);
  });

  it('puts names in quotes that need them', async () => {
    assert.deepEqual(await rename('na‸me = 1\na = ${name}', 'a.b "c"'), {
      'main.conf': '"a.b \\"c\\"" = 1\na = ${"a.b \\"c\\""}',
    });
  });

  it('refuses keys of files that are not in the workspace', async () => {
    const { service, cursor } = workbench('c = ${a‸}\ninclude "b"\n-- b.conf --\na = 1', {}, ['main.conf']);
    const result = await service.prepareRename(cursor.uri, cursor.position);
    assert.deepEqual(result, { refused: "'b.conf' is not part of the workspace." });
  });

  it('changes the name of a node in quotes, in every file and launch that names it', async () => {
    const set = '{ "launchSets": { "one": ["base.conf", "main.conf"], "two": ["base.conf", "other.conf"] } }';
    assert.deepEqual(
      await rename(
        `canton.participants."p‸1".crypto.provider = kms
-- base.conf --
canton { participants { include "p" } }
-- p.conf --
p1.crypto.kms.type = aws
-- other.conf --
canton.sequencers.s.crypto = \${canton.participants.p1.crypto}
canton.participants.p1 { storage.type = memory }
-- canton-kms.json --
${set}
`,
        'bank-1',
      ),
      {
        'main.conf': 'canton.participants.bank-1.crypto.provider = kms\n',
        'p.conf': 'bank-1.crypto.kms.type = aws\n',
        'other.conf':
          'canton.sequencers.s.crypto = ${canton.participants.bank-1.crypto}\ncanton.participants.bank-1 { storage.type = memory }\n',
      },
    );
  });

  it('says what will be renamed', async () => {
    const { service, cursor } = workbench('shared."my k‸ey" = 1');
    assert.deepEqual(await service.prepareRename(cursor.uri, cursor.position), {
      range: { start: { line: 0, character: 7 }, end: { line: 0, character: 15 } },
      placeholder: 'my key',
    });
  });
});
