import assert from 'node:assert/strict';
import { applied, offered } from '../../kit/code-actions';
import { workbench } from '../../kit/service';

/** The files after the action whose title fits; the titles where there is none. */
async function refactor(marked: string, title: RegExp): Promise<Record<string, string> | string[]> {
  const bench = workbench(marked);
  const actions = await offered(bench, ['refactor']);
  const action = actions.find((one) => title.test(one.title));
  return action === undefined ? actions.map((one) => one.title) : applied(bench, action);
}

async function rewrites(marked: string, title: RegExp, after: string): Promise<void> {
  assert.deepEqual(await refactor(marked, title), { 'main.conf': after });
}

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
      "Extract 'crypto' to the file p1-crypto.conf",
      "Write 'participants.p1' as a section",
      "Write the keys of 'participants.p1.crypto' with their paths",
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

describe('inlining a reference', () => {
  it('undoes an extraction', async () => {
    await rewrites(
      `_shared.crypto {
    # where
    kms.region = x
}

canton.participants {
  p1 {
    crypto = \${_shared.cryp‸to} # end
  }
}
`,
      /Inline/,
      `canton.participants {
  p1 {
    crypto = {
        # where
        kms.region = x
    } # end
  }
}
`,
    );
  });

  it('leaves the key where others use it, and where Canton reads it', async () => {
    await rewrites('a = 1\ncanton.x = ${‸a}\nb = ${a}\n', /Inline/, 'a = 1\ncanton.x = 1\nb = ${a}\n');
    await rewrites('canton.a = [1]\ncanton.x = ${‸canton.a}\n', /Inline/, 'canton.a = [1]\ncanton.x = [1]\n');
  });

  it('takes the value from another file, and a part of a text as well', async () => {
    assert.deepEqual(
      await refactor('include "b"\ncanton.x = "arn:"${‸region}":key"\n-- b.conf --\nregion = "eu"\n', /Inline/),
      { 'main.conf': 'include "b"\ncanton.x = "arn:""eu"":key"\n', 'b.conf': '' },
    );
  });

  it('is not offered where the value has several sources, or none', async () => {
    for (const text of [
      'a = 1\na = 2\ncanton.x = ${‸a}\n',
      'canton.x = ${?‸HOME}\n',
      'a { b = 1 }\ncanton.x = ${‸a}\na.c = 2\n',
      'canton.x = 1\ncanton.x = ${‸canton.x}2\n',
    ]) {
      const titles = await refactor(text, /Inline/);
      assert.ok(Array.isArray(titles), JSON.stringify(titles));
    }
  });
});

describe('inlining a file', () => {
  it('writes it in the place of its include', async () => {
    assert.deepEqual(
      await refactor(
        `canton.participants.p1 {
  # shared
  inc‸lude required("sub/kms.conf") # here
}
-- sub/kms.conf --
# the file

crypto {
  kms.type = aws
}
`,
        /Inline/,
      ),
      {
        'main.conf': `canton.participants.p1 {
  # shared
  # the file

  crypto {
    kms.type = aws
  } # here
}
`,
      },
    );
  });

  it('opens the braces that hold the include alone', async () => {
    const text = 'canton.participants.p1.crypto { inclu‸de "kms" }\n-- kms.conf --\n{\n  a = 1\n  b = 2\n}\n';
    assert.deepEqual(await refactor(text, /Inline/), {
      'main.conf': 'canton.participants.p1.crypto {\n  a = 1\n  b = 2\n}\n',
    });
  });

  it('is not offered where its own includes or references would mean something else', async () => {
    for (const text of [
      'canton { inclu‸de "sub/a" }\n-- sub/a.conf --\ninclude "b"\n-- sub/b.conf --\nx = 1\n',
      'a = 1\ncanton { inclu‸de "b" }\n-- b.conf --\na = 2\nx = ${a}\n',
      'canton { inclu‸de "none" }\n',
    ]) {
      assert.deepEqual(await refactor(text, /Inline/), [], text);
    }
  });
});

describe('writing a dotted key as a section', () => {
  it('opens it behind the element at the cursor, for all entries that go on like this', async () => {
    await rewrites(
      `canton.participants.p1 {
  admin-api.port = 1
  # the type
  crypto.kms‸.type = aws
  crypto.kms.region = """
x"""

  // one more
  crypto.kms.audit-logging = true, # why
  crypto.provider = kms
}
`,
      /Write 'crypto\.kms' as a section/,
      `canton.participants.p1 {
  admin-api.port = 1
  crypto.kms {
    # the type
    type = aws
    region = """
x"""

    // one more
    audit-logging = true, # why
  },
  crypto.provider = kms
}
`,
    );
  });

  it('does so on one line as well', async () => {
    await rewrites('canton { a‸.b.c = 1, d = 2 }\n', /Write 'a'/, 'canton { a { b.c = 1 }, d = 2 }\n');
    await rewrites('canton.‸a = ${?X}\n', /Write 'canton'/, 'canton {\n  a = ${?X}\n}\n');
  });
});

describe('writing the keys of a section with their paths', () => {
  it('keeps comments, and the lines of entries', async () => {
    await rewrites(
      `canton.participants.p1.crypto {
  # the KMS
  k‸ms { // of AWS
    type = aws # why

    # where
    region = x,
    nested { a = 1 }
    # last
  }, # end
}
`,
      /Write the keys of 'kms'/,
      `canton.participants.p1.crypto {
  # the KMS
  // of AWS
  kms.type = aws # why

  # where
  kms.region = x,
  kms.nested { a = 1 }
  # last
  # end
}
`,
    );
  });

  it('gives each entry of one line a line, or not, as the section has', async () => {
    await rewrites('canton.a‸ { b = 1, c = [2] }\n', /Write the keys/, 'canton.a.b = 1\ncanton.a.c = [2]\n');
    await rewrites('canton { a‸ { b = 1, c = 2 }, d = 3 }\n', /keys of 'a'/, 'canton { a.b = 1, a.c = 2, d = 3 }\n');
  });

  it('is not offered where that means something else, or loses a comment', async () => {
    for (const text of [
      'canton { a‸ { include "x" } }\n',
      'canton { a‸ {} }\n',
      'canton { a‸ { b = 1 # c\n } }\n',
      'canton.a‸ = { b = 2 } { c = 3 }\n',
    ]) {
      const titles = await refactor(text, /Write the keys/);
      assert.ok(Array.isArray(titles), JSON.stringify(titles));
    }
  });
});

describe('letting the environment override a value', () => {
  it('writes it behind the value, with a name that says what it is', async () => {
    await rewrites(
      'canton.participants.myNode-1.crypto {\n  kms { type = aws\n    region : eu-‸west-1 # here\n  }\n}\n',
      /MY_NODE_1_KMS_REGION/,
      'canton.participants.myNode-1.crypto {\n  kms { type = aws\n    region : eu-west-1 # here\n    region : ${?MY_NODE_1_KMS_REGION}\n  }\n}\n',
    );
    await rewrites(
      'canton { shared { region‸ = x, b = 1 } }\n',
      /SHARED_REGION/,
      'canton { shared { region = x, region = ${?SHARED_REGION}, b = 1 } }\n',
    );
  });

  it('takes no name that is taken', async () => {
    await rewrites(
      'canton.a‸ = 1\ncanton.b = ${?CANTON_A}\n',
      /CANTON_A_2/,
      'canton.a = 1\ncanton.a = ${?CANTON_A_2}\ncanton.b = ${?CANTON_A}\n',
    );
  });

  it('is not offered where it is done, or nothing is written out', async () => {
    for (const text of ['canton.a‸ = 1\ncanton.a = ${?X}\n', 'canton.a‸ = ${x}\nx = 1\n', 'canton.a‸ = [1]\n']) {
      const titles = await refactor(text, /environment/);
      assert.ok(Array.isArray(titles), JSON.stringify(titles));
    }
  });
});

describe('changing the provider', () => {
  it('keeps what both have, takes out what is the old one’s and begins what the new one needs', async () => {
    await rewrites(
      `canton.participants.p1.crypto {
  provider = kms
  kms {
    type = a‸ws # of ours
    region = us-east-1
    audit-logging = true
    # kept
    retries { failures { initial-delay = 1s, max-delay = 2s, max-retries = 3 } }
  }
}
`,
      /to 'gcp'/,
      `canton.participants.p1.crypto {
  provider = kms
  kms {
    type = gcp # of ours
    location-id = us-east1
    project-id = my-project
    key-ring-id = canton-keys
    audit-logging = true
    # kept
    retries { failures { initial-delay = 1s, max-delay = 2s, max-retries = 3 } }
  }
}
`,
    );
  });

  it('works on dotted keys and on one line', async () => {
    const P = 'canton.participants.p1.crypto';
    await rewrites(
      `${P}.k‸ms.type = gcp\n${P}.kms.location-id = us-east1\n${P}.kms.project-id = p\n${P}.kms.key-ring-id = k\n`,
      /to 'aws'/,
      `${P}.kms.type = aws\n${P}.kms.region = us-east-1\n`,
    );
    await rewrites(
      `${P}.kms { type = aws‸, region = r, multi-region-key = true }\n`,
      /to 'driver'/,
      `${P}.kms { type = driver, name = aws-kms, config {} }\n`,
    );
  });

  it('leaves a section that Canton reads', async () => {
    const bench = workbench('canton.participants.p1.crypto.kms { type = aws‸, region = us-east-1 }\n');
    const actions = (await offered(bench, ['refactor.rewrite'])).filter(({ title }) => title.startsWith('Change'));
    assert.equal(actions.length, 2);
    for (const action of actions) {
      bench.service.update(bench.cursor.uri, applied(bench, action)['main.conf'] ?? '');
      const errors = (await bench.service.diagnostics(bench.cursor.uri)).filter(({ severity }) => severity === 'error');
      assert.deepEqual(errors, [], action.title);
    }
  });

  it('is offered at the section and at its type only', async () => {
    for (const text of [
      'canton.participants.p1.crypto.kms { type = aws, re‸gion = r }',
      'canton.participants.p1.cr‸ypto.kms.type = aws',
    ]) {
      assert.ok(Array.isArray(await refactor(text, /Change the provider/)), text);
    }
  });
});
