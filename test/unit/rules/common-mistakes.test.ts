import { deepEqual, equal, match } from 'node:assert/strict';
import type { CantonVersion } from '../../../schemas/version';
import { applied, checkText, codes } from './check-text';
import { whole } from './verdict';

const kms = (keys: string) => whole(`crypto { provider = kms, kms { ${keys}, audit-logging = true } }`);
const found = (text: string, code: string, version?: CantonVersion) =>
  checkText(text, version === undefined ? {} : { version }).filter((one) => one.code === code);

describe('mistakes that people make:', () => {
  it('single quotes, where the cause comes before the refusal', () => {
    const text = kms("type = 'aws', region = 'us-east-1'");
    const [type] = found(text, 'read/invalid-value');
    match(type?.message ?? '', /single quotes/);
    match(applied(text, type, /aws/), /type = aws,/);
    const quoted = found(kms("type = aws, region = 'us-east-1'"), 'advice/single-quotes');
    equal(quoted.length, 1);
    const fixed = applied(kms("type = aws, region = 'us-east-1'"), quoted[0], /double/);
    match(fixed, /region = "us-east-1"/);
    for (const other of ['"it\'s"', '"\'x\'"', "it's"]) {
      deepEqual(found(whole(`monitoring.x = ${other}`), 'advice/single-quotes'), [], other);
    }
  });

  it('substitutions in quotes, alone and inside of a text', () => {
    const text = kms('type = aws, region = "${AWS_REGION}", endpoint-override = "https://${HOST}:${?PORT}"');
    const [region, endpoint, ...others] = found(text, 'advice/quoted-substitution').sort(
      (a, b) => a.range.start - b.range.start,
    );
    deepEqual(others, []);
    match(region?.message ?? '', /^HOCON does not resolve substitutions inside quotes/);
    match(applied(text, region, /quotes/), /region = \$\{AWS_REGION\},/);
    match(applied(text, endpoint, /quotes/), /endpoint-override = "https:\/\/"\$\{HOST\}":"\$\{\?PORT\},/);
  });

  it('variables of a shell in quotes, which no HOCON replaces either', () => {
    const [bare, ...others] = found(kms('type = aws, region = "$AWS_REGION"'), 'advice/quoted-substitution');
    deepEqual(others, []);
    match(bare?.message ?? '', /shell syntax.*Write \$\{AWS_REGION\} without quotes/);
    const [byDefault] = found(kms('type = aws, region = "${AWS_REGION:-us-east-1}"'), 'advice/quoted-substitution');
    match(byDefault?.message ?? '', /Write 'region = us-east-1' and after it 'region = \$\{\?AWS_REGION\}'/);
  });

  it('other words of a shell in quotes', () => {
    const [without] = found(kms('type = aws, region = "${AWS_REGION-us-east-1}"'), 'advice/quoted-substitution');
    match(without?.message ?? '', /Write 'region = us-east-1' and after it 'region = \$\{\?AWS_REGION\}'/);
    for (const word of [':+eu', ':?not set', '?', '+x']) {
      const [one] = found(kms(`type = aws, region = "\${AWS_REGION${word}}"`), 'advice/quoted-substitution');
      match(one?.message ?? '', /shell syntax.*Write \$\{AWS_REGION\} without quotes/, word);
    }
  });

  it('single quotes around names', () => {
    const [key] = found(kms("type = aws, 'region' = us-east-1"), 'read/unknown-key');
    match(key?.message ?? '', /single quotes/);
    match(
      found("canton.participants.'p1'.admin-api.port = 1", 'read/node-name')[0]?.message ?? '',
      /^HOCON does not support single/,
    );
  });

  it('the type of a KMS one level too high, where 2.x says nothing', () => {
    const text = 'canton.participants.p1 { admin-api.port = 1, crypto { type = aws, region = us-east-1 } }';
    match(found(text, 'advice/misplaced-kms', '2.10')[0]?.message ?? '', /one level down/);
  });

  it('but not what a driver may substitute itself, other dollars, or what stands outside of the quotes', () => {
    for (const keys of [
      'type = driver, name = d, config { file = "${HOME}/x" }',
      'type = aws, region = us-east-1, endpoint-override = "https://a$b{c}"',
      'type = aws, region = "us-"${REGION}"-1"',
    ]) {
      deepEqual(found(kms(keys), 'advice/quoted-substitution'), [], keys);
    }
  });

  it('full names as parts of Google’s', () => {
    const full = 'projects/p/locations/us-east1/keyRings/ring';
    const cases: readonly [string, string | undefined][] = [
      [`location-id = us-east1, project-id = p, key-ring-id = "${full}"`, 'key-ring-id'],
      ['location-id = us-east1, project-id = "projects/p", key-ring-id = r', 'project-id'],
      ['location-id = "projects/p/locations/us-east1", project-id = p, key-ring-id = r', 'location-id'],
      ['location-id = us-east1, project-id = p, key-ring-id = a/b', 'key-ring-id'],
      ['location-id = us-east1, project-id = p, key-ring-id = r', undefined],
      ['location-id = us-east1, project-id = p, key-ring-id = ${RING}', undefined],
    ];
    for (const [keys, at] of cases) {
      const [fault] = found(kms(`type = gcp, ${keys}`), 'start/gcp-names');
      equal(fault?.configPath?.split('.').at(-1), at, keys);
    }
    const text = kms(`type = gcp, location-id = us-east1, project-id = p, key-ring-id = "${full}"`);
    match(applied(text, found(text, 'start/gcp-names')[0], /ring/), /key-ring-id = ring,/);
    const isPlain = (project: string) =>
      found(text.replace(/project-id = [^,]+/, `project-id = ${project}`), 'start/gcp-names')[0]?.fixes?.[0]?.preferred;
    deepEqual([isPlain('p'), isPlain('q'), isPlain('${P}')], [true, false, false]);
  });

  it('a KMS under the name of its provider', () => {
    const text = 'canton.participants.p1 { admin-api.port = 1, crypto { gcp { type = gcp, project-id = p } } }';
    deepEqual(codes(found(text, 'advice/misplaced-kms', '2.10')), ['advice/misplaced-kms']);
    deepEqual(codes(found(text, 'read/unknown-key', '3.5'), 'error'), ['read/unknown-key']);
    match(found(text, 'read/unknown-key', '3.5')[0]?.message ?? '', /The section is 'kms' for every KMS type/);
  });

  it('full names of wrapper keys are what the documentation of 2.x shows', () => {
    const text = (key: string) => `canton.participants.p1 { storage.type = postgres, crypto {
      kms { type = gcp, location-id = l, project-id = p, key-ring-id = r }
      private-key-store.encryption { type = kms, wrapper-key-id = "${key}" } } }`;
    const full = 'projects/p/locations/l/keyRings/r/cryptoKeys/k/cryptoKeyVersions/1';
    deepEqual(found(text(full), 'advice/wrapper-key-format', '2.10'), []);
    equal(found(text(full), 'advice/wrapper-key-format', '3.5').length, 1);
    equal(found(text('a b'), 'advice/wrapper-key-format', '2.10').length, 1);
  });

  it('one mistake, which is one error', () => {
    const delays = 'initial-delay = 1s, max-delay = 2s';
    const deep = `type = aws, region = r, max-retries = 3, retries { failures { ${delays} } }`;
    const cases: readonly (readonly [text: string, message: RegExp])[] = [
      [whole('crypto { provider = kms, region = r, kms { type = aws } }'), /'region' in 'crypto'. It belongs in 'kms'/],
      [kms(deep), /'max-retries' in 'crypto.kms' of type 'aws'. It belongs in 'retries.failures'/],
      [whole('crypto { provider = kms, type = aws, kms { region = r } }'), /'type' in 'crypto'. It belongs in 'kms'/],
      [kms('type = gcp, region = us-east1, project-id = p, key-ring-id = r'), /Did you mean 'location-id'/],
      [kms('type = aws, location-id = us-east-1'), /Did you mean 'region'/],
      [kms('type = gcp, region = us-east-1'), /'region' in 'crypto.kms' of type 'gcp'. It requires type 'aws'/],
      [kms('type = aws, regoin = us-east-1'), /Did you mean 'region'/],
    ];
    for (const [text, message] of cases) {
      const errors = checkText(text).filter(({ severity }) => severity !== 'hint' && severity !== 'information');
      deepEqual(codes(errors), ['read/unknown-key'], text);
      match(errors[0]?.message ?? '', message);
    }
    const retyped = applied(
      kms('type = gcp, region = r'),
      found(kms('type = gcp, region = r'), 'read/unknown-key')[0],
      /type/,
    );
    equal(retyped, kms('type = aws, region = r'));
    const moved = applied(kms(deep), found(kms(deep), 'read/unknown-key')[0], /Move/);
    match(moved, /, retries\.failures\.max-retries = 3,/);
    equal(found(kms('type = gcp, region = r, project-id = p'), 'read/missing-key').length, 2);
  });
});
