import * as z from 'zod';
import { key, oneOf } from './registry';
import { flag, nonNegativeFinite, positiveFinite, positiveSeconds } from './scalars';
import { signingAlgorithm, signingKey } from './scheme-names';

const source = 'config/SessionSigningKeysConfig.scala 3.3, 3.4, 3.5, main';

const validity = { doc: 'How long a session key may be used after it was created.', example: '5m', source };
const eviction = {
  doc: 'How long a session key is kept in memory. Since 3.5 it must be longer than `key-validity-duration`.',
  example: '10m',
  source,
};

/** Short-lived software keys that sign in place of the KMS, so that not every message needs a KMS call. */
export const sessionSigningKeys = z.strictObject({
  enabled: key(flag, {
    doc: 'Signs with short-lived software keys that a key in the KMS delegates to. Required whenever this section is present.',
    example: 'true',
    source,
  }),
  'key-validity-duration': oneOf(
    key(positiveSeconds.default('5m'), { ...validity, until: '3.3' }),
    key(positiveFinite.default('5m'), { ...validity, since: '3.4' }),
  ),
  'tolerance-shift-duration': key(nonNegativeFinite.default('2m'), {
    doc: 'How long before its creation the validity of a new session key begins, so that the key can sign messages with an earlier timestamp. Must be longer than `cut-off-duration`.',
    since: '3.5',
    source,
  }),
  'cut-off-duration': oneOf(
    key(positiveSeconds.default('30s'), {
      doc: 'A session key is no longer used when its remaining validity is shorter than this.',
      until: '3.3',
      source,
    }),
    key(positiveFinite.default('30s'), {
      doc: 'A session key is no longer used when its remaining validity is shorter than this.',
      since: '3.4',
      until: '3.4',
      source,
    }),
    key(nonNegativeFinite.default('1m'), {
      doc: 'A session key is no longer used when its remaining validity is shorter than this. Zero is allowed.',
      since: '3.5',
      source,
    }),
  ),
  'key-eviction-period': oneOf(
    key(positiveSeconds.default('10m'), { ...eviction, until: '3.3' }),
    key(positiveFinite.default('10m'), { ...eviction, since: '3.4' }),
  ),
  'signing-algorithm-spec': key(signingAlgorithm.default('ed-25519'), {
    doc: 'Algorithm of the session keys. `signing.algorithms.allowed` must contain it; the KMS does not have to support it.',
    source,
  }),
  'signing-key-spec': key(signingKey.default('ec-curve-25519'), {
    doc: 'Key specification of the session keys. `signing.keys.allowed` must contain it, and it must fit the algorithm.',
    source,
  }),
  'disable-bound-checks': key(flag.default(false), {
    doc: 'Disables the checks of the durations against each other. For tests only; requires `canton.parameters.non-standard-config = true`.',
    since: '3.5',
    source,
  }),
});
