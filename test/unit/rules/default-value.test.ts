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
    for (const value of ['abc', '"abc"', '70000', '[1, 2]', '{ x = 1 }']) {
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

  it('is the last one before the variable', async () => {
    for (const [value, refused] of [
      ['abc\n  port = 5', []],
      ['5\n  port = abc', ['abc']],
      ['abc\n  port = def', ['def']],
    ] as const) {
      const all = await found(value);
      deepEqual(
        all.map(({ message }) => /Invalid value '(.*?)'/.exec(message)?.[1]),
        refused,
        value,
      );
    }
  });

  it('may be a list or an object where the key takes one', async () => {
    const model = await configurationModel('3.5', 'enterprise');
    for (const key of ['admin-api.auth-services = []', 'storage = { type = memory }', 'storage.config = { url = u }']) {
      const text = `canton.participants.p1.${key}\ncanton.participants.p1.${key.split(' ')[0]} = \${?X}`;
      const found = checkText(text, { model }).filter(({ code }) => code === 'advice/default-value');
      deepEqual(found, [], key);
    }
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

describe('a value in a branch of a template', () => {
  const line = (template: string) => `include url("https:{{- ${template} }}")`;
  const places = async (one: string, other: string, between = 'else') => {
    const text = `canton.participants.p1 {\n${line('if .a')}\n${one}\n${line(between)}\n${other}\n${line('end')}\n}`;
    const found = checkText(text, { model: await configurationModel('3.5', 'enterprise') });
    return found.map(({ code, path, range, message }) => ({
      place: `${code} ${path?.slice(3).join('.')} ${text.slice(range.start, range.end)}`,
      message,
    }));
  };

  it('is checked, though another branch sets the same key', async () => {
    const [port, ...others] = await places('admin-api.port = abc', 'admin-api.port = 5012');
    deepEqual([port?.place, others], ['advice/default-value admin-api.port abc', []]);
    match(port?.message ?? '', /Canton reads it in this branch of the template\./);
    const kms = (type: string, key: string) => `crypto.kms {\n type = ${type}\n ${key} = a\n }`;
    const found = await places(kms('awz', 'region'), kms('gcp', 'key-ring-id'), 'else if .b');
    deepEqual(
      found.map(({ place }) => place),
      ['advice/default-value crypto.kms.type awz'],
    );
  });

  it('may be right, and nothing reads it where no branch begins or ends before the next one', async () => {
    deepEqual(await places('admin-api.port = 5011', 'admin-api.port = 5012'), []);
    deepEqual(await places('admin-api.port = abc', 'admin-api.port = 5012', 'include \\"x\\" .'), []);
    const kms = (type: string, key: string) => `crypto.kms {\n type = ${type}\n ${key} = a\n }`;
    deepEqual(await places(kms('aws', 'region'), kms('gcp', 'key-ring-id')), []);
  });
});
