import assert from 'node:assert/strict';
import { refactor, rewrites } from './refactor';

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
