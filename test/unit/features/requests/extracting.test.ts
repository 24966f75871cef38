import assert from 'node:assert/strict';
import { applied, offered } from '../../../kit/code-actions';
import { workbench } from '../../../kit/service';
import { refactor, rewrites } from './refactor';

describe('extracting a section to a key', () => {
  it('gives it a name at the root, in the style of the file', async () => {
    await rewrites(
      `# a node
canton.participants {
    # its keys
    p1 {
        cry‸pto = {
            # where
            kms : { type = aws, region = x }
        } # end
    }
}
`,
      /_shared/,
      `_shared.crypto = {
    # where
    kms : { type = aws, region = x }
}

# a node
canton.participants {
    # its keys
    p1 {
        crypto = \${_shared.crypto} # end
    }
}
`,
    );
  });

  it('finds a name that is free', async () => {
    await rewrites(
      '_shared.kms = 1\ncanton.participants.p1.crypto.k‸ms { type = aws }\n',
      /_shared/,
      '_shared.kms = 1\n_shared.p1-kms { type = aws }\n\ncanton.participants.p1.crypto.kms = ${_shared.p1-kms}\n',
    );
  });

  it('is not offered where the root of the file is none of the launch', async () => {
    const titles = await refactor(
      `-- part.conf --
participants.p1.cry‸pto { provider = jce }
-- main.conf --
canton { include "part" }
`,
      /_shared/,
    );
    assert.deepEqual(titles, [
      "Extract 'crypto' to file 'p1-crypto.conf'",
      "Convert 'participants.p1' to a nested section",
      "Flatten 'participants.p1.crypto' to dotted keys",
    ]);
  });

  it('is not offered outside of nodes, nor for what holds nothing', async () => {
    for (const text of [
      'canton.para‸meters { a = 1 }\n',
      'canton.participants.p1.cry‸pto {}\n',
      'a.b.c.d‸ { e = 1 }\n',
    ]) {
      const titles = await refactor(text, /_shared|file/);
      assert.ok(Array.isArray(titles), JSON.stringify(titles));
    }
  });
});

describe('extracting a section to a file', () => {
  it('makes the file and includes it, where it cannot be lost without a word', async () => {
    assert.deepEqual(
      await refactor(
        `canton.participants."p 1" {
\tcryp‸to { # keys
\t\t# where
\t\tkms {
\t\t\ttype = aws
\t\t}
\t\tprovider = """
\t\tkms"""
\t}
}
`,
        /file/,
      ),
      {
        'p-1-crypto.conf': '# keys\n# where\nkms {\n\ttype = aws\n}\nprovider = """\n\t\tkms"""\n',
        'main.conf': 'canton.participants."p 1" {\n\tcrypto { include required("p-1-crypto.conf") }\n}\n',
      },
    );
  });

  it('finds a name that is free, and is left to editors that make files', async () => {
    const bench = workbench('canton.participants.p1.k‸ms { a = 1 }\n-- p1-kms.conf --\nb = 1\n');
    assert.deepEqual(Object.keys(applied(bench, (await offered(bench, ['refactor.extract']))[1] as never)), [
      'p1-kms-2.conf',
      'main.conf',
    ]);
    const { uri, position } = bench.cursor;
    const context = { diagnostics: [], only: ['refactor.extract'] };
    const actions = await bench.service.codeActions(uri, { start: position, end: position }, context);
    assert.deepEqual(
      actions.map(({ title }) => title),
      ["Extract 'kms' to '_shared.kms'"],
    );
  });
});
