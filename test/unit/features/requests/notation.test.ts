import assert from 'node:assert/strict';
import { refactor, rewrites } from './refactor';

describe('converting a dotted key to a nested section', () => {
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
      /Convert 'crypto\.kms' to a nested section/,
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
    await rewrites('canton { a‸.b.c = 1, d = 2 }\n', /Convert 'a'/, 'canton { a { b.c = 1 }, d = 2 }\n');
    await rewrites('canton.‸a = ${?X}\n', /Convert 'canton'/, 'canton {\n  a = ${?X}\n}\n');
  });
});

describe('flattening a section to dotted keys', () => {
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
      /Flatten 'kms'/,
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
    await rewrites('canton.a‸ { b = 1, c = [2] }\n', /Flatten/, 'canton.a.b = 1\ncanton.a.c = [2]\n');
    await rewrites('canton { a‸ { b = 1, c = 2 }, d = 3 }\n', /Flatten 'a'/, 'canton { a.b = 1, a.c = 2, d = 3 }\n');
  });

  it('is not offered where that means something else, or loses a comment', async () => {
    for (const text of [
      'canton { a‸ { include "x" } }\n',
      'canton { a‸ {} }\n',
      'canton { a‸ { b = 1 # c\n } }\n',
      'canton.a‸ = { b = 2 } { c = 3 }\n',
    ]) {
      const titles = await refactor(text, /Flatten/);
      assert.ok(Array.isArray(titles), JSON.stringify(titles));
    }
  });
});
