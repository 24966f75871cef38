import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { CANTON_VERSIONS, versionsSince } from '../../schemas/version';
import type { Plan } from '../../server/src/operations/plan';
import { runCli, TestFolder } from '../kit/built';

const STORED = `canton.participants.p1 {
  storage.type = postgres
}
`;
const ENVELOPE = `canton.participants.p1 {
  storage.type = postgres
  crypto {
    kms { type = aws, region = eu-central-1 }
    private-key-store.encryption { type = kms, wrapper-key-id = alias/p1 }
  }
}
`;
const KINDS = ['confirm', 'backup', 'edit', 'console', 'restart', 'verify', 'external'];
const PROCEDURES = [
  'configure',
  'enable-envelope',
  'revert-envelope',
  'enable-external',
  'register-keys',
  'migrate-export-keys',
  'migrate-transfer-assets',
  'change-provider',
  'rotate-wrapper-key',
  'rotate-external-keys',
  'delete-keys',
  'enable-session-signing-keys',
];
const P1 = ['--node', 'participants.p1'];
const AWS = ['--provider', 'aws', '--set', 'region=eu-central-1'];

describe('canton-kms plan', () => {
  let folder: TestFolder;
  beforeEach(() => {
    folder = new TestFolder({ 'stored.conf': STORED, 'envelope.conf': ENVELOPE });
  });
  afterEach(() => folder.remove());
  const plan = (...args: string[]) => runCli(['plan', ...args], { cwd: folder.path });
  const textOf = (name: string) => readFileSync(join(folder.path, name), 'utf8');

  async function json(...args: string[]): Promise<{ code: number; plan: Plan }> {
    const { code, stdout, stderr } = await plan(...args, '--format', 'json');
    assert.equal(stderr, '');
    return { code: code as number, plan: JSON.parse(stdout) };
  }

  it('lists the procedures with their versions', async () => {
    const { code, stdout } = await plan('--list');
    assert.equal(code, 0);
    const last = CANTON_VERSIONS[CANTON_VERSIONS.length - 1];
    for (const name of PROCEDURES) {
      assert.match(stdout, new RegExp(`^${name} .*\\((?:2\\.10, )?(?:3\\.\\d, )*${last}\\)$`, 'm'));
    }
    const since3 = versionsSince('3.3').join(', ');
    assert.match(stdout, new RegExp(`^enable-session-signing-keys .*\\(${since3}\\)$`, 'm'));
    const described: { name: string; answers: Record<string, string> }[] = JSON.parse(
      (await plan('--list', '--format', 'json')).stdout,
    );
    assert.match(
      described.find(({ name }) => name === 'rotate-external-keys')?.answers.pause ?? '',
      /pause for a backup/,
    );
  });

  it('has the keys of its contract, and edits that fit the file', async () => {
    const { code, plan: made } = await json('enable-envelope', ...P1, ...AWS, '--existing', 'stored.conf');
    assert.equal(code, 0);
    assert.deepEqual(Object.keys(made), [
      'procedure',
      'node',
      'cantonVersion',
      'possible',
      'reasons',
      'warnings',
      'steps',
      'rollback',
      'outlook',
      'madeFrom',
    ]);
    assert.deepEqual([made.procedure, made.node, made.cantonVersion], ['enable-envelope', 'participants.p1', '3.5']);
    assert.deepEqual([made.possible, made.reasons], [true, []]);
    assert.ok(made.warnings.length > 0);
    for (const step of [...made.steps, ...made.rollback]) {
      assert.deepEqual(Object.keys(step), ['title', 'kind', 'text', 'console', 'edits', 'pointOfNoReturn', 'checks']);
      assert.ok(KINDS.includes(step.kind), step.kind);
      for (const { file, range, newText } of step.edits) {
        assert.equal(file, 'stored.conf');
        assert.deepEqual([Object.keys(range.start), typeof newText], [['line', 'character'], 'string']);
      }
    }
    const edits = made.steps.flatMap((step) => [...step.edits]);
    const edited = TextDocument.applyEdits(TextDocument.create('', '', 0, STORED), edits);
    folder.write('edited.conf', edited);
    assert.match(
      (await runCli(['effective', 'edited.conf'], { cwd: folder.path })).stdout,
      /p1: envelope encryption, aws/,
    );
    const back = made.rollback.flatMap((step) => [...step.edits]);
    assert.equal(TextDocument.applyEdits(TextDocument.create('', '', 0, edited), back), STORED);
    assert.equal(textOf('stored.conf'), STORED, 'planning changes no file');
  });

  it('takes every option', async () => {
    const external = ['enable-external', ...P1, ...AWS, 'stored.conf'];
    assert.equal((await json(...external, '--new')).plan.possible, true);
    const existing = await json(...external, '--existing');
    assert.deepEqual([existing.code, existing.plan.possible], [1, false]);
    assert.match(existing.plan.reasons.join(), /Plan `migrate-export-keys`/);

    const own = await json(
      'configure',
      ...P1,
      ...AWS,
      '--mode',
      'envelope',
      '--wrapper-key-id',
      'alias/own',
      'stored.conf',
    );
    assert.match(JSON.stringify(own.plan.steps), /alias\/own/);
    const rotated = await json('rotate-wrapper-key', ...P1, '--new-key-id', 'alias/two', 'envelope.conf');
    assert.match(JSON.stringify(rotated.plan.steps), /rotate_wrapper_key\(\\"alias\/two\\"\)/);
    const deleted = await json('delete-keys', ...P1, '--fingerprint', `1220${'ab'.repeat(32)}`, 'envelope.conf');
    assert.match(JSON.stringify(deleted.plan.steps), /1220abab/);
    const old = await json('delete-keys', ...P1, '--canton-version', '2.10', 'envelope.conf');
    assert.equal(old.plan.cantonVersion, '2.10');
    const community = await json(...external, '--canton-version', '3.3', '--edition', 'community');
    assert.match(community.plan.reasons.join(), /3\.3 \(community\)/);
  });

  it('is Markdown with a diff, or a console script', async () => {
    const { code, stdout } = await plan('rotate-wrapper-key', ...P1, 'envelope.conf');
    assert.equal(code, 0);
    assert.match(stdout, /^# Rotate the wrapper key: participants\.p1$/m);
    assert.match(stdout, /^ {2}-\s+private-key-store\.encryption \{ type = kms, wrapper-key-id = alias\/p1 \}$/m);
    const script = await plan('rotate-wrapper-key', ...P1, 'envelope.conf', '--format', 'console');
    assert.match(script.stdout, /^if \(.*\) println\(.*\) else show\(p1\.keys\.secret\.rotate_wrapper_key\(\)\)$/m);
    const second = await plan('enable-envelope', ...P1, ...AWS, 'stored.conf', '--format', 'console', '--part', '2');
    assert.match(second.stdout, /^\/\/ enable-envelope: participants\.p1, Canton \S+, part 2 of 2$/m);
    const third = await plan('enable-envelope', ...P1, ...AWS, 'stored.conf', '--format', 'console', '--part', '3');
    assert.deepEqual([third.code, /parts are 1 to 2/.test(third.stderr)], [2, true]);
    const refused = await plan('rotate-wrapper-key', ...P1, 'stored.conf', '--format', 'console');
    assert.deepEqual([refused.code, /^\/\/ Not possible: /m.test(refused.stdout)], [1, true]);
  });

  it('says whether a runbook, script or JSON is still the plan for the files', async () => {
    folder.write('defaults.conf', 'canton.participants.p1.crypto.kms { region = a, region = ${?KMS_REGION} }\n');
    const files = ['envelope.conf', 'defaults.conf'];
    const verify = (...more: string[]) => plan('--verify', 'made', ...files, ...more);
    for (const format of ['markdown', 'json', 'console']) {
      folder.write('envelope.conf', ENVELOPE);
      folder.write('made', (await plan('rotate-wrapper-key', ...P1, ...files, '--format', format)).stdout);
      const current = await verify();
      assert.deepEqual([current.code, current.stderr], [0, ''], format);
      assert.match(current.stdout, /^current: /);
      folder.write(
        'envelope.conf',
        `# A comment.\n${ENVELOPE.replace('type = aws, region', 'type  =  aws , // why\n region')}`,
      );
      assert.equal((await verify()).code, 0, 'comments and formatting');
      for (const [old, changed] of [
        ['alias/p1', 'alias/p2'],
        ['storage.type = postgres', 'storage.type = h2'],
        ['crypto {', 'crypto { provider = jce,'],
      ] as const) {
        folder.write('envelope.conf', ENVELOPE.replace(old, changed));
        const stale = await verify();
        assert.deepEqual([stale.code, /^stale: The effective configuration has changed/.test(stale.stdout)], [1, true]);
      }
      folder.write('envelope.conf', ENVELOPE);
      folder.write('defaults.conf', 'canton.participants.p1.crypto.kms { region = b, region = ${?KMS_REGION} }\n');
      assert.equal((await verify()).code, 1, 'a default below a variable that is unknown');
      folder.write('defaults.conf', 'canton.participants.p1.crypto.kms { region = a, region = ${?KMS_REGION} }\n');
      const version = await verify('--canton-version', '3.4');
      assert.match(
        version.stdout,
        /^stale: The plan was made for Canton 3\.5, and these files are for Canton 3\.4\.$/m,
      );
      folder.write('envelope.conf', ENVELOPE.replace('p1 {', 'p2 {'));
      folder.write('defaults.conf', '');
      assert.match((await verify()).stdout, /^stale: These files do not configure participants\.p1\.$/m);
      folder.write('defaults.conf', 'canton.participants.p1.crypto.kms { region = a, region = ${?KMS_REGION} }\n');
    }
    folder.write('made', '# A page\n');
    assert.deepEqual([(await verify()).code, (await plan('--verify', 'made')).code], [2, 2]);
    assert.equal((await plan('--verify', 'none', ...files)).code, 2);
  });

  it('says what is wrong with its input, and changes nothing', async () => {
    folder.write('half.conf', 'canton.participants.p1 {\n  storage {\n');
    folder.write('lost.conf', `include required("none.conf")\n${STORED}`);
    folder.write('refused.conf', STORED.replace('}', '  crypto.kms { type = aws, regoin = r }\n}'));
    folder.write('elsewhere.conf', STORED.replace('}', '  ledger-apis.port = 5002\n}'));
    const impossible: [args: string[], reason: RegExp][] = [
      [
        ['rotate-wrapper-key', '--node', 'participants.p9', 'envelope.conf'],
        /no node 'participants\.p9'.*participants\.p1/,
      ],
      [['rotate-wrapper-key', ...P1, 'stored.conf'], /does not use envelope encryption/],
      [['enable-envelope', ...P1, ...AWS, 'refused.conf'], /3\.5 would refuse .*: refused\.conf, line 3: .*regoin/],
      [['enable-envelope', ...P1, ...AWS, 'half.conf'], /cannot be resolved\. half\.conf, line \d/],
      [['enable-envelope', ...P1, ...AWS, 'lost.conf'], /cannot be resolved\. lost\.conf, line 1: .*none\.conf/],
      [
        ['rotate-wrapper-key', ...P1, '--set', 'size=4', 'envelope.conf'],
        /'size' is not a setting of `rotate-wrapper-key`/,
      ],
    ];
    for (const [args, reason] of impossible) {
      const { code, plan: made } = await json(...args);
      assert.equal(code, 1, args.join(' '));
      assert.match(made.reasons.join('\n'), reason);
      assert.deepEqual([made.possible, made.steps, made.rollback, made.warnings], [false, [], [], []]);
    }
    const warned = await json('enable-envelope', ...P1, ...AWS, 'elsewhere.conf');
    assert.match(warned.plan.warnings[0] ?? '', /3\.5 refuses this configuration as it is: elsewhere\.conf, line 3/);

    const wrong: [args: string[], line: RegExp][] = [
      [[], /no procedure given/],
      [['dance', ...P1, 'stored.conf'], /unknown procedure "dance"; the procedures are configure/],
      [['configure', 'stored.conf'], /--node is required/],
      [['configure', ...P1], /no file given/],
      [['configure', ...P1, 'none.conf'], /"none\.conf" does not exist/],
      [['configure', ...P1, '--new', '--existing', 'stored.conf'], /cannot be combined with/],
      [['configure', ...P1, '--set', 'region', 'stored.conf'], /write KEY=VALUE/],
      [['configure', ...P1, '--format', 'pdf', 'stored.conf'], /--format is "pdf"/],
    ];
    for (const [args, line] of wrong) {
      const { code, stdout, stderr } = await plan(...args);
      assert.deepEqual([code, stdout], [2, ''], args.join(' '));
      assert.match(stderr, line);
      assert.equal(stderr.trim().split('\n').length, 1);
    }
    assert.deepEqual([textOf('stored.conf'), textOf('envelope.conf')], [STORED, ENVELOPE]);
  });

  it('takes a file in the launch set that the project file declares, and asks which where there are several', async () => {
    folder.write('shared.conf', 'canton.participants.p1.crypto { kms { type = aws, region = r }, provider = kms }\n');
    folder.write('canton-kms.json', '{ "launchSets": { "prod": ["shared.conf", "stored.conf"] } }');
    assert.equal((await json('rotate-external-keys', ...P1, 'stored.conf')).plan.possible, true);

    folder.write(
      'canton-kms.json',
      '{ "launchSets": { "prod": ["shared.conf", "stored.conf"], "test": ["stored.conf"] } }',
    );
    const open = await json('rotate-external-keys', ...P1, 'stored.conf');
    assert.equal(open.code, 1);
    assert.match(open.plan.reasons.join(), /in 2 launch sets \(prod; test\)\. Choose one/);
    const prod = await json('rotate-external-keys', ...P1, '--launch-set', 'prod', 'stored.conf');
    assert.equal(prod.plan.possible, true);
    assert.equal((await json('rotate-external-keys', ...P1, 'shared.conf', 'stored.conf')).plan.possible, true);
  });
});
