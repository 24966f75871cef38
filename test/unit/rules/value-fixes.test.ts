import { deepEqual, equal } from 'node:assert/strict';
import { applied, checkText } from './check-text';

const P = 'canton.participants.p1.crypto';
const AWS = 'type = aws, region = us-east-1';
const session = (duration: string) =>
  `${P}.session-signing-keys { enabled = false, key-validity-duration = ${duration} }`;
const external = (kms: string) => `${P} { provider = kms, kms { ${kms} } }`;

/** One fix of one diagnostic: before and after. */
const cases: readonly (readonly [what: string, text: string, code: string, result: string])[] = [
  ['microseconds', session('5us'), 'read/invalid-value', session('5micros')],
  ['weeks', session('2w'), 'read/invalid-value', session('14d')],
  ['an ISO duration', session('PT5M'), 'read/invalid-value', session('5m')],
  ['a capital unit', session('5 Minutes'), 'read/invalid-value', session('5minutes')],
  ['null for a key with a default', `${P} { provider = null, hash {} }`, 'read/wrong-type', `${P} { hash {} }`],
  ['an empty list', `${P} { signing.keys.allowed = [], hash {} }`, 'read/invalid-value', `${P} { hash {} }`],
  [
    'a name with blanks',
    'canton.mediators."mediator one".crypto {}',
    'read/node-name',
    'canton.mediators.mediator-one.crypto {}',
  ],
  [
    'an algorithm without keys',
    `${P}.signing { keys.allowed = [ec-curve-25519], algorithms.allowed = [ed-25519, ec-dsa-sha-384] }`,
    'validate/scheme-fit',
    `${P}.signing { keys.allowed = [ec-curve-25519, ec-p-384], algorithms.allowed = [ed-25519, ec-dsa-sha-384] }`,
  ],
  [
    'keys without an algorithm',
    `${P}.signing { keys.allowed = [ec-curve-25519, ec-p-384], algorithms.allowed = [ed-25519] }`,
    'validate/scheme-fit',
    `${P}.signing { keys.allowed = [ec-curve-25519, ec-p-384], algorithms.allowed = [ed-25519, ec-dsa-sha-384] }`,
  ],
  [
    'encryption keys without an algorithm: not one for signing',
    `${P}.encryption { keys.allowed = [ec-p-256, rsa-2048], algorithms.allowed = [rsa-oaep-sha-256] }`,
    'validate/scheme-fit',
    `${P}.encryption { keys.allowed = [ec-p-256, rsa-2048], algorithms.allowed = [rsa-oaep-sha-256, ecies-hkdf-hmac-sha-256-aes-128-cbc] }`,
  ],
  [
    'a default key without an algorithm',
    `${P} { provider = kms, kms { type = driver, name = d, config {} }, encryption { keys.default = ec-p-256 } }`,
    'start/scheme-selection',
    `${P} { provider = kms, kms { type = driver, name = d, config {} }, encryption { keys.default = ec-p-256, algorithms.default = ecies-hkdf-hmac-sha-256-aes-128-cbc } }`,
  ],
  [
    'an endpoint in clear',
    external(`${AWS}, endpoint-override = "http://kms.example:4566"`),
    'advice/endpoint',
    external(`${AWS}, endpoint-override = "https://kms.example:4566"`),
  ],
  [
    'a URL for Cloud KMS',
    external(
      'type = gcp, location-id = us-east1, project-id = p, key-ring-id = k, endpoint-override = "https://proxy.example/kms"',
    ),
    'advice/endpoint',
    external(
      'type = gcp, location-id = us-east1, project-id = p, key-ring-id = k, endpoint-override = "proxy.example:443"',
    ),
  ],
  [
    'a name among numbers',
    `${P}.signing.keys.allowed { 0 = ec-curve-25519, one = ec-p-256 }`,
    'ignored/list-key',
    `${P}.signing.keys.allowed { 0 = ec-curve-25519 }`,
  ],
];

describe('fixes of values', () => {
  for (const [what, text, code, result] of cases) {
    it(what, () => {
      const found = checkText(text).find((diagnostic) => diagnostic.code === code);
      equal(applied(text, found, /./), result);
    });
  }

  it('are not offered where it is not clear what was meant', () => {
    for (const duration of ['-5s', 'soon', '5parsecs', '0s', 'Inf']) {
      const found = checkText(session(duration)).find(({ code }) => code === 'read/invalid-value');
      deepEqual(found?.fixes, [], duration);
    }
    const required = checkText(`${P}.kms { type = aws, region = null }`).find(({ code }) => code === 'read/wrong-type');
    deepEqual(required?.fixes, []);
  });
});
