import { deepEqual, equal } from 'node:assert/strict';
import { configurationModel } from '../../../schemas/configuration';
import type { FieldModel } from '../../../schemas/model';
import { Raw } from '../../../server/src/edits/hocon-text';
import { skeletonOf } from '../../../server/src/rules/fixes';
import type { CheckOptions } from './check-text';
import { applied, checkText } from './check-text';

function fixed(text: string, code: string, title: RegExp, options: CheckOptions = {}): string {
  return applied(
    text,
    checkText(text, options).find((diagnostic) => diagnostic.code === code),
    title,
  );
}

const P = 'canton.participants.p1.crypto';

describe('fixes', () => {
  const cases: readonly (readonly [what: string, text: string, code: string, title: RegExp, result: string])[] = [
    [
      'rename a key',
      `${P}.kms { type = aws, regoin = r }`,
      'read/unknown-key',
      /Rename/,
      `${P}.kms { type = aws, region = r }`,
    ],
    [
      'put a key of the crypto section where it belongs',
      'canton.participants.p1 { kms { type = aws, region = us-east-1 } }',
      'read/unknown-key',
      /crypto.kms/,
      'canton.participants.p1 { crypto.kms { type = aws, region = us-east-1 } }',
    ],
    [
      'remove a key and leave the comment behind it',
      `${P}.kms {\n  type = aws\n  foo = 1 # why\n  region = r\n}\n`,
      'read/unknown-key',
      /Remove/,
      `${P}.kms {\n  type = aws\n  # why\n  region = r\n}\n`,
    ],
    [
      'remove the last of a line',
      `${P}.kms { type = aws, region = r, foo = 1 }`,
      'read/unknown-key',
      /Remove/,
      `${P}.kms { type = aws, region = r }`,
    ],
    [
      'remove the first of a line',
      `${P}.kms { foo = 1, type = aws, region = r }`,
      'read/unknown-key',
      /Remove/,
      `${P}.kms { type = aws, region = r }`,
    ],
    [
      'remove a dotted field',
      `canton.domains.d.crypto.provider = jce\n${P} {}\n`,
      'read/unknown-key',
      /Remove/,
      `${P} {}\n`,
    ],
    [
      'add all missing keys in the style of the object',
      `${P} {\n  kms {\n    type : gcp\n  }\n}`,
      'read/missing-key',
      /Add/,
      `${P} {\n  kms {\n    type : gcp\n    location-id : us-east1\n    project-id : my-project\n    key-ring-id : canton-keys\n  }\n}`,
    ],
    [
      'add to one line',
      `${P}.kms { type = aws }`,
      'read/missing-key',
      /Add/,
      `${P}.kms { type = aws, region = us-east-1 }`,
    ],
    [
      'add to a line that goes on',
      `${P}.kms { type = gcp, project-id = p\n  key-ring-id = k }`,
      'read/missing-key',
      /Add/,
      `${P}.kms { type = gcp, project-id = p\n  key-ring-id = k, location-id = us-east1 }`,
    ],
    [
      'add to an empty object',
      `${P}.session-signing-keys {}`,
      'read/missing-key',
      /Add/,
      `${P}.session-signing-keys { enabled = true }`,
    ],
    [
      'add beside a dotted path',
      `  ${P}.kms.type = aws`,
      'read/missing-key',
      /Add/,
      `  ${P}.kms.type = aws\n  ${P}.kms.region = us-east-1`,
    ],
    [
      'move a key one level down',
      `${P} { private-key-store { wrapper-key-id = alias/a, encryption { type = kms } } }`,
      'read/unknown-key',
      /^Move to 'crypto.private-key-store.encryption.wrapper-key-id'$/,
      `${P} { private-key-store { encryption.wrapper-key-id = alias/a, encryption { type = kms } } }`,
    ],
    [
      'move a key one level up',
      `${P} {\n  kms {\n    type = aws\n    provider = kms\n    region = r\n  }\n}\n`,
      'read/unknown-key',
      /^Move to 'crypto.provider'$/,
      `${P} {\n  kms {\n    type = aws\n    region = r\n  }\n  provider = kms\n}\n`,
    ],
    [
      'write a boolean',
      `${P}.kms { type = aws, region = r, audit-logging = TRUE }`,
      'read/wrong-type',
      /true/,
      `${P}.kms { type = aws, region = r, audit-logging = true }`,
    ],
    [
      'make a list',
      `${P}.signing.keys.allowed = ec-curve-25519`,
      'read/wrong-type',
      /list/,
      `${P}.signing.keys.allowed = [ec-curve-25519]`,
    ],
    [
      'unwrap a 2.7 identifier',
      `${P}.private-key-store.encryption { type = kms, wrapper-key-id { str = "alias/a" } }`,
      'read/wrong-type',
      /Unwrap/,
      `${P}.private-key-store.encryption { type = kms, wrapper-key-id = alias/a }`,
    ],
    [
      'add a unit',
      `${P}.session-signing-keys { enabled = false, key-validity-duration = 300 }`,
      'read/invalid-value',
      /300s/,
      `${P}.session-signing-keys { enabled = false, key-validity-duration = 300s }`,
    ],
    [
      'offer other units',
      `${P}.session-signing-keys { enabled = false, key-validity-duration = 30 }`,
      'read/invalid-value',
      /30m/,
      `${P}.session-signing-keys { enabled = false, key-validity-duration = 30m }`,
    ],
    [
      'wrap a type into its object',
      `${P}.private-key-store.encryption = kms`,
      'read/wrong-type',
      /^Convert to '\{ type = kms \}'$/,
      `${P}.private-key-store.encryption = { type = kms }`,
    ],
    [
      'wrap a scheme into its object',
      `${P}.signing.keys = ec-p-256`,
      'read/wrong-type',
      /^Convert to/,
      `${P}.signing.keys = { default = ec-p-256 }`,
    ],
    [
      'write the new spelling',
      `${P}.signing.keys.default = ec-dsa-p-256`,
      'read/invalid-value',
      /ec-p-256/,
      `${P}.signing.keys.default = ec-p-256`,
    ],
    [
      'complete a pair of schemes',
      `${P}.signing.keys.default = ec-p-384`,
      'start/scheme-selection',
      /ec-dsa-sha-384/,
      `${P}.signing.keys.default = ec-p-384\n${P}.signing.algorithms.default = ec-dsa-sha-384`,
    ],
    [
      'allow the default',
      `${P}.signing.keys.allowed = [ec-p-384]`,
      'start/scheme-selection',
      /Add/,
      `${P}.signing.keys.allowed = [ec-p-384, ec-curve-25519]`,
    ],
    [
      'move the session keys out of kms',
      `${P} {\n  kms {\n    type = aws\n    session-signing-keys {\n      enabled = false\n    }\n    region = r\n  }\n}\n`,
      'deprecated/session-keys-place',
      /Move/,
      `${P} {\n  kms {\n    type = aws\n    region = r\n  }\n  session-signing-keys {\n    enabled = false\n  }\n}\n`,
    ],
    [
      'move a long text as it is',
      `${P} {\n  kms {\n    type = aws\n    session-signing-keys {\n      enabled = """\n    x"""\n    }\n  }\n}\n`,
      'deprecated/session-keys-place',
      /Move/,
      `${P} {\n  kms {\n    type = aws\n  }\n  session-signing-keys {\n    enabled = """\n    x"""\n  }\n}\n`,
    ],
    [
      'move a dotted key',
      `${P}.kms.session-signing-keys.enabled = false`,
      'deprecated/session-keys-place',
      /Move/,
      `${P}.session-signing-keys.enabled = false`,
    ],
    [
      'keep the line ends of Windows',
      `${P}.kms {\r\n  type = aws\r\n}\r\n`,
      'read/missing-key',
      /Add/,
      `${P}.kms {\r\n  type = aws\r\n  region = us-east-1\r\n}\r\n`,
    ],
    [
      'remove a comment that silences nothing, with its line',
      `# canton-kms-ignore-next-line advice/region why\n${P}.provider = jce\n`,
      'advice/unused-suppression',
      /comment/,
      `${P}.provider = jce\n`,
    ],
    [
      'remove a code that silences nothing',
      `# canton-kms-ignore-next-line advice/region,advice/pinned-wrapper-key why\n${P}.private-key-store.encryption { type = kms, wrapper-key-id = alias/a }\n`,
      'advice/unused-suppression',
      /'advice\/region'/,
      `# canton-kms-ignore-next-line advice/pinned-wrapper-key why\n${P}.private-key-store.encryption { type = kms, wrapper-key-id = alias/a }\n`,
    ],
    [
      'give a required key its right name',
      `${P}.kms { Type = aws, region = us-east-1 }\n`,
      'read/missing-key',
      /Rename 'Type' to 'type'/,
      `${P}.kms { type = aws, region = us-east-1 }\n`,
    ],
  ];
  for (const [what, text, code, title, result] of cases) {
    it(what, () => equal(fixed(text, code, title), result));
  }

  it('are not offered where a substitution brought the value', () => {
    const text = `_flag = TRUE\n${P}.kms { type = aws, region = r, audit-logging = \${_flag} }`;
    const [diagnostic] = checkText(text).filter(({ code }) => code === 'read/wrong-type');
    deepEqual(diagnostic?.fixes, []);
    equal(diagnostic?.related?.length, 1);
  });

  for (const [keys, version] of [
    ['monitoring.tracing.tracer.sampler.type = trace-id-ratio', '3.5'],
    ['monitoring.health { server.port = 1, check { type = ping, participant = p1 } }', '2.10'],
    ['participants.p1.init.identity.node-identifier.type = explicit', '2.10'],
  ] as const) {
    it(`add a value that Canton can read: ${keys}`, async () => {
      const options = { version, model: await configurationModel(version, 'enterprise') };
      const wrong = (text: string) => checkText(text, options).filter(({ code }) => code.startsWith('read/'));
      const text = `canton { ${keys} }`;
      const [missing] = wrong(text).filter(({ code }) => code === 'read/missing-key');
      deepEqual(wrong(applied(text, missing, /^Add/)), []);
    });
  }

  it('add an empty list or section, and the first of several words', () => {
    const skeleton = (model: FieldModel) =>
      skeletonOf({ name: 'a', model, required: true, optional: false, meta: { doc: '', source: '' } });
    const text: FieldModel = { kind: 'raw', accepts: '', check: () => undefined };
    deepEqual(skeleton({ kind: 'list', element: text, nonEmpty: false }), new Raw('[]'));
    deepEqual(skeleton({ kind: 'map', value: text, checkKey: () => undefined }), {});
    deepEqual(skeleton({ ...text, kind: 'boolean' }), true);
    const values = new Map(['b', 'a'].map((word) => [word, { doc: '', displayName: word }]));
    deepEqual(skeleton({ kind: 'enum', values, foreign: new Map() }), 'b');
  });

  it('are drafts where their values are only examples', () => {
    for (const [keys, isDraft] of [
      ['kms { type = aws }', true],
      ['kms {}', true],
      ['session-signing-keys { enabled = no, cut-off-duration = 30 }', true],
      ['provider = kmss', false],
    ] as const) {
      const [{ fixes = [] } = {}] = checkText(`${P} { ${keys} }`);
      const drafts = new Set(fixes.map(({ draft = false }) => draft));
      deepEqual([...drafts], [isDraft], keys);
    }
  });
});
