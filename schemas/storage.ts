import * as z from 'zod';
import { key } from './registry';

const source = 'config/{StorageConfig,CantonConfig}.scala all lines';

export const storage = z.discriminatedUnion('type', [
  key(z.looseObject({ type: z.literal('memory') }), {
    doc: 'Nothing outlives a restart. Envelope encryption does not work with it.',
    source,
  }),
  key(z.looseObject({ type: z.literal('h2') }), { doc: 'H2, for tests.', source }),
  key(z.looseObject({ type: z.literal('postgres') }), { doc: 'PostgreSQL.', source }),
]);
