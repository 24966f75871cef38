import { deepEqual, match } from 'node:assert/strict';
import { configurationModel } from '../../../schemas/configuration';
import { checkText } from './check-text';

const found = async (value: string, environment?: ReadonlyMap<string, string>) => {
  const text = `canton.participants.p1.admin-api {\n  port = ${value}\n  port = \${?PORT}\n}`;
  const model = await configurationModel('3.5', 'enterprise');
  return checkText(text, { model, ...(environment && { environment: { variables: environment, closed: true } }) });
};

describe('a value before an optional variable', () => {
  it('is reported where Canton would refuse it, as a warning at its place', async () => {
    for (const value of ['abc', '"abc"', '70000']) {
      const [one, ...others] = await found(value);
      deepEqual(others, []);
      deepEqual([one?.code, one?.severity], ['advice/default-value', 'warning']);
      match(one?.message ?? '', /Canton reads it if 'PORT' is not set\./);
      deepEqual(one?.range, { start: 44, end: 44 + value.length });
    }
  });

  it('is right otherwise, and unknown where it is made of others', async () => {
    for (const value of ['5012', '"5012"', '${OTHER}', '50${X}', 'null']) deepEqual(await found(value), [], value);
  });

  it('is judged as any other where all variables are known', async () => {
    deepEqual(
      (await found('abc', new Map())).map(({ code }) => code),
      ['read/invalid-value'],
    );
    deepEqual(await found('abc', new Map([['PORT', '5012']])), []);
  });

  it('is doubtful where a file that is not here may replace it, and for a word that is nearly a known one', async () => {
    const model = await configurationModel('2.10', 'enterprise');
    const codes = (text: string) =>
      checkText(text, { version: '2.10', model }).map(({ severity, code }) => `${severity} ${code}`);
    deepEqual(codes('canton.participants.p1.admin-api.port = abc\ninclude url("https://example.com/x.conf")'), [
      'warning advice/default-value',
    ]);
    deepEqual(codes('canton.participants.p1.storage.type = postgers'), ['warning advice/default-value']);
    deepEqual(codes('canton.participants.p1.storage.type = oracle'), []);
    const replaced = 'canton.participants.p1.storage { type = psotgres\n include url("https:{{- end }}") }';
    deepEqual(
      checkText(replaced).map(({ severity, code }) => `${severity} ${code}`),
      ['warning advice/default-value'],
    );
    deepEqual(codes('canton.participants.p1.admin-api.port = 1\ninclude url("https://example.com/x.conf")'), []);
  });
});
