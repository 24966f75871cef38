import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { workbench } from '../../../kit/service';

/** The text after the entry at the cursor was moved, with the cursor marked, or the reason why it was not. */
async function move(marked: string, direction: 'up' | 'down'): Promise<string> {
  const { service, cursor, fixture } = workbench(marked);
  const moved = await service.moveEntry(cursor.uri, cursor.position, direction);
  if ('refused' in moved) return moved.refused;
  const before = TextDocument.create(cursor.uri, '', 1, fixture.texts.get(cursor.uri) ?? '');
  const text = TextDocument.applyEdits(before, [...moved.edits]);
  const at = TextDocument.create(cursor.uri, '', 1, text).offsetAt(moved.cursor);
  return `${text.slice(0, at)}‸${text.slice(at)}`;
}

describe('moving an entry', () => {
  it('takes it past its neighbor, with the comments of both, and leaves the empty lines where they are', async () => {
    const text = `a {
  # one
  b = 1 # first

  // two
  # and more
  c {
    d = [‸
      2
    ]
  }
}
`;
    const swapped = `a {
  // two
  # and more
  c {
    d‸ = [
      2
    ]
  }

  # one
  b = 1 # first
}
`;
    const onC = text.replace('‸', '').replace('  c {', '  ‸c {');
    assert.equal(await move(onC, 'up'), swapped.replace('‸', '').replace('c {', '‸c {'));
    assert.equal(await move(swapped.replace('‸', '').replace('// two', '// t‸wo'), 'down'), onC.replace('‸c', 'c‸'));
  });

  it('takes it out of its section, which becomes part of its path', async () => {
    const text = `x = 1
# the keys
canton.participants."p 1" {
  crypto {
    // where
    kms.region = eu-‸west-1 # here
    kms.type = aws
  }
}
`;
    const out = `x = 1
# the keys
canton.participants."p 1" {
  // where
  crypto.kms.region = eu-‸west-1 # here
  crypto {
    kms.type = aws
  }
}
`;
    assert.equal(await move(text, 'up'), out);
    assert.equal(
      await move(out, 'up'),
      `x = 1
// where
canton.participants."p 1".crypto.kms.region = eu-‸west-1 # here
# the keys
canton.participants."p 1" {
  crypto {
    kms.type = aws
  }
}
`,
    );
    assert.equal(
      await move('a {\n  b = 1\n  c {\n    d‸ = 1\n  }\n}', 'down'),
      'a {\n  b = 1\n  c {\n  }\n  c.d‸ = 1\n}',
    );
    assert.equal(
      await move('a {\n  b {\n    d‸ = 1\n  }}', 'down'),
      'This is the last entry of its section, which shares its line with other entries.',
    );
  });

  it('takes it into the section that its path leads to', async () => {
    const text = `a {
  b.c { x = 1
  }
  b.c.d.‸e = 1
  b {
    # last
    c.x = 2
  }
}
`;
    assert.equal(
      await move(text, 'down'),
      `a {
  b.c { x = 1
  }
  b {
    c.d.‸e = 1
    # last
    c.x = 2
  }
}
`,
    );
    assert.equal(await move('a {\n}\na."b c"‸ = """\n x\n"""\n', 'up'), 'a {\n  "b c"‸ = """\n x\n"""\n}\n');
    assert.equal(
      await move('a {\n\tb = 1\n\t# end\n}\na.c‸ = [\n\t1\n]', 'up'),
      'a {\n\tb = 1\n\t# end\n\tc‸ = [\n\t\t1\n\t]\n}\n',
    );
  });

  it('goes past a section that its path does not lead to, and past one on a single line', async () => {
    assert.equal(await move('a {\n  b = 1\n}\nc‸ = 1\n', 'up'), 'c‸ = 1\na {\n  b = 1\n}\n');
    assert.equal(await move('a { b = 1 }\na.c‸ = 1\n', 'up'), 'a.c‸ = 1\na { b = 1 }\n');
    assert.equal(await move('x = 1, y = 2\nc‸ = 1\n', 'up'), 'c‸ = 1\nx = 1, y = 2\n');
  });

  it('moves the entry around the cursor that has its lines for itself', async () => {
    assert.equal(await move('a = 1\nb { c = ‸1, d = 2 }\n', 'up'), 'b { c = ‸1, d = 2 }\na = 1\n');
  });

  it('leaves commas, line ends and the end of the file as they are', async () => {
    assert.equal(await move('{\r\n  "a": 1, // x\r\n  "b"‸: 2\r\n}', 'up'), '{\r\n  "b"‸: 2,\r\n  "a": 1 // x\r\n}');
    assert.equal(await move('a = 1\nb‸ = 2', 'up'), 'b‸ = 2\na = 1');
    assert.equal(await move('a {\n  b‸ = 2\n}', 'down'), 'a {\n}\na.b‸ = 2');
  });

  it('takes includes past their neighbors where that has no effect', async () => {
    const files = (name: string) => `\n-- b.conf --\n${name} = 2\n`;
    assert.equal(await move(`a = 1\ninclude‸ "b"${files('c')}`, 'up'), 'include‸ "b"\na = 1\n');
    assert.match(await move(`a = 1\ninclude‸ "b"${files('a')}`, 'up'), /would change/);
  });

  const refused: [title: string, text: string, direction: 'up' | 'down', reason: RegExp][] = [
    [
      'past another definition of it',
      'a = 1\na‸ = 2\n',
      'up',
      /^Moving 'a' past 'a' would change the effective configuration\.$/,
    ],
    ['past one that it is written under as well', 'a { b = 1 }\na.b‸ = 2\n', 'up', /Moving 'a\.b' past 'a'/],
    ['past what it looks back at', 'p = x\np = ${p}y\np‸ = ${p}z\n', 'up', /would change/],
    ['past one of two variables', 'a = ${?A}\na‸.b = 1\na = ${?B}\n', 'up', /would change/],
    ['past a variable that may be set', 'a = ${?A}\na‸ = ${?B}\n', 'up', /would change/],
    ['out of the file', 'a‸ = 1\n', 'up', /first entry of the file/],
    ['beyond the end of the file', 'a‸ = 1\n', 'down', /last entry of the file/],
    ['out of a list', 'a = [\n  {\n    b‸ = 1\n  }\n]\n', 'down', /list/],
    ['an include out of its section', 'a {\n  include‸ "x"\n}\n', 'up', /An include/],
    ['nothing', '‸\n', 'up', /no entry/],
    ['what takes too long to try', `a = "${'x'.repeat(2_000_000)}"\nb‸ = 1\n`, 'up', /too large/],
  ];
  for (const [title, text, direction, reason] of refused) {
    it(`refuses ${title}`, async () => assert.match(await move(text, direction), reason));
  }

  it('refuses what would change another launch that the file is part of', async () => {
    const text = `-- shared.conf --
a {
  b‸ = 1
}
-- one.conf --
include "shared"
-- two.conf --
x { include "shared" }
a.b = 2
`;
    assert.equal(await move(text, 'down'), 'a {\n}\na.b‸ = 1\n');
    const other = text.replace('x { include', 'a = 1, x = ${a}, include').replace(' }', '');
    assert.match(await move(other, 'down'), /./);
  });
});
