import * as z from 'zod';
import { crypto } from './crypto';
import { crypto2xCommunity, crypto2xEnterprise } from './crypto-2x';
import { checkNodeName } from './node-name';
import { caching, cantonParameters, features, monitoring, nodeParameters } from './parameters';
import { absent, key, nameChecks, oneOf, withOthers } from './registry';
import { flag, nonNegativeFinite, raw, text } from './scalars';
import { MEDIATOR_KEYS, PARTICIPANT_KEYS, SEQUENCER_KEYS } from './undescribed';

const nodeSource = 'config/{CantonConfig,LocalNodeConfig}.scala all lines';

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
    { doc: 'The node creates its own root namespace key and identity at the first start.', source: initSource },
  ),
  key(z.strictObject({ type: z.literal('manual') }), {
    doc: 'The operator initializes the node from the console, for example with keys that already exist in a KMS.',
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
    {
      doc: 'The root namespace key is kept outside the node, and the identity comes from certificates.',
      source: initSource,
    },
  ),
]);

const initShape = {
  identity: key(identity.prefault({ type: 'auto' }), {
    doc: 'How the node gets its identity at the first start.',
    example: '{ type = manual }',
    source: initSource,
  }),
  'generate-intermediate-key': key(flag.default(false), {
    doc: 'Creates an intermediate namespace key, so that access to the root key can be removed.',
    source: initSource,
  }),
  'generate-topology-transactions-and-keys': key(flag.default(true), {
    doc: 'Creates the keys of the node and publishes them at the first start. Set `false` if you register keys of a KMS yourself.',
    source: initSource,
  }),
  'auto-init': absent({
    doc: 'Replaced by `identity.type`.',
    until: '2.10',
    deprecated: { since: '3.3', instead: 'identity.type and generate-topology-transactions-and-keys' },
    source: 'config/CantonConfig.scala 2.10',
  }),
};

/** `init` of sequencers and mediators. */
const init = z.strictObject(initShape);

const participantInit = z.strictObject({
  ...initShape,
  'ledger-api': key(
    z
      .strictObject({
        'max-deduplication-duration': key(nonNegativeFinite.default('7d'), {
          doc: 'Longest period for which commands can be deduplicated.',
          source: initSource,
        }),
      })
      .prefault({}),
    { doc: 'Settings of the Ledger API that are fixed at the first start.', source: initSource },
  ),
});

const init2x = z.looseObject({
  'auto-init': key(flag.default(true), {
    doc: 'The node creates its keys and identity at the first start. Set `false` if you register keys of a KMS yourself.',
    source: 'config/CantonConfig.scala 2.10',
  }),
});

const storageSource = 'config/{StorageConfig,CantonConfig}.scala all lines';

const storage = z.discriminatedUnion('type', [
  key(z.looseObject({ type: z.literal('memory') }), {
    doc: 'Data is lost at a restart. Envelope encryption does not work with it.',
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
  doc: 'How far ahead of its clock the node allows its messages to be sequenced. Session signing keys must be valid for longer than this.',
  source: 'sequencing/client/SequencerClientConfig.scala 3.3, 3.4, 3.5, main',
};
const sequencerClient = z.looseObject({
  'default-max-sequencing-time-offset': oneOf(
    key(nonNegativeFinite.default('5m'), { ...offset, until: '3.4' }),
    key(nonNegativeFinite.default('2m'), { ...offset, since: '3.5' }),
  ),
});

const storageMeta = {
  doc: 'Where the node stores its data, including private keys.',
  example: '{ type = postgres }',
  source: 'config/StorageConfig.scala all lines',
};

/** Keys of the crypto section that are often written one level too high. */
const MISPLACED = Object.fromEntries(
  Object.keys(crypto.shape).map((name) => [
    name,
    absent({
      doc: "It belongs in the node's 'crypto' section.",
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
        doc: 'Initialization at the first start.',
        until: '2.10',
        source: 'config/InitConfig.scala 2.10',
      }),
      key(initSection.prefault({}), {
        doc: 'Initialization at the first start.',
        since: '3.3',
        source: 'config/InitConfig.scala 3.3, 3.4, 3.5, main',
      }),
    ),
    parameters: key(nodeParameters.prefault({}), {
      doc: 'Settings that rarely need to be changed.',
      source: nodeSource,
    }),
    'sequencer-client': key(sequencerClient.prefault({}), {
      doc: 'How the node connects to sequencers.',
      source: offset.source,
    }),
    ...more,
  });
  return withOthers(schema, others);
}

function named<S extends z.ZodType>(value: S) {
  const map = z.record(z.string(), value);
  nameChecks.add(map, { checkKey: checkNodeName });
  return map.default({});
}

const participants = named(
  node(participantInit, PARTICIPANT_KEYS, {
    caching: oneOf(
      key(raw.optional(), { doc: 'Caches.', until: '2.10', source: nodeSource }),
      absent({
        doc: 'Participants configure their caches in `parameters.caching`.',
        deprecated: { since: '3.3', instead: 'parameters.caching' },
        source: 'participant/config/ParticipantNodeConfig.scala main',
      }),
    ),
  }),
);
const sequencers = named(
  node(init, SEQUENCER_KEYS, {
    caching: oneOf(
      key(raw.optional(), { doc: 'Caches.', until: '2.10', source: nodeSource }),
      absent({
        doc: 'Sequencers configure their caches in `parameters.caching`.',
        deprecated: { since: '3.3', instead: 'parameters.caching' },
        source: 'synchronizer/sequencer/config/SequencerNodeConfig.scala main',
      }),
    ),
  }),
);
const mediators = named(
  node(init, MEDIATOR_KEYS, {
    caching: key(caching.prefault({}), { doc: 'Caches.', since: '3.3', source: nodeSource }),
  }),
);
const domains2x = named(node(init2x, []));

const anything = (doc: string) => key(raw.optional(), { doc, source: nodeSource });

const noCrypto = () => absent({ doc: 'Remote nodes have no crypto section.', source: nodeSource });

/** Remote nodes are addresses; they have no cryptography of their own. */
function remote(shape: z.ZodRawShape) {
  return named(
    z.strictObject({
      'admin-api': anything('Address of the Admin API.'),
      token: key(raw.optional(), { doc: 'Token to present to the node.', secret: true, source: nodeSource }),
      'http-health': key(raw.optional(), { doc: 'Address of the health endpoint.', since: '3.6', source: nodeSource }),
      crypto: noCrypto(),
      ...shape,
    }),
  );
}

const remoteParticipants = remote({
  'ledger-api': anything('Address of the Ledger API.'),
  'ledger-json-api': key(raw.optional(), { doc: 'Address of the JSON Ledger API.', since: '3.5', source: nodeSource }),
});
const remoteSequencers = remote({
  'public-api': anything('Address of the Public API.'),
  'grpc-health': anything('Address of the health service.'),
});
const remoteMediators = remote({});
/** The keys of remote nodes in 2.x are not documented; it is only known that `crypto` is not one of them. */
const remote2x = named(z.looseObject({ crypto: noCrypto() }));

const source = 'config/CantonConfig.scala 3.3, 3.4, 3.5, main';
const source2x = 'config/CantonConfig.scala 2.10';

/** Sequencers and mediators: open source in 3.x, and separate nodes in the closed 2.x enterprise edition. */
function since3<S extends z.ZodType>(schema: S, doc: string) {
  return oneOf(
    key(schema, {
      doc,
      until: '2.10',
      editions: ['enterprise'],
      source: 'documentation of Canton 2.8.12 (enterprise, closed source)',
    }),
    key(schema, { doc, since: '3.3', source }),
  );
}

function only2x<S extends z.ZodType>(schema: S, doc: string, instead: string) {
  return key(schema, { doc, until: '2.10', deprecated: { since: '3.3', instead }, source: source2x });
}

const misplaced = (doc: string, instead: string) => absent({ doc, deprecated: { since: '3.3', instead }, source });

const shape = {
  participants: key(participants, { doc: 'Participant nodes that run in this process, by name.', source }),
  sequencers: since3(sequencers, 'Sequencer nodes that run in this process, by name.'),
  mediators: since3(mediators, 'Mediator nodes that run in this process, by name.'),
  domains: only2x(domains2x, 'Domain nodes, by name.', 'sequencers and mediators'),
  'domain-managers': key(domains2x, {
    doc: 'Domain manager nodes, by name.',
    until: '2.10',
    editions: ['enterprise'],
    deprecated: { since: '3.3', instead: 'sequencers and mediators' },
    source: 'documentation of Canton 2.8.12 (enterprise, closed source)',
  }),
  'remote-participants': oneOf(
    key(remote2x, { doc: 'Participants of other processes, for the console.', until: '2.10', source: source2x }),
    key(remoteParticipants, { doc: 'Participants of other processes, for the console.', since: '3.3', source }),
  ),
  'remote-sequencers': since3(remoteSequencers, 'Sequencers of other processes, for the console.'),
  'remote-mediators': since3(remoteMediators, 'Mediators of other processes, for the console.'),
  'remote-domains': only2x(
    remote2x,
    'Domains of other processes, for the console.',
    'remote-sequencers and remote-mediators',
  ),
  parameters: key(cantonParameters.prefault({}), { doc: 'Settings for the whole process.', source }),
  features: key(features.prefault({}), { doc: 'Groups of console commands to enable.', source }),
  monitoring: key(monitoring.prefault({}), { doc: 'Metrics, tracing, logging, health.', source }),
  synchronizers: misplaced('Synchronizers are configured as separate nodes.', 'sequencers and mediators'),
  crypto: misplaced('There is no crypto section for all nodes.', 'the crypto section of each node'),
  kms: misplaced('There is no KMS for all nodes.', 'crypto.kms of each node'),
};

/** The object at `canton`: what open-source Canton reads. */
export const canton = z.strictObject(shape);

/** 2.x enterprise is closed source, so unknown keys are accepted. */
export const canton2xEnterprise = z.looseObject(shape);
