import assert from 'node:assert/strict';
import { fieldModelOf } from '../../../../schemas/compile';
import type { FieldModel } from '../../../../schemas/model';
import { CANTON_VERSIONS, EDITIONS } from '../../../../schemas/version';
import { parse } from '../../../../server/src/hocon/syntax/parse';
import { secretsOf, starred, withoutSecrets } from '../../../../server/src/model/facts/secret-values';
import {
  isSecretName,
  isSecretPath,
  kebab,
  maskedLine,
  shownVariable,
  withoutCredentials,
} from '../../../../server/src/model/facts/secrets';

describe('names of secrets', () => {
  for (const name of [
    'SIGNING_KEY',
    'HSM_PIN_CODE',
    'pin',
    'user-pin',
    'apiKey',
    'API_KEY',
    'DB_PASSWORD',
    'private-key',
  ]) {
    it(`${name} is one`, () => assert.equal(isSecretName(name), true));
  }

  for (const name of ['wrapper-key-id', 'AWS_REGION', 'spin', 'public-key', 'pinned-key-id', 'key-ring-id']) {
    it(`${name} is none`, () => assert.equal(isSecretName(name), false));
  }
});

describe('a text without secrets', () => {
  it('has no credentials in URLs and connection strings', () => {
    const shown: Readonly<Record<string, string>> = {
      'jdbc://u:p@h/x': 'jdbc://u:…@h/x',
      'http://u:p@h and ftp://:q@h': 'http://u:…@h and ftp://:…@h',
      'http://h:80/x@y': 'http://h:80/x@y',
      'a?password=x&user=y;pwd=z': 'a?password=…&user=y;pwd=…',
      'Token=a api-key=b apikey=c "secret=d"': 'Token=… api-key=… apikey=… "secret=…"',
    };
    for (const [text, masked] of Object.entries(shown)) assert.equal(withoutCredentials(text), masked);
  });

  it('has no secrets in a line', () => {
    const shown: Readonly<Record<string, string>> = {
      'password = "a \\" b", user = x': 'password = …, user = x',
      'a.b.pin : 12 34 # c': 'a.b.pin : … # c',
      '"db"."apiKey" += x': '"db"."apiKey" += …',
      'token = ${T}': 'token = ${T}',
      'secret { a = b }': 'secret { a = b }',
      'url = "http://u:p@h"': 'url = "http://u:…@h"',
      'spin = 5': 'spin = 5',
    };
    for (const [line, masked] of Object.entries(shown)) assert.equal(maskedLine(line), masked);
  });

  it('shows a variable by its name', () => {
    assert.equal(shownVariable('DB_PASSWORD', 'x'), '(secret)');
    assert.equal(shownVariable('URL', 'http://u:p@h'), '"http://u:…@h"');
    assert.equal(kebab('apiKeyId2X'), 'api-Key-Id2-X');
  });

  it('has stars of the same length', () => {
    const text = 'a = one\nb = two\r\nhttp://u:p@h';
    const ranges = [
      { start: 12, end: 18 },
      { start: 4, end: 7 },
      { start: 5, end: 9 },
    ];
    assert.equal(starred(text, ranges), 'a = ***\n* = ***\r\n*ttp://u:*@h');
    assert.equal(starred(text, []), 'a = one\nb = two\r\nhttp://u:*@h');
  });
});

describe('the secrets of a configuration', () => {
  it('are those with such a name, and all that is inside', () => {
    const shown: Readonly<Record<string, boolean>> = {
      'canton.remote-participants.p2.token': true,
      'canton.participants.p1.token': true,
      'canton.participants.p1.storage.config.password': true,
      'canton.participants.p1.storage.config.password.of.it': true,
      'canton.participants.p1.storage.config.user': false,
      'canton.participants.p1.crypto.kms.wrapper-key-id': false,
      'canton.participants.p1.crypto.private-key-store': false,
      'canton.participants.p1.storage.config.password2': true,
      'canton.participants.p1.crypto.kms.endpoint-override': false,
      'participants.p1.token': true,
      'participants.p1.storage.config.user': false,
      'shared.password': true,
      'password.shared': true,
      shared: false,
      canton: false,
    };
    for (const [path, expected] of Object.entries(shown)) assert.equal(isSecretPath(path.split('.')), expected, path);
  });
});

describe('a secret of the schema', () => {
  it('has such a name, and no other key has', () => {
    const keys = new Map<string, Set<boolean>>();
    const seen = new Set<FieldModel>();
    const collect = (model: FieldModel): void => {
      if (seen.has(model)) return;
      seen.add(model);
      if (model.kind === 'map') collect(model.value);
      if (model.kind === 'union') for (const option of model.options.values()) collect(option);
      if (model.kind !== 'object') return;
      for (const [name, { meta, model: inner }] of model.fields) {
        keys.set(name, (keys.get(name) ?? new Set()).add(meta.secret === true));
        collect(inner);
      }
    };
    for (const version of CANTON_VERSIONS) for (const edition of EDITIONS) collect(fieldModelOf(version, edition));
    const wrong = [...keys].filter(([name, secret]) => secret.size > 1 || secret.has(!isSecretName(name)));
    assert.deepEqual(wrong, []);
    assert.deepEqual([...(keys.get('token') ?? [])], [true]);
  });
});

describe('the secrets of a file', () => {
  const uri = 'file:///a.conf';
  const text =
    'a { password = one }\ntoken { b = two, c = [3, { d = four }] }\ne.pin =\nuser = five\nsecret = @six \nprivate-key = ${x}"seven"\n';
  const tree = parse(uri, text);

  it('are all values of keys that are secret, at any depth, also those that cannot be read', () => {
    assert.deepEqual(
      secretsOf(tree).map(({ start, end, value }) => [value, text.slice(start, end)]),
      [
        ['one', 'one'],
        ['two', 'two'],
        ['3', '3'],
        ['four', 'four'],
        ['@six', '@six'],
        ['seven', '"seven"'],
      ],
    );
    assert.equal(secretsOf(tree), secretsOf(tree));
  });

  it('are in no message, title or note of a diagnostic about them', () => {
    const range = (part: string) => ({ start: text.indexOf(part), end: text.indexOf(part) + part.length });
    const masked = (part: string, message: string) => {
      const diagnostic = {
        code: 'a',
        severity: 'error',
        message,
        uri,
        range: range(part),
        related: [{ location: { uri: 'file:///b.conf', range: range(part) }, message }],
        fixes: [{ title: message, edits: [] }],
      } as const;
      const found = withoutSecrets(diagnostic, (one) => (one === uri ? tree : undefined), undefined);
      assert.deepEqual([found.related?.[0]?.message, found.fixes?.[0]?.title], [found.message, found.message]);
      return found.message;
    };
    assert.equal(masked('password = one', 'one, someone and one: "one"'), '(secret), someone and (secret): "(secret)"');
    assert.equal(masked('"seven"', 'seven "seven" sevens'), '(secret) (secret) sevens');
    assert.equal(masked('user = five', 'one five seven'), 'one five seven');
    assert.equal(masked('user = five', 'http://u:p@h one'), 'http://u:…@h one');
    const at = { uri: 'file:///none.conf', range: { start: 0, end: 0 } };
    const value = (kind: string) => ({ kind: 'string', value: kind, origin: at }) as const;
    const list = {
      kind: 'list',
      origin: at,
      elements: [value('ab'), { kind: 'number', value: 7, text: '7', origin: at }],
    } as const;
    const of = (message: string) =>
      withoutSecrets({ code: 'a', severity: 'error', message, ...at }, () => undefined, list).message;
    assert.equal(of('ab abc ab7 7 ,7,'), '(secret) abc ab7 (secret) ,(secret),');
  });
});

describe('a secret', () => {
  const uri = 'file:///a.conf';
  const values = (text: string) => secretsOf(parse(uri, text)).map(({ value }) => value);
  it('is none after a secret key that has ended, and is found once in one', () => {
    assert.deepEqual(values('token { pin = 1 }, pin = 2'), ['1', '2']);
    assert.deepEqual(values('token=1\npin=2'), ['1', '2']);
    assert.deepEqual(values('pin=1,token=2,a=3'), ['1', '2']);
    assert.deepEqual(values('include "pin"\npin = 1'), ['1']);
    assert.deepEqual(values('pin'), []);
  });

  it('ends with its line where the parser cannot read all of it', () => {
    const shown = (text: string) => starred(text, secretsOf(parse(uri, text)));
    assert.equal(shown('pin = 5@6 7 \na = 1'), 'pin = ***** \na = 1');
    assert.equal(shown('pin = [5@6\r\n 7], a\r\nb = 1'), 'pin = ****\r\n******\r\nb = 1');
    assert.equal(shown('pin { a = x&y }\nb = 1'), 'pin ***********\nb = 1');
    assert.equal(shown('pin = 5, c = 6\na = 1@2'), 'pin = *, c = 6\na = 1@2');
    assert.equal(shown('a = 1@2\npin = 5, b = 6'), 'a = 1@2\npin = *, b = 6');
    assert.equal(shown('pin = 5}'), 'pin = *}');
    const signs = 'pin = [5, @]';
    assert.deepEqual(values(signs), ['[5, @]', '5']);
  });

  it('has stars in ranges that touch', () => {
    const range = (start: number, end: number) => ({ start, end });
    assert.equal(starred('abcdef', [range(0, 2), range(2, 4)]), '****ef');
    assert.equal(starred('abcdef', [range(2, 4), range(0, 6)]), '******');
    assert.equal(starred('abcdef', [range(0, 3), range(2, 4)]), '****ef');
    assert.equal(starred('abcdef', [range(1, 5), range(2, 3)]), 'a****f');
  });

  it('is masked in a message about its place, or about one that touches it', () => {
    const text = 'token=one,a=two';
    const tree = parse(uri, text);
    const message = (start: number, end: number) =>
      withoutSecrets(
        { code: 'a', severity: 'error', message: 'one', uri, range: { start, end } },
        () => tree,
        undefined,
      ).message;
    assert.deepEqual(
      [message(0, 5), message(0, 6), message(7, 8), message(9, 9), message(10, 11)],
      ['one', '(secret)', '(secret)', '(secret)', 'one'],
    );
  });

  it('is masked in whole words, and empty ones nowhere', () => {
    const at = { uri, range: { start: 0, end: 0 } };
    const of = (secret: string, message: string) =>
      withoutSecrets({ code: 'a', severity: 'error', message, ...at }, () => undefined, {
        kind: 'string',
        value: secret,
        origin: at,
      }).message;
    assert.deepEqual(
      [of('ab', 'ab xab abx ab'), of('', 'a b'), of('-b', 'a-b -bx x-b'), of('b-', 'b-a ab- b-'), of('x', 'x')],
      ['(secret) xab abx (secret)', 'a b', 'a(secret) -bx x(secret)', '(secret)a ab- (secret)', '(secret)'],
    );
  });
});
