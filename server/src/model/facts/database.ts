import type { ConfigEntry, ConfigObject, ConfigValue } from '../../hocon/values/config-value';
import { mayHoldKeys } from '../binding/cursor';
import { asBoolean, asDouble, asInteger, asText } from '../binding/pureconfig';
import { objectAt } from './nodes';

/** How a value is read: by Slick from the configuration, or by HikariCP from the properties of the data source. */
type Kind = 'text' | 'number' | 'boolean' | 'java-boolean' | 'object';

const WANTED: Readonly<Record<Kind, string>> = {
  text: 'a single value',
  number: 'a whole number',
  boolean: '`true` or `false`',
  'java-boolean': '`true` or `false`',
  object: 'an object',
};

/** Keys of Slick's `DatabaseConfig` and `JdbcBackend.Database.forConfig`, 3.5. */
const SLICK_KEYS: ReadonlyMap<string, Kind> = new Map(
  Object.entries({
    connectionPool: 'text',
    connectionTestQuery: 'text',
    connectionTimeout: 'text',
    dataSourceClass: 'text',
    dataSourceClassName: 'text',
    databaseName: 'text',
    driver: 'text',
    driverClassName: 'text',
    idleTimeout: 'text',
    initializationFailTimeout: 'text',
    isolation: 'text',
    keepAliveConnection: 'boolean',
    keepaliveTime: 'text',
    leakDetectionThreshold: 'text',
    maxConnections: 'number',
    maxLifetime: 'text',
    maximumPoolSize: 'number',
    minConnections: 'number',
    minimumIdle: 'number',
    numThreads: 'number',
    password: 'text',
    poolName: 'text',
    properties: 'object',
    queueSize: 'number',
    readOnly: 'boolean',
    registerMbeans: 'boolean',
    url: 'text',
    user: 'text',
    validationTimeout: 'text',
  }),
);

/** The properties that identify a database and the way to reach it: `BaseDataSource` of PostgreSQL JDBC 42.7. */
const DATA_SOURCE_KEYS: Readonly<Record<string, Kind>> = {
  applicationName: 'text',
  connectTimeout: 'number',
  currentSchema: 'text',
  databaseName: 'text',
  loginTimeout: 'number',
  password: 'text',
  portNumber: 'number',
  portNumbers: 'text',
  reWriteBatchedInserts: 'java-boolean',
  serverName: 'text',
  serverNames: 'text',
  socketTimeout: 'number',
  sslCert: 'text',
  sslFactory: 'text',
  sslKey: 'text',
  sslMode: 'text',
  sslPassword: 'text',
  sslRootCert: 'text',
  ssl: 'java-boolean',
  targetServerType: 'text',
  tcpKeepAlive: 'java-boolean',
  url: 'text',
  user: 'text',
};

/** The known keys of `config` and of `config.properties`. */
export const DATABASE_KEYS = { config: [...SLICK_KEYS.keys()], properties: Object.keys(DATA_SOURCE_KEYS) } as const;

/** A value of a wrong type in a `storage`. */
export interface WrongSetting {
  /** Below `storage`. */
  readonly path: readonly string[];
  readonly entry: ConfigEntry;
  readonly wanted: string;
  /** The words of Lightbend config, which reads texts and numbers where Canton compares databases. */
  readonly text: string;
}

/** The values that Slick, HikariCP or the driver cannot read, or read as something else. */
export function wrongSettings(storage: ConfigObject): readonly WrongSetting[] {
  const config = objectAt(storage, 'config');
  const properties = objectAt(config, 'properties');
  const type = storage.entries.get('type')?.value;
  const isPostgres = type?.kind !== 'string' || type.value === 'postgres';
  const inConfig = [...(config?.entries ?? [])].flatMap(([name, entry]) =>
    wrong(['config', name], entry, SLICK_KEYS.get(name)),
  );
  const inProperties = [...((isPostgres && properties?.entries) || [])].flatMap(([name, entry]) =>
    wrong(['config', 'properties', name], entry, DATA_SOURCE_KINDS.get(name.toLowerCase()) ?? unknownKind(entry)),
  );
  return [...inConfig, ...inProperties];
}

/** HikariCP finds a property by several spellings. */
const DATA_SOURCE_KINDS: ReadonlyMap<string, Kind> = new Map(
  Object.entries(DATA_SOURCE_KEYS).map(([name, kind]) => [name.toLowerCase(), kind]),
);

/** No property of the driver is an object. */
function unknownKind({ value }: ConfigEntry): Kind | undefined {
  return value.kind === 'object' ? 'text' : undefined;
}

/**
 * The values that end Canton with an exception when it compares the databases of its nodes (`extractNormalizedDbAccess`):
 * the address only if there is no `url`, and each part of it only if the parts before it are set.
 */
export function unreadableAccess(node: ConfigObject): readonly WrongSetting[] {
  const storage = objectAt(node, 'storage');
  const type = storage?.entries.get('type')?.value;
  const config = objectAt(storage, 'config');
  const properties = objectAt(config, 'properties');
  if (type?.kind !== 'string' || !/^(?:postgres|h2)$/.test(type.value)) return [];
  if ([node, storage, config, properties].some((one) => mayHoldKeys(one?.unknowns ?? []))) return [];
  const found: WrongSetting[] = [];
  const read = (name: string, kind: Kind) => {
    const at = isSet(config, name) ? ['config', name] : ['config', 'properties', name];
    const entry = (at.length === 2 ? config : properties)?.entries.get(name);
    if (entry === undefined || entry.value.kind === 'null') return undefined;
    if (!isReadable(entry.value, kind)) found.push(setting(at, entry, kind));
    return entry.value.kind;
  };
  read('user', 'text');
  if (read('url', 'text') !== undefined || read('jdbcUrl', 'text') !== undefined) return found;
  if (read('serverName', 'text') !== undefined && read('portNumber', 'number') !== undefined) {
    read('databaseName', 'text');
  }
  return found;
}

function isSet(object: ConfigObject | undefined, name: string): boolean {
  const value = object?.entries.get(name)?.value;
  return value !== undefined && value.kind !== 'null';
}

const MAX_INT = 2 ** 31;

/** As `Config.getString` and `Config.getInt` of Lightbend read a value; the latter also reads `54.5`. */
function isReadable(value: ConfigValue, kind: Kind): boolean {
  if (isOpen(value)) return true;
  if (kind === 'text') return asText(value).ok;
  const number = asDouble(value);
  return number.ok && number.value < MAX_INT && number.value > -MAX_INT - 1;
}

/** A value that is not known, or a placeholder of documentation or of a template. */
function isOpen(value: ConfigValue): boolean {
  return value.kind === 'unknown' || (value.kind === 'string' && /[<{$]/.test(value.value));
}

function wrong(path: readonly string[], entry: ConfigEntry, kind: Kind | undefined): readonly WrongSetting[] {
  return kind === undefined || fits(entry.value, kind) ? [] : [setting(path, entry, kind)];
}

function fits(value: ConfigValue, kind: Kind): boolean {
  if (isOpen(value) || value.kind === 'null') return true;
  if (kind === 'object') return value.kind === 'object';
  const text = asText(value);
  if (!text.ok) return false;
  if (kind === 'number') return asInteger(value, 32).ok;
  if (kind === 'boolean') return asBoolean(value).ok;
  // Java reads any other word as false.
  return kind === 'text' || /^(?:true|false)$/i.test(text.value);
}

function setting(path: readonly string[], entry: ConfigEntry, kind: Kind): WrongSetting {
  const expected = kind === 'number' ? 'NUMBER' : 'STRING';
  const text = `${path.slice(1).join('.')} has type ${entry.value.kind.toUpperCase()} rather than ${expected}`;
  return { path, entry, wanted: WANTED[kind], text };
}
