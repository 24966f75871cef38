import * as z from 'zod';
import { type KeyMeta, key, oneOf } from './registry';
import { flag, nonNegativeFinite, positiveFinite, positiveLong } from './scalars';

const source = 'config/CacheConfig.scala 3.3, 3.4, main';
const filled = { 'maximum-size': 10000, 'expire-after-timeout': '10s' };

const maximumSize = key(positiveLong, {
  doc: 'Largest number of entries. Required once the object is written.',
  example: '10000',
  source,
});

const keyCache = {
  'maximum-size': maximumSize,
  'expire-after-timeout': key(positiveFinite.default('10m'), {
    doc: 'How long an entry lives. Left out of a written object it is ten minutes, not the ten seconds of the default object.',
    source,
  }),
};

function cacheField(doc: string) {
  return oneOf(
    key(z.looseObject(keyCache), {
      doc: `${doc} In 3.3 it is required once \`session-encryption-key-cache\` is written.`,
      until: '3.3',
      source,
    }),
    key(z.looseObject(keyCache).prefault(filled), { doc, since: '3.4', until: '3.5', source }),
    key(z.strictObject(keyCache).prefault(filled), { doc, since: '3.6', source }),
  );
}

const sessionEncryptionKeyCache = {
  enabled: oneOf(
    key(flag, { doc: 'Reuse the session keys for encrypting views.', until: '3.3', source }),
    key(flag.default(true), { doc: 'Reuse the session keys for encrypting views.', since: '3.4', source }),
  ),
  'sender-cache': cacheField('Session keys for what this node sends.'),
  'receiver-cache': cacheField('Session keys for what this node receives.'),
};

const kmsMetadataCache = {
  'maximum-size': maximumSize,
  'expire-after-access': key(nonNegativeFinite.default('1m'), { doc: 'How long an unused entry lives.', source }),
};

/**
 * Before main, unknown keys were certain to be refused in `crypto` only (`UNRELEASED.md` main, `CantonConfig.scala` 3.5),
 * so an older Canton gets no error for one in a cache.
 */
function strictSinceMain<S extends z.ZodRawShape>(shape: S, whenAbsent: object, meta: KeyMeta) {
  return oneOf(
    key(z.looseObject(shape).prefault(whenAbsent as never), { ...meta, until: '3.5' }),
    key(z.strictObject(shape).prefault(whenAbsent as never), { ...meta, since: '3.6' }),
  );
}

/** The caches that have to do with a KMS; there are many more. */
export const caching = z.looseObject({
  'session-encryption-key-cache': strictSinceMain(sessionEncryptionKeyCache, defaultKeyCache(), {
    doc: 'Caches of session *encryption* keys, which save KMS calls and public-key cryptography. Not to be confused with session signing keys.',
    source,
  }),
  'kms-metadata-cache': strictSinceMain(
    kmsMetadataCache,
    { 'maximum-size': 20, 'expire-after-access': '1m' },
    { doc: 'Cache of what the KMS tells about its keys.', source },
  ),
});

function defaultKeyCache() {
  return { enabled: true, 'sender-cache': filled, 'receiver-cache': filled };
}
