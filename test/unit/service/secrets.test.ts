import assert from 'node:assert/strict';
import { github } from '../../../server/src/cli/reporters/github';
import { json } from '../../../server/src/cli/reporters/json';
import { junit } from '../../../server/src/cli/reporters/junit';
import { pretty } from '../../../server/src/cli/reporters/pretty';
import { sarif } from '../../../server/src/cli/reporters/sarif';
import { maskedLine, withoutCredentials } from '../../../server/src/model/facts/secrets';
import { uriOf } from '../../kit/fixture';
import { workbench } from '../../kit/service';

/** Our texts must not contain it. */
const SECRET = 'hunter2';

const P1 = 'canton.participants.p1';
const KMS = 'provider = kms, kms { type = driver, name = hsm';

/** Faults at secrets, and at values that secrets are copied to. */
const FAULTY: readonly string[] = [
  `${P1}.ledger-api.auth-services = [{ type = unsafe-jwt-hmac-256, secret = [${SECRET}], secret-key = ${SECRET} }]`,
  `${P1}.crypto { ${KMS}, config { pin = ${SECRET}, SIGNING_KEY = "${SECRET}", HSM_PIN_CODE = ${SECRET} } } }`,
  `${P1}.crypto { ${KMS}, config { user-pin = """${SECRET}\n${SECRET}""", a.password = "${SECRET}"x ${SECRET} } } }`,
  `${P1}.storage { type = postgres, config { password = ${SECRET} { a = 1 }, properties.password = ${SECRET} } }`,
  `${P1}.storage { type = postgres, config { password = '${SECRET}' } }`,
  `${P1}.storage.config.password = $${SECRET}`,
  `${P1}.storage.config.password = $(${SECRET})`,
  `${P1}.storage.config { password : "${SECRET}, user = x }`,
  `${P1}.storage.config { password = ${SECRET}! , user = x @ }`,
  `${P1}.storage.config { password = x@${SECRET}, user = y }`,
  `${P1}.storage.config.password = "x"=${SECRET}`,
  `${P1}.storage.config.password = x ?${SECRET}`,
  `${P1}.storage.config.password = [x@${SECRET}]`,
  `${P1}.storage.config.password = x]${SECRET}`,
  `${P1}.token { a = x&${SECRET} }`,
  `${P1}.storage.config.url = "jdbc:postgresql://user:${SECRET}@db/x?password=${SECRET}" [1]`,
  `token = ${SECRET}\n${P1}.crypto.kms { type = driver, name = hsm, config { api-key = \${token} } }`,
  `_p.password = ${SECRET}\n${P1} { crypto.parallelism = \${_p.password} }`,
  `${P1}.remote-token = ${SECRET}\n${P1}.token = { a = ${SECRET} }`,
];

describe('a secret', () => {
  for (const text of FAULTY) {
    it(`is in no report and no message about ${JSON.stringify(text)}`, async () => {
      const { service, fixture } = workbench(`${text}\n`);
      const { files, choice } = await service.check([fixture.main.uri], true);
      const report = {
        cantonVersion: choice.version,
        edition: choice.edition,
        coverage: { checked: 0, unknown: 0, notLookedAt: 0, missing: [] },
        kinds: {},
        projects: [],
        files: [...files].map(([path, file]) => ({
          path,
          text: file.text,
          diagnostics: file.diagnostics.map((one) => ({ ...one, related: [] })),
        })),
      };
      for (const reporter of [pretty, github, json, junit, sarif([])]) {
        assert.doesNotMatch(reporter(report, { colors: false }), new RegExp(SECRET));
      }
      const found = await service.diagnostics(fixture.main.uri);
      for (const { message, fixes, related } of found) {
        const texts = [message, ...fixes.map(({ title }) => title), ...related.map((one) => one.message)];
        assert.doesNotMatch(texts.join('\n'), new RegExp(SECRET));
      }
    });
  }

  it('is in no report about YAML', async () => {
    const yaml = `ADDITIONAL_CONFIG: |\n  ${P1}.crypto { ${KMS}, config { pin = ${SECRET} } } }\n`;
    const { service } = workbench(`-- values.yaml --\n${yaml}`);
    const { files } = await service.check([uriOf('values.yaml')], false);
    const file = files.get(uriOf('values.yaml'));
    assert.ok(file?.diagnostics.some(({ code }) => code === 'advice/plain-secret'));
    assert.equal(file?.text, yaml.replace(SECRET, '*******'));
  });

  it('is not shown by a variable, whatever it is called', async () => {
    const environment = { DATABASE_URL: `postgres://user:${SECRET}@db/x`, DB: SECRET, SIGNING_KEY: SECRET };
    const other = '_other.password = ${DB}';
    const texts = `-- canton-kms.json --\n${JSON.stringify({ environment })}\n`;
    for (const text of [
      `${P1}.storage.config.url = \${‸DATABASE_URL}`,
      `${P1}.storage.config.url = \${?DATA‸BASE_URL}`,
      `${P1}.storage.config.password = \${‸DB}`,
      `x = \${‸SIGNING_KEY}`,
      `${P1}.storage.config.‸url = \${DATABASE_URL}`,
      `${P1}.storage.config.‸password = \${DB}`,
    ]) {
      const { service, cursor } = workbench(`-- main.conf --\n${text}\n${other}\n${texts}`);
      const hover = await service.hover(cursor.uri, cursor.position);
      assert.ok(hover !== undefined, text);
      assert.doesNotMatch(JSON.stringify(hover), new RegExp(SECRET), text);
      const items = await service.completion(cursor.uri, cursor.position, { snippets: false });
      assert.doesNotMatch(JSON.stringify(items), new RegExp(SECRET), text);
    }
  });

  it('is in no effective value and no hint, whether the schema of a driver, its name or what it is copied from shows it', async () => {
    const schema = { type: 'object', properties: { unlock: { type: 'string', writeOnly: true }, slot: {} } };
    const config = `config { slot = \${slot}, unlock = \${lock}, label = \${a.password}, pin = \${lock} }`;
    const { service, fixture } = workbench(`lock = ${SECRET}
slot = shown
a.password = ${SECRET}
copy = \${a.password}
other = \${copy}
${P1}.crypto { ${KMS}, ${config} } }
-- canton-kms.json --
{ "driverSchemas": { "hsm": "hsm.json" } }
-- hsm.json --
${JSON.stringify(schema)}
`);
    const nodes = JSON.stringify(await service.effectiveNodes([fixture.main.uri]));
    assert.match(nodes, /crypto\.kms\.config\.slot","value":"\\"shown/);
    assert.doesNotMatch(nodes, new RegExp(SECRET));
    const lines = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
    const hints = await service.inlayHints(fixture.main.uri, lines, { defaults: true, substitutions: true });
    assert.deepEqual(
      hints.map(({ label }) => label).filter((label) => String(label).startsWith('= ')),
      ['= "shown"'],
    );
  });

  it('is masked in lines, in linear time', () => {
    for (const [line, masked] of [
      ['  password = hunter two # x', '  password = …# x'],
      ['a { pin: 1234, b = 1 }', 'a { pin: …, b = 1 }'],
      ['"api-key" += "a b"', '"api-key" += …'],
      ['region = us-east-1', 'region = us-east-1'],
    ]) {
      assert.equal(
        maskedLine(line as string)
          .replace(/ +#/, '#')
          .replace('… ', '…'),
        (masked as string).replace('… ', '…'),
      );
    }
    // This would take hours if the time were quadratic.
    for (const piece of ['a', '"', 'a.', 'password=', '://a:', '://a:b', 'a = "\\', ' ', 'a ', 'x ', "'"]) {
      const long = piece.repeat(2_000_000 / piece.length);
      maskedLine(long);
      withoutCredentials(long);
    }
  });
});

describe('a message', () => {
  it('quotes a value up to a length', async () => {
    const long = 'x'.repeat(100_000);
    for (const text of [
      `${P1}.crypto.provider = ${long}`,
      `${P1}.crypto.${long} = 1`,
      `${P1}.crypto.kms { type = aws, region = "${long}", audit-logging = ${long} }`,
      `a = \${${long}}`,
      `include required("${long}.conf")`,
      `a = ${long}"`,
    ]) {
      const { service, fixture } = workbench(`${text}\n`);
      for (const { message } of await service.diagnostics(fixture.main.uri))
        assert.ok(message.length < 5000, message.slice(0, 100));
    }
  });
});
