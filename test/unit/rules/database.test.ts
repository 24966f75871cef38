import { deepEqual, equal, match } from 'node:assert/strict';
import { configurationModel } from '../../../schemas/configuration';
import type { CantonVersion } from '../../../schemas/version';
import { checkText } from './check-text';

const P = 'serverName = h, databaseName = d, user = u, password = p';

/** What Canton's loader, or Slick, HikariCP and the driver of PostgreSQL did with `storage.config` in 3.4, 3.5 and 3.6. */
async function found(config: string, type = 'postgres', version: CantonVersion = '3.5') {
  const http = version === '3.3' ? '' : ', http-ledger-api.enabled = false';
  const text = `canton.participants.p1 {
  storage { type = ${type}, config { ${config} } }
  admin-api.port = 2, ledger-api.port = 1${http}
}`;
  const model = await configurationModel(version, 'enterprise');
  return checkText(text, { version, model }).map(({ code, severity, message, path = [] }) => ({
    place: `${severity} ${code} ${path.slice(4).join('.')}`,
    message,
  }));
}
const places = async (...args: Parameters<typeof found>) => (await found(...args)).map(({ place }) => place);

const REFUSED = 'error validate/database-access config';

describe('the access to a database that Canton compares', () => {
  for (const [config, key, type] of [
    [`properties { ${P}, portNumber = many }`, 'properties.portNumber'],
    [`properties { ${P}, portNumber = [1] }`, 'properties.portNumber'],
    [`properties { ${P}, portNumber = true }`, 'properties.portNumber'],
    [`portNumber = many, properties { ${P} }`, 'portNumber'],
    [`properties { ${P}, portNumber = 5432, serverName = { x = 1 } }`, 'properties.serverName'],
    [`properties { ${P}, portNumber = 5432, databaseName = [1, 2] }`, 'properties.databaseName'],
    ['properties { user = { x = 1 } }', 'properties.user'],
    ['url = { x = 1 }', 'url'],
    ['url = { x = 1 }, driver = org.h2.Driver', 'url', 'h2'],
  ] as const) {
    it(`is refused with ${config}`, async () => {
      deepEqual(await places(config, type), [`${REFUSED}.${key}`]);
      deepEqual(await places(config, type, '3.3'), [`${REFUSED}.${key}`]);
    });
  }

  it('names the value, and what Canton reports', async () => {
    const [one] = await found(`properties { ${P}, portNumber = many }`);
    match(
      one?.message ?? '',
      /^Invalid value 'many' for 'storage\.config\.properties\.portNumber'\. It must be a whole/,
    );
    match(one?.message ?? '', /Canton: "properties\.portNumber has type STRING rather than NUMBER"$/);
  });

  it('names a server only where there is no address', async () => {
    const wrong = 'serverName = h, portNumber = many';
    for (const url of ['url = "jdbc:postgresql://h/d"', 'url = ${URL}', 'jdbcUrl = "jdbc:postgresql://h/d"'])
      deepEqual(await places(`properties { ${url}, ${wrong} }`), [
        'warning advice/database-property config.properties.portNumber',
      ]);
    for (const url of ['url = null', 'jdbcUrl = null', 'other = a'])
      deepEqual(await places(`properties { ${url}, ${wrong} }`), [`${REFUSED}.properties.portNumber`]);
    const none = 'portNumber = many, databaseName = [1]';
    deepEqual(
      (await places(`properties { ${none} }`)).filter((one) => one.startsWith('error')),
      [],
    );
  });

  it('is only read where the others are', async () => {
    for (const config of [
      `properties { ${P}, portNumber = 5432 }`,
      `properties { ${P}, portNumber = "5432" }`,
      `properties { ${P}, portNumber = \${PORT} }`,
      `properties { ${P}, portNumber = "<port>" }`,
      `url = "jdbc:postgresql://h/d", properties { user = u }`,
      `url = \${URL}, properties { serverName = h, portNumber = 5432 }`,
    ])
      deepEqual(await places(config), [], config);
  });
});

describe('other values of a database', () => {
  const value = (key: string) => `warning advice/database-property config.${key}`;
  for (const [config, key] of [
    [`properties { ${P}, password = { x = 1 } }`, 'properties.password'],
    [`properties { ${P}, kms { databaseName = d } }`, 'properties.kms'],
    [`properties { ${P}, ssl = maybe }`, 'properties.ssl'],
    [`properties { ${P}, ssl = yes }`, 'properties.ssl'],
    [`properties { ${P}, connectTimeout = 10s }`, 'properties.connectTimeout'],
    [`properties { ${P}, portNumber = 54.5 }`, 'properties.portNumber'],
    ['properties { portNumber = many }', 'properties.portNumber'],
    ['properties = abc', 'properties'],
    ['dataSourceClass = { x = 1 }', 'dataSourceClass'],
    ['numThreads = many', 'numThreads'],
    ['readOnly = maybe', 'readOnly'],
  ] as const) {
    it(`are reported: ${config}`, async () => {
      deepEqual(await places(config), [value(key)]);
    });
  }

  it('are reported beside the properties that they belong in', async () => {
    const own = (more: string) => `dataSourceClass = a, properties { ${P} }, ${more}`;
    const [one, ...others] = await found(own('sslcert = c'));
    deepEqual([one?.place, others], [value('sslcert'), []]);
    match(one?.message ?? '', /'sslcert' in 'storage\.config'\. It belongs in 'properties', one level down\./);
    for (const config of [own('user = u, url = x'), own('serverName = h'), `properties { ${P} }, sslcert = c`])
      deepEqual(await places(config), [], config);
  });

  it('in the storage of a sequencer, too', async () => {
    const model = await configurationModel('3.5', 'enterprise');
    const storage = 'storage { type = postgres, config.properties.databaseName = [1] }';
    const text = `canton.sequencers.s1 { admin-api.port = 1, public-api.port = 2, sequencer { type = BFT, config { ${storage} } } }`;
    deepEqual(
      checkText(text, { model }).map(({ code }) => code),
      ['advice/database-property'],
    );
  });

  it('may be written in the ways that are read', async () => {
    for (const config of [
      `properties { ${P}, ssl = true, tcpKeepAlive = "TRUE", connectTimeout = "10", sslmode = require }`,
      'numThreads = "5", readOnly = on, connectionTimeout = 5s, keepAliveConnection = true',
      `properties { ${P}, ssl = "{{ ssl }}", loginTimeout = \${?SECONDS} }`,
    ])
      deepEqual(await places(config), [], config);
    deepEqual(await places('driver = org.h2.Driver, url = "jdbc:h2:mem:x", properties { a { b = 1 } }', 'h2'), []);
  });

  it('is not reported twice', async () => {
    equal((await places(`properties { ${P}, portNumber = many, ssl = yes }`)).length, 2);
  });

  it('does not take the names that every object of JavaScript has for settings', async () => {
    const names = ['constructor', 'toString', 'valueOf', 'hasOwnProperty', '"__proto__"'];
    for (const value of ['1', '[1]'])
      deepEqual(await places(`properties { ${P}, portNumber = 5432 }, ${names.map((one) => `${one} = ${value}`)}`), []);
  });
});
