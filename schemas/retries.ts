import * as z from 'zod';
import { key } from './registry';
import { int32, nonNegative, nonNegativeFinite } from './scalars';

const source = 'config/{KmsConfig,ExponentialBackoffConfig}.scala 3.3, 3.4, 3.5, main';

/** All three keys are required as soon as the object is written: none has a default of its own. */
const backoff = z.strictObject({
  'initial-delay': key(nonNegativeFinite, { doc: 'Pause before the first retry.', example: '500ms', source }),
  'max-delay': key(nonNegative, {
    doc: 'Longest pause between two retries, `Inf` for no limit. Since 3.4 it has practically no effect, because the jitter is bounded by `initial-delay`.',
    example: '10s',
    source,
  }),
  'max-retries': key(int32, {
    doc: 'How often to retry; `2147483647` means for ever. Zero and negative numbers mean never.',
    example: '20',
    source,
  }),
});

export const retries = z.strictObject({
  failures: key(backoff.prefault({ 'initial-delay': '500ms', 'max-delay': '10s', 'max-retries': 2147483647 }), {
    doc: 'Backoff after a failed KMS call that may be tried again. Write all three keys or none.',
    source,
  }),
  'create-key-check': key(backoff.prefault({ 'initial-delay': '100ms', 'max-delay': '10s', 'max-retries': 20 }), {
    doc: 'Backoff while waiting for a newly created key to become usable. Write all three keys or none.',
    source,
  }),
});
