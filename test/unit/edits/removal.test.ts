import assert from 'node:assert/strict';
import { edited, remove } from './kit';

describe('removing from a configuration', () => {
  it('takes out a field and leaves the comment behind it', async () => {
    const text = `canton.participants.p1.crypto.private-key-store.encryption {
  type = kms
  wrapper-key-id = "arn:aws:kms:x" # since May

  reverted = false
}
`;
    assert.equal(
      await edited(text, [remove('crypto.private-key-store.encryption.wrapper-key-id')]),
      text.replace('wrapper-key-id = "arn:aws:kms:x" # since May', '# since May'),
    );
  });

  it('takes out a field from the middle and from the end of a line', async () => {
    const text = 'canton.participants.p1.crypto { provider = kms, kms { a = 1 }, x = 2 }';
    assert.equal(await edited(text, [remove('crypto.kms')]), 'canton.participants.p1.crypto { provider = kms, x = 2 }');
    assert.equal(
      await edited(text, [remove('crypto.x')]),
      'canton.participants.p1.crypto { provider = kms, kms { a = 1 } }',
    );
    assert.equal(
      await edited('canton.participants.p1.crypto { kms { a = 1 } }', [remove('crypto.kms')]),
      'canton.participants.p1.crypto {  }',
    );
  });

  it('takes out several fields of one line', async () => {
    const text = 'canton.participants.p1.crypto { provider = kms, kms { a = 1 }, x = 2, y = 3 }';
    const without = (...keys: string[]) =>
      edited(
        text,
        keys.map((key) => remove(`crypto.${key}`)),
      );
    assert.equal(await without('x', 'y'), 'canton.participants.p1.crypto { provider = kms, kms { a = 1 } }');
    assert.equal(await without('provider', 'x'), 'canton.participants.p1.crypto { kms { a = 1 }, y = 3 }');
    assert.equal(await without('y', 'kms', 'provider', 'x'), 'canton.participants.p1.crypto {  }');
  });

  it('takes out every field that writes the path', async () => {
    const text =
      'canton.participants.p1 {\n  crypto.kms.type = aws\n  crypto.provider = jce\n  crypto.kms.region = x\n}\n';
    assert.equal(await edited(text, [remove('crypto.kms')]), 'canton.participants.p1 {\n  crypto.provider = jce\n}\n');
  });

  it('hides what a shared fragment gives instead of removing it there', async () => {
    const text = `_shared { encryption { type = kms, wrapper-key-id = alias/a } }
canton.participants.p1.crypto.private-key-store.encryption = \${_shared.encryption}
`;
    assert.equal(
      await edited(text, [remove('crypto.private-key-store.encryption.wrapper-key-id')]),
      `${text}canton.participants.p1.crypto.private-key-store.encryption.wrapper-key-id = null\n`,
    );
  });
});
