import { deepEqual } from 'node:assert/strict';
import type { CantonVersion } from '../../../schemas/version';
import { checkText, codes } from './check-text';
import { ALL3, NON_STANDARD, SINCE5, whole } from './verdict';

const AWS = 'type = aws, region = us-east-1, audit-logging = true';
const DRIVER = 'type = driver, name = hsm, config {}';

/** Settings that Canton accepts but ignores: no error, and this single warning. */
const ignored: readonly (readonly [what: string, text: string, code: string, versions: readonly CantonVersion[]])[] = [
  ['a KMS that nothing uses', `crypto.kms { ${AWS} }`, 'ignored/kms-section', ALL3],
  [
    'encryption next to external keys',
    `crypto { provider = kms, kms { ${AWS} }, private-key-store.encryption.type = kms }`,
    'ignored/encryption',
    ALL3,
  ],
  [
    'encryption without a database',
    `crypto { kms { ${DRIVER} }, private-key-store.encryption.type = kms }`,
    'ignored/memory-storage',
    ['3.3', '3.4'],
  ],
  [
    'encryption without a database and without a KMS',
    'crypto.private-key-store.encryption.type = kms',
    'ignored/memory-storage',
    ['3.3'],
  ],
  [
    'session keys of the whole process',
    'canton.parameters.session-signing-keys.enabled = true',
    'ignored/session-keys',
    ['3.3'],
  ],
  ['a switch alone', 'canton.parameters.fail-on-unknown-config-keys = no', 'ignored/unknown-keys-switch', SINCE5],
  [
    'an unknown key, with both switches',
    `${NON_STANDARD}canton.parameters.fail-on-unknown-config-keys = no\nkms { ${AWS} }`,
    'ignored/unknown-key',
    SINCE5,
  ],
  [
    'a name among the numbers of a list, outside of crypto too',
    'init.identity { type = external, identifier = me, certificates { 0 = a, last = b } }',
    'ignored/list-key',
    ALL3,
  ],
  [
    'a key that the driver of Canton does not know',
    'crypto { provider = kms, kms { type = driver, name = aws-kms, config { region = r, multiRegionKey = true } } }',
    'advice/driver-config',
    SINCE5,
  ],
  [
    'an old place that the new one replaces',
    `crypto { provider = kms, kms { ${AWS}, session-signing-keys = null }, session-signing-keys.enabled = true }`,
    'deprecated/session-keys-place',
    SINCE5,
  ],
];

describe('what has no effect', () => {
  for (const [what, text, code, versions] of ignored) {
    for (const version of versions) {
      it(`${version}: ${what}`, () => {
        const found = checkText(whole(text), { version });
        deepEqual(codes(found, 'error'), []);
        deepEqual(codes(found, 'warning'), [code]);
      });
    }
  }

  it('is a warning, too, where a KMS of 3.3 cannot sign with the default', () => {
    const kms = `provider = kms, kms { ${DRIVER} }`;
    const text = `crypto { ${kms}, signing { algorithms.default = ed-25519, keys.default = ec-curve-25519 } }`;
    const found = checkText(whole(text), { version: '3.3' });
    deepEqual([codes(found, 'error'), codes(found, 'warning')], [[], ['start/backend-scheme']]);
  });

  it('is not said of what an unknown value may turn on', () => {
    const text = 'canton.parameters { fail-on-unknown-config-keys = no, non-standard-config = ${NON_STANDARD} }';
    deepEqual(codes(checkText(whole(text))), []);
  });
});
