import { deepEqual } from 'node:assert/strict';
import { checkText, codes } from './check-text';

const ENCRYPTED =
  'canton.participants.p1.crypto { kms { type = aws, region = us-east-1 }, private-key-store.encryption.type = kms }';

describe('a launch set that is declared', () => {
  const found = (text: string, isWhole: boolean) =>
    checkText(text, { isWhole })
      .filter(({ severity }) => severity === 'error' || severity === 'warning')
      .map(({ code, severity }) => `${severity} ${code}`);

  it('lacks what it does not have, while a file alone may be a part', () => {
    deepEqual(found(ENCRYPTED, false), ['warning start/memory-storage']);
    deepEqual(found(ENCRYPTED, true), ['error start/memory-storage']);
    deepEqual(found('canton.participants.p1.parameters.alpha-version-support = yes', true), [
      'error validate/alpha-version',
    ]);
  });

  it('needs a node', () => {
    deepEqual(found('canton.features.enable-repair-commands = yes', true), ['error validate/no-node']);
    deepEqual(found('canton { participants {}, remote-mediators {} }', true), ['error validate/no-node']);
    deepEqual(found('canton.features.enable-repair-commands = yes', false), []);
  });

  it('may have one in what cannot be read', () => {
    const texts = [
      'include url("https://example.com/x.conf")\ncanton {}',
      'canton.participants { include url("https://x/") }',
    ];
    for (const text of texts) deepEqual(codes(checkText(text, { isWhole: true }), 'error'), []);
  });
});
