import * as z from 'zod';
import { crypto } from './crypto';
import { crypto2xCommunity, crypto2xEnterprise } from './crypto-2x';
import { caching, nodeParameters } from './parameters';
import { absent, key, nameChecks, oneOf, withOthers } from './registry';
import { nonNegativeFinite, raw, flag, text } from './scalars';
import { MEDIATOR_KEYS, PARTICIPANT_KEYS, SEQUENCER_KEYS } from './undescribed';

const source = 'config/{CantonConfig,LocalNodeConfig}.scala all lines';

const initSource = 'config/InitConfig.scala, participant/config/ParticipantInitConfig.scala 3.3, 3.4, 3.5, main';

const identifier = z.discriminatedUnion('type', [
  key(z.strictObject({ type: z.literal('config') }), {
    doc: "The node's name in the configuration.",
    source: initSource,
  }),
  key(z.strictObject({ type: z.literal('random') }), { doc: 'A random name.', source: initSource }),
  key(
    z.strictObject({
      type: z.literal('explicit'),
      name: key(text, { doc: 'The name.', example: 'my-node', source: initSource }),
    }),
    { doc: 'The name given here.', source: initSource },
  ),
]);

const identity = z.discriminatedUnion('type', [
  key(
    z.strictObject({
      type: z.literal('auto'),
      identifier: key(identifier.prefault({ type: 'config' }), {
        doc: 'Where the name of the identity comes from.',
        source: initSource,
      }),
    }),
    { doc: 'The node makes its own root namespace key and identity at the first start.', source: initSource },
  ),
  key(z.strictObject({ type: z.literal('manual') }), {
    doc: 'The operator initialises the node from the console, for instance with keys that exist in a KMS already.',
    source: initSource,
  }),
  key(
    z.strictObject({
      type: z.literal('external'),
      identifier: key(text, { doc: 'Name of the identity.', source: initSource }),
      namespace: key(text.optional(), { doc: 'Fingerprint of the namespace.', source: initSource }),
      certificates: key(z.array(text).default([]), {
        doc: 'Files with the namespace delegations.',
        source: initSource,
      }),
    }),
    { doc: 'The root namespace key lives elsewhere; the identity comes with certificates.', source: initSource },
  ),
]);

const shape = {
  identity: key(identity.prefault({ type: 'auto' }), {
    doc: 'How the node gets its identity at the first start.',
    example: '{ type = manual }',
    source: initSource,
  }),
  'generate-intermediate-key': key(flag.default(false), {
    doc: 'Makes an intermediate namespace key, so that the root key can be taken away.',
    source: initSource,
  }),
  'generate-topology-transactions-and-keys': key(flag.default(true), {
    doc: 'Makes the keys of the node and publishes them at the first start. `false` when keys of a KMS are registered by hand.',
    source: initSource,
  }),
  'auto-init': absent({
    doc: 'Replaced by the kind of identity.',
    until: '2.10',
    deprecated: { since: '3.3', instead: 'identity.type and generate-topology-transactions-and-keys' },
    source: 'config/CantonConfig.scala 2.10',
  }),
};

/** `init` of sequencers and mediators. */
const init = z.strictObject(shape);

const participantInit = z.strictObject({
  ...shape,
  'ledger-api': key(
    z
      .strictObject({
        'max-deduplication-duration': key(nonNegativeFinite.default('7d'), {
          doc: 'Longest deduplication of commands.',
          source: initSource,
        }),
      })
      .prefault({}),
    { doc: 'Settings of the Ledger API that are fixed at the first start.', source: initSource },
  ),
});

const init2x = z.looseObject({
  'auto-init': key(flag.default(true), {
    doc: 'The node makes its keys and identity at the first start. `false` when keys of a KMS are registered by hand.',
    source: 'config/CantonConfig.scala 2.10',
  }),
});

const storageSource = 'config/{StorageConfig,CantonConfig}.scala all lines';

const storage = z.discriminatedUnion('type', [
  key(z.looseObject({ type: z.literal('memory') }), {
    doc: 'Nothing outlives a restart. Envelope encryption does not work with it.',
    source: storageSource,
  }),
  key(z.looseObject({ type: z.literal('h2') }), { doc: 'H2, for tests.', source: storageSource }),
  key(z.looseObject({ type: z.literal('postgres') }), { doc: 'PostgreSQL.', source: storageSource }),
]);

const cryptoSection = oneOf(
  key(crypto2xCommunity.prefault({}), {
    doc: 'Cryptography of this node. The community edition of Canton 2.x has no KMS.',
    until: '2.10',
    editions: ['community'],
    source: 'config/CryptoConfig.scala 2.10',
  }),
  key(crypto2xEnterprise.prefault({}), {
    doc: 'Cryptography of this node: schemes, KMS, key storage.',
    until: '2.10',
    editions: ['enterprise'],
    source: 'documentation of Canton 2.8.12 and 2.10.4 (enterprise, closed source)',
  }),
  key(crypto.prefault({}), {
    doc: 'Cryptography of this node: provider, KMS, key storage, schemes. Nothing is inherited from other nodes.',
    since: '3.3',
    source: 'config/CryptoConfig.scala 3.3, 3.4, 3.5, main',
  }),
);

const offset = {
  doc: 'How far ahead of its clock the node lets its messages be sequenced. Session signing keys must stay valid for longer than this.',
  source: 'sequencing/client/SequencerClientConfig.scala 3.3, 3.4, 3.5, main',
};
const sequencerClient = z.looseObject({
  'default-max-sequencing-time-offset': oneOf(
    key(nonNegativeFinite.default('5m'), { ...offset, until: '3.4' }),
    key(nonNegativeFinite.default('2m'), { ...offset, since: '3.5' }),
  ),
});

const storageMeta = {
  doc: 'Where the node keeps its data, private keys included.',
  example: '{ type = postgres }',
  source: 'config/StorageConfig.scala all lines',
};

/** Keys of the crypto section, where people forget its level. */
const MISPLACED = Object.fromEntries(
  Object.keys(crypto.shape).map((name) => [
    name,
    absent({
      doc: 'It belongs into the crypto section of the node.',
      deprecated: { since: '3.3', instead: `crypto.${name}` },
      source: 'config/{CryptoConfig,LocalNodeConfig}.scala all lines',
    }),
  ]),
);

function node(initSection: z.ZodType, others: readonly string[], more: z.ZodRawShape = {}) {
  const schema = z.looseObject({
    ...MISPLACED,
    crypto: cryptoSection,
    storage: oneOf(
      key(raw.optional(), { ...storageMeta, until: '2.10' }),
      key(storage.prefault({ type: 'memory' }), { ...storageMeta, since: '3.3' }),
    ),
    init: oneOf(
      key(init2x.prefault({}), {
        doc: 'What happens at the first start.',
        until: '2.10',
        source: 'config/InitConfig.scala 2.10',
      }),
      key(initSection.prefault({}), {
        doc: 'What happens at the first start.',
        since: '3.3',
        source: 'config/InitConfig.scala 3.3, 3.4, 3.5, main',
      }),
    ),
    parameters: key(nodeParameters.prefault({}), { doc: 'Settings that seldom need a change.', source }),
    'sequencer-client': key(sequencerClient.prefault({}), {
      doc: 'How the node talks to sequencers.',
      source: offset.source,
    }),
    ...more,
  });
  return withOthers(schema, others);
}

/** Canton refuses longer names and other characters (`CantonRequireTypes.scala`, main). */
export function checkNodeName(name: string): string | undefined {
  if (name === '') return 'Empty node name.';
  if (!/^[a-zA-Z0-9_-]*$/.test(name)) {
    return `Node name contains invalid characters (allowed: [a-zA-Z0-9_-]): "${name}"`;
  }
  if (name.length <= 30) return undefined;
  return `Node name is too long. Max length: 30. Length: ${name.length}. Name: "${name}"`;
}

function named<S extends z.ZodType>(value: S) {
  const map = z.record(z.string(), value);
  nameChecks.add(map, { checkKey: checkNodeName });
  return map.default({});
}

export const participants = named(
  node(participantInit, PARTICIPANT_KEYS, {
    caching: oneOf(
      key(raw.optional(), { doc: 'Caches.', until: '2.10', source }),
      absent({
        doc: 'Participants have their caches in `parameters.caching`.',
        deprecated: { since: '3.3', instead: 'parameters.caching' },
        source: 'participant/config/ParticipantNodeConfig.scala main',
      }),
    ),
  }),
);
export const sequencers = named(
  node(init, SEQUENCER_KEYS, {
    caching: oneOf(
      key(raw.optional(), { doc: 'Caches.', until: '2.10', source }),
      absent({
        doc: 'Sequencers have their caches in `parameters.caching`.',
        deprecated: { since: '3.3', instead: 'parameters.caching' },
        source: 'synchronizer/sequencer/config/SequencerNodeConfig.scala main',
      }),
    ),
  }),
);
export const mediators = named(
  node(init, MEDIATOR_KEYS, { caching: key(caching.prefault({}), { doc: 'Caches.', since: '3.3', source }) }),
);
export const domains2x = named(node(init2x, []));

const anything = (doc: string) => key(raw.optional(), { doc, source });

const noCrypto = () => absent({ doc: 'Remote nodes have no crypto section.', source });

/** Remote nodes are addresses; they have no cryptography of their own. */
function remote(shape: z.ZodRawShape) {
  return named(
    z.strictObject({
      'admin-api': anything('Address of the Admin API.'),
      token: key(raw.optional(), { doc: 'Token to present to the node.', secret: true, source }),
      'http-health': key(raw.optional(), { doc: 'Address of the health endpoint.', since: '3.6', source }),
      crypto: noCrypto(),
      ...shape,
    }),
  );
}

export const remoteParticipants = remote({
  'ledger-api': anything('Address of the Ledger API.'),
  'ledger-json-api': key(raw.optional(), { doc: 'Address of the JSON Ledger API.', since: '3.5', source }),
});
export const remoteSequencers = remote({
  'public-api': anything('Address of the Public API.'),
  'grpc-health': anything('Address of the health service.'),
});
export const remoteMediators = remote({});
/** The keys of remote nodes in 2.x are not listed anywhere we read; only `crypto` is known not to be one. */
export const remote2x = named(z.looseObject({ crypto: noCrypto() }));
