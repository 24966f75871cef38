import { deepEqual } from 'node:assert/strict';
import { configurationModel } from '../../../schemas/configuration';
import type { ObjectModel } from '../../../schemas/model';
import { type CheckOptions, checkText, codes } from './check-text';

const ENCRYPTED =
  'canton.participants.p1.crypto { kms { type = aws, region = us-east-1 }, private-key-store.encryption.type = kms }';

describe('a launch set that is declared', () => {
  const found = (text: string, isWhole: boolean) =>
    checkText(text, { isWhole })
      .filter(({ severity }) => severity === 'error' || severity === 'warning')
      .map(({ code, severity }) => `${severity} ${code}`);

  it('lacks what it does not have, while a file alone may be a part', () => {
    deepEqual(found(ENCRYPTED, false), ['warning start/memory-storage']);
    deepEqual(found(ENCRYPTED, true), ['error start/memory-storage']);
    deepEqual(found('canton.participants.p1.parameters.alpha-version-support = yes', true), [
      'error validate/alpha-version',
    ]);
  });

  it('needs a node', () => {
    deepEqual(found('canton.features.enable-repair-commands = yes', true), ['error validate/no-node']);
    deepEqual(found('canton { participants {}, remote-mediators {} }', true), ['error validate/no-node']);
    deepEqual(found('canton.features.enable-repair-commands = yes', false), []);
  });

  it('may have one in what cannot be read', () => {
    const texts = [
      'include url("https://example.com/x.conf")\ncanton {}',
      'canton.participants { include url("https://x/") }',
    ];
    for (const text of texts) deepEqual(codes(checkText(text, { isWhole: true }), 'error'), []);
  });
});

describe('what another file of the launch may bring', () => {
  const PORTS = 'canton.mediators.m1.admin-api.port = 1\n';
  const severities = (text: string, options: CheckOptions = {}) =>
    checkText(text, options).map(({ code, severity }) => `${severity} ${code}`);
  let model: ObjectModel;
  before(async () => {
    model = await configurationModel('3.5', 'community');
  });

  it('is the connection of a database', () => {
    const text = `${PORTS}canton.mediators.m1.storage.type = postgres`;
    deepEqual(severities(text, { model }), ['warning read/missing-key']);
    deepEqual(severities(text, { model, isWhole: true }), ['error read/missing-key']);
    const alpha = `${text}\ncanton.mediators.m1.parameters.alpha-version-support = yes`;
    deepEqual(severities(alpha, { model }), ['warning read/missing-key', 'error validate/alpha-version']);
  });

  it('is a port, unless its section is written and there are no other variables', () => {
    for (const port of ['admin-api {}', 'admin-api.port = ${?PORT}', 'admin-api.port = null']) {
      const text = `canton.mediators.m1 { storage.type = memory, ${port} }`;
      const environment = { variables: new Map(), closed: true };
      deepEqual(severities(text, { model, environment, hasWholeEnvironment: true }), ['error validate/port-not-set']);
      const isNone = port.endsWith('null');
      deepEqual(severities(text, { model }), isNone ? ['warning validate/port-not-set'] : []);
    }
    const none = 'canton.mediators.m1 { storage.type = memory }';
    deepEqual(severities(none, { model, hasWholeEnvironment: true }), []);
  });

  it('is hardly a port where storage and another port are written', () => {
    const missing = (text: string) => severities(`canton.participants.p1 { ${text}, ledger-api.port = 2 }`, { model });
    deepEqual(missing('storage.type = memory, admin-api.port = 1'), ['warning validate/port-not-set']);
    deepEqual(missing('storage.type = memory, admin-api.port = ${?PORT}'), ['warning validate/port-not-set']);
    deepEqual(missing('storage.type = memory, admin-api.port = 1, http-ledger-api.enabled = no'), []);
    deepEqual(missing('storage.type = memory, admin-api.port = 1, http-ledger-api.port = ${?PORT}'), []);
    deepEqual(missing('admin-api.port = 1'), []);
    deepEqual(missing('storage.type = memory'), []);
  });

  it('is a node, unless nothing at all is written', () => {
    deepEqual(severities('canton {}', { model, hasWholeEnvironment: true }), ['error validate/no-node']);
    deepEqual(severities('canton.parameters {}', { model, hasWholeEnvironment: true }), []);
    deepEqual(severities('canton {}', { model }), []);
  });

  it('is not what a remote node lacks, where there are only remote nodes', () => {
    const remote = 'canton.remote-participants.r1 { admin-api.port = 1, ledger-api {} }';
    deepEqual(severities(remote, { model }), ['error read/missing-key']);
  });
});
