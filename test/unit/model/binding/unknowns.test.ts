import { deepEqual } from 'node:assert/strict';
import { check } from '../../../../server/src/rules';
import { codes, contextOf, URI } from '../../rules/check-text';

const NODE = 'canton.participants.p1';
const errors = (text: string) => codes(check(contextOf(new Map([[URI, text]]))), 'error');
const inFull = (text: string) => errors(`${NODE} { admin-api.port = 1, crypto { ${text} } }`);

describe('what is unknown is not wrong', () => {
  const silent: readonly (readonly [what: string, text: string])[] = [
    ['a variable as value', 'kms { type = aws, region = ${?AWS_REGION} }'],
    ['a variable as type', 'kms { type = ${?KMS_TYPE}, region = r, key-ring-id = k }'],
    ['a variable as provider', 'provider = ${?PROVIDER}, private-key-store.encryption.type = kms'],
    ['a variable over a wrong value', 'kms { type = aws, region = r, audit-logging = 7, audit-logging = ${?AUDIT} }'],
    ['a missing include that may bring the key', 'kms { type = gcp, include "gcp.conf" }'],
    ['a missing include that may bring the section', 'provider = kms\n include "kms.conf"'],
    ['a missing include that may replace a wrong value', 'kms { type = azure\n include "kms.conf" }'],
    ['an unfetched include', 'kms { include url("http://example.org/kms.conf") }'],
    ['a variable that enables', 'session-signing-keys { enabled = ${?SESSION_KEYS} }'],
    ['a variable in a list', 'signing.keys { default = ec-p-256, allowed = [${?KEY}, ec-p-384] }'],
    ['a key that is being typed', 'kms { type = aws, region = r\n  multi-reg\n }'],
  ];
  for (const [what, text] of silent) {
    it(`accepts ${what}`, () =>
      deepEqual(
        inFull(text).filter((code) => !code.startsWith('hocon/')),
        [],
      ));
  }

  it('accepts what a missing include around everything may bring', () => {
    deepEqual(
      errors(`include "base.conf"\n${NODE} { admin-api.port = 1, crypto { provider = kms, kms.type = gcp } }`),
      [],
    );
  });

  it('knows that an include cannot take an unknown key away', () => {
    deepEqual(inFull('kms { type = aws, region = r, foo = 1, include "more.conf" }'), ['read/unknown-key']);
  });

  it('knows that a value after the include is the last word', () => {
    deepEqual(inFull('kms { include "more.conf"\n type = aws, region = r, audit-logging = 7 }'), ['read/wrong-type']);
  });

  it('knows that no variable is a section', () => {
    deepEqual(inFull('kms { type = gcp, project-id = ${?PROJECT}, location-id = l }'), ['read/missing-key']);
  });

  it('lets another file of the launch set bring type and storage', () => {
    const part = `${NODE}.crypto { kms.audit-logging = true }`;
    deepEqual(errors(part), []);
    const encrypted = `${NODE}.crypto { kms { type = aws, region = r }, private-key-store.encryption.type = kms }`;
    deepEqual(errors(encrypted), []);
    deepEqual(errors(`${encrypted}\n${NODE}.admin-api.port = 1`), ['start/memory-storage']);
  });
});
