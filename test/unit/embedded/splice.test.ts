import assert from 'node:assert/strict';
import type { EmbeddedRegion } from '../../../server/src/embedded';
import { toCamelCase } from '../../../server/src/embedded/notation';
import { toKebabCase } from '../../../server/src/embedded/splice';
import { parse } from '../../../server/src/hocon/syntax/parse';
import { applyHostEdit, regionsOf } from './regions';

const lines = (...all: string[]) => `${all.join('\n')}\n`;

/** The region of the `kms:` map, which must be the only one. */
function kmsOf(host: string): EmbeddedRegion {
  const [region, ...more] = regionsOf('yaml', host);
  assert.deepEqual(more, []);
  assert.equal(region?.kind, 'yaml-splice-kms');
  return region;
}

/** What represents `crypto.kms` in the region's text. */
function inside(text: string): string {
  const before = 'canton.participants.participant.crypto {\n  provider = kms\n  kms: ';
  assert.ok(text.startsWith(before), text);
  assert.ok(text.endsWith('\n}'), text);
  return text.slice(before.length, -2);
}

describe('the kms map of a Splice chart', () => {
  const cases: [name: string, host: string, hocon: string][] = [
    [
      'GCP',
      lines('kms:', '  type: gcp', '  keyRingId: k', '  projectId: p'),
      '{\n  type: gcp\n  key-ring-id: k\n  project-id: p\n}',
    ],
    [
      'quotes, which the chart drops',
      `kms:\n  type: "aws"\n  region: 'us-east-1'\n`,
      '{\n  type: aws\n  region: us-east-1\n}',
    ],
    ['comments', 'kms: # a\n  type: aws # b\n  # c\n', '{ # a\n  type: aws # b\n  # c\n}'],
    [
      'maps in maps',
      lines('kms:', '  type: aws', '  retries:', '    failures:', '      initialDelay: 1 s', '  customTags: {aB: c}'),
      '{\n  type: aws\n  retries: {\n    failures: {\n      initial-delay: 1 s\n}\n}\n  custom-tags: {a-b: c}\n}',
    ],
    ['flow style', 'kms: {type: aws, multiRegionKey: true}', '{type: aws, multi-region-key: true}'],
    [
      'a list as Go writes it',
      'kms:\n  type: driver\n  config: {a: [b, c]}\n',
      '{\n  type: driver\n  config: {a: [b c]}\n}',
    ],
    ['a key without a value', 'kms:\n  type: aws\n  region:\n', '{\n  type: aws\n  region: null\n}'],
    [
      'a map that is about to be written',
      'kms:\n  type: aws\n  retries: # a\n    # b\n    \n  region: x\n',
      '{\n  type: aws\n  retries: { # a\n    # b\n    \n}\n  region: x\n}',
    ],
    ['a comment below a key', 'kms:\n  type: aws\n  region:\n    # b\n', '{\n  type: aws\n  region: null\n    # b\n}'],
    ['null', 'kms:\n  type: aws\n  region: ~\n', '{\n  type: aws\n  region: null\n}'],
    ['a half-typed key', 'kms:\n  type: gcp\n  keyR\n', '{\n  type: gcp\n  key-r\n}'],
    ['a half-typed key above the map', 'x:\n  ki\n  kms:\n    type: gcp\n', '{\n    type: gcp\n}'],
    ['one above another', 'kms:\n  type: gcp\n  keyR\n  projectId: p\n', '{\n  type: gcp\n  key-r\n  project-id: p\n}'],
    [
      'anchors, tags and aliases',
      'kms: &k !!map\n  type: aws\n  region: *r\n',
      '{  \n  type: aws\n  region: ${YAML_r}\n}',
    ],
    ['merge keys', 'kms:\n  <<: *base\n  type: aws\n', '{\n  include url("https:<<")\n  type: aws\n}'],
    ['templates', 'kms:\n  type: aws\n  region: {{ .r }}\n', '{\n  type: aws\n  region: ${HELM_r_}\n}'],
    ['CRLF', 'kms:\r\n  type: aws\r\n  otherKey: a\r\n', '{\n  type: aws\n  other-key: a\n}'],
    ['the lines where the next key goes', 'kms:\n  type: aws\n\n  \n\nb: 1', '{\n  type: aws\n\n  \n}'],
    ['a type that is being typed', 'kms:\n  type: g\n', '{\n  type: g\n}'],
  ];
  for (const [name, host, hocon] of cases) {
    it(`has ${name}`, () => {
      const { text, map } = kmsOf(host);
      assert.equal(inside(text), hocon);
      assert.ok(host.startsWith('kms', map.host.start));
    });
  }

  it('is HOCON without a fault', () => {
    const { text } = kmsOf(cases[3]?.[1] as string);
    assert.deepEqual(parse('file:///a.conf', text, 'conf').problems, []);
  });

  it('may be anywhere in the values, but is not any map of this name', () => {
    assert.equal(regionsOf('yaml', 'a:\n  - participant:\n      kms:\n        type: aws\n').length, 1);
    assert.equal(regionsOf('yaml', 'kms:\n  type: local\n').length, 0);
    assert.equal(regionsOf('yaml', 'kms:\n  keyId: a\n').length, 0);
    assert.equal(regionsOf('yaml', 'kms:\n  projectId: a\n').length, 0);
    assert.equal(regionsOf('yaml', 'kms:\n  projectId: a\n  keyRingId: b\n').length, 0);
    assert.equal(regionsOf('yaml', 'kms:\n  projectId: a\n  keyRingId: b\n  locationId: c\n').length, 1);
    assert.equal(regionsOf('yaml', 'kms:\n  region: a\n  multiRegionKey: true\n').length, 1);
    assert.equal(regionsOf('yaml', 'kms:\n  region: a\n  projectId: b\n').length, 0);
    assert.equal(regionsOf('yaml', 'kms: aws\n').length, 0);
    assert.equal(regionsOf('yaml', 'services: {}\nkms:\n  type: aws\n').length, 0);
  });

  it('is launched with the variables beside it, under the name that the chart gives it', () => {
    const variables = 'additionalEnvVars:\n  - name: ADDITIONAL_CONFIG_A\n    value: a\n';
    const [a, b, other] = regionsOf(
      'yaml',
      `p:\n  kms: {type: aws}\n  ${variables.replaceAll('\n', '\n  ')}\n${variables}`,
    );
    assert.ok(a && b && other);
    assert.equal(a.group, b.group);
    assert.notEqual(other.group, b.group);
    assert.match(a.rank, /^ADDITIONAL_CONFIG_SPLICE_PARTICIPANT_CRYPTO_PROVIDER_KMS$/);
  });

  it('maps keys and values to their YAML, and what the chart adds to the key kms', () => {
    const host = 'x: 1\nkms:\n  type: gcp\n  keyRingId: "my ring"\n';
    const { text, map } = kmsOf(host);
    const written = (hocon: string) => {
      const start = text.indexOf(hocon);
      const range = map.toHostRange({ start, end: start + hocon.length });
      return host.slice(range.start, range.end);
    };
    assert.equal(written('key-ring-id'), 'keyRingId');
    assert.equal(written('my ring'), 'my ring');
    assert.equal(written('gcp'), 'gcp');
    assert.equal(written('provider'), 'kms');
    assert.equal(written('kms:'), 'kms:');
    assert.equal(map.toRegion(host.indexOf('kms')), text.indexOf('kms:'));
    assert.equal(map.toRegion(host.indexOf('RingId')), text.indexOf('key-ring-id'));
  });
});

describe('the kms map of another tool', () => {
  it('is none of the chart', () => {
    for (const host of [
      'externalSecrets:\n  kms:\n    type: aws\n    keyId: arn:aws:kms:us-east-1:1:key/a\n',
      'verify:\n  - kms:\n      type: gcp\n      uri: gcpkms://x\n',
    ]) {
      assert.deepEqual(regionsOf('yaml', host), []);
    }
    for (const keys of [
      'type: aws',
      'type: gcp\n  keyringid: r',
      'type: driver\n  name: a\n  config: {}',
      'type: aws\n  reg',
    ]) {
      assert.equal(regionsOf('yaml', `kms:\n  ${keys}\n`).length, 1, keys);
    }
  });
});

describe('edits of the kms map', () => {
  /** `‸` marks the cursor or, twice, the range in the YAML text. */
  type Case = [name: string, host: string, hocon: string, expected: string | undefined];
  const cases: Case[] = [
    ['complete a key', 'kms:\n  type: gcp\n  ‸keyR‸\n', 'key-ring-id = ', 'kms:\n  type: gcp\n  keyRingId: \n'],
    [
      'insert a key on an empty line',
      'kms:\n  type: gcp\n  ‸\n',
      'project-id = "p"',
      'kms:\n  type: gcp\n  projectId: "p"\n',
    ],
    [
      'insert a section',
      'kms:\n  type: gcp\n  ‸\n',
      'retries {\n  failures {\n    max-retries = 3\n  }\n}',
      'kms:\n  type: gcp\n  retries:\n    failures:\n      maxRetries: 3\n',
    ],
    [
      'insert a section by its path',
      'kms:\n  type: gcp\n  ‸\n',
      'retries.failures {\n  # so often\n  max-retries = 3\n}\naudit-logging = true',
      'kms:\n  type: gcp\n  retries:\n    failures:\n      # so often\n      maxRetries: 3\n  auditLogging: true\n',
    ],
    [
      'insert a path',
      'kms:\n  type: gcp\n  ‸\n',
      'retries.failures.max-retries = 3',
      'kms:\n  type: gcp\n  retries:\n    failures:\n      maxRetries: 3\n',
    ],
    [
      'add a line below another',
      'kms:\n  type: gcp‸\n',
      '\nkey-ring-id = "k"\nproject-id = "p"',
      'kms:\n  type: gcp\n  keyRingId: "k"\n  projectId: "p"\n',
    ],
    [
      'insert a value that HOCON needs quotes for, which the chart would drop',
      'kms:\n  type: aws\n  ‸\n',
      'endpoint-override = "https://kms.example:443/it\'s" # ours\nretries.failures.initial-delay = "1 second"',
      'kms:\n  type: aws\n  endpointOverride: \'"https://kms.example:443/it\'\'s"\' # ours\n  retries:\n    failures:\n      initialDelay: "1 second"\n',
    ],
    ['correct a key', 'kms:\n  type: gcp\n  ‸keyRing‸: a\n', 'key-ring-id', 'kms:\n  type: gcp\n  keyRingId: a\n'],
    ['replace a value', 'kms:\n  type: ‸aws‸\n', 'gcp', 'kms:\n  type: gcp\n'],
    [
      'replace a value by a string',
      'kms:\n  type: aws\n  region: ‸a‸\n',
      '"eu-west-1"',
      'kms:\n  type: aws\n  region: eu-west-1\n',
    ],
    [
      'quote what YAML would misread',
      'kms:\n  type: aws\n  region: ‸a‸\n',
      '"a: b # c"',
      'kms:\n  type: aws\n  region: \'"a: b # c"\'\n',
    ],
    [
      'quote what HOCON would read as a comment',
      'kms:\n  type: gcp\n  keyRingId: ‸a‸\n',
      '"a//b"',
      'kms:\n  type: gcp\n  keyRingId: \'"a//b"\'\n',
    ],
    ['replace a value in quotes', 'kms:\n  type: aws\n  region: "‸a‸"\n', '"b"', 'kms:\n  type: aws\n  region: b\n'],
    ['replace a part of it', 'kms:\n  type: aws\n  region: "a‸b‸c"\n', '\\', 'kms:\n  type: aws\n  region: "a\\\\c"\n'],
    ['give a value', 'kms:\n  type: aws\n  region: ‸\n', 'eu-west-1', 'kms:\n  type: aws\n  region: eu-west-1\n'],
    [
      'give a value without a blank',
      'kms:\n  type: aws\n  region:‸\n',
      'eu-west-1',
      'kms:\n  type: aws\n  region: eu-west-1\n',
    ],
    ['take an entry away', 'kms:\n  type: aws‸\n  region: a‸\n', '', 'kms:\n  type: aws\n'],
    ['keep CRLF', 'kms:\r\n  type: aws‸\r\n', '\nkey-id = a', 'kms:\r\n  type: aws\r\n  keyId: a\r\n'],
    ['refuse what is no entry', 'kms:\n  type: aws\n  ‸\n', 'include "a.conf"', undefined],
  ];
  for (const [name, marked, hocon, expected] of cases) {
    it(name, () => {
      const [before = '', middle, after = ''] =
        marked.split('‸').length === 3 ? marked.split('‸') : [marked.split('‸')[0], '', marked.split('‸')[1]];
      const host = before + middle + after;
      const region = kmsOf(host);
      const range = region.map.toRegionRange({ start: before.length, end: before.length + (middle ?? '').length });
      assert.ok(range);
      const edit = region.toHostEdit(range, hocon);
      assert.equal(edit && applyHostEdit(host, edit), expected);
    });
  }

  it('cannot touch what the chart writes', () => {
    const region = kmsOf('kms:\n  type: aws\n');
    const start = region.text.indexOf('provider');
    assert.equal(region.toHostEdit({ start, end: start + 8 }, 'x'), undefined);
  });
});

describe('the case of keys', () => {
  it('goes both ways', () => {
    for (const key of ['type', 'region', 'multi-region-key', 'disable-ssl-verification', 'wrapper-key-id', 'ec-p256']) {
      assert.equal(toKebabCase(toCamelCase(key)), key);
    }
    assert.equal(toCamelCase('key-ring-id'), 'keyRingId');
    assert.equal(toKebabCase('HTTPServer'), 'http-server');
    assert.equal(toKebabCase('key_ring-Id'), 'key-ring-id');
  });
});
