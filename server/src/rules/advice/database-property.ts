import { renamed } from '../../edits/entry-edits';
import type { ConfigEntry, ConfigObject } from '../../hocon/values/config-value';
import { locationOfKey } from '../../model/binding/locations';
import { isMisspelled, nearest } from '../../text/nearest';
import { report, shortPath } from '../report';
import type { Rule, RuleContext } from '../rule';

/** Keys of Slick's `DatabaseConfig` and `JdbcBackend.Database.forConfig`, 3.5. */
const SLICK_KEYS = [
  'connectionPool',
  'connectionTestQuery',
  'connectionTimeout',
  'dataSourceClass',
  'dataSourceClassName',
  'databaseName',
  'driver',
  'driverClassName',
  'idleTimeout',
  'initializationFailTimeout',
  'isolation',
  'keepAliveConnection',
  'keepaliveTime',
  'leakDetectionThreshold',
  'maxConnections',
  'maxLifetime',
  'maximumPoolSize',
  'minConnections',
  'minimumIdle',
  'numThreads',
  'password',
  'poolName',
  'properties',
  'queueSize',
  'readOnly',
  'registerMbeans',
  'url',
  'user',
  'validationTimeout',
];

/** The properties that identify a database and the way to reach it: `BaseDataSource` of PostgreSQL JDBC 42.7. */
const DATA_SOURCE_KEYS = [
  'applicationName',
  'connectTimeout',
  'currentSchema',
  'databaseName',
  'loginTimeout',
  'password',
  'portNumber',
  'portNumbers',
  'reWriteBatchedInserts',
  'serverName',
  'serverNames',
  'socketTimeout',
  'sslCert',
  'sslFactory',
  'sslKey',
  'sslMode',
  'sslPassword',
  'sslRootCert',
  'ssl',
  'targetServerType',
  'tcpKeepAlive',
  'url',
  'user',
];

export const databaseProperty: Rule = {
  code: 'advice/database-property',
  severity: 'warning',
  title: 'Misspelled property of the database',
  docs: `Canton hands \`storage.config\` on to its database library and the JDBC driver unread. A misspelled property is not refused when the
configuration is loaded: the node then connects with a default, or not at all.`,
  source: 'config/DbConfig.scala all lines; Slick 3.5 JdbcBackend; PostgreSQL JDBC 42.7 BaseDataSource',
  examples: {
    bad: { text: 'canton.participants.p1.storage { type = postgres, config.properties.passwrod = ${DB_PASSWORD} }' },
    good: { text: 'canton.participants.p1.storage { type = postgres, config.properties.password = ${DB_PASSWORD} }' },
  },
  check(context) {
    const canton = context.config.entries.get('canton')?.value;
    if (canton?.kind !== 'object') return [];
    return nodesOf(canton).flatMap(([path, node]) => {
      const config = objectAt(objectAt(node, 'storage'), 'config');
      const at = [...path, 'storage', 'config'];
      return [
        ...misspelled(context, config, at, SLICK_KEYS),
        ...misspelled(context, objectAt(config, 'properties'), [...at, 'properties'], DATA_SOURCE_KEYS),
      ];
    });
  },
};

function nodesOf(canton: ConfigObject): readonly (readonly [path: readonly string[], node: ConfigObject])[] {
  return [...canton.entries].flatMap(([section, { value }]) =>
    value.kind !== 'object'
      ? []
      : [...value.entries].flatMap(([name, node]) =>
          node.value.kind === 'object' ? [[['canton', section, name], node.value] as const] : [],
        ),
  );
}

function objectAt(object: ConfigObject | undefined, key: string): ConfigObject | undefined {
  const value = object?.entries.get(key)?.value;
  return value?.kind === 'object' ? value : undefined;
}

function misspelled(
  context: RuleContext,
  object: ConfigObject | undefined,
  path: readonly string[],
  known: readonly string[],
) {
  const isKnown = new Set(known.map((key) => key.toLowerCase()));
  const entries: readonly (readonly [string, ConfigEntry])[] = [...(object?.entries ?? [])];
  return entries.flatMap(([name, entry]) => {
    const meant = isKnown.has(name.toLowerCase()) || !isMisspelled(name, known) ? undefined : nearest(name, known);
    if (meant === undefined) return [];
    const message = `Unknown property '${name}' in '${shortPath(path)}', which Canton does not check. Did you mean '${meant}'?`;
    const location = locationOfKey(entry, entry.value.origin);
    const isFree = object?.entries.has(meant) === false;
    const edits = isFree ? renamed(context, entry.definitions, meant) : undefined;
    const fixes = edits === undefined ? [] : [{ title: `Rename to '${meant}'`, edits }];
    return [report(databaseProperty, { message, location, path: [...path, name], fixes })];
  });
}
