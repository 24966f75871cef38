import { ALL3, describeVerdicts, NON_STANDARD, SINCE4, SINCE5, SINCE6, type Verdict } from './verdict';

const AWS = 'kms { type = aws, region = eu-central-1 }';

/** What is around the crypto sections. */
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
    ['canton.remote-mediators.r { admin-api.port = 1, http-health {} }', undefined, SINCE6],
    [`canton.mediators.${'m'.repeat(31)} {}`, 'read/node-name', ALL3],
    ['canton.mediators."" {}', 'read/node-name', ALL3],
    ['canton._x = 1', 'read/unknown-key', ALL3],
  ],
  'keys on the wrong level': [
    [AWS, 'read/unknown-key', ALL3],
    ['provider = kms', 'read/unknown-key', ALL3],
    ['private-key-store.encryption.type = kms', 'read/unknown-key', ALL3],
    ['session-signing-keys.enabled = false', 'read/unknown-key', ALL3],
    ['caching {}', 'read/unknown-key', ALL3],
    ['canton.sequencers.s.caching {}', 'read/unknown-key', ALL3],
    ['canton.mediators.m.caching {}', undefined, ALL3],
  ],
  'misspelled keys of sections that are not described': [
    ['crytpo { provider = kms }', 'read/unknown-key', ALL3],
    ['Crypto {}', 'read/unknown-key', ALL3],
    ['storag.type = memory', 'read/unknown-key', ALL3],
    ['canton.parameters.non-standart-config = true', 'read/unknown-key', ALL3],
    ['canton.parameters.nonStandardConfig = true', 'read/unknown-key', ALL3],
    ['parameters.cachng {}', 'read/unknown-key', ALL3],
    ['alpha-dynamic {}, testing-time.type = monotonic-time, replication.enabled = true', undefined, ALL3],
    ['parameters { batching {}, beta-version-support = true, stores {} }', undefined, ALL3],
    ['canton.parameters { beta-version-support = true, clock {}, timeouts {} }', undefined, ALL3],
    ['a-key-of-the-future = 1', undefined, ALL3],
    ['crytpo {}', undefined, ['2.10']],
  ],
  editions: [
    [`crypto { ${AWS} }\ncanton.mediators.n1.admin-api.port = 4010`, 'validate/edition', ['3.3'], 'community'],
  ],
  'general keys': [
    ['crypto.parallelism.signature-verification-parallelism = 0', 'read/crash', SINCE5],
    ['crypto.parallelism.signature-verification-parallelism = 1', 'read/unknown-key', ['3.4']],
    ['crypto.parallelism.encryption-parallelism = 1', 'read/unknown-key', ['3.5']],
    ['parameters.caching.kms-metadata-cache { maximum-size = 1, expire-after-access = 0s }', undefined, ALL3],
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

describe('Canton’s verdict', () => describeVerdicts(verdicts));
