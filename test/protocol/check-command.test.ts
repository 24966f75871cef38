import assert from 'node:assert/strict';
import { join } from 'node:path';
import { runCli, TestFolder } from '../kit/built';
import { BAD, GOOD, NGINX } from './kit/texts';

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
    assert.match(bad.stdout, /^sub\/bad\.conf:3:\d+ error Unknown key 'regoin'/m);
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
  });

  it("says which of the named files are not Canton's, and counts them as nothing", async () => {
    const { report, code, stderr } = await checkJson('nginx.conf', 'good.conf');
    assert.deepEqual([paths(report), code], [['good.conf'], 0]);
    assert.equal(stderr, '"nginx.conf" is not Canton configuration, so it is not checked\n');
    assert.equal((await check('nginx.conf')).code, 0);
  });

  it('exits with 2 where a folder or a pattern has nothing to check', async () => {
    folder.write('web/nginx.conf', NGINX);
    folder.write('empty/none.txt', '');
    for (const args of [['web'], ['empty'], ['good.conf', 'web'], ['web/*.conf']]) {
      const { code, stdout, stderr } = await check(...args);
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(stderr, /no Canton configuration found in "/);
    }
  });

  it('heeds project files up to the root of the repository or the working directory, and names them', async () => {
    folder.write('canton-kms.json', JSON.stringify({ rules: { 'read/unknown-key': { off: 'later' } } }));
    const inside = await check('sub/bad.conf');
    assert.match(inside.stdout, /^Project file canton-kms\.json: 1 rule disabled: read\/unknown-key$/m);
    const outside = await runCli(['check', 'bad.conf'], { cwd: join(folder.path, 'sub') });
    assert.equal(outside.code, 1);
    assert.doesNotMatch(outside.stdout, /Project file/);
    folder.write('.git/HEAD', 'ref: refs/heads/main\n');
    const repository = await runCli(['check', 'bad.conf'], { cwd: join(folder.path, 'sub') });
    assert.match(repository.stdout, /^Project file .*canton-kms\.json: 1 rule disabled/m);
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

  it('names a project file once, however many launches go by it', async () => {
    folder.write('canton-kms.json', '{ "launchSets": { "a": ["one.conf"], "b": ["two.conf"] } }');
    folder.write('one.conf', GOOD);
    folder.write('two.conf', GOOD);
    const { stdout } = await check('.');
    assert.equal(stdout.match(/^Project file /gm)?.length, 1, stdout);
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
    assert.match(second.stdout, /'config\.slot' of the driver 'hsm' must be of type '\w+'/);
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

  it('follows include file() from the working directory, which need not be that of the node', async () => {
    folder.write('sub/root.conf', 'canton.participants.p1 { include file("part.conf") }\n');
    folder.write('part.conf', 'crypto.kms { type = aws, regoin = x }\n');
    folder.write('sub/other.conf', 'canton.participants.p1 { include required(file("none.conf")) }\n');
    const { report } = await checkJson('sub/root.conf', 'sub/other.conf');
    assert.ok(paths(report).includes('part.conf'));
    const severities = report.files
      .filter(({ path }: { path: string }) => path === 'sub/other.conf')
      .flatMap(({ diagnostics }: { diagnostics: Finding[] }) => diagnostics.map(({ severity }) => severity));
    assert.ok(!severities.includes('error'));
  });

  it('knows only the variables that it is given; --env-only says that there are no others', async () => {
    folder.write('env.conf', GOOD.replace('eu-central-1', '${REGION}'));
    folder.write('.env', 'REGION=eu-west-1\n');
    assert.equal((await runCli(['check', 'env.conf'], { cwd: folder.path, env: { REGION: 'x' } })).code, 0);
    assert.equal((await check('env.conf')).code, 0);
    assert.equal((await check('env.conf', '--env-only')).code, 1);
    assert.equal((await check('env.conf', '--env-only', '--env', 'REGION=x')).code, 0);
    assert.equal((await check('env.conf', '--env-only', '--variables', '.env')).code, 0);
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
      ['values.yaml', 'read/unknown-key', 'values.yaml (ADDITIONAL_CONFIG)'],
      ['docs/README.md', 'read/invalid-value', 'README.md (hocon)'],
    ]);
    const column = `    value: "${kms} {\\n  type = aws\\n  `.length;
    const run = async (format: string) => (await check('values.yaml', '--format', format)).stdout;
    assert.match(
      await run('pretty'),
      new RegExp(`^values\\.yaml:3:${column + 1} error Unknown key 'regoin'.*\\n.*value: .*\\n *\\| *\\^{6}$`, 'm'),
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

  it('names documents of standard input by their kind and name', async () => {
    const data = 'data:\n  p.conf: |\n    canton.participants.p1.crypto.kms.type = awz\n';
    const one = (name: string) => `---\napiVersion: v1\nkind: ConfigMap\nmetadata: \n  name: ${name}\n${data}`;
    const input = `${one('a')}---\nkind: Service\nmetadata:\n  name: s\n${one('b')}`;
    const ran = await runCli(['check', '-', '--format', 'json'], { cwd: folder.path, input });
    assert.equal(ran.code, 1);
    assert.deepEqual(paths(JSON.parse(ran.stdout)), ['ConfigMap/a', 'ConfigMap/b']);
    const other = await runCli(['check', '-'], { cwd: folder.path, input: 'kind: Service\nname: canton\n' });
    assert.deepEqual([other.code, other.stdout], [2, '']);
  });

  it('checks the files of a folder that hold HOCON, but for those that Git or the project leave out', async () => {
    const wrong = 'canton.participants.p1.crypto.kms.type = awz\n';
    folder.write('all/a.conf', wrong);
    folder.write('all/README.md', `\`\`\`\n${wrong}\`\`\`\n`);
    folder.write('all/p.env', `ADDITIONAL_CONFIG_A=${wrong}`);
    folder.write('all/notes.md', 'Nothing of Canton.\n');
    folder.write('all/build/b.conf', wrong);
    folder.write('all/.gitignore', 'build/\n');
    folder.write('all/old/c.conf', wrong);
    folder.write('all/canton-kms.json', '{ "exclude": ["old"] }');
    const ran = await runCli(['check', 'all', '--format', 'json'], { cwd: folder.path });
    const report = JSON.parse(ran.stdout);
    assert.deepEqual(paths(report), ['all/README.md', 'all/a.conf', 'all/p.env']);
    assert.deepEqual(report.kinds, { markdown: 1, hocon: 1, dotenv: 1 });
    assert.deepEqual(report.coverage, { checked: 3, unknown: 0, notLookedAt: 0, missing: [] });
  });

  it('says wrong usage and unreadable input in one line, with exit code 2', async () => {
    folder.write('binary.conf', Uint8Array.of(1, 0, 2));
    const cases: [args: string[], line: RegExp][] = [
      [['check', 'none.conf'], /"none\.conf" does not exist/],
      [['check', 'binary.conf'], /"binary\.conf" is a binary file/],
      [['check', '*.json'], /no file matches "\*\.json"/],
      [
        ['check', '--format', 'xml', 'good.conf'],
        /--format is "xml"; it must be one of pretty, json, sarif, github, junit/,
      ],
      [['check', '--fail-on', 'always'], /--fail-on is "always"/],
      [['check', '--canton-version', '1.0'], /--canton-version is "1\.0"; known versions are 2\.10, 3\.3/],
      [['check', '--edition', 'gold'], /--edition is "gold"/],
      [['check', '--env', 'NAME'], /--env is "NAME"; write NAME=VALUE/],
      [['check', '--stdin', 'good.conf'], /standard input cannot be combined with paths/],
      [['check', '-', 'good.conf'], /standard input cannot be combined with paths/],
      [['check', '--frobnicate'], /Unknown option '--frobnicate'/],
      [['hocon'], /no file given/],
      [['hocon', 'sub'], /"sub" is a directory/],
      [['lsp'], /--stdio is required/],
      [['explain', 'read/unknown-kye'], /did you mean "read\/unknown-key"/],
      [['effective', '--node', 'participants.p9', 'good.conf'], /these files configure participants\.p1/],
      [['plan', 'dance', '--node', 'participants.p1', 'good.conf'], /unknown procedure "dance"/],
      [['doctor', 'none.conf'], /"none\.conf" does not exist/],
      [['frobnicate'], /unknown command "frobnicate"; see canton-kms --help/],
      [['chek'], /unknown command "chek"; did you mean "check"\?/],
      [['check', '--formt', 'json'], /Unknown option '--formt'; did you mean --format\?/],
      [['plan', 'rotate-wraper-key', '--node', 'participants.p1', 'good.conf'], /did you mean "rotate-wrapper-key"\?/],
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
      ['brace', '{', 0],
      ['conflict', `<<<<<<< HEAD\n${GOOD}=======\n>>>>>>> other\n`, 1],
      ['crlf', GOOD.replaceAll('\n', '\r\n'), 0],
      ['bom', `\ufeff${GOOD}`, 0],
      ['open', 'a{'.repeat(10_000), 0],
      ['nested', `canton ${'{a'.repeat(10_000)}${'}'.repeat(10_000)}`, 1],
      ['arrays', `canton.x = ${'['.repeat(10_000)}${']'.repeat(10_000)}`, 1],
    ];
    for (const [name, text, expected] of inputs) {
      folder.write(`${name}.conf`, text);
      for (const format of ['json', 'pretty', 'sarif', 'github', 'junit']) {
        const { code, stderr } = await check('--format', format, `${name}.conf`);
        const isOther = ['empty', 'brace', 'open'].includes(name);
        assert.deepEqual([name, code, stderr !== ''], [name, expected, isOther]);
      }
    }
  });

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
  });
});
