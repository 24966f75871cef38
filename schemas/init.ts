import * as z from 'zod';
import { absent, key } from './registry';
import { flag, nonNegativeFinite, text } from './scalars';

const source = 'config/InitConfig.scala, participant/config/ParticipantInitConfig.scala 3.3, 3.4, 3.5, main';

const identifier = z.discriminatedUnion('type', [
  key(z.strictObject({ type: z.literal('config') }), { doc: "The node's name in the configuration.", source }),
  key(z.strictObject({ type: z.literal('random') }), { doc: 'A random name.', source }),
  key(
    z.strictObject({
      type: z.literal('explicit'),
      name: key(text, { doc: 'The name.', example: 'my-node', source }),
    }),
    { doc: 'The name given here.', source },
  ),
]);

const identity = z.discriminatedUnion('type', [
  key(
    z.strictObject({
      type: z.literal('auto'),
      identifier: key(identifier.prefault({ type: 'config' }), {
        doc: 'Where the name of the identity comes from.',
        source,
      }),
    }),
    { doc: 'The node makes its own root namespace key and identity at the first start.', source },
  ),
  key(z.strictObject({ type: z.literal('manual') }), {
    doc: 'The operator initialises the node from the console, for instance with keys that exist in a KMS already.',
    source,
  }),
  key(
    z.strictObject({
      type: z.literal('external'),
      identifier: key(text, { doc: 'Name of the identity.', source }),
      namespace: key(text.optional(), { doc: 'Fingerprint of the namespace.', source }),
      certificates: key(z.array(text).default([]), { doc: 'Files with the namespace delegations.', source }),
    }),
    { doc: 'The root namespace key lives elsewhere; the identity comes with certificates.', source },
  ),
]);

const shape = {
  identity: key(identity.prefault({ type: 'auto' }), {
    doc: 'How the node gets its identity at the first start.',
    example: '{ type = manual }',
    source,
  }),
  'generate-intermediate-key': key(flag.default(false), {
    doc: 'Makes an intermediate namespace key, so that the root key can be taken away.',
    source,
  }),
  'generate-topology-transactions-and-keys': key(flag.default(true), {
    doc: 'Makes the keys of the node and publishes them at the first start. `false` when keys of a KMS are registered by hand.',
    source,
  }),
  'auto-init': absent({
    doc: 'Replaced by the kind of identity.',
    until: '2.10',
    deprecated: { since: '3.3', instead: 'identity.type and generate-topology-transactions-and-keys' },
    source: 'config/CantonConfig.scala 2.10',
  }),
};

/** `init` of sequencers and mediators. */
export const init = z.strictObject(shape);

export const participantInit = z.strictObject({
  ...shape,
  'ledger-api': key(
    z
      .strictObject({
        'max-deduplication-duration': key(nonNegativeFinite.default('7d'), {
          doc: 'Longest deduplication of commands.',
          source,
        }),
      })
      .prefault({}),
    { doc: 'Settings of the Ledger API that are fixed at the first start.', source },
  ),
});

export const init2x = z.looseObject({
  'auto-init': key(flag.default(true), {
    doc: 'The node makes its keys and identity at the first start. `false` when keys of a KMS are registered by hand.',
    source: 'config/CantonConfig.scala 2.10',
  }),
});
