import type { MatrixCase } from './case';
import { combine, maybe, NOTHING, product } from './combine';
import { KMS, KMS_KEYS } from './places';

/** Keys that interact: every combination of the relevant values. */
export function interactions(): MatrixCase[] {
  return [
    ...sections(),
    ...sslVerification(),
    ...unknownKeySwitches(),
    ...foreignKmsKeys(),
    ...merges(),
    ...partialObjects(),
    ...identities(),
    ...hocon(),
  ];
}

function sections(): MatrixCase[] {
  const encryption = 'crypto.private-key-store.encryption';
  return product(
    maybe('crypto.provider', ['jce', 'kms']),
    [NOTHING, KMS.aws, KMS.gcp, KMS.driver],
    [NOTHING, `${encryption}.type = kms`, `${encryption} { type = kms, reverted = true }`, `${encryption} = null`],
    maybe('storage.type', ['memory', 'postgres', 'h2']),
  ).map((statements) => combine('sections', statements));
}

function sslVerification(): MatrixCase[] {
  return product(
    maybe('crypto.provider', ['kms']),
    maybe('crypto.kms.disable-ssl-verification', ['true', 'false', 'yes', '"no"']),
    maybe('canton.parameters.non-standard-config', ['true', 'false', 'yes', '"on"']),
  ).map(([provider = '', ...row]) => combine('parameters', [provider, KMS.aws, ...row]));
}

function unknownKeySwitches(): MatrixCase[] {
  return product(
    maybe('canton.parameters.non-standard-config', ['true', 'false', 'yes', '"on"']),
    maybe('canton.parameters.fail-on-unknown-config-keys', ['false', 'true', 'no', '"off"', 'False', '0']),
    [
      'crypto.regionn = x',
      'crypto.kms { type = aws, regionn = x }',
      'crypto.kms { type = aws, region = r, regionn = x, audit-logging = maybe }',
      'crypto.kms { type = gcp, location-id = l, project-id = p, key-ring-id = r, region = x }',
      'crypto.kms { type = aws, region = r, session-signing-keys { enabled = false, note = x } }',
      'crypto { note { a = 1 }, signing.allowed = [x], hash."a.b" = 1 }',
    ],
  ).map((row) => combine('parameters', row));
}

function foreignKmsKeys(): MatrixCase[] {
  const all = Object.assign({}, ...Object.values(KMS_KEYS)) as Record<string, string>;
  return (['aws', 'gcp', 'driver'] as const).flatMap((type) =>
    Object.entries(all)
      .filter(([name]) => name !== 'type')
      .map(([name, value]) => combine(`kms-${type}`, [KMS[type], `crypto.kms.${name} = ${value}`])),
  );
}

function merges(): MatrixCase[] {
  const sections = [...Object.values(KMS), 'crypto.kms = null', 'crypto.kms {}', 'crypto.kms.retries {}'];
  return product(sections, sections).map((row) => combine('hocon', row));
}

function partialObjects(): MatrixCase[] {
  const cache = 'parameters.caching.session-encryption-key-cache';
  const some = (object: string, entries: readonly string[]) =>
    product(...entries.map((entry) => [NOTHING, entry])).map(
      (row) => `${object} { ${row.filter((entry) => entry !== NOTHING).join(', ')} }`,
    );
  return [
    ...['failures', 'create-key-check'].flatMap((name) =>
      some(`crypto.kms.retries.${name}`, ['initial-delay = 1s', 'max-delay = 2s', 'max-retries = 3', 'note = x']).map(
        (object) => combine('retries', [KMS.driver, object]),
      ),
    ),
    ...some(cache, [
      'enabled = false',
      'sender-cache { maximum-size = 3 }',
      'receiver-cache { expire-after-timeout = 3s }',
    ]).map((object) => combine('caching', [object])),
    ...some('crypto.kms', ['type = gcp', 'location-id = l', 'project-id = p', 'key-ring-id = r']).map((object) =>
      combine('kms-gcp', [object]),
    ),
  ];
}

function identities(): MatrixCase[] {
  return product(
    maybe('init.identity.type', ['auto', 'manual', 'external']),
    [
      NOTHING,
      'init.identity.identifier = x',
      'init.identity.identifier.type = random',
      'init.identity.identifier { type = explicit, name = n }',
      'init.identity.identifier = null',
    ],
    maybe('init.identity.namespace', ['x', 'null']),
    maybe('init.identity.certificates', ['[a]', 'null']),
  ).map((row) => combine('init', row));
}

function hocon(): MatrixCase[] {
  const aws = 'crypto.kms.type = aws';
  const rows: string[][] = [
    ['_x { a = 1 }', aws, 'crypto.kms.region = us-${_x}'],
    ['_x = [1]', aws, 'crypto.kms.region = us-${_x}'],
    ['_x = 1', aws, 'crypto.kms.region = us-${_x}'],
    ['_x = null', aws, 'crypto.kms.region = us-${_x}'],
    ['_x = null', aws, 'crypto.kms.region = ${_x}'],
    ['_x { type = aws, region = r }', 'crypto.kms = ${_x}'],
    ['_x { type = aws, region = r }', 'crypto.kms = ${_x} { audit-logging = yes }'],
    ['_x { type = aws, region = r }', 'crypto.kms = ${_x} { note = x }'],
    ['_x { type = aws, region = r }', 'crypto.kms = ${?_y} ${_x}'],
    ['_x { type = aws, region = r }', 'crypto.kms = ${_x} text'],
    ['_x = [ec-p-256]', 'crypto.signing.keys.allowed = ${_x} [ec-curve-25519]'],
    ['_x = [ec-p-256]', 'crypto.signing.keys.allowed = ${_x} ec-curve-25519'],
    ['crypto.signing.keys.allowed = [ec-curve-25519]', 'crypto.signing.keys.allowed += ec-p-256'],
    ['crypto.signing.keys.allowed += ec-curve-25519'],
    ['crypto.signing.keys.allowed = ec-curve-25519', 'crypto.signing.keys.allowed += ec-p-256'],
    ['crypto.signing.keys.allowed.0 = ec-curve-25519', 'crypto.signing.keys.allowed.1 = ec-p-256'],
    [aws, 'crypto.kms.region = ${canton.participants.p1.crypto.kms.region}'],
    [aws, 'crypto.kms.region = a', 'crypto.kms.region = ${canton.participants.p1.crypto.kms.region}b'],
    [aws, 'crypto.kms.region = ${?canton.participants.p1.crypto.kms.region}b'],
    ['_a = ${_b}', '_b = ${_a}', aws],
    ['_a = ${_b}', aws, 'crypto.kms.region = r'],
    ['_a = ${?_b}', aws, 'crypto.kms.region = r'],
    [KMS.aws, 'crypto.kms.region = null'],
    [KMS.aws, 'crypto = null'],
    ['crypto = null', KMS.aws],
    ['crypto = 5', KMS.aws],
    ['canton.participants.p1 = null'],
    ['canton.participants.p2 { admin-api.port = 1, ledger-api.port = 2, http-ledger-api.port = 3 }'],
    ['canton.participants."p 2" {}'],
    ['canton.participants."" {}'],
    ['canton.participants."a.b" {}'],
    [
      'canton.participants.abcdefghijklmnopqrstuvwxyz1234 { admin-api.port = 1, ledger-api.port = 2, http-ledger-api.port = 3 }',
    ],
    ['canton.participants.abcdefghijklmnopqrstuvwxyz12345 {}'],
    ['canton.participants.p2 = 5'],
    ['canton.participants = null'],
    ['canton.participants = []'],
    ['canton = 5'],
    ['canton = null'],
    ['canton.crypto {}'],
    ['canton.kms {}'],
    ['canton.domains.d.crypto {}'],
    ['canton.parameters = null'],
    ['canton.parameters = 5'],
    ['_shared.crypto.anything = 5'],
    ['crypto.kms { type = aws, region = r'],
    ['crypto.kms { type = aws, region = r }}'],
    ['crypto.kms { type : aws, region : r, }'],
    ['crypto.kms { type = aws,, region = r }'],
    ['crypto.kms { type = aws region = r }'],
    ['crypto.kms { "type" = aws, "region" = r }'],
    ['crypto.kms { type = aws, region = "r }'],
    ['crypto."kms" { type = aws, region = r }'],
    ['crypto.kms. { type = aws, region = r }'],
    ['crypto.kms { type = aws # comment }'],
    ['crypto.kms { type = aws, region = @r }'],
    ['crypto.kms { type = aws, region = $' + 'r }'],
  ];
  return rows.map((row) => combine('hocon', row));
}
