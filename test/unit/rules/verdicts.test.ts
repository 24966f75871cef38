import { ALL3, describeVerdicts, NON_STANDARD, SINCE4, SINCE5, type Verdict } from './verdict';

const KMS = 'kms { type = aws, region = eu-central-1 }';
const DB = 'storage { type = postgres, config {} }';
const EXTERNAL = `provider = kms, ${KMS}`;

const verdicts: Readonly<Record<string, readonly Verdict[]>> = {
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
    ['crypto { provider = kms, kms { type = aws, region = "" } }', 'start/aws-client', SINCE4],
    ['crypto { provider = kms, kms { type = aws, region = "" } }', undefined, ['3.3']],
    [`${DB}\ncrypto { kms { type = aws, region = " " }, private-key-store.encryption.type = kms }`, 'start/aws-client'],
    ['crypto.kms { type = aws, region = "" }', undefined, ALL3],
    [
      'crypto { provider = kms, kms { type = aws, region = r, endpoint-override = "10.0.0.1:80" } }',
      'start/aws-client',
    ],
    ['crypto { provider = kms, kms { type = aws, region = r, endpoint-override = "localhost:80" } }', undefined],
    ['crypto.kms { type = aws, region = r, endpoint-override = x }', undefined, ALL3],
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
};

describe('Canton’s verdict', () => describeVerdicts(verdicts));
