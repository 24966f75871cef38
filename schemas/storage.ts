import { LEAF_TYPES } from './leaf-types';
import type { FieldModel, ObjectModel } from './model';

/*
 * The connection to Postgres (`storage.config` of type `postgres`), which Canton passes to Slick and HikariCP without a
 * schema. The keys are those of Canton's examples (config/storage/postgres.conf 3.3, 3.4, 3.5).
 */

export const POSTGRES_DATA_SOURCE = 'org.postgresql.ds.PGSimpleDataSource';

interface ConnectionProperty {
  readonly name: string;
  /** An initial value, or the name of an environment variable. */
  readonly example: string;
  readonly isVariable?: boolean;
}

/** The keys of `storage.config.properties`, in the order in which they are written. */
export const POSTGRES_PROPERTIES: readonly ConnectionProperty[] = [
  { name: 'serverName', example: 'localhost' },
  { name: 'portNumber', example: '5432' },
  { name: 'databaseName', example: 'canton' },
  { name: 'user', example: 'POSTGRES_USER', isVariable: true },
  { name: 'password', example: 'POSTGRES_PASSWORD', isVariable: true },
];

/** Marks the keys of a connection, which Canton passes on unread. */
export const CONNECTION_SOURCE =
  'Slick 3 JdbcBackend.DatabaseFactoryDef.forConfig; PostgreSQL JDBC driver 42 PGProperty';

type Described = readonly [name: string, model: FieldModel, doc: string, example?: string];

const CONNECTION: readonly Described[] = [
  [
    'dataSourceClass',
    LEAF_TYPES.text,
    'The Java class that opens connections. With it, `properties` say where the database is.',
    POSTGRES_DATA_SOURCE,
  ],
  [
    'numThreads',
    LEAF_TYPES.int32,
    'Queries that run at a time, each with a connection. It outranks `storage.parameters.max-connections`.',
  ],
  [
    'connectionTimeout',
    LEAF_TYPES.int32,
    'How long a query waits for a free connection, in milliseconds, before it fails.',
  ],
  ['url', LEAF_TYPES.text, 'JDBC address of the database, in place of `dataSourceClass` and `properties`.'],
  ['driver', LEAF_TYPES.text, 'The JDBC driver for `url`.', 'org.postgresql.Driver'],
  ['user', LEAF_TYPES.text, 'The user of the database, where `url` is set.'],
  [
    'password',
    LEAF_TYPES.text,
    'The password, where `url` is set. Take it from the environment: `${POSTGRES_PASSWORD}`.',
  ],
];

const PROPERTIES: readonly Described[] = [
  ['serverName', LEAF_TYPES.text, 'Host of the database; several, with commas, are tried in order.', 'localhost'],
  ['portNumber', LEAF_TYPES.port, 'TCP port of the database.', '5432'],
  [
    'databaseName',
    LEAF_TYPES.text,
    'The database of this node alone: nodes cannot share one, except the replicas of one node.',
    'canton',
  ],
  ['user', LEAF_TYPES.text, 'The user of the database. It has to own the schema, since Canton migrates it.'],
  ['password', LEAF_TYPES.text, 'The password. Take it from the environment: `${POSTGRES_PASSWORD}`.'],
  ['ssl', LEAF_TYPES.flag, 'Encrypts the connection; `sslmode` decides whether the server has to prove who it is.'],
  [
    'sslmode',
    LEAF_TYPES.text,
    'How far the certificate of the database is checked: `require` not at all, `verify-ca` its issuer, `verify-full` its host name as well.',
    'verify-full',
  ],
  ['sslrootcert', LEAF_TYPES.text, 'PEM file with the certificates that the database is checked against.'],
  ['sslcert', LEAF_TYPES.text, 'File with the client certificate, where the database wants one.'],
  ['sslkey', LEAF_TYPES.text, 'File with the key of the client certificate, in PKCS-8 DER.'],
  ['currentSchema', LEAF_TYPES.text, 'The schema that the tables are in; `public` otherwise.'],
];

/** The keys that people write in the `config` of a Postgres storage; there are others, and none is checked. */
export const POSTGRES_CONNECTION: ObjectModel = openObject([
  ...CONNECTION,
  [
    'properties',
    openObject(PROPERTIES),
    'Settings of the connection by the names of the JDBC driver, such as TLS and time-outs.',
  ],
]);

function openObject(described: readonly Described[]): ObjectModel {
  const fields = described.map(([name, model, doc, example]) => {
    const meta = {
      doc,
      source: CONNECTION_SOURCE,
      ...(example !== undefined && { example, known: { [example]: 'usual' } }),
    };
    return [name, { name, model, required: false, optional: true, meta }] as const;
  });
  return { kind: 'object', fields: new Map(fields), foreign: new Map(), open: true };
}
