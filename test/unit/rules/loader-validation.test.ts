import { deepEqual } from 'node:assert/strict';
import { configurationModel } from '../../../schemas/configuration';
import { type CantonVersion, type Edition, versionsSince } from '../../../schemas/version';
import { checkText } from './check-text';

/** Canton's validations across the keys of a whole configuration, as observed with its loader. */

const MEMORY = 'storage.type = memory';
const database = (type: string, more = '') =>
  `storage { type = ${type}, config { properties { serverName = h, portNumber = "5432", databaseName = d, user = u, ${more} } } }`;
const participant = (name: string, text: string) =>
  `canton.participants.${name} { admin-api.port = 2, ledger-api.port = 1, ${text} }\n`;
const mediator = (name: string, text: string) => `canton.mediators.${name} { admin-api.port = 3, ${text} }\n`;
const sequencer = (name: string, text: string) =>
  `canton.sequencers.${name} { admin-api.port = 5, public-api.port = 4, ${text} }\n`;
const NON_STANDARD = 'canton.parameters.non-standard-config = yes\n';

type Expected = readonly [title: string, text: string, codes: Readonly<Partial<Record<CantonVersion, string>>>];

const since = (version: CantonVersion, code: string): Expected[2] =>
  Object.fromEntries(versionsSince(version).map((one) => [one, code]));
const all = (code: string) => since('3.3', code);
const since5 = (code: string) => since('3.5', code);
const two = (one: string, other = one) => participant('a', one) + participant('b', other);
const OFF = 'replication.enabled = false';
const SHARED = 'validate/shared-storage';

const COMMUNITY: readonly Expected[] = [
  ['participants on one Postgres', two(database('postgres')), { '3.3': SHARED, '3.4': SHARED }],
  ['participants on one H2', two(database('h2')), all(SHARED)],
  ['two users of one database', two(database('h2'), database('h2', 'user = v')), {}],
  ['two passwords of one user', two(database('h2'), database('h2', 'password = v')), all(SHARED)],
  ['a port as a number', two(database('h2'), database('h2', 'portNumber = 5432')), all(SHARED)],
  [
    'an address and its parts',
    two('storage { type = h2, config { url = x } }', 'storage { type = h2, config { properties.url = x } }'),
    all(SHARED),
  ],
  [
    'mediators',
    mediator('a', database('postgres')) + mediator('b', database('postgres')),
    { '3.3': SHARED, '3.4': SHARED },
  ],
  [
    'a participant and a mediator',
    participant('a', database('postgres')) + mediator('b', database('postgres')),
    all(SHARED),
  ],
  ['databases without a name', two('storage { type = postgres, config { properties.serverName = h } }'), {}],
  ['names that come from elsewhere', two(database('h2', 'databaseName = ${NAME}')), {}],
];

const ENTERPRISE: readonly Expected[] = [
  ['of which one is not replicated', two(database('postgres'), `${database('postgres')}, ${OFF}`), all(SHARED)],
  ['participants on one Postgres', two(database('postgres')), {}],
  [
    'replication without Postgres',
    participant('a', `${MEMORY}, replication.enabled = true`),
    all('validate/replication'),
  ],
  ['replication of a mediator', mediator('a', `${MEMORY}, replication.enabled = true`), {}],
  ['a storage of another file', participant('a', 'replication.enabled = true'), {}],
  [
    'high availability without Postgres',
    NON_STANDARD + sequencer('a', `${database('h2')}, sequencer { type = database, high-availability.enabled = true }`),
    all('validate/replication'),
  ],
  [
    'too many sequencers',
    NON_STANDARD +
      sequencer('a', `${database('postgres')}, sequencer { type = database, high-availability.total-node-count = 32 }`),
    all('validate/replication'),
  ],
  [
    'as many as there may be',
    NON_STANDARD +
      sequencer('a', `${database('postgres')}, sequencer { type = database, high-availability.total-node-count = 31 }`),
    {},
  ],
  [
    'one audience of two services',
    participant(
      'a',
      `${MEMORY}, ledger-api.auth-services = [{ type = jwt-jwks, url = "https://h/x", target-audience = a }, { type = jwt-jwks, url = "https://h/y", target-audience = a }]`,
    ),
    all('validate/auth-services'),
  ],
  [
    'one scope of two services of two APIs',
    participant(
      'a',
      `${MEMORY}, ledger-api.auth-services = [{ type = jwt-jwks, url = "https://h/x", target-scope = a }], admin-api.auth-services = [{ type = jwt-jwks, url = "https://h/y", target-scope = a }]`,
    ),
    {},
  ],
  [
    'a privileged service with users',
    participant(
      'a',
      `${MEMORY}, admin-api.auth-services = [{ type = jwt-jwks, url = "https://h/x", privileged = true, users = [{ user-id = u, allowed-services = [] }] }]`,
    ),
    all('validate/auth-services'),
  ],
  [
    'two admin tokens',
    NON_STANDARD +
      participant(
        'a',
        `${MEMORY}, ledger-api.admin-token-config.fixed-admin-token = x, admin-api.admin-token-config.fixed-admin-token = y`,
      ),
    { '3.3': 'read/unknown-key', '3.4': 'validate/admin-tokens', ...since5('validate/admin-tokens') },
  ],
  [
    'an admin token',
    participant('a', `${MEMORY}, ledger-api.admin-token = x`),
    { '3.3': 'validate/non-standard', '3.4': 'read/unknown-key', ...since5('read/unknown-key') },
  ],
  [
    'a duration of admin tokens that is the default in other words',
    participant('a', `${MEMORY}, ledger-api.admin-token-config.admin-token-duration = 300 seconds`),
    { '3.3': 'read/unknown-key' },
  ],
  [
    'another duration of admin tokens',
    participant('a', `${MEMORY}, ledger-api.admin-token-config.admin-token-duration = 301 seconds`),
    { '3.3': 'read/unknown-key', '3.4': 'validate/non-standard', ...since5('validate/non-standard') },
  ],
  ...(
    [
      ['33', { '3.4': 'read/invalid-value', ...since5('read/invalid-value') }],
      ['34', { '3.3': 'read/invalid-value' }],
      ['"35"', { '3.3': 'read/invalid-value', '3.4': 'read/invalid-value' }],
      ['34.0', { '3.3': 'read/invalid-value' }],
      ['36', { '3.3': 'read/invalid-value', '3.4': 'read/invalid-value', '3.5': 'read/invalid-value' }],
      ['DEV', {}],
      ['2147483647', {}],
      ['v34', all('read/invalid-value')],
      ['latest', all('read/invalid-value')],
    ] as const
  ).map(
    ([version, codes]): Expected => [
      `${version} as the least protocol version`,
      participant('a', `${MEMORY}, parameters.minimum-protocol-version = ${version}`),
      codes,
    ],
  ),
  ...['0', '0 MB', '0.4', '"0.5 bytes"'].map(
    (size): Expected => [
      `a cache of ${size}`,
      participant('a', `${MEMORY}, parameters.caching.sequencer-payload-cache.maximum-memory = ${size}`),
      all('read/crash'),
    ],
  ),
  [
    'legacy contracts that are not checked',
    participant('a', `${MEMORY}, parameters.validate-legacy-contracts-v-11 = off`),
    { '3.3': 'read/unknown-key', '3.4': 'read/unknown-key', ...since5('validate/non-standard') },
  ],
  [
    'defaults that are above',
    participant('a', `${MEMORY}, ledger-api.state-service.max-acs-page-size = 7`),
    {
      '3.3': 'read/unknown-key',
      '3.4': 'read/unknown-key',
      ...since5('validate/order-of-values'),
    },
  ],
  [
    'passes above the limit',
    participant('a', `${MEMORY}, ledger-api.topology-aware-package-selection.max-passes-default = 7`),
    {
      '3.3': 'read/unknown-key',
      '3.4': 'validate/order-of-values',
      ...since5('validate/order-of-values'),
    },
  ],
  [
    'a start that is shorter than its queries',
    sequencer('a', `${MEMORY}, sequencer { type = BFT, config.init-timeout = 5s }`),
    {
      '3.3': 'read/unknown-key',
      '3.4': 'read/unknown-key',
      ...since5('validate/order-of-values'),
    },
  ],
];

const editions: Readonly<Record<Edition, readonly Expected[]>> = { community: COMMUNITY, enterprise: ENTERPRISE };

describe('validation across keys', () => {
  for (const [edition, list] of Object.entries(editions) as [Edition, readonly Expected[]][]) {
    for (const [title, text, expected] of list) {
      for (const version of versionsSince('3.3')) {
        it(`${version} ${edition}: ${title}`, async () => {
          const model = await configurationModel(version, edition);
          const errors = checkText(text, { version, edition, model }).filter(({ severity }) => severity === 'error');
          const code = expected[version];
          deepEqual([...new Set(errors.map((error) => error.code))], code === undefined ? [] : [code]);
        });
      }
    }
  }

  for (const path of ['participants.p1.replication.enabled = off', 'mediators.m1.replication {}']) {
    it(`refuses '${path}' in the community edition of 3.3 and 3.4`, async () => {
      const text = `canton.participants.p1 { admin-api.port = 1 }\ncanton.${path}`;
      for (const version of ['3.3', '3.4', '3.5'] as const) {
        for (const edition of ['community', 'enterprise'] as const) {
          const model = await configurationModel(version, edition);
          const found = checkText(text, { version, edition, model }).map(({ code }) => code);
          const isRefused = version !== '3.5' && edition === 'community';
          deepEqual(found, isRefused ? ['validate/enterprise-only'] : []);
        }
      }
    });
  }
});
