import assert from 'node:assert/strict';
import { parse } from '../../../server/src/hocon/syntax/parse';
import { check } from '../../../server/src/rules';
import { withHoconFixes } from '../../../server/src/rules/hocon-fixes';
import { applied, contextOf } from './check-text';

const KMS = (kms: object, more: object = {}) =>
  JSON.stringify({ canton: { participants: { p1: { crypto: { kms, ...more } } } } }, null, 2);

function diagnosticsOf(text: string, uri: string) {
  return check(contextOf(new Map([[uri, text]])));
}

function fixed(text: string, code: string, title: RegExp, uri = 'file:///node.json'): string {
  return applied(
    text,
    diagnosticsOf(text, uri).find((one) => one.code === code),
    title,
  );
}

describe('fixes in a JSON file', () => {
  it('replace a value by a string in quotes', () => {
    const text = KMS({ type: 'aws', region: 'us-east-1' }, { signing: { keys: { default: 'ec-secp256k1' } } });
    const result = fixed(text, 'read/invalid-value', /ec-secp-256k-1/);
    assert.equal(JSON.parse(result).canton.participants.p1.crypto.signing.keys.default, 'ec-secp-256k-1');
  });

  it('rename a key in quotes', () => {
    const result = fixed(KMS({ type: 'aws', regoin: 'us-east-1' }), 'read/unknown-key', /Rename/);
    assert.deepEqual(JSON.parse(result).canton.participants.p1.crypto.kms, { type: 'aws', region: 'us-east-1' });
  });

  it('remove a key with its comma, at any place', () => {
    for (const kms of [
      { foo: 1, type: 'aws', region: 'us-east-1' },
      { type: 'aws', foo: 1, region: 'us-east-1' },
      { type: 'aws', region: 'us-east-1', foo: { bar: [1, 2] } },
    ]) {
      const result = fixed(KMS(kms), 'read/unknown-key', /Remove/);
      assert.deepEqual(JSON.parse(result).canton.participants.p1.crypto.kms, { type: 'aws', region: 'us-east-1' });
    }
  });

  it('add a string in quotes to a list', () => {
    const signing = { keys: { default: 'ec-p-256', allowed: ['ec-p-384'] }, algorithms: { default: 'ec-dsa-sha-256' } };
    const text = KMS({ type: 'aws', region: 'us-east-1' }, { signing });
    const all = diagnosticsOf(text, 'file:///node.json').flatMap(({ fixes = [] }) => fixes);
    const adds = all.filter(({ title }) => title.startsWith('Add '));
    assert.ok(adds.length > 0);
  });

  it('insert missing keys and wrap a type into its object', () => {
    const kmsOf = (text: string) => JSON.parse(text).canton.participants.p1.crypto.kms;
    const added = kmsOf(fixed(KMS({ type: 'gcp', 'project-id': 'p' }), 'read/missing-key', /Add/));
    assert.deepEqual(Object.keys(added), ['type', 'project-id', 'location-id', 'key-ring-id']);
    const wrapped = fixed(KMS('aws' as never), 'read/wrong-type', /^Convert/);
    assert.deepEqual(kmsOf(wrapped), { type: 'aws' });
  });

  it('never write what the file cannot hold', () => {
    const kms = {
      type: 'aws',
      regoin: 'x',
      'audit-logging': 'perhaps',
      'session-signing-keys': { enabled: true },
      a: '',
    };
    const signing = { keys: { default: 'ec-p256', allowed: [] }, algorithms: { default: 'ed25519' } };
    for (const text of [
      KMS(kms),
      KMS({}),
      KMS({ type: 'gcp' }),
      KMS({ type: 'awz' }),
      KMS({ type: 'aws', region: 'us-east1', 'endpoint-override': 'localhost:4566' }, { signing, provider: 'kms' }),
      KMS({ type: 'aws', region: '${?REGION}', 'audit-logging': "'yes'" }),
      KMS({ type: 'driver', name: 'd', config: { password: 'hunter2' } }),
      '{"canton": {"participants": {"p 1": {"kms": {"type": "aws", "region": "us-east-1"}}}}}',
    ]) {
      for (const { code, fixes = [] } of diagnosticsOf(text, 'file:///node.json')) {
        for (const fix of fixes) {
          const result = applied(text, { fixes: [fix] } as never, /^/);
          assert.deepEqual(parse('file:///node.json', result, 'json').problems, [], `${code}: ${fix.title}\n${result}`);
          JSON.parse(result);
        }
      }
    }
  });
});

describe('fixes of faults in a JSON file', () => {
  const fixesOf = (text: string) => {
    const uri = 'file:///node.json';
    const context = contextOf(new Map([[uri, text]]));
    return (context.tree(uri)?.problems ?? []).flatMap((problem) => withHoconFixes(problem, context).fixes ?? []);
  };

  it('leave fewer faults', () => {
    for (const text of [
      '{"a" 1}',
      '{"a": 1 "b": 2}',
      '{"a": b:c}',
      '{"a": 1,}',
      '{"a": "x\\q"}',
      '{"a": [1',
      '{a: 1}',
      '{"a": 1}}',
    ]) {
      const before = parse('file:///node.json', text, 'json').problems.length;
      for (const fix of fixesOf(text)) {
        const result = applied(text, { fixes: [fix] } as never, /^/);
        const after = parse('file:///node.json', result, 'json').problems.length;
        assert.ok(after < before, `${fix.title}: ${result}`);
      }
    }
  });

  it('add the separator that JSON has', () => {
    const [fix] = fixesOf('{"a" 1}');
    if (fix !== undefined) assert.equal(fix.title, "Add ':'");
  });
});
