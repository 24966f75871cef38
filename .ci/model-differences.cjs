// The reasons why the model differs from the classes. A difference is `CLASS.KEY: what differs`; a reason that explains
// none any more is an error. Repairs of the data (`schemas/data/configuration/repairs.ts`) name the same readers.

const { keys } = require('../schemas/data/releases.json');

/** The last name of each key that not every release of a line reads. */
const ofReleases = [...new Set(Object.values(keys).flatMap((ofLine) => Object.keys(ofLine)))]
  .map((path) => path.slice(path.lastIndexOf('.') + 1))
  .join('|');

exports.EXPLAINED = [
  {
    what: new RegExp(`\\.(${ofReleases}): not in the class$`),
    why: 'releases.json: read by other releases of the line than the one that was recorded',
  },
  {
    what: /Config\.(internal-port: missing here|port: not in the class)$/,
    why: 'CantonConfig.scala serverConfigProductHint reads `port` into internalPort',
  },
  {
    what: /StorageConfig: (no type h-2 here|h2 is no option)$/,
    why: 'CantonConfig.scala lowerCaseStorageConfigType takes the name of the class in lower case',
  },
  {
    what: /^SequencerConfig: (no type (external|bft-sequencer) here|BFT is no option)$/,
    why: 'CantonConfig.scala sequencerConfigReader: `BFT`, `database`, and any other word for a driver',
  },
  {
    what: /^KmsConfig\.(Aws|Gcp|Driver)\.session-signing-keys: not in the class$/,
    why: 'CryptoConfig.scala moves it to crypto.session-signing-keys, so that it is read in the old place, too',
    versions: ['3.5', '3.6'],
  },
  {
    what: /^(ParticipantPermissionConfig: (submission|confirmation|observation)|AuthServiceConfig: wildcard|MetricsPrefix: (no-prefix|hostname)) is no option$/,
    why: 'the options are `final object`s, which the record of the classes left out',
  },
  {
    what: /^(RequireTypes|CantonRequireTypes|DomainParameters)\.\w+: an object is \w+ here$|^DomainProtocolVersion: an object is string here$/,
    why: 'a refined type with a reader of its own, which takes a number or a text',
  },
  {
    what: /test(ing)?-interceptor: [\w.]+ is not followed here$/i,
    why: 'a function: its reader refuses every value, as the leaf `unreadable` does',
  },
  {
    what: /^KmsConfig\.Driver\.config: ConfigValue is not followed here$/,
    why: 'handed to the driver as it is',
  },
  {
    what: /^CantonConfig: a family is object here$/,
    why: 'a trait with one class that the community edition reads',
    versions: ['2.10'],
  },
  {
    what: /^(Domain|Participant)InitConfig\.auto-init: not in the class$/,
    why: 'CantonConfig.scala 2.10 enableNestedOpt: an alias of `identity = null`',
    versions: ['2.10'],
  },
  {
    what: /^DomainParametersConfig\.required-[\w-]+\[\]: \w+ is not followed here$|jwt-timestamp-leeway: JwtTimestampLeeway|histograms\[\]: HistogramDefinition/,
    why: 'open in 2.10: readers of libraries beside Canton, not followed for a line that ends',
    versions: ['2.10'],
  },
];
