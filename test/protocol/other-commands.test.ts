import assert from 'node:assert/strict';
import { runCli, TestFolder } from '../kit/built';
import { GOOD, NGINX } from './kit/texts';

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
      'preflight',
      'drift',
      'rules',
      'explain',
      'keys',
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
    assert.match(stdout, /^participants\.p1: external keys, aws$/m);
    assert.match(stdout, /crypto\.kms\.region = "us-east-1" +# over\.conf:1$/m);
    assert.match(stdout, /crypto\.kms\.type = "aws" +# good\.conf:3$/m);
  });

  it('keys draws the keys of a node, as text and as a chart', async () => {
    const text = await cli('keys', '--node', 'participants.p1', 'good.conf', 'over.conf');
    assert.equal(text.code, 0);
    assert.match(
      text.stdout,
      /^participants\.p1, Canton 3\.5: external keys, AWS KMS \(us-east-1\)\n└─ root namespace key/,
    );
    const chart = await cli('keys', '--node', 'participants.p1', '--format', 'mermaid', 'good.conf');
    assert.match(chart.stdout, /^flowchart TD\n/);
    for (const [args, reason] of [
      [['good.conf'], /--node/],
      [['--node', 'participants.p1'], /no file/],
      [['--node', 'participants.p9', 'good.conf'], /these files configure participants\.p1/],
      [['--node', 'participants.p1', '--format', 'svg', 'good.conf'], /mermaid/],
    ] as const) {
      const { code, stderr } = await cli('keys', ...args);
      assert.deepEqual([code, reason.test(stderr)], [2, true], stderr);
    }
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

  it('explain has type, default, versions and source of any key, by its path or its end', async () => {
    const region = await cli('explain', 'crypto.kms.region');
    assert.equal(region.code, 0);
    assert.match(region.stdout, /^# canton\.participants\.<name>\.crypto\.kms\.region\n\nWith `kms\.type = aws`\.\n/);
    assert.match(region.stdout, /^- Type: string, required$/m);
    assert.match(region.stdout, /^- Canton 2\.10, 3\.3, 3\.4, 3\.5, 3\.6$/m);
    assert.match(region.stdout, /^- Source: config\/KmsConfig\.scala/m);
    const full = await cli('explain', 'canton.participants.p1.ledger-api.address');
    assert.match(full.stdout, /^- Default: `127\.0\.0\.1`$/m);
    const root = await cli('explain', 'canton');
    assert.match(root.stdout, /^# canton\n\n.+\n\n- Type: section\n(?:.*\n)*\nKeys: .*`participants`/);
    assert.match((await cli('explain', 'cantn')).stderr, /did you mean "canton"/);
    assert.match((await cli('explain', '')).stderr, /unknown key ""/);
    const end = await cli('explain', 'session-signing-keys.enabled');
    assert.match(end.stdout, /^# canton\.participants\.<name>\.crypto\.(?:kms\.)?session-signing-keys\.enabled$/m);
    const older = await cli('explain', 'canton.domains.d1', '--canton-version', '3.5');
    assert.match(
      older.stdout,
      /^\*\*Canton 3\.5 enterprise does not read this key\.\*\*\n\n# canton\.domains\.<name>\n(?:.*\n)*- Canton 2\.10$/m,
    );
    const wrong = await cli('explain', 'crypto.kms.regoin');
    assert.deepEqual(
      [wrong.code, wrong.stderr],
      [2, 'canton-kms explain: unknown key "crypto.kms.regoin"; did you mean "crypto.kms.region"?\n'],
    );
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

  it('upgrade says what another version changes, and exits with 1 where it changes something', async () => {
    const moved = 'automatically-perform-logical-synchronizer-upgrade';
    folder.write('old.conf', `canton.participants.p1 { admin-api.port = 1, parameters.${moved} = no }\n`);
    const args = ['upgrade', '--to', '3.5', '--canton-version', '3.4', 'old.conf'];
    const { code, stdout } = await cli(...args);
    assert.equal(code, 1);
    assert.match(stdout, /^old\.conf: Canton 3\.4 to 3\.5/);
    assert.match(stdout, /\+.*lsu\.automatically-perform-lsu = no/);
    const json = JSON.parse((await cli(...args, '--format', 'json')).stdout);
    const [set] = json.launchSets;
    const [change] = set.changes.filter((one: { kind: string }) => one.kind === 'moved');
    assert.deepEqual(
      [json.version, set.from, set.to, change.node, change.path, change.line, change.edits[0].file],
      [1, '3.4', '3.5', 'participants.p1', 'old.conf', 0, 'old.conf'],
    );
    assert.match((await cli(...args, '--format', 'markdown')).stdout, /^## participants\.p1$/m);
    assert.equal((await cli('upgrade', '--to', '3.5', '--canton-version', '3.5', 'old.conf')).code, 0);
    assert.equal((await cli('upgrade', '--to', '9', 'old.conf')).code, 2);
    assert.equal((await cli('upgrade', 'old.conf')).code, 2);
    assert.equal((await cli('upgrade', '--to', '3.5', 'none.conf')).code, 2);
  });

  it('diff says what changes for Canton, and exits with 1 where something does', async () => {
    const text = (port: number) => `canton.participants.p1 { admin-api.port = ${port}, storage.config.password = x }\n`;
    folder.write('old/a.conf', text(1));
    folder.write('new/a.conf', `# the same\n${text(1)}`);
    folder.write('other/a.conf', text(2));
    const same = await cli('diff', 'old', 'new');
    assert.deepEqual([same.code, same.stdout], [0, 'Nothing changes for Canton.\n']);
    const changed = await cli('diff', 'old/a.conf', 'other/a.conf');
    assert.equal(changed.code, 1);
    assert.match(changed.stdout, /^ {4}admin-api\.port: 1 -> 2 {2}\(other\/a\.conf:1\)$/m);
    const json = JSON.parse((await cli('diff', 'old', 'other', '--format', 'json')).stdout);
    assert.deepEqual(
      json.launchSets.map(({ changes }: { changes: { configPath: string }[] }) => changes[0]?.configPath),
      ['canton.participants.p1.admin-api.port'],
    );
    assert.match((await cli('diff', 'old', 'other', '--format', 'markdown')).stdout, /^- `admin-api\.port: 1 -> 2/m);
    folder.write('port.conf', 'canton.participants.p1.admin-api.port = 1\n');
    const sets = await cli('diff', '--set', 'other/a.conf', 'port.conf', '--', 'old/a.conf');
    assert.deepEqual([sets.code, sets.stdout], [0, 'Nothing changes for Canton.\n']);
    for (const wrong of [
      ['old'],
      ['old', 'new', 'other'],
      ['old', 'none'],
      ['--set', 'old/a.conf', 'b.conf', 'c.conf'],
    ])
      assert.equal((await cli('diff', ...wrong)).code, 2, wrong.join(' '));
  });

  it('doctor tells what was looked at', async () => {
    folder.write('nginx.conf', NGINX);
    folder.write('canton-kms.json', '{ "launchSets": { "prod": ["good.conf", "over.conf"] } }');
    const { code, stdout } = await cli('doctor');
    assert.equal(code, 0);
    assert.match(stdout, /Launch set prod \(declared in canton-kms\.json\)/);
    assert.match(stdout, /files: .*good\.conf, .*over\.conf/);
    assert.match(stdout, /Files without Canton configuration:\n {2}nginx\.conf/);
    folder.write('one.conf', 'canton.participants.p1.crypto.kms { type = aws, region = eu-central-1, nothing = 1 }\n');
    assert.match((await cli('doctor', 'one.conf')).stdout, /problems: 1 error, 0 warnings/);
  });
});
