import * as z from 'zod';
import { caching } from './caching';
import { key, oneOf, withOthers } from './registry';
import { flag, raw } from './scalars';
import { sessionSigningKeys } from './session-signing-keys';
import { CANTON_PARAMETERS, NODE_PARAMETERS } from './undescribed';

const source = 'config/CantonConfig.scala 3.3, 3.4, 3.5, main';

const sessionSigningKeys33 = key(sessionSigningKeys.prefault({ enabled: false }), {
  doc: 'Short-lived software keys that sign in place of the KMS, in the place where Canton 3.3 has them.',
  since: '3.3',
  until: '3.3',
  deprecated: { since: '3.4', instead: 'crypto.session-signing-keys (3.5), crypto.kms.session-signing-keys (3.4)' },
  source: 'config/SessionSigningKeysConfig.scala 3.3',
});

/** `parameters` of a node; there are many more keys. */
const nodeParametersShape = z.looseObject({
  'session-signing-keys': sessionSigningKeys33,
  caching: oneOf(
    key(raw.optional(), {
      doc: 'Sizes and lifetimes of caches.',
      until: '2.10',
      source: 'config/CacheConfig.scala 2.10',
    }),
    key(caching.prefault({}), {
      doc: 'Sizes and lifetimes of caches.',
      since: '3.3',
      source: 'config/CacheConfig.scala 3.3, 3.4, main',
    }),
  ),
  'alpha-version-support': key(flag.default(false), {
    doc: 'Allows protocol versions that are not released. Needs `canton.parameters.non-standard-config = true`.',
    source,
  }),
  'dev-version-support': key(flag.default(false), {
    doc: 'Allows protocol versions under development. On the development line it needs `canton.parameters.non-standard-config = true`.',
    source,
  }),
});

export const nodeParameters = withOthers(nodeParametersShape, NODE_PARAMETERS);

const cantonParametersShape = z.looseObject({
  'non-standard-config': key(flag.default(false), {
    doc: 'Allows settings that are not meant for production, such as `disable-ssl-verification` or `disable-bound-checks`.',
    source,
  }),
  'fail-on-unknown-config-keys': key(flag.default(true), {
    doc: 'With `false` and `non-standard-config = true` unknown keys are dropped instead of refused (3.5.1).',
    since: '3.5',
    source: 'config/CantonConfig.scala 3.5, main',
  }),
  'session-signing-keys': key(sessionSigningKeys33, {
    doc: 'Read by Canton 3.3 and never used; the setting that counts is in the `parameters` of the node.',
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
    doc: 'Console commands that repair a node; they can do harm.',
    source,
  }),
});

export const monitoring = z.looseObject({
  logging: key(
    z
      .looseObject({
        'log-config-on-startup': key(flag.default(true), {
          doc: 'Logs the configuration at start, without secrets.',
          source,
        }),
        'log-config-with-defaults': key(flag.default(false), { doc: 'Logs the defaults as well.', source }),
      })
      .prefault({}),
    { doc: 'What is logged.', source },
  ),
});
