import * as z from 'zod';
import { key } from './registry';
import { positiveInt } from './scalars';

export const parallelism = z.strictObject({
  'signature-verification-parallelism': key(positiveInt.default(10), {
    doc: 'How many signatures are verified at once.',
    source: 'config/CryptoParallelismConfig.scala 3.5, main',
  }),
  'encryption-parallelism': key(positiveInt.default(10), {
    doc: 'How many encryptions run at once.',
    since: '3.6',
    source: 'config/CryptoParallelismConfig.scala main',
  }),
});
