import assert from 'node:assert/strict';
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { built, DIST, runCli, TestFolder } from '../kit/built';
import { LspClient } from '../kit/lsp-client';

const GOOD = `canton.participants.p1 {
  admin-api.port = 5012, ledger-api.port = 5011, http-ledger-api.port = 5013
  crypto { provider = kms, kms { type = aws, region = eu-central-1 } }
}
`;
const BAD = GOOD.replace('region =', 'regoin =');
const NGINX = 'server { listen 80; location / { root /srv; } }\n';

interface Finding {
  readonly code: string;
  readonly severity: string;
  readonly launchSet: string;
}

describe('canton-kms check', () => {
  let folder: TestFolder;
  const check = (...args: string[]) => runCli(['check', ...args], { cwd: folder.path });
  const checkJson = async (...args: string[]) => {
    const ran = await check('--format', 'json', ...args);
    return { ...ran, report: JSON.parse(ran.stdout) };
  };
  const paths = (report: { files: { path: string }[] }) => report.files.map(({ path }) => path).sort();
  beforeEach(() => {
    folder = new TestFolder({ 'good.conf': GOOD, 'sub/bad.conf': BAD, 'nginx.conf': NGINX });
  });
  afterEach(() => folder.remove());

  it('exits with 0 where all is well, with 1 where it is not, and says so', async () => {
    const good = await check('good.conf');
    assert.deepEqual([good.code, good.stderr], [0, '']);
    assert.match(good.stdout, /1 file checked as Canton 3\.5 enterprise: 0 errors/);
    const bad = await check('sub/bad.conf');
    assert.equal(bad.code, 1);
    assert.match(bad.stdout, /^sub\/bad\.conf:3:\d+ error 'regoin'/m);
  });

  it('follows the JSON contract', async () => {
    const { report, code } = await checkJson('good.conf', 'sub/bad.conf');
    assert.equal(code, 1);
    const { version, cantonVersion, edition, summary } = report;
    assert.deepEqual([version, cantonVersion, edition], [1, '3.5', 'enterprise']);
    assert.deepEqual(paths(report), ['good.conf', 'sub/bad.conf']);
    const [file] = report.files.filter(({ path }: { path: string }) => path === 'sub/bad.conf');
    assert.equal(
      summary.errors,
      file.diagnostics.filter((one: { severity: string }) => one.severity === 'error').length,
    );
    const unknown = file.diagnostics.find(({ code }: { code: string }) => code === 'read/unknown-key');
    assert.deepEqual(unknown.range, { start: { line: 2, character: 45 }, end: { line: 2, character: 51 } });
    assert.equal(unknown.configPath, 'canton.participants.p1.crypto.kms.regoin');
    assert.equal(unknown.launchSet, 'bad.conf');
    assert.equal(unknown.severity, 'error');
  });

  it('walks folders and globs, and skips what is not Canton, unless it is named', async () => {
    assert.deepEqual(paths((await checkJson()).report), ['good.conf', 'sub/bad.conf']);
    assert.deepEqual(paths((await checkJson('**/*.conf')).report), ['good.conf', 'sub/bad.conf']);
    const named = await checkJson('nginx.conf');
    assert.deepEqual(paths(named.report), ['nginx.conf']);
    assert.equal(named.code, 1);
    assert.match(named.report.files[0].diagnostics[0].code, /^hocon\//);
  });

  it('--set makes one launch set of the files, later ones over earlier ones', async () => {
    folder.write('over.conf', 'canton.participants.p1.crypto.kms { regoin = null, region = eu-west-1 }\n');
    const apart = await check('over.conf', 'good.conf', '--fail-on', 'warning');
    const together = await checkJson('--set', 'good.conf', 'over.conf');
    assert.equal(together.code, 1);
    const [first] = together.report.files.flatMap(({ diagnostics }: { diagnostics: unknown[] }) => diagnostics);
    assert.equal(first.launchSet, 'good.conf, over.conf');
    assert.equal(apart.code, 1);
    folder.write('switches.conf', 'canton.features.enable-repair-commands = yes\n');
    assert.equal((await check('switches.conf')).code, 0);
    assert.match((await check('--set', 'switches.conf')).stdout, /has no node/);
  });

  it('takes launch sets, version and environment from the project file', async () => {
    folder.write('base.conf', GOOD.replace('eu-central-1', '${REGION}'));
    folder.write('more.conf', 'canton.participants.p1.crypto.session-signing-keys.enabled = true\n');
    const project = {
      cantonVersion: '3.4',
      launchSets: { prod: ['base.conf', 'more.conf'] },
      environment: { REGION: 'x' },
    };
    folder.write('canton-kms.json', JSON.stringify(project));
    const { report } = await checkJson('more.conf');
    assert.equal(report.cantonVersion, '3.4');
    assert.deepEqual(paths(report), ['base.conf', 'more.conf']);
    const found = report.files.flatMap(({ diagnostics }: { diagnostics: Finding[] }) => diagnostics);
    const errors = found.filter(({ severity }: Finding) => severity === 'error');
    assert.deepEqual(
      errors.map(({ code, launchSet }: Finding) => [code, launchSet]),
      [['read/unknown-key', 'prod']],
    );
    assert.equal((await check('more.conf', '--canton-version', '3.5')).code, 0);
  });

  it('reports a schema of a driver that is no JSON, and checks against one that is', async () => {
    folder.write('canton-kms.json', '{ "driverSchemas": { "hsm": "hsm.json" } }');
    folder.write('hsm.json', '{ no');
    const kms = 'kms { type = driver, name = hsm, config { slot = seven } }';
    folder.write('hsm.conf', GOOD.replace(/kms \{.*\} \}/, `${kms} }`));
    const first = await checkJson('hsm.conf');
    const found = (report: { files: { diagnostics: Finding[] }[] }) =>
      report.files.flatMap(({ diagnostics }) => diagnostics.map(({ code }) => code));
    assert.deepEqual(found(first.report), ['project/invalid-schema']);
    folder.write('hsm.json', '{ "type": "object", "properties": { "slot": { "type": "integer" } } }');
    const second = await check('hsm.conf');
    assert.match(second.stdout, /'config\.slot' of the driver 'hsm' must be of the type '\w+'/);
  });

  it('reports a faulty project file', async () => {
    folder.write('canton-kms.json', '{ "cantonVersoin": "3.5" }');
    const { report, code } = await checkJson('good.conf');
    assert.equal(code, 1);
    const [file] = report.files.filter(({ path }: { path: string }) => path === 'canton-kms.json');
    assert.equal(file.diagnostics[0].code, 'project/unknown-key');
  });

  it('checks an included file through the one that includes it', async () => {
    folder.write('root.conf', 'canton.participants.p1 { include "part.conf" }\n');
    folder.write('part.conf', 'crypto.kms { type = aws, regoin = x }\n');
    const { report } = await checkJson('part.conf', 'root.conf');
    const [part] = report.files.filter(({ path }: { path: string }) => path === 'part.conf');
    const unknown = part.diagnostics.find(({ code }: { code: string }) => code === 'read/unknown-key');
    assert.equal(unknown.configPath, 'canton.participants.p1.crypto.kms.regoin');
    assert.equal(unknown.launchSet, 'root.conf');
  });

  it('knows only the variables that it is given; --env-only says that there are no others', async () => {
    folder.write('env.conf', GOOD.replace('eu-central-1', '${REGION}'));
    folder.write('.env', 'REGION=eu-west-1\n');
    assert.equal((await runCli(['check', 'env.conf'], { cwd: folder.path, env: { REGION: 'x' } })).code, 0);
    assert.equal((await check('env.conf')).code, 0);
    assert.equal((await check('env.conf', '--env-only')).code, 1);
    assert.equal((await check('env.conf', '--env-only', '--env', 'REGION=x')).code, 0);
    assert.equal((await check('env.conf', '--env-only', '--env-file', '.env')).code, 0);
  });

  it('--fail-on moves the threshold', async () => {
    assert.equal((await check('sub/bad.conf', '--fail-on', 'never')).code, 0);
    folder.write('warned.conf', GOOD.replace('provider = kms', 'provider = jce'));
    assert.equal((await check('warned.conf')).code, 0);
    assert.equal((await check('warned.conf', '--fail-on', 'warning')).code, 1);
  });

  it('finds HOCON inside YAML and Markdown that are named, and says where in the lines of these files', async () => {
    const kms = 'canton.participants.participant.crypto.kms';
    folder.write(
      'values.yaml',
      `env:\n  - name: ADDITIONAL_CONFIG\n    value: "${kms} {\\n  type = aws\\n  regoin = x }"\n`,
    );
    folder.write('docs/README.md', `- a\n  \`\`\`hocon\n  ${kms}.type = awz\n  \`\`\`\n`);
    folder.write('other.yaml', 'a: b\n');
    const { report, code } = await checkJson('values.yaml', 'docs/*.md', 'other.yaml');
    assert.equal(code, 1);
    assert.deepEqual(paths(report), ['docs/README.md', 'values.yaml']);
    const errors = report.files.flatMap(({ path, diagnostics }: { path: string; diagnostics: Finding[] }) =>
      diagnostics.filter((one) => one.severity === 'error').map((one) => [path, one.code, one.launchSet]),
    );
    assert.deepEqual(errors, [
      ['values.yaml', 'read/missing-key', 'values.yaml (ADDITIONAL_CONFIG)'],
      ['values.yaml', 'read/unknown-key', 'values.yaml (ADDITIONAL_CONFIG)'],
      ['docs/README.md', 'read/invalid-value', 'README.md (hocon)'],
    ]);
    const column = `    value: "${kms} {\\n  type = aws\\n  `.length;
    const run = async (format: string) => (await check('values.yaml', '--format', format)).stdout;
    assert.match(
      await run('pretty'),
      new RegExp(`^values\\.yaml:3:${column + 1} error 'regoin'.*\\n.*value: .*\\n *\\| *\\^{6}$`, 'm'),
    );
    assert.match(
      await run('github'),
      new RegExp(`file=values\\.yaml,line=3,endLine=3,col=${column + 1},endColumn=${column + 7}`),
    );
    assert.match(await run('sarif'), new RegExp(`"startLine": 3,\\s+"startColumn": ${column + 1},`));
    assert.match(await run('junit'), new RegExp(`values\\.yaml:3:${column + 1}`));
  });

  it('--set puts it on top of the files that it is merged with', async () => {
    folder.write(
      'values.yaml',
      'kms:\n  type: aws\n  region: ${?UNSET}\nenv:\n  ADDITIONAL_CONFIG: a = ${nowhere.b}\n',
    );
    assert.equal((await check('values.yaml')).code, 0);
    const { report } = await checkJson('--set', 'good.conf', 'values.yaml');
    const found = report.files.flatMap(({ path, diagnostics }: { path: string; diagnostics: Finding[] }) =>
      diagnostics.map((one) => `${path} ${one.code}`),
    );
    assert.ok(found.includes('values.yaml hocon/unresolved'), found.join());
  });

  it('reads standard input as the file that it stands for', async () => {
    folder.write('sub/part.conf', 'canton.participants.p1.crypto.kms.region = x\n');
    const text = `${BAD}include "part.conf"\n`;
    const ran = await runCli(['check', '--stdin', '--stdin-path', 'sub/new.conf', '--format', 'json'], {
      cwd: folder.path,
      input: text,
    });
    const report = JSON.parse(ran.stdout);
    assert.deepEqual(paths(report), ['sub/new.conf', 'sub/part.conf']);
    const codes = report.files[0].diagnostics.map(({ code }: { code: string }) => code);
    assert.ok(codes.includes('read/unknown-key') && !codes.includes('read/missing-key'), String(codes));
  });

  it('says wrong usage and unreadable input in one line, with exit code 2', async () => {
    folder.write('binary.conf', Uint8Array.of(1, 0, 2));
    const cases: [args: string[], line: RegExp][] = [
      [['check', 'none.conf'], /"none\.conf" does not exist/],
      [['check', 'binary.conf'], /"binary\.conf" is a binary file/],
      [['check', '*.json'], /no file matches "\*\.json"/],
      [['check', '--format', 'xml', 'good.conf'], /--format is "xml"; it can be pretty, json, sarif, github, junit/],
      [['check', '--fail-on', 'always'], /--fail-on is "always"/],
      [['check', '--canton-version', '1.0'], /--canton-version is "1\.0"; known versions are 2\.10, 3\.3/],
      [['check', '--edition', 'gold'], /--edition is "gold"/],
      [['check', '--env', 'NAME'], /--env is "NAME"; write NAME=VALUE/],
      [['check', '--stdin', 'good.conf'], /--stdin and paths exclude each other/],
      [['check', '--frobnicate'], /Unknown option '--frobnicate'/],
      [['hocon'], /which file/],
      [['hocon', 'sub'], /"sub" is a directory/],
      [['lsp'], /--stdio is missing/],
      [['explain', 'read/unknown-kye'], /did you mean "read\/unknown-key"/],
      [['effective', '--node', 'participants.p9', 'good.conf'], /there are participants\.p1/],
      [['plan', 'dance', '--node', 'participants.p1', 'good.conf'], /there is no procedure "dance"/],
      [['doctor', 'none.conf'], /"none\.conf" does not exist/],
      [['frobnicate'], /there is no command "frobnicate"/],
    ];
    for (const [args, line] of cases) {
      const { code, stdout, stderr } = await runCli(args, { cwd: folder.path });
      assert.equal(code, 2, `${args.join(' ')}: ${stdout}${stderr}`);
      assert.match(stderr, line);
      assert.equal(stderr.trim().split('\n').length, 1, stderr);
      assert.equal(stdout, '');
    }
  });

  it('takes an empty file, a lone brace, conflict markers, CRLF, a byte order mark and deep nesting as they come', async () => {
    const inputs: [name: string, text: string, code: number][] = [
      ['empty', '', 0],
      ['brace', '{', 1],
      ['conflict', `<<<<<<< HEAD\n${GOOD}=======\n>>>>>>> other\n`, 1],
      ['crlf', GOOD.replaceAll('\n', '\r\n'), 0],
      ['bom', `\ufeff${GOOD}`, 0],
      ['open', 'a{'.repeat(10_000), 1],
      ['nested', `canton ${'{a'.repeat(10_000)}${'}'.repeat(10_000)}`, 1],
      ['arrays', `canton.x = ${'['.repeat(10_000)}${']'.repeat(10_000)}`, 1],
    ];
    for (const [name, text, expected] of inputs) {
      folder.write(`${name}.conf`, text);
      for (const format of ['json', 'pretty', 'sarif', 'github', 'junit']) {
        const { code, stderr } = await check('--format', format, `${name}.conf`);
        assert.deepEqual([name, code, stderr], [name, expected, '']);
      }
    }
  }).timeout(120_000);

  it('checks 10 MB', async () => {
    const nodes = Array.from({ length: 100 }, (_, i) => GOOD.replace('p1', `p${i}`)).join('');
    let text = nodes;
    for (let i = 0; text.length < 10_000_000; i++) {
      text += `site-${i} {\n  # ${'what it is for '.repeat(10)}\n  name = "site ${i}", ports = [1, 2, 3], of = \${canton.participants.p1.crypto}\n}\n`;
    }
    folder.write('large.conf', `${text}${BAD}`);
    const { code, stdout, stderr } = await check('large.conf', '--format', 'json');
    assert.deepEqual([code, stderr], [1, '']);
    assert.match(stdout, /'regoin'/);
  }).timeout(60_000);
});

describe('canton-kms hocon', () => {
  let folder: TestFolder;
  beforeEach(() => {
    folder = new TestFolder({
      'a.conf': 'a = 1, b = ${?HOME}, c = ${a}\n',
      'b.conf': 'a = 2\n',
      'bad.conf': '\n\na = ${nope}\n',
    });
  });
  afterEach(() => folder.remove());
  const hocon = (...args: string[]) => runCli(['hocon', ...args], { cwd: folder.path, env: { HOME: '/root' } });

  it('prints the merged files as JSON, resolved with the environment of the process', async () => {
    const { code, stdout } = await hocon('a.conf', 'b.conf');
    assert.deepEqual([code, JSON.parse(stdout)], [0, { a: 2, b: '/root', c: 2 }]);
  });

  it('exits with 1 and the line of each error', async () => {
    const { code, stdout, stderr } = await hocon('bad.conf');
    assert.deepEqual([code, stdout], [1, '']);
    assert.match(stderr, /^bad\.conf:3: .*nope/);
  });

  it('--no-resolve leaves substitutions as they are written', async () => {
    folder.write('sub.conf', 'a = 1, b = x ${a} ${?"n o"}, c = ${nope.x}, d { e = 1 }, d = ${a}, l = [${a}]\n');
    const { code, stdout } = await hocon('--no-resolve', 'sub.conf', 'b.conf');
    assert.equal(code, 0);
    assert.deepEqual(JSON.parse(stdout), { a: 2, b: 'x ${a} ${?"n o"}', c: '${nope.x}', d: '${a}', l: ['${a}'] });
  });

  it('--batch answers each line, whatever the others are', async () => {
    folder.write('binary.conf', Uint8Array.of(0));
    folder.write('deep.conf', `a${'{a'.repeat(10_000)} = 1${'}'.repeat(10_000)}`);
    const lines = [
      'a.conf|b.conf',
      'none.conf',
      'binary.conf',
      '.',
      'deep.conf',
      'bad.conf',
      '',
      'a.conf|none.conf',
      'a.conf',
    ];
    const ran = await runCli(['hocon', '--batch'], {
      cwd: folder.path,
      input: lines.join('\r\n'),
      env: { HOME: '/root' },
    });
    assert.deepEqual([ran.code, ran.stderr], [0, '']);
    const answers = ran.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    assert.deepEqual(
      answers.map(({ file }) => file),
      lines.filter((line) => line !== ''),
    );
    assert.deepEqual(answers[0], { file: 'a.conf|b.conf', ok: true, json: { a: 2, b: '/root', c: 2 } });
    for (const i of [1, 2, 3, 6]) assert.equal(answers[i].ok, false, JSON.stringify(answers[i]));
    assert.equal(answers[5].errors[0].line, 3);
    assert.deepEqual(answers[7].json, { a: 1, b: '/root', c: 1 });
  });
});

describe('the other commands', () => {
  let folder: TestFolder;
  beforeEach(() => {
    folder = new TestFolder({
      'good.conf': GOOD,
      'over.conf': 'canton.participants.p1.crypto.kms.region = us-east-1\n',
    });
  });
  afterEach(() => folder.remove());
  const cli = (...args: string[]) => runCli(args, { cwd: folder.path });

  it('help and version', async () => {
    const { code, stdout } = await cli('--help');
    assert.equal(code, 0);
    for (const name of [
      'check',
      'hocon',
      'effective',
      'plan',
      'policy',
      'rules',
      'explain',
      'schema',
      'doctor',
      'lsp',
    ]) {
      assert.match(stdout, new RegExp(`^  ${name} `, 'm'));
      const help = await cli(name, '--help');
      assert.equal(help.code, 0);
      assert.match(help.stdout, new RegExp(`^Usage: canton-kms ${name}`));
    }
    assert.match((await cli('--version')).stdout, /^\d+\.\d+\.\d+\n$/);
    assert.equal((await cli()).code, 2);
  });

  it('effective names the file and line of each value in effect', async () => {
    const { code, stdout } = await cli('effective', 'good.conf', 'over.conf');
    assert.equal(code, 0);
    assert.match(stdout, /^participants\.p1: external mode, aws$/m);
    assert.match(stdout, /crypto\.kms\.region = "us-east-1" +# over\.conf:1$/m);
    assert.match(stdout, /crypto\.kms\.type = "aws" +# good\.conf:3$/m);
  });

  it('rules lists what explain explains', async () => {
    const { stdout } = await cli('rules', '--format', 'json');
    const rules: { code: string; title: string }[] = JSON.parse(stdout);
    assert.ok(rules.length > 5);
    const [first] = rules as [{ code: string; title: string }];
    const page = await cli('explain', first.code);
    assert.ok(page.stdout.startsWith(`# ${first.code}\n`) && page.stdout.includes(first.title));
    assert.match((await cli('explain', 'hocon/cycle')).stdout, /^# hocon/);
  });

  it('plan says what to do, or why it cannot be done', async () => {
    const impossible = await cli(
      'plan',
      'rotate-wrapper-key',
      '--node',
      'participants.p1',
      'good.conf',
      '--format',
      'json',
    );
    assert.equal(impossible.code, 1);
    assert.ok(JSON.parse(impossible.stdout).reasons.length > 0);
    const missing = await cli(
      'plan',
      'rotate-wrapper-key',
      '--node',
      'participants.p9',
      'good.conf',
      '--format',
      'json',
    );
    assert.match(JSON.parse(missing.stdout).reasons[0], /p9/);
    assert.match((await cli('plan', '--list')).stdout, /^rotate-wrapper-key .*3\.5/m);
  });

  it('doctor tells what was looked at', async () => {
    folder.write('nginx.conf', NGINX);
    folder.write('canton-kms.json', '{ "launchSets": { "prod": ["good.conf", "over.conf"] } }');
    const { code, stdout } = await cli('doctor');
    assert.equal(code, 0);
    assert.match(stdout, /Launch set prod \(declared in canton-kms\.json\)/);
    assert.match(stdout, /files: .*good\.conf, .*over\.conf/);
    assert.match(stdout, /left alone:\n {2}nginx\.conf/);
  });
});

describe('dist/ alone, copied elsewhere without node_modules', () => {
  let folder: TestFolder;
  let cli: string;
  beforeEach(() => {
    built('cli.js');
    folder = new TestFolder({ 'a.conf': BAD });
    mkdirSync(join(folder.path, 'copy'));
    cpSync(DIST, join(folder.path, 'copy'), { recursive: true, filter: (path) => !path.endsWith('.map') });
    cli = join(folder.path, 'copy', 'cli.js');
  });
  afterEach(() => folder.remove());

  it('checks', async () => {
    const { code, stdout } = await runCli(['check', 'a.conf'], { cwd: folder.path, cli });
    assert.equal(code, 1);
    assert.match(stdout, /regoin/);
  });

  it('resolves', async () => {
    const { stdout } = await runCli(['hocon', '--batch'], { cwd: folder.path, cli, input: 'a.conf\n' });
    assert.equal(JSON.parse(stdout).json.canton.participants.p1.crypto.provider, 'kms');
  });

  for (const script of ['cli.js', 'server.js']) {
    it(`serves editors from ${script}`, async () => {
      const command = [join(folder.path, 'copy', script), ...(script === 'cli.js' ? ['lsp'] : []), '--stdio'];
      const client = await LspClient.start({ command, folders: [folder.uri()] });
      try {
        await client.open(folder.uri('a.conf'), BAD);
        assert.ok((await client.pulled(folder.uri('a.conf'))).some(({ code }) => code === 'read/unknown-key'));
        assert.equal(await client.stop(), 0);
      } finally {
        client.kill();
      }
    });
  }
});
