import { equal } from 'node:assert/strict';
import { checkText } from '../unit/rules/check-text';

const SIZE = 10_000;
const lines = (line: (i: number) => string) => Array.from({ length: SIZE }, (_, i) => line(i)).join('\n');

/** Over a minute if the work grows quadratically with the file, otherwise a second or two. */
describe('large files', () => {
  const unknown = `canton.participants.p1.crypto.kms {\n type = aws, region = us-east-1\n${lines((i) => `key${i} = 1`)}\n}`;

  it('with very many unknown keys', () => {
    equal(checkText(unknown).filter(({ code }) => code === 'read/unknown-key').length, SIZE);
  });

  it('with very many unknown keys to drop', () => {
    const switches = 'canton.parameters { non-standard-config = yes, fail-on-unknown-config-keys = no }\n';
    equal(checkText(switches + unknown).filter(({ code }) => code === 'ignored/unknown-key').length, SIZE);
  });

  it('with very many faulty nodes and one key for all of them', () => {
    const node = (i: number) =>
      `n${i}.crypto { kms { type = gcp }, private-key-store.encryption { type = kms, wrapper-key-id = k } }`;
    const found = checkText(`canton.participants {\n${lines(node)}\n}`);
    equal(found.filter(({ code }) => code === 'read/missing-key').length, 3 * SIZE);
    equal(found.filter(({ code }) => code === 'advice/shared-wrapper-key').length, 1);
  });

  it('with very many suppressions', () => {
    const text = `canton.participants.p1.crypto.kms {\n type = aws, region = us-east-1\n${lines((i) => `# canton-kms-ignore-next-line read/unknown-key x\nkey${i} = 1`)}\n}`;
    equal(checkText(text).filter(({ code }) => code !== 'ignored/kms-section').length, 0);
  });
});
