import assert from 'node:assert/strict';
import { configurationModel } from '../../../schemas/configuration';
import { CleanNodes, check, rules } from '../../../server/src/rules';
import { type CheckOptions, codes, contextOf, URI } from './check-text';

/** Checks one state of a file after the other, as an editor does. */
function typing(options: CheckOptions = {}) {
  const memory = new CleanNodes();
  return (text: string, more: CheckOptions = {}) => {
    const context = contextOf(new Map([[URI, text]]), { ...options, ...more, memory });
    return { codes: codes(check(context)), untouched: [...context.clean].map(({ name }) => name) };
  };
}

const storage = 'storage.type = postgres';
const alpha = `canton.participants.p1 { ${storage}, admin-api.port = 5012, parameters.alpha-version-support = yes }\n`;

describe('nodes that nothing was said about', () => {
  it('are not looked at again while another one is edited', () => {
    const check = typing();
    const text = (value: string) =>
      ['p1', 'p2', 'p3']
        .map((p) => `canton.participants.${p} { ${storage}, init = ${p === 'p2' ? value : '{}'} }\n`)
        .join('');
    assert.deepEqual(check(text('{}')), { codes: [], untouched: [] });
    assert.deepEqual(check(text('{ }')), { codes: [], untouched: ['p1', 'p3'] });
    assert.deepEqual(check(text('{ x = 1 }')).untouched, ['p1', 'p3']);
    assert.deepEqual(check(`# moved\n${text('{ x = 1 }')}`).untouched, ['p1', 'p3']);
  });

  it('keep what is said about keys that are read otherwise than they are written', async () => {
    const check = typing({ model: await configurationModel('3.5', 'community') });
    const text = (parameters: string) =>
      `canton.participants.p1 { ${storage}, admin-api.port = 1, ledger-api.port = 2, http-ledger-api.port = 3, parameters.automatically-perform-lsu = no, storage.config {} }\n` +
      `canton.participants.p2 { ${storage}, storage.config {}, storage.parameters { ${parameters} } }`;
    for (const parameters of ['fail-fast = yes', 'fail-fast = no'])
      assert.deepEqual(check(text(parameters)).codes.sort(), ['deprecated/old-key', 'ignored/unknown-key']);
  });

  it('are looked at again when a value that they refer to is another', () => {
    const check = typing();
    const text = (region: string) =>
      `r = ${region}\ncanton.participants.p1 { ${storage}, crypto { provider = kms, kms { type = aws, region = \${r}, audit-logging = yes } } }`;
    assert.deepEqual(check(text('eu-central-1')).codes, []);
    assert.deepEqual(check(text('eu-central-9')), { codes: ['advice/region'], untouched: [] });
  });

  it('are not looked at again when a value that they refer to is the same in another place', () => {
    const check = typing();
    const text = (before: string) =>
      `${before}r = eu-central-1\ncanton.participants.p1 { ${storage}, crypto { provider = kms, kms { type = aws, region = \${r}, audit-logging = yes } } }`;
    check(text(''));
    assert.deepEqual(check(text('# moved\n')), { codes: [], untouched: ['p1'] });
  });

  for (const [value, others] of Object.entries({
    '1': ['2', '"1"', '1.0'],
    a: ['b', '[a]'],
    true: ['false', '"true"'],
    null: ['"null"', '{}'],
    '[1, 2]': ['[1, 3]', '[1]', '[1, 2, 3]', '{}'],
    '{ a = 1, b = 2 }': ['{ a = 1, b = 3 }', '{ b = 2, a = 1 }', '{ a = 1, c = 2 }', '{ a = 1 }', '[]'],
  })) {
    it(`are not looked at again when they refer to ${value}, but when it becomes another`, () => {
      const check = typing();
      const text = (before: string, now: string) =>
        `${before}x = ${now}\ncanton.participants.p1 { ${storage}, storage.config.x = \${x} }`;
      assert.deepEqual(check(text('', value)).codes, []);
      assert.deepEqual(check(text('# moved\n', value)).untouched, ['p1']);
      for (const other of others) {
        assert.deepEqual(check(text('', other)).untouched, [], other);
        assert.deepEqual(check(text('', value)).untouched, [], other);
      }
    });
  }

  it('are looked at again when a value that they refer to is not known, or comes from another file', () => {
    const other = 'file:///other.conf';
    const text = `canton.participants.p1 { ${storage}, storage.config.x = \${X} }`;
    const memory = new CleanNodes();
    const untouched = (...before: [uri: string, text: string][]) => {
      const context = contextOf(new Map([...before, [URI, text]]), { memory });
      check(context);
      return [...context.clean].map(({ name }) => name);
    };
    assert.deepEqual([untouched(), untouched()], [[], []]);
    assert.deepEqual([untouched([other, 'X = 1']), untouched([other, 'X = 1'])], [[], ['p1']]);
    assert.deepEqual(untouched(['file:///moved.conf', 'X = 1']), []);
  });

  it('are looked at again when what they include is another', () => {
    const included = 'file:///kms.conf';
    const text = `canton.participants.p1 { ${storage}, crypto { provider = kms, kms { include "kms.conf" } } }
type = postgres
canton.participants.p2.storage.type = \${type}`;
    const memory = new CleanNodes();
    const checkWith = (kms: string) => {
      const texts = new Map([[included, kms]]).set(URI, text);
      const context = contextOf(texts, { memory });
      return { codes: codes(check(context)), untouched: [...context.clean].map(({ name }) => name) };
    };
    const kms = 'type = aws, region = eu-central-1, audit-logging = yes';
    assert.deepEqual(checkWith(kms).codes, []);
    assert.deepEqual(checkWith(kms).untouched, ['p1', 'p2']);
    assert.deepEqual(checkWith(kms.replace('central-1', 'central-9')), { codes: ['advice/region'], untouched: ['p2'] });
  });

  it('are looked at again when what counts for all nodes is another', () => {
    const check = typing();
    const text = (value: string) => `${alpha}canton.parameters.non-standard-config = ${value}`;
    assert.deepEqual(check(text('yes')).codes, []);
    assert.deepEqual(check(text('no')).codes, ['validate/alpha-version']);
    const other = typing();
    assert.deepEqual(other(alpha.replace('admin-api.port = 5012,', '')).codes, []);
    const withPort = `${alpha.replace('admin-api.port = 5012,', '')}canton.mediators.m1 { ${storage}, admin-api.port = 1 }`;
    assert.deepEqual(other(withPort).codes, ['validate/alpha-version']);
  });

  it('are looked at again for another version, and with other rules', () => {
    const check = typing();
    const text = `canton.participants.p1 { ${storage}, crypto { provider = kms, kms { type = aws, region = nowhere, audit-logging = yes } } }`;
    assert.deepEqual(check(text, { off: ['advice/region'] }).codes, []);
    assert.deepEqual(check(text, { off: ['advice/region'] }).untouched, ['p1']);
    assert.deepEqual(check(text).codes, ['advice/region']);
    assert.deepEqual(check(text, { off: ['advice/region'] }).codes, []);
    assert.deepEqual(check(text, { off: ['advice/region'], version: '3.4' }).untouched, []);
  });

  it('are looked at again when a node of their name comes or goes', () => {
    const check = typing();
    const sequencer = `canton.sequencers.p1 { ${storage} }\n`;
    const text = `${alpha}${sequencer}`;
    assert.ok(!check(text).codes.includes('validate/alpha-version'));
    assert.ok(check(alpha).codes.includes('validate/alpha-version'));
  });

  it('are looked at again when something is missing around them', () => {
    const check = typing();
    const text = `canton.participants.p1 { ${storage} }\n`;
    check(text);
    assert.deepEqual(check(text).untouched, ['p1']);
    assert.deepEqual(check(`${text}canton { include "none.conf" }`).untouched, []);
  });
});

describe('a rule with the scope of a node', () => {
  it('says of each node alone what it says of all of them', () => {
    for (const rule of rules.filter(({ scope }) => scope === 'node')) {
      for (const { text, version = '3.5', edition = 'enterprise', driverSchemas } of Object.values(rule.examples)) {
        const twice = `${text}\n${text.replaceAll(/\b([psm])1\b/g, '$12')}`;
        const options = { version, edition, ...(driverSchemas && { driverSchemas }) };
        const context = contextOf(new Map([[URI, twice]]), options);
        const { view } = context;
        const alone = view.nodes.flatMap((node) => rule.check({ ...context, view: { ...view, nodes: [node] } }));
        assert.deepEqual(alone, rule.check(context), rule.code);
      }
    }
  });
});
