/*
 * The connection to Postgres (`storage.config` of type `postgres`), which Canton hands to Slick and HikariCP without a
 * schema of its own. The keys are those of Canton's examples (config/storage/postgres.conf 3.3, 3.4, 3.5).
 */

export const POSTGRES_DATA_SOURCE = 'org.postgresql.ds.PGSimpleDataSource';

interface ConnectionProperty {
  readonly name: string;
  /** A value to begin with, or the name of an environment variable. */
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
