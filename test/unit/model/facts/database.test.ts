import { deepEqual } from 'node:assert/strict';
import { unreadableAccess, type WrongSetting, wrongSettings } from '../../../../server/src/model/facts/database';
import { objectAt } from '../../../../server/src/model/facts/nodes';
import { type LaunchOptions, launch, open } from '../../hocon/launch';

const EVERYTHING_ELSE_IS_UNKNOWN: LaunchOptions = { environment: open() };

async function settings(node: string): Promise<string[]> {
  const { root } = await launch({ 'a.conf': `n { ${node} }` }, EVERYTHING_ELSE_IS_UNKNOWN);
  const storage = objectAt(objectAt(root, 'n'), 'storage');
  return (storage === undefined ? [] : wrongSettings(storage)).map(
    ({ path, wanted }) => `${path.join('.')}: ${wanted}`,
  );
}

async function access(node: string): Promise<string[]> {
  const { root } = await launch({ 'a.conf': `n { ${node} }` }, EVERYTHING_ELSE_IS_UNKNOWN);
  const found: readonly WrongSetting[] = unreadableAccess(objectAt(root, 'n') ?? root);
  return found.map(({ path, text }) => `${path.join('.')}: ${text}`);
}

const inConfig = (config: string) => `storage { type = postgres, config { ${config} } }`;
const inProperties = (properties: string) => inConfig(`properties { ${properties} }`);

describe('a setting of a database', () => {
  const NUMBER = 'a whole number';
  const BOOLEAN = '`true` or `false`';
  const TEXT = 'a single value';
  const cases: readonly (readonly [node: string, wrong: readonly string[]])[] = [
    [inConfig('url = [a]'), [`config.url: ${TEXT}`]],
    [inConfig('url = a, user = 5, password = true, driver = null'), []],
    [inConfig('numThreads = 5.5'), [`config.numThreads: ${NUMBER}`]],
    [inConfig('numThreads = 2147483647, queueSize = "5"'), []],
    [inConfig('numThreads = 2147483648'), [`config.numThreads: ${NUMBER}`]],
    [inConfig('numThreads = [5]'), [`config.numThreads: ${NUMBER}`]],
    [inConfig('numThreads = "<threads>", queueSize = "{{ size }}", minConnections = "$X"'), []],
    [inConfig('numThreads = ${N}, readOnly = null'), []],
    [inConfig('readOnly = TRUE'), [`config.readOnly: ${BOOLEAN}`]],
    [inConfig('readOnly = off'), []],
    [inConfig('readOnly { a = true }'), [`config.readOnly: ${BOOLEAN}`]],
    [inConfig('properties = text'), ['config.properties: an object']],
    [inConfig('properties {}, unknown = [1], portNumber = many'), []],
    [inProperties('ssl = TRUE, tcpKeepAlive = "False"'), []],
    [inProperties('ssl = on'), [`config.properties.ssl: ${BOOLEAN}`]],
    [inProperties('ssl = untrue'), [`config.properties.ssl: ${BOOLEAN}`]],
    [inProperties('ssl = trueish'), [`config.properties.ssl: ${BOOLEAN}`]],
    [inProperties('ssl = [true]'), [`config.properties.ssl: ${BOOLEAN}`]],
    [
      inProperties('SSLMODE = [a], PortNumber = x'),
      [`config.properties.SSLMODE: ${TEXT}`, `config.properties.PortNumber: ${NUMBER}`],
    ],
    [inProperties('other = [1], another = 5'), []],
    [inProperties('other { a = 1 }'), [`config.properties.other: ${TEXT}`]],
    ['storage { type = ${T}, config.properties.portNumber = x }', [`config.properties.portNumber: ${NUMBER}`]],
    ['storage { config.properties.portNumber = x }', [`config.properties.portNumber: ${NUMBER}`]],
    ['storage { type = h2, config { properties.portNumber = x, numThreads = x } }', [`config.numThreads: ${NUMBER}`]],
    ['storage { type = postgres }', []],
    ['storage { type = postgres, config = text }', []],
  ];
  for (const [node, wrong] of cases) {
    it(`${wrong.length === 0 ? 'fits' : 'does not fit'}: ${node}`, async () => deepEqual(await settings(node), wrong));
  }
});

describe('the address of a database that Canton compares', () => {
  const wrong = (key: string, found: string, wanted: string) =>
    `config.${key}: ${key} has type ${found} rather than ${wanted}`;
  const cases: readonly (readonly [node: string, wrong: readonly string[]])[] = [
    [inConfig('user = [a]'), [wrong('user', 'LIST', 'STRING')]],
    [inConfig('user = [a], properties.user = b'), [wrong('user', 'LIST', 'STRING')]],
    [inConfig('user = a, properties.user = [b]'), []],
    [inConfig('user = null, properties.user = [b]'), [wrong('properties.user', 'LIST', 'STRING')]],
    [inProperties('user = null'), []],
    [inConfig('url = [a], user { a = 1 }'), [wrong('user', 'OBJECT', 'STRING'), wrong('url', 'LIST', 'STRING')]],
    [inConfig('url = a, jdbcUrl = [b]'), []],
    [inConfig('jdbcUrl = [b]'), [wrong('jdbcUrl', 'LIST', 'STRING')]],
    [inConfig('jdbcUrl = a, properties { serverName = [a], portNumber = x }'), []],
    [inConfig('url = a, properties { serverName = [a], portNumber = x }'), []],
    [inProperties('serverName = [a]'), [wrong('properties.serverName', 'LIST', 'STRING')]],
    [inProperties('serverName = [a], databaseName = [b]'), [wrong('properties.serverName', 'LIST', 'STRING')]],
    [inProperties('portNumber = x, databaseName = [b]'), []],
    [
      inProperties('serverName = a, portNumber = x, databaseName = [b]'),
      [wrong('properties.portNumber', 'STRING', 'NUMBER'), wrong('properties.databaseName', 'LIST', 'STRING')],
    ],
    [inProperties('serverName = a, portNumber = 2147483647.5, databaseName = b'), []],
    [inProperties('serverName = a, portNumber = "54.5", databaseName = b'), []],
    [inProperties('serverName = a, portNumber = 2147483648'), [wrong('properties.portNumber', 'NUMBER', 'NUMBER')]],
    [inProperties('serverName = a, portNumber = -2147483648'), []],
    [inProperties('serverName = a, portNumber = -2147483649'), [wrong('properties.portNumber', 'NUMBER', 'NUMBER')]],
    [inProperties('serverName = a, portNumber = ${PORT}'), []],
    [inProperties('serverName = a, portNumber = "<port>"'), []],
    ['storage { type = h2, config.url = [a] }', [wrong('url', 'LIST', 'STRING')]],
    ['storage { type = memory, config.url = [a] }', []],
    ['storage { type = postgresql, config.url = [a] }', []],
    ['storage { type = ${T}, config.url = [a] }', []],
    ['storage { config.url = [a] }', []],
    ['storage { type = postgres, config.url = [a], include "more.conf" }', []],
    ['storage { type = postgres, config { url = [a], include "more.conf" } }', []],
    ['storage { type = postgres, config { user = [a], properties { include "more.conf" } } }', []],
    ['storage { type = postgres, config.user = [a] }, include "more.conf"', []],
    ['storage { type = postgres, config.user = [a] } ${?MORE}', [wrong('user', 'LIST', 'STRING')]],
    ['storage = postgres', []],
    ['', []],
  ];
  for (const [node, refused] of cases) {
    it(`${refused.length === 0 ? 'is accepted' : 'is refused'}: ${node || 'nothing'}`, async () =>
      deepEqual(await access(node), refused));
  }
});
