import { deepEqual, equal, match } from 'node:assert/strict';
import { configurationModel } from '../../../schemas/configuration';
import { checkText } from './check-text';

const found = async (text: string) => {
  const model = await configurationModel('3.5', 'enterprise', true);
  return checkText(text, { model }).map(({ severity, code, configPath, message }) => ({
    text: `${severity} ${code} ${configPath?.replace(/^canton\./, '')}`,
    message,
  }));
};

const app = (body: string) => `canton.validator-apps.validator_backend { ${body} }`;

describe('the applications of Splice', () => {
  for (const [body, place] of [
    ['contact-pont = ""', 'contact-pont'],
    ['participant-client.ledger-api.auth-confg.type = none', 'participant-client.ledger-api.auth-confg'],
    ['domains.global.buy-extra-traffic.min-tpup-interval = 1m', 'domains.global.buy-extra-traffic.min-tpup-interval'],
    ['parameters {}, enabled-features.enable-new-acs-export = true', 'enabled-features'],
    ['onboarding.sv-client.url = "http://sv"', 'onboarding.sv-client.url'],
    ['participant-client { port = 5001, ledger-api.client-config.address = a }', 'participant-client.port'],
    ['auth { algorithm = rs-256, audiance = a }', 'auth.audiance'],
    ['0 = user', '0'],
    ['admin-api { port = 1, storage { type = postgres, config {} } }', 'admin-api.storage'],
  ] as const) {
    it(`have a key with another name or at another level: ${body}`, async () => {
      const [first, ...others] = await found(app(body));
      equal(first?.text, `warning advice/misspelled-key validator-apps.validator_backend.${place}`);
      deepEqual(others, []);
    });
  }

  for (const body of [
    'enable-wallet = maybe',
    'domains.global { alias = a, buy-extra-traffic.target-throughput = abc }',
    'max-vetting-delay = soonish',
    'scan-client { type = bfft, seed-urls = [] }',
    'scan-client { type = trust-single, url { a = 1 } }',
    'auth.algorithm = rs-265',
    'ledger-api-user = [a]\n ledger-api-user = ${?_shared.user}',
  ]) {
    it(`read values of a type: ${body}`, async () => {
      const [first, ...others] = await found(app(body));
      equal(first?.text.slice(0, 29), 'warning advice/default-value ');
      match(first?.message ?? '', /Another release of Splice may accept it\./);
      deepEqual(others, []);
    });
  }

  for (const text of [
    app('a-key-of-another-release = 1, domains.of-another { x = 1 }'),
    app('validator-wallet-users.0 = user, app-instances.0 { service-user = a, wallet-user = b }'),
    app('validator-wallet-users."{{ $i }}" = user, domains.extra."{{ $i }}" { alias = a, url = b }'),
    app('storage { type = postgres, config {} }, admin-api { address = a, port = 5003 }'),
    'canton.scan-apps.scan-app.synchronizer-nodes.current.canton-bft.p2p-url = "http://a"',
    'canton.sv-apps.sv.onboarding { type = found-dso, name = sv, round-zero-duration = 1 m }',
  ]) {
    it(`may have keys of other releases, and indexes from a template: ${text}`, async () => {
      deepEqual(await found(text), []);
    });
  }

  it('have a section two levels too low', async () => {
    const node = 'mediator.admin-api { port = 1, sequencer { admin-api.port = 2, internal-api.port = 3 } }';
    const [one, ...others] = await found(`canton.sv-apps.sv.local-synchronizer-nodes.current { ${node} }`);
    deepEqual(others, []);
    match(one?.message ?? '', /Unknown key 'sequencer'.*local-synchronizer-nodes\.current', two levels up\./);
    deepEqual(await found(app('automation.a.storage.type = postgres, admin-api.b.storage { x = 1, y = 2 }')), []);
  });

  it('have keys of their own in a list whose indexes a template writes', async () => {
    const [first] = await found(app('domains.extra."{{ $i }}" { alais = a, url = b }'));
    match(first?.message ?? '', /Unknown key 'alais'.* Did you mean 'alias'/);
  });

  it('lack a value that their release requires', async () => {
    const clients = 'canton { sv-app-clients.sv.admin-api {}, scan-app-clients.scan.admin-api.url = "http://a" }';
    const [missing, ...others] = await found(clients);
    deepEqual([missing?.text, others], ['warning read/missing-key sv-app-clients.sv.admin-api.url', []]);
    match(missing?.message ?? '', /Missing required key 'url'.*Another release of Splice may accept it\./);
  });

  for (const text of [
    'canton.scan-app-clients.scan.admin-api = ${_shared.api}',
    app('participant-client.admin-api.address = canton, auth { algorithm = rs-256, audience = a, jwks-url = b }'),
    'canton.wallet-app-clients.w { ledger-api-user = u, admin-api { url = a } }',
  ]) {
    it(`may have the rest elsewhere: ${text}`, async () => deepEqual(await found(text), []));
  }

  it('leave the sections of nodes as they are', async () => {
    const [first] = await found('canton.participants.p1.crypto { kms { type = aws, region = r, provider = kms } }');
    match(first?.message ?? '', /It belongs in 'crypto', one level up\./);
  });
});
