import type { TypeData } from './model-data';

const words = (...names: readonly string[]): TypeData => ({
  kind: 'enum',
  values: Object.fromEntries(names.map((name) => [name, { doc: '', displayName: name }])),
});

/** An object with unknown keys. */
const anyObject: TypeData = { kind: 'object', fields: {}, open: true };

/**
 * The rules with which Canton reads the Scala types of single values (`CantonConfig.scala`, `BaseCantonConfig.scala`;
 * PureConfig 0.14.0).
 */
export const LEAVES: Readonly<Record<string, TypeData>> = {
  Boolean: 'flag',
  String: 'text',
  File: 'text',
  Path: 'text',
  ExistingFile: 'text',
  PemFile: 'text',
  PemFileOrString: 'text',
  NonEmptyString: 'nonEmptyText',
  String300: 'string300',
  KmsKeyId: 'string300',
  Int: 'int32',
  Long: 'long',
  Short: 'short',
  Double: 'double',
  Port: 'port',
  PositiveInt: 'positiveInt',
  'PositiveNumeric[Int]': 'positiveInt',
  'PositiveNumeric[Long]': 'positiveLong',
  'PositiveNumeric[BytesUnit]': 'positiveBytes',
  BytesUnit: 'bytes',
  PositiveDouble: 'positiveDouble',
  DoubleGreaterEqual1: 'doubleFromOne',
  NonNegativeInt: 'nonNegativeInt',
  NonNegativeLong: 'nonNegativeLong',
  Duration: 'anyDuration',
  FiniteDuration: 'finite',
  BigDecimal: 'double',
  'NonNegativeNumeric[BigDecimal]': 'double',
  'NonNegativeNumeric[Long]': 'nonNegativeLong',
  PositiveLong: 'positiveLong',
  Uri: 'text',
  URL: 'text',
  PartyId: 'text',
  SynchronizerAlias: 'text',
  NonNegativeDuration: 'nonNegative',
  NonNegativeFiniteDuration: 'nonNegativeFinite',
  PositiveFiniteDuration: 'positiveFinite',
  PositiveDurationSeconds: 'positiveSeconds',
  CantonTimestamp: 'timestamp',
  ParticipantProtocolVersion: 'protocolVersion',
  DomainProtocolVersion: 'protocolVersion',
  MaxRequestSize: 'nonNegativeInt',
  TestInterceptor: 'unreadable',
  TestingInterceptor: 'unreadable',
  Config: anyObject,
  ConfigValue: 'raw',
  AccessLevel: words('admin', 'wildcard'),
  CommitMode: words('synchronous', 'local'),
  Level: words('TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR'),
  ReportingLevel: words('warn', 'ignore', 'crash'),
  SafeToPruneCommitmentState: words('match', 'match-or-mismatch', 'all'),
  Seeding: words('strong', 'testing-weak', 'testing-static'),
  ThrottleMode: 'throttleMode',
  MetricQualification: 'metricQualification',
};
