import type { ClassData, ConfigurationData } from '../../configuration-data';
import { type Availability, existsIn, type Release } from '../../version';

type Classes = Map<string, ClassData>;

/** A correction for a key that Canton reads differently from its classes. */
export interface Repair extends Availability {
  /** The evidence: the place in Canton's sources, or the run of its loader. */
  readonly origin: string;
  /**
   * Changes classes in place; false if there is nothing to which it applies.
   * @param inner the names of classes inside others, by their name there
   */
  apply(classes: Classes, inner: ReadonlyMap<string, readonly string[]>): boolean;
}

/** Changes the classes with these names, at least one of which must exist. */
function each(names: readonly string[], change: (data: ClassData) => ClassData | undefined): Repair['apply'] {
  return (classes, inner) => {
    let isApplied = false;
    for (const id of new Set(names.flatMap((name) => [name, ...(inner.get(name) ?? [])]))) {
      const data = classes.get(id);
      const changed = data && change(data);
      if (changed === undefined) continue;
      classes.set(id, changed);
      isApplied = true;
    }
    return isApplied;
  };
}

const ignoring = (data: ClassData): ClassData | undefined => data.keys && { ...data, ignoresUnknown: true };

/** Nodes of the closed 2.x enterprise edition, according to the examples for operators; they may have more keys. */
const CLOSED_NODE = {
  'admin-api': 'CommunityAdminServerConfig = ()',
  storage: 'CommunityStorageConfig = CommunityStorageConfig.Memory()',
  'sequencer-client': 'SequencerClientConfig = ()',
  caching: 'CachingConfigs = ()',
  monitoring: 'NodeMonitoringConfig = ()',
  'time-tracker': 'DomainTimeTrackerConfig = ()',
  replication: 'Enterprise.Replication = ()',
};

const CLOSED_CLASSES: Readonly<Record<string, ClassData>> = {
  'Enterprise.Sequencer': {
    keys: {
      ...CLOSED_NODE,
      'public-api': 'CommunityPublicServerConfig = ()',
      sequencer: 'Enterprise.SequencerKind = ()',
    },
  },
  'Enterprise.SequencerKind': {
    keys: { type: 'String = ""', config: 'ConfigValue = ()', 'high-availability': 'Enterprise.Replication = ()' },
  },
  'Enterprise.Mediator': { keys: CLOSED_NODE },
  'Enterprise.DomainManager': {
    keys: { ...CLOSED_NODE, init: 'DomainInitConfig = ()', topology: 'TopologyConfig = ()' },
    moved: { 'domain-parameters': ['init.domain-parameters'] },
  },
  'Enterprise.RemoteNode': { keys: { 'admin-api': 'Enterprise.Client = ()', token: 'Option[String]' } },
  'Enterprise.RemoteSequencer': {
    keys: {
      'admin-api': 'Enterprise.Client = ()',
      'public-api': 'Enterprise.SequencerConnection = ()',
      token: 'Option[String]',
    },
  },
  'Enterprise.Client': { keys: { address: 'String = ""', port: 'Port = ()', tls: 'Option[TlsClientConfig]' } },
  'Enterprise.SequencerConnection': {
    keys: {
      address: 'String = ""',
      port: 'Port = ()',
      'transport-security': 'Boolean = false',
      'custom-trust-certificates': 'Enterprise.Certificates = ()',
    },
  },
  'Enterprise.Replication': { keys: { enabled: 'Boolean = false' } },
  'Enterprise.Certificates': { keys: { 'pem-file': 'String = ""' } },
};

const REPAIRS: readonly Repair[] = [
  {
    origin:
      'config/CantonConfig.scala 2.10: CantonConfig is a trait, and CantonCommunityConfig what the community edition reads',
    until: '2.10',
    apply: (classes) => {
      const [only = '', ...others] = Object.values(classes.get('CantonConfig')?.options ?? {});
      const root = classes.get(only);
      if (root === undefined || others.length > 0) return false;
      classes.set('CantonConfig', root);
      return true;
    },
  },
  {
    origin:
      'config/CantonConfig.scala serverConfigProductHint, httpServerConfigProductHint: `port` stands for internalPort',
    apply: (classes) => {
      let isApplied = false;
      for (const [name, data] of classes) {
        if (data.keys?.['internal-port'] === undefined) continue;
        const keys = Object.entries(data.keys).map(([key, type]) => [key === 'internal-port' ? 'port' : key, type]);
        classes.set(name, { ...data, keys: Object.fromEntries(keys) });
        isApplied = true;
      }
      return isApplied;
    },
  },
  {
    origin: 'config/CantonConfig.scala lowerCaseStorageConfigType: the name of the class in lower case',
    apply: each(['StorageConfig', 'CommunityStorageConfig'], (data) => {
      const { 'h-2': h2, ...options } = data.options ?? {};
      return h2 === undefined ? undefined : { ...data, options: { ...options, h2 } };
    }),
  },
  {
    origin: 'config/CantonConfig.scala sequencerConfigReader: `BFT`, `database`, and any other word for a driver',
    since: '3.3',
    apply: (classes) => {
      const { database, 'bft-sequencer': BFT, external } = classes.get('SequencerConfig')?.options ?? {};
      if (database === undefined || BFT === undefined || external === undefined) return false;
      classes.set('SequencerConfig', { options: { BFT, database }, otherwise: external });
      // Only the driver knows how it reads its configuration and the keys next to it.
      const keys = { block: 'BlockSequencerConfig = ()', config: 'ConfigValue' };
      classes.set(external, { keys, ignoresUnknown: true });
      return true;
    },
  },
  {
    origin:
      'participant/config/DeclarativeParticipantConfig.scala permissionReader: derived out of the reach of preventAllUnknownKeys',
    since: '3.3',
    apply: (classes) => {
      const known = classes.get('ParticipantPermissionConfig');
      if (known?.options === undefined) return false;
      const name = 'ParticipantPermissionConfig.Option';
      classes.set(name, { keys: {}, ignoresUnknown: true });
      const words = Object.keys(known.options);
      classes.set('ParticipantPermissionConfig', { options: Object.fromEntries(words.map((word) => [word, name])) });
      return true;
    },
  },
  {
    origin:
      'participant/config/DeclarativeParticipantConfig.scala endpointReader: derived there, unlike any other endpoint',
    since: '3.3',
    apply: (classes) => {
      const endpoint = classes.get('Endpoint');
      const connection = classes.get('DeclarativeSequencerConnectionConfig');
      const type = connection?.keys?.endpoints;
      if (endpoint === undefined || connection === undefined || type === undefined) return false;
      const keys = { ...connection.keys, endpoints: type.replace('Endpoint', 'DeclarativeEndpoint') };
      classes.set('DeclarativeEndpoint', endpoint);
      classes.set('DeclarativeSequencerConnectionConfig', { ...connection, keys });
      return true;
    },
  },
  {
    origin: 'config/CantonConfig.scala 3.4 logbackLogLevelReader: a word that is no level is DEBUG',
    since: '3.4',
    until: '3.4',
    apply: each(['StartupLoggingConfig'], ({ keys = {}, ...data }) => {
      const { 'log-level': level } = keys;
      return level === undefined ? undefined : { ...data, keys: { ...keys, 'log-level': 'String = "DEBUG"' } };
    }),
  },
  {
    origin: 'config/BaseCantonConfig.scala Readers: derived outside of the reach of preventAllUnknownKeys',
    since: '3.3',
    until: '3.5',
    apply: each(
      [
        'DbParametersConfig',
        'ConnectionAllocation',
        'PartitionConfig',
        'BatchingConfig',
        'BatchAggregatorConfig.Batching',
        'BatchAggregatorConfig.NoBatching',
        'QueryCostMonitoringConfig',
      ],
      ignoring,
    ),
  },
  {
    origin: 'config/BatchAggregatorConfig.scala: NoBatching is an object without keys before 3.5',
    since: '3.3',
    until: '3.4',
    apply: (classes) => {
      if (classes.get('BatchAggregatorConfig.NoBatching')?.keys !== undefined) return false;
      classes.set('BatchAggregatorConfig.NoBatching', { keys: {}, ignoresUnknown: true });
      return true;
    },
  },
  {
    origin: 'synchronizer/sequencer/BlockSequencerConfig.scala individualCapConfigReader: derived there',
    since: '3.4',
    apply: each(['IndividualThroughputCapConfig'], ignoring),
  },
  {
    origin: 'metrics/MetricsRegistry.scala, metrics/MetricsConfig.scala: classes of the libraries beside Canton',
    since: '3.3',
    until: '3.4',
    apply: (classes) => {
      if (classes.has('MetricsFilterConfig') || classes.has('HistogramDefinition')) return false;
      const text = 'String = ""';
      classes.set('MetricsFilterConfig', { keys: { 'starts-with': text, contains: text, 'ends-with': text } });
      classes.set('HistogramDefinition', {
        keys: { name: 'String', aggregation: 'AggregationType', 'view-name': 'Option[String]' },
      });
      return true;
    },
  },
  {
    origin: 'metrics/MetricsConfig.scala HistogramDefinition.AggregationType',
    since: '3.3',
    until: '3.4',
    apply: (classes) => {
      if (classes.has('AggregationType')) return false;
      classes.set('AggregationType', { options: { buckets: 'Buckets', exponential: 'Exponential' } });
      classes.set('Buckets', { keys: { boundaries: 'Seq[Double]' } });
      classes.set('Exponential', { keys: { 'max-buckets': 'Int', 'max-scale': 'Int' } });
      return true;
    },
  },
  {
    origin:
      'participant/config/DeclarativeParticipantConfig.scala, synchronizer/sequencer/config/DeclarativeSequencerConfig.scala Readers: derived outside of the reach of preventAllUnknownKeys',
    since: '3.3',
    apply: (classes, inner) => {
      const names = [...classes.keys()].filter((name) => name.startsWith('Declarative'));
      return each(names, ignoring)(classes, inner);
    },
  },
  {
    origin:
      'ledger/runner/common/PureConfigReaderWriter.scala: the readers of streams are derived there, out of the reach of preventAllUnknownKeys',
    apply: each(
      [
        'ActiveContractsServiceStreamsConfig',
        'UpdatesStreamsConfig',
        'TransactionFlatStreamsConfig',
        'TransactionTreeStreamsConfig',
      ],
      ignoring,
    ),
  },
  {
    origin:
      'release notes 3.5.13 and 3.5.14: keys that are not in the sources of 3.5.10, and 3.5.11 for the cache of keys of a server',
    since: '3.5',
    apply: (classes, inner) => {
      const flowControl = {
        'flow-control-window': 'Option[PositiveInt]',
        'initial-flow-control-window': 'Option[PositiveInt]',
      };
      const newer: Readonly<Record<string, Readonly<Record<string, string>>>> = {
        TrafficEnforcementConfig: {
          'reject-multi-party-submissions': 'Boolean = false',
          'allow-submissions-on-degradation': 'Boolean = false',
        },
        'TrafficEnforcementServerConfig.Internal': {
          'database-query-timeout': 'PositiveFiniteDuration = PositiveFiniteDuration.ofSeconds(1)',
          'account-lookup-timeout': 'PositiveFiniteDuration = PositiveFiniteDuration.ofSeconds(20)',
        },
        SequencerNodeParameterConfig: { 'enable-async-sequencer-logging': 'Boolean = false' },
        // Names from integration/plugins/UseBftSequencer.scala of main, which sets them; the notes have no names.
        BftBlockOrdererConfig: {
          'output-fetch-how-many-recipients': 'PositiveInt = PositiveInt.tryCreate(3)',
          'view-change-timeout-override': 'Option[FiniteDuration]',
        },
        'BftBlockOrdererConfig.P2PServerConfig': {
          'keep-alive-server': 'Option[BasicKeepAliveServerConfig]',
          ...flowControl,
        },
        ClientChannelParams: { 'initial-flow-control-window': 'Option[PositiveInt]' },
        AdminServerConfig: flowControl,
        LedgerApiServerConfig: flowControl,
        PublicServerConfig: flowControl,
        JwksCacheConfig: { 'auto-refresh-after': 'NonNegativeFiniteDuration = NonNegativeFiniteDuration.ofSeconds(0)' },
      };
      return Object.entries(newer)
        .map(([name, keys]) => each([name], (data) => ({ ...data, keys: { ...keys, ...data.keys } }))(classes, inner))
        .some(Boolean);
    },
  },
  {
    origin:
      'synchronizer/sequencer/config/SequencerNodeParameterConfig.scala 3.3, August 2025, which Splice 0.4.15 has',
    until: '3.3',
    since: '3.3',
    apply: each(['SequencerNodeParameterConfig'], (data) => ({
      ...data,
      keys: {
        ...data.keys,
        'sequencer-api-limits': 'Map[String, NonNegativeInt] = Map.empty',
        'warn-on-undefined-limits': 'Boolean = true',
      },
    })),
  },
  {
    origin:
      'digital-asset/ex-secure-canton-infra configs/domain (2.9), digital-asset/daml-helm-charts canton-domain (2.8) and community/app/src/pack/config/manager.conf 2.10: nodes of the closed enterprise edition',
    until: '2.10',
    editions: ['enterprise'],
    apply: (classes, inner) => {
      const root = classes.get('CantonConfig');
      if (root?.keys === undefined) return false;
      for (const [name, data] of Object.entries(CLOSED_CLASSES)) classes.set(name, data);
      const map = (name: string) => `Map[InstanceName, Enterprise.${name}] = Map.empty`;
      const keys = {
        ...root.keys,
        sequencers: map('Sequencer'),
        mediators: map('Mediator'),
        'domain-managers': map('DomainManager'),
        'remote-sequencers': map('RemoteSequencer'),
        'remote-mediators': map('RemoteNode'),
        'remote-domain-managers': map('RemoteNode'),
      };
      classes.set('CantonConfig', { ...root, keys });
      const replicated = { replication: 'Enterprise.Replication = ()' };
      return each(['CommunityParticipantConfig'], (data) => ({ ...data, keys: { ...data.keys, ...replicated } }))(
        classes,
        inner,
      );
    },
  },
];

/** The classes of a version, repaired. */
export function repair(
  { root, files }: ConfigurationData,
  release: Release,
  onUnused?: (repair: Repair) => void,
): RepairedClasses {
  const classes: Classes = new Map();
  const fileOf = new Map<string, string>();
  const inner = new Map<string, string[]>();
  for (const [file, types] of Object.entries(files)) {
    for (const [name, data] of Object.entries(types)) {
      classes.set(name, data);
      fileOf.set(name, file);
      const dot = name.indexOf('.');
      const short = name.slice(dot + 1);
      if (dot >= 0) inner.set(short, [...(inner.get(short) ?? []), name]);
    }
  }
  for (const one of REPAIRS) if (existsIn(one, release) && !one.apply(classes, inner)) onUnused?.(one);
  return { root, classes, fileOf };
}

/**
 * The classes of the applications of Splice, with those of Canton that they use. `config/SpliceConfig.scala`, canton-network/splice
 * 0.6.12: `authConfigHint` chooses the class of `auth` by `algorithm`, `bftSequencerConfigReader` names the only key of its class, and
 * `DbConfig` is Canton's storage without memory.
 */
export function repairSplice({ root, files }: ConfigurationData, canton: RepairedClasses): RepairedClasses {
  const classes: Classes = new Map(canton.classes);
  const fileOf = new Map(canton.fileOf);
  for (const [file, types] of Object.entries(files)) {
    for (const [name, data] of Object.entries(types)) {
      classes.set(name, data);
      fileOf.set(name, file);
    }
  }
  const storage = canton.classes.get('StorageConfig');
  if (storage !== undefined) classes.set('DbConfig', storage);
  const { options = {} } = classes.get('AuthConfig') ?? {};
  const keys = Object.assign({}, ...Object.values(options).map((name) => classes.get(name)?.keys));
  classes.set('AuthConfig.Algorithm', { words: Object.keys(options) });
  classes.set('AuthConfig', { keys: { algorithm: 'AuthConfig.Algorithm', ...keys } });
  classes.set('CantonBftPeerConfig', { keys: { 'p2p-url': 'String' } });
  return { root, classes, fileOf };
}

export interface RepairedClasses {
  /** The class of the object at `canton`. */
  readonly root: string;
  readonly classes: ReadonlyMap<string, ClassData>;
  /** The source file of each class that Canton has. */
  readonly fileOf: ReadonlyMap<string, string>;
}
