import { deepEqual, equal } from 'node:assert/strict';
import { configurationModel } from '../../../schemas/configuration';
import { check } from '../../../server/src/rules';
import { applied, checkText, contextOf } from './check-text';

describe('keys of older versions', () => {
  const found = async (text: string, version: '2.10' | '3.4' | '3.5' = '3.5') => {
    const model = await configurationModel(version, 'enterprise');
    return checkText(text, { version, model }).filter(({ code }) => code === 'deprecated/old-key');
  };

  it('get their new name, where it begins in the same section', async () => {
    const text = 'canton.participants.p1 { admin-api.port = 1, parameters { automatically-perform-lsu = no } }';
    const [diagnostic] = await found(text);
    equal(
      diagnostic?.message,
      "'parameters.automatically-perform-lsu' is an old name. Canton reads it as 'parameters.lsu.automatically-perform-lsu' unless that is set.",
    );
    equal(
      applied(text, diagnostic, /Rename/),
      'canton.participants.p1 { admin-api.port = 1, parameters { lsu.automatically-perform-lsu = no } }',
    );
  });

  it('get none where the new one is written, or is somewhere else', async () => {
    const both = 'parameters { automatically-perform-lsu = no, lsu.automatically-perform-lsu = yes }';
    for (const text of [both, 'http-ledger-api.server.port = 1']) {
      const diagnostics = await found(`canton.participants.p1 { admin-api.port = 1, ${text} }`);
      deepEqual(
        diagnostics.map(({ fixes = [] }) => fixes),
        [[]],
      );
    }
  });

  it('get none where several new ones take their place', async () => {
    for (const [key, several] of [
      ['ledger-api.events-page-size', true],
      ['ledger-api.max-deduplication-duration', false],
    ] as const) {
      const text = `canton.participants.p1 { admin-api.port = 1, storage.type = memory, ${key} = 5 }`;
      const [{ message = '', fixes = [] } = {}] = await found(text, '2.10');
      equal(/ or /.test(message), several, message);
      deepEqual(fixes, [], key);
    }
  });

  it('are taken out where they have no effect', async () => {
    const text = 'canton.mediators.m1 { admin-api.port = 1, mediator.asynchronous-processing = nonsense }';
    const [diagnostic] = await found(text);
    equal(
      diagnostic?.message,
      "'mediator.asynchronous-processing' no longer has an effect. Canton accepts the key but ignores it.",
    );
    equal(applied(text, diagnostic, /Remove/), 'canton.mediators.m1 { admin-api.port = 1 }');
  });

  it('leave the session signing keys to their own rule', async () => {
    const text =
      'canton.participants.p1.crypto.kms { type = aws, region = us-east-1, session-signing-keys.enabled = no }';
    deepEqual(await found(text), []);
  });

  it('get no name of several parts in a file that is not HOCON', async () => {
    const model = await configurationModel('3.5', 'enterprise');
    const parameters = { 'automatically-perform-lsu': false };
    const text = JSON.stringify({ canton: { participants: { p1: { parameters } } } });
    const context = contextOf(new Map([['file:///node.json', text]]), { model });
    const old = check(context).filter(({ code }) => code === 'deprecated/old-key');
    deepEqual(
      old.map(({ fixes }) => fixes),
      [[]],
    );
  });
});
