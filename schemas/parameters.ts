import * as z from 'zod';
import { type KeyMeta, key, oneOf, withOthers } from './registry';
import { flag, nonNegativeFinite, positiveFinite, positiveLong } from './scalars';
import { sessionSigningKeys } from './session-signing-keys';
import { CANTON_PARAMETERS, NODE_PARAMETERS } from './undescribed';

const source = 'config/CantonConfig.scala 3.3, 3.4, 3.5, main';

const cacheSource = 'config/CacheConfig.scala 3.3, 3.4, main';
const filled = { 'maximum-size': 10000, 'expire-after-timeout': '10s' };

const maximumSize = key(positiveLong, {
  doc: 'Maximum number of entries. Required whenever this section is present.',
  example: '10000',
  source: cacheSource,
});

const keyCache = {
  'maximum-size': maximumSize,
  'expire-after-timeout': key(positiveFinite.default('10m'), {
    doc: 'How long an entry is kept. If the section is present without this key, ten minutes; if the section is absent, ten seconds.',
    source: cacheSource,
  }),
};

function cacheField(doc: string) {
  return oneOf(
    key(z.looseObject(keyCache), {
      doc: `${doc} In 3.3 it is required whenever \`session-encryption-key-cache\` is present.`,
      until: '3.3',
      source: cacheSource,
    }),
    key(z.looseObject(keyCache).prefault(filled), { doc, since: '3.4', until: '3.5', source: cacheSource }),
    key(z.strictObject(keyCache).prefault(filled), { doc, since: '3.6', source: cacheSource }),
  );
}

const sessionEncryptionKeyCache = {
  enabled: oneOf(
    key(flag, { doc: 'Reuses session keys to encrypt views.', until: '3.3', source: cacheSource }),
    key(flag.default(true), { doc: 'Reuses session keys to encrypt views.', since: '3.4', source: cacheSource }),
  ),
  'sender-cache': cacheField('Session keys for messages that this node sends.'),
  'receiver-cache': cacheField('Session keys for messages that this node receives.'),
};

const kmsMetadataCache = {
  'maximum-size': maximumSize,
  'expire-after-access': key(nonNegativeFinite.default('1m'), {
    doc: 'How long an unused entry is kept.',
    source: cacheSource,
  }),
};

/**
 * Before main, unknown keys were certain to be refused only in `crypto` (`UNRELEASED.md` main, `CantonConfig.scala`
 * 3.5), so an older Canton gets no error for one in a cache.
 */
function strictSinceMain<S extends z.ZodRawShape>(shape: S, whenAbsent: object, meta: KeyMeta) {
  return oneOf(
    key(z.looseObject(shape).prefault(whenAbsent as never), { ...meta, until: '3.5' }),
    key(z.strictObject(shape).prefault(whenAbsent as never), { ...meta, since: '3.6' }),
  );
}

/** The caches related to a KMS; there are many more. */
export const caching = z.looseObject({
  'session-encryption-key-cache': strictSinceMain(sessionEncryptionKeyCache, defaultKeyCache(), {
    doc: 'Caches of session *encryption* keys, which reduce KMS calls and public-key operations. Not related to session signing keys.',
    source: cacheSource,
  }),
  'kms-metadata-cache': strictSinceMain(
    kmsMetadataCache,
    { 'maximum-size': 20, 'expire-after-access': '1m' },
    { doc: 'Cache of the metadata that the KMS returns for its keys.', source: cacheSource },
  ),
});

function defaultKeyCache() {
  return { enabled: true, 'sender-cache': filled, 'receiver-cache': filled };
}

const sessionSigningKeys33 = key(sessionSigningKeys.prefault({ enabled: false }), {
  doc: 'Short-lived software keys that sign instead of the KMS, in the location of Canton 3.3.',
  since: '3.3',
  until: '3.3',
  deprecated: { since: '3.4', instead: 'crypto.session-signing-keys (3.5), crypto.kms.session-signing-keys (3.4)' },
  source: 'config/SessionSigningKeysConfig.scala 3.3',
});

/** `parameters` of a node; there are many more keys. */
const nodeParametersShape = z.looseObject({
  'session-signing-keys': sessionSigningKeys33,
  caching: key(caching.prefault({}), {
    doc: 'Sizes and lifetimes of caches.',
    since: '3.3',
    source: 'config/CacheConfig.scala 3.3, 3.4, main',
  }),
  'alpha-version-support': key(flag.default(false), {
    doc: 'Allows unreleased protocol versions. Requires `canton.parameters.non-standard-config = true`.',
    since: '3.3',
    source,
  }),
  'dev-version-support': key(flag.default(false), {
    doc: 'Allows protocol versions under development. Requires `canton.parameters.non-standard-config = true`.',
    since: '3.6',
    source: 'config/LocalNodeParametersConfig.scala main',
  }),
});

export const nodeParameters = withOthers(nodeParametersShape, NODE_PARAMETERS);

const cantonParametersShape = z.looseObject({
  'non-standard-config': key(flag.default(false), {
    doc: 'Allows settings that are not intended for production, such as `disable-ssl-verification` or `disable-bound-checks`.',
    source,
  }),
  'fail-on-unknown-config-keys': key(flag.default(true), {
    doc: 'With `false` and `non-standard-config = true`, Canton ignores unknown keys instead of refusing them (3.5.1).',
    since: '3.5',
    source: 'config/CantonConfig.scala 3.5, main',
  }),
  'session-signing-keys': key(sessionSigningKeys33, {
    doc: 'Canton 3.3 reads this setting but never uses it. Use the `parameters` of the node instead.',
    since: '3.3',
    until: '3.3',
    source: 'config/SessionSigningKeysConfig.scala 3.3',
  }),
});

/** `canton.parameters`; there are many more keys. */
export const cantonParameters = withOthers(cantonParametersShape, CANTON_PARAMETERS);

export const features = z.looseObject({
  'enable-preview-commands': key(flag.default(false), { doc: 'Console commands that may still change.', source }),
  'enable-testing-commands': key(flag.default(false), { doc: 'Console commands for tests.', source }),
  'enable-repair-commands': key(flag.default(false), {
    doc: 'Console commands that repair a node. They can cause damage.',
    source,
  }),
});

export const monitoring = z.looseObject({
  logging: key(
    z
      .looseObject({
        'log-config-on-startup': key(flag.default(true), {
          doc: 'Logs the configuration at startup, without secrets.',
          source,
        }),
        'log-config-with-defaults': key(flag.default(false), { doc: 'Logs the defaults as well.', source }),
      })
      .prefault({}),
    { doc: 'Logging settings.', source },
  ),
});
