import { deepEqual, ok } from 'node:assert/strict';
import { type CantonVersion, DEFAULT_CANTON_VERSION, type Edition } from '../../../schemas/version';
import { checkText, codes } from './check-text';

/** Ports make the file a whole one; what is tested stands inside the participant unless it begins with `canton`. */
function whole(text: string): string {
  const ports = 'canton.participants.n1 { admin-api.port = 4002, ledger-api.port = 4001, http-ledger-api.port = 4003 }';
  const lines = text
    .split('\n')
    .map((line) => (line.startsWith('canton') ? line : `canton.participants.n1 { ${line} }`));
  return [ports, ...lines].join('\n');
}

const KMS = 'kms { type = aws, region = eu-central-1 }';
const DB = 'storage { type = postgres, config {} }';
const EXTERNAL = `provider = kms, ${KMS}`;
const NON_STANDARD = 'canton.parameters.non-standard-config = true\n';

type Verdict = readonly [
  text: string,
  code: string | undefined,
  versions?: readonly CantonVersion[],
  edition?: Edition,
];
const ALL3 = ['3.3', '3.4', '3.5', '3.6'] as const;
const SINCE4 = ['3.4', '3.5', '3.6'] as const;
const SINCE5 = ['3.5', '3.6'] as const;

/** The error that is reported; undefined: Canton loads and starts this. */
const verdicts: Readonly<Record<string, readonly Verdict[]>> = {
  'places and shapes': [
    ['crypto {}', undefined, ALL3],
    ['crypto = text', 'read/wrong-type', ALL3],
    ['canton.sequencers.s.crypto.provider = jce', undefined, ALL3],
    ['canton.sequencers.s.crypto.provder = jce', 'read/unknown-key', ALL3],
    ['canton.domain-managers.d {}', 'read/unknown-key', ALL3],
    ['canton.domain-managers.d {}', undefined, ['2.10'], 'enterprise'],
    ['canton.domain-managers.d {}', 'read/unknown-key', ['2.10'], 'community'],
    ['canton.crypto.provider = jce', 'read/unknown-key', ALL3],
    ['canton.remote-sequencers.r { public-api.port = 1, crypto {} }', 'read/unknown-key', ALL3],
    ['canton.remote-mediators.r { admin-api.port = 1, http-health {} }', 'read/unknown-key', ['3.5']],
    ['canton.remote-mediators.r { admin-api.port = 1, http-health {} }', undefined, ['3.6']],
    [`canton.mediators.${'m'.repeat(31)} {}`, 'read/node-name', ALL3],
    ['canton.mediators."" {}', 'read/node-name', ALL3],
    ['canton._x = 1', 'read/unknown-key', ALL3],
  ],
  providers: [
    ['crypto.provider = Jce', 'read/invalid-value', ALL3],
    ['crypto.provider = tink', undefined, ['2.10'], 'community'],
    ['crypto.provider = kms', 'read/invalid-value', ['2.10'], 'community'],
    ['crypto.provider = kms', undefined, ['2.10'], 'enterprise'],
    ['crypto.provider = kms', 'start/kms-missing', ALL3],
    ['crypto { provider = kms, kms = null }', 'start/kms-missing', ALL3],
  ],
  'the KMS': [
    [
      'crypto { provider = kms, kms { type = gcp, location-id = l, project-id = p, key-ring-id = k } }',
      'validate/edition',
      ['3.3'],
      'community',
    ],
    ['crypto { provider = kms, kms { type = driver, name = d, config {} } }', undefined, ['3.3'], 'community'],
    [`crypto { ${EXTERNAL} }`, undefined, SINCE4, 'community'],
    ['crypto.kms { region = r }', 'read/missing-key', ALL3],
    ['crypto.kms { type = AWS, region = r }', 'read/invalid-value', ALL3],
    [
      'crypto.kms { type = gcp, location-id = l, project-id = p, key-ring-id = k, disable-ssl-verification = false }',
      'read/unknown-key',
      ALL3,
    ],
    ['crypto.kms { type = driver, name = d, config {}, audit-logging = true }', 'read/unknown-key', ALL3],
    ['crypto.kms { type = aws, region = r, custom-tags { a = 1 } }', 'read/unknown-key', ['3.5']],
    ['crypto.kms { type = aws, region = r, custom-tags { a = 1 } }', undefined, ['3.6']],
    ['crypto.kms { type = aws, region = r, retries.failures { max-retries = 3 } }', 'read/missing-key', ALL3],
    ['crypto.kms { type = driver, name = d, config {}, health-check-period = 106752d }', 'read/crash', ALL3],
    [
      'crypto.kms { type = aws, region = r, disable-ssl-verification = on }',
      'validate/ssl-verification',
      SINCE5,
      'community',
    ],
    [
      'crypto.kms { type = aws, region = r, disable-ssl-verification = on }',
      'validate/ssl-verification',
      ['3.4'],
      'enterprise',
    ],
    ['crypto.kms { type = aws, region = r, disable-ssl-verification = on }', undefined, ['3.4'], 'community'],
    ['crypto.kms { type = aws, region = r, disable-ssl-verification = on }', undefined, ['3.3'], 'enterprise'],
    [`${NON_STANDARD}crypto.kms { type = aws, region = r, disable-ssl-verification = on }`, undefined, ALL3],
  ],
  'session signing keys': [
    [`crypto { ${EXTERNAL}, session-signing-keys.enabled = true }`, undefined, SINCE5],
    [`crypto { ${EXTERNAL}, session-signing-keys.enabled = true }`, 'read/unknown-key', ['3.4']],
    [
      `crypto { provider = jce, ${KMS}, session-signing-keys.enabled = true }`,
      'validate/session-keys-without-kms',
      SINCE5,
    ],
    ['crypto { provider = kms, session-signing-keys.enabled = true }', 'validate/session-keys-without-kms', SINCE5],
    [`${NON_STANDARD}crypto.session-signing-keys.enabled = true`, undefined, SINCE5],
    [
      `crypto { provider = kms, kms { type = aws, region = r, session-signing-keys.enabled = true } }`,
      'validate/session-keys-without-kms',
      ['3.4'],
    ],
    [
      `crypto { provider = kms, kms { type = aws, region = r, session-signing-keys.enabled = true } }`,
      undefined,
      SINCE5,
    ],
    [
      `${NON_STANDARD}crypto { provider = kms, kms { type = aws, region = r, session-signing-keys.enabled = true } }`,
      undefined,
      ['3.4'],
    ],
    ['parameters.session-signing-keys.enabled = true', 'validate/session-keys-without-kms', ['3.3']],
    ['parameters.session-signing-keys.enabled = false', 'read/unknown-key', SINCE4],
    ['crypto.session-signing-keys { enabled = false, key-validity-duration = 1s }', undefined, SINCE5],
    [
      `crypto { ${EXTERNAL}, session-signing-keys { enabled = true, key-validity-duration = 3m } }`,
      'validate/session-key-durations',
      SINCE5,
    ],
    [
      `crypto { ${EXTERNAL}, session-signing-keys { enabled = true, key-validity-duration = 181s } }`,
      undefined,
      SINCE5,
    ],
    [
      `crypto { ${EXTERNAL}, session-signing-keys { enabled = true, key-validity-duration = 181s, cut-off-duration = 1s } }`,
      undefined,
      SINCE5,
    ],
    [
      `crypto { ${EXTERNAL}, session-signing-keys { enabled = true, tolerance-shift-duration = 60s } }`,
      'validate/session-key-durations',
      SINCE5,
    ],
    [
      `crypto { ${EXTERNAL}, session-signing-keys { enabled = true, key-eviction-period = 5m } }`,
      'validate/session-key-durations',
      SINCE5,
    ],
    [
      `sequencer-client.default-max-sequencing-time-offset = 10m\ncrypto { ${EXTERNAL}, session-signing-keys.enabled = true }`,
      'validate/session-key-durations',
      SINCE5,
    ],
    [
      `crypto { ${EXTERNAL}, session-signing-keys { enabled = true, disable-bound-checks = true } }`,
      'validate/session-key-durations',
      SINCE5,
    ],
    [
      `${NON_STANDARD}crypto { ${EXTERNAL}, session-signing-keys { enabled = true, disable-bound-checks = yes, key-eviction-period = 1s } }`,
      undefined,
      SINCE5,
    ],
    [
      'crypto.session-signing-keys { enabled = false, cut-off-duration = 53376d }',
      'validate/session-key-overflow',
      SINCE5,
    ],
    ['crypto.session-signing-keys { enabled = false, cut-off-duration = 53375d }', undefined, SINCE5],
    [
      `crypto { ${EXTERNAL}, signing.algorithms.allowed = [ec-dsa-sha-256], session-signing-keys.enabled = true }`,
      'validate/session-key-scheme',
      SINCE5,
    ],
    [
      `crypto { ${EXTERNAL}, signing.algorithms.allowed = [ec-dsa-sha-256, ed-25519], session-signing-keys.enabled = true }`,
      undefined,
      SINCE5,
    ],
    [
      `${NON_STANDARD}crypto { provider = kms, kms { type = gcp, location-id = l, project-id = p, key-ring-id = k, session-signing-keys.enabled = true }, signing.keys.allowed = [ec-p-256] }`,
      'validate/session-key-scheme',
      ['3.4'],
    ],
  ],
  'stored keys': [
    [`${DB}\ncrypto { ${KMS}, private-key-store.encryption.type = kms }`, undefined, ALL3],
    [`crypto { ${KMS}, private-key-store.encryption.type = kms }`, 'start/memory-storage', SINCE5],
    [`crypto { ${KMS}, private-key-store.encryption.type = kms }`, undefined, ['3.3', '3.4']],
    [`${DB}\ncrypto.private-key-store.encryption.type = kms`, 'start/kms-missing', ALL3],
    ['crypto.private-key-store.encryption.type = kms', undefined, ['3.3']],
    ['crypto.private-key-store.encryption.type = kms', 'start/kms-missing', SINCE4],
    ['crypto.private-key-store.encryption.reverted = true', 'read/missing-key', ALL3],
    [`crypto { ${EXTERNAL}, private-key-store.encryption.type = kms }`, undefined, ALL3],
    [
      `crypto { ${EXTERNAL}, private-key-store.encryption { type = kms, wrapper-key-id = "${'x'.repeat(301)}" } }`,
      'read/invalid-value',
      ALL3,
    ],
    [
      `crypto { ${EXTERNAL}, private-key-store.encryption { type = kms, wrapper-key-id { str = a } } }`,
      'read/wrong-type',
      ALL3,
    ],
  ],
  schemes: [
    ['crypto.signing.algorithms { default = ed-25519, allowed = [ec-dsa-sha-384] }', 'validate/scheme-default', SINCE4],
    ['crypto.signing.algorithms { default = ed-25519, allowed = [ec-dsa-sha-384] }', 'start/scheme-selection', ['3.3']],
    [
      'crypto.signing { keys.allowed = [ec-curve-25519, ec-p-384], algorithms.allowed = [ed-25519] }',
      'validate/scheme-fit',
      SINCE4,
    ],
    [
      'crypto.signing { keys.allowed = [ec-curve-25519], algorithms.allowed = [ed-25519, ec-dsa-sha-384] }',
      'validate/scheme-fit',
      SINCE4,
    ],
    ['crypto.signing.keys.allowed = [ec-p-256]', 'start/scheme-selection', ALL3],
    ['crypto.signing.keys.default = ec-p-256', 'start/scheme-selection', SINCE5],
    ['crypto.signing.keys.default = ec-p-256', undefined, ['3.3', '3.4']],
    ['crypto.encryption { algorithms.default = rsa-oaep-sha-256, keys.default = rsa-2048 }', undefined, ALL3],
    [
      'crypto { provider = kms, kms { type = driver, name = d, config {} }, signing.algorithms.allowed = [ec-dsa-sha-256] }',
      'start/scheme-selection',
      ['3.3'],
    ],
    [
      'crypto { provider = kms, kms { type = driver, name = d, config {} }, signing.algorithms.allowed = [ec-dsa-sha-256] }',
      undefined,
      SINCE4,
    ],
    [
      `crypto { ${EXTERNAL}, encryption { algorithms.default = ecies-hkdf-hmac-sha-256-aes-128-cbc, keys.default = ec-p-256 } }`,
      'start/backend-scheme',
      SINCE4,
    ],
    [
      'crypto { provider = kms, kms { type = gcp, location-id = l, project-id = p, key-ring-id = k }, signing { algorithms.default = ed-25519, keys.default = ec-curve-25519 } }',
      undefined,
      SINCE4,
    ],
    [
      'crypto { provider = kms, kms { type = driver, name = d, config {} }, encryption { algorithms.default = ecies-hkdf-hmac-sha-256-aes-128-cbc, keys.default = ec-p-256 } }',
      undefined,
      SINCE4,
    ],
    ['crypto.signing { algorithms.default = ml-dsa-65, keys.default = ml-dsa-65 }', 'start/scheme-selection', ['3.6']],
    [
      'crypto { enable-experimental = true, signing { algorithms.default = ml-dsa-65, keys.default = ml-dsa-65 } }',
      undefined,
      ['3.6'],
    ],
    ['crypto.signing.keys.allowed = [ec-curve-25519, ml-dsa-65]', 'start/scheme-selection', ['3.6']],
    ['crypto.signing.keys.allowed = [ec-curve-25519, ml-dsa-65]', 'read/invalid-value', ['3.4', '3.5']],
    ['crypto.signing.default = ed-25519', 'read/unknown-key', ALL3],
    ['crypto.signing.default = ed-25519', undefined, ['2.10'], 'community'],
    ['crypto.encryption.algorithms.default = ecies-hkdf-hmac-sha-256-aes-128-gcm', 'read/invalid-value', SINCE4],
    ['crypto.pbkdf.default = argon-2id-mode-1', undefined, ALL3],
    ['crypto.pbkdf {}', 'read/unknown-key', ['2.10'], 'community'],
  ],
  'general keys': [
    ['crypto.parallelism.signature-verification-parallelism = 0', 'read/crash', SINCE5],
    ['crypto.parallelism.signature-verification-parallelism = 1', 'read/unknown-key', ['3.4']],
    ['crypto.parallelism.encryption-parallelism = 1', 'read/unknown-key', ['3.5']],
    ['parameters.caching.kms-metadata-cache.expire-after-access = 1m', 'read/missing-key', ALL3],
    ['parameters.caching.session-encryption-key-cache.enabled = false', 'read/missing-key', ['3.3']],
    ['parameters.caching.session-encryption-key-cache.enabled = false', undefined, SINCE4],
    ['init.identity { type = external, identifier = me }', undefined, ALL3],
    ['init.identity { type = auto, identifier.type = explicit }', 'read/missing-key', ALL3],
    ['init.auto-init = false', 'read/unknown-key', ALL3],
    ['init.auto-init = false', undefined, ['2.10']],
    ['storage.type = Postgres', 'read/invalid-value', ALL3],
    ['parameters.alpha-version-support = true', 'validate/alpha-version', ALL3],
    [`${NON_STANDARD}parameters.alpha-version-support = true`, undefined, ALL3],
    ['canton.parameters.fail-on-unknown-config-keys = true', 'read/unknown-key', ['3.3', '3.4']],
  ],
};

describe('Canton’s verdict', () => {
  for (const [family, list] of Object.entries(verdicts)) {
    describe(`on ${family}`, () => {
      for (const [text, code, versions = [DEFAULT_CANTON_VERSION], edition = 'enterprise'] of list) {
        for (const version of versions) {
          it(`${version} ${edition}: ${text.replaceAll('\n', ' ⏎ ').slice(0, 150)} → ${code ?? 'starts'}`, () => {
            const errors = codes(checkText(whole(text), { version, edition }), 'error');
            if (code === undefined) deepEqual(errors, []);
            else ok(errors.includes(code), `reported: ${errors.join(', ') || 'nothing'}`);
          });
        }
      }
    });
  }
});
