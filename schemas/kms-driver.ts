import * as z from 'zod';
import { common } from './kms-common';
import { key } from './registry';
import { positiveFinite, raw, text } from './scalars';

const source = 'config/KmsConfig.scala 3.3, 3.4, 3.5, main';

export const driverKms = key(
  z.strictObject({
    type: z.literal('driver'),
    name: key(text, {
      doc: 'Name that the driver reports itself under. It must be on the class path when the node starts.',
      example: 'aws-kms',
      source,
    }),
    config: key(raw, {
      doc: 'Handed to the driver as it stands; its keys are those of the driver. `{}` is enough for Canton.',
      example: '{}',
      source,
    }),
    'health-check-period': key(positiveFinite.default('10s'), {
      doc: 'Pause between two health checks of the driver.',
      source,
    }),
    ...common,
  }),
  { doc: 'A KMS driver: a plug-in on the class path that speaks to a KMS of your choice.', manual: 'driver', source },
);
