import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCli, TestFolder } from '../kit/built';
import { BAD, GOOD } from './kit/texts';

const BROKEN = 'canton.participants.p1 {\n  admin-api.port = 5012 }\n}\n';

describe('canton-kms check', () => {
  let folder: TestFolder;
  const check = (...args: string[]) => runCli(['check', ...args], { cwd: folder.path });
  const textOf = (name: string) => readFileSync(join(folder.path, name), 'utf8');
  beforeEach(() => {
    folder = new TestFolder({ 'bad.conf': BAD, 'sub/broken.conf': BROKEN, 'good.conf': GOOD });
  });
  afterEach(() => folder.remove());

  describe('--baseline', () => {
    const BASELINE = ['--baseline', 'known.json'] as const;
    it('leaves out what is recorded, wherever its lines have moved, and reports what is new', async () => {
      const update = await check(...BASELINE, '--update-baseline');
      assert.deepEqual([update.code, update.stderr], [0, '']);
      assert.match(update.stdout, /: 0 errors.*\n.*\n\d+ problems in the baseline\n/);
      const { version, problems } = JSON.parse(textOf('known.json'));
      assert.equal(version, 1);
      assert.ok(
        problems.some(
          ({ code, node, configPath, file }: Record<string, string>) =>
            code === 'read/unknown-key' &&
            node === 'participants.p1' &&
            configPath === 'canton.participants.p1.crypto.kms.regoin' &&
            file === 'bad.conf',
        ),
      );
      assert.ok(
        problems.some(
          ({ code, file, text }: Record<string, string>) =>
            code?.startsWith('hocon/') && file === 'sub/broken.conf' && text === 'admin-api.port = 5012 }',
        ),
      );
      folder.write('bad.conf', `\n\n# moved\n${BAD}`);
      folder.write('sub/broken.conf', `\n${BROKEN}`);
      const moved = await check(...BASELINE);
      assert.deepEqual([moved.code, moved.stderr], [0, '']);
      folder.write('bad.conf', `${BAD}canton.participants.p1.zebra = 1\n`);
      const more = await check(...BASELINE, '--format', 'json');
      assert.equal(more.code, 1);
      const report = JSON.parse(more.stdout);
      const found = report.files.flatMap((file: { diagnostics: { configPath: string }[] }) => file.diagnostics);
      assert.deepEqual(
        found.map(({ configPath }: { configPath: string }) => configPath),
        ['canton.participants.p1.zebra'],
      );
      assert.ok(report.baselined > 0);
    });

    it('counts: a second problem of the same kind is new', async () => {
      await check(...BASELINE, '--update-baseline', 'bad.conf');
      folder.write('more/bad.conf', BAD);
      assert.equal((await check(...BASELINE, 'bad.conf')).code, 0);
      assert.equal((await check(...BASELINE, 'bad.conf', 'more/bad.conf')).code, 1);
      assert.equal((await check(...BASELINE, 'more/bad.conf')).code, 1);
    });

    it('follows a section into another file', async () => {
      await check(...BASELINE, '--update-baseline');
      folder.write('bad.conf', 'include "node.inc"\n');
      folder.write('node.inc', BAD);
      assert.equal((await check(...BASELINE)).code, 0);
    });

    it('says what is no longer there, of the files that were checked, and forgets it when it is updated', async () => {
      await check(...BASELINE, '--update-baseline');
      folder.write('bad.conf', GOOD);
      assert.equal((await check(...BASELINE, 'sub')).stderr, '');
      const { code, stderr } = await check(...BASELINE);
      assert.equal(code, 0);
      assert.match(
        stderr,
        /^"known\.json" has 1 problem no longer found: read\/unknown-key at canton\.participants\.p1\.crypto\.kms\.regoin\. --update-baseline removes them\n$/,
      );
      await check(...BASELINE, '--update-baseline', 'bad.conf');
      assert.doesNotMatch(textOf('known.json'), /regoin/);
      assert.match(textOf('known.json'), /sub\/broken\.conf/);
      assert.equal((await check(...BASELINE)).stderr, '');
    });

    it('records the same from any folder, and no secret', async () => {
      folder.write('sub/secret.conf', 'canton.participants.p2.storage.config.password = "hunter2" }\n');
      await check(...BASELINE, '--update-baseline');
      const before = textOf('known.json');
      assert.doesNotMatch(before, /hunter2/);
      const inside = ['check', '--baseline', '../known.json', '--update-baseline', '..'];
      await runCli(inside, { cwd: join(folder.path, 'sub') });
      assert.equal(textOf('known.json'), before);
    });

    it('exits with 2 where there is none, or another file', async () => {
      for (const args of [
        [...BASELINE],
        ['--baseline', 'bad.conf'],
        ['--update-baseline'],
        [...BASELINE, '--update-baseline', '--fix', '--diff'],
      ]) {
        assert.equal((await check(...args)).code, 2, args.join(' '));
      }
    });
  });

  it('--output writes the report to a file, and no file that is checked', async () => {
    const { code, stdout } = await check('--format', 'sarif', '--output', 'out/report.sarif', 'bad.conf');
    assert.deepEqual([code, stdout], [1, '']);
    assert.equal(JSON.parse(textOf('out/report.sarif')).version, '2.1.0');
    assert.equal((await check('--output', 'bad.conf', 'bad.conf')).code, 2);
    assert.equal(textOf('bad.conf'), BAD);
    mkdirSync(join(folder.path, 'folder'));
    assert.equal((await check('--output', 'folder', 'bad.conf')).code, 2);
  });

  it('--quiet prints what counts, and nothing else', async () => {
    assert.deepEqual(await check('--quiet', 'good.conf'), { code: 0, stdout: '', stderr: '' });
    const bad = await check('--quiet', 'bad.conf');
    assert.equal(bad.code, 1);
    assert.match(bad.stdout, /^bad\.conf:3:\d+ error Unknown key 'regoin'.*\n.*\n.*\n$/);
    const hints = await check('--quiet', '--fail-on', 'hint', 'good.conf');
    assert.equal(hints.code, 1);
    assert.match(hints.stdout, / hint /);
    assert.deepEqual(await check('--quiet', '--fix', 'bad.conf'), { code: 0, stdout: '', stderr: '' });
  });

  it('--format gitlab gives each problem a fingerprint that no other has, and that moves with it', async () => {
    interface Issue {
      readonly check_name: string;
      readonly fingerprint: string;
      readonly severity: string;
      readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
    }
    folder.write('twice.conf', 'canton.participants.p1 { zebra = 1, zebra = 2, crypto.zebra = 1 }\n}\n}\n');
    const issues = async (): Promise<Issue[]> => JSON.parse((await check('--format', 'gitlab', '.')).stdout);
    const before = await issues();
    const prints = before.map(({ fingerprint }) => fingerprint);
    assert.equal(new Set(prints).size, prints.length);
    const [unknown] = before.filter((one) => one.check_name === 'read/unknown-key' && one.location.path === 'bad.conf');
    assert.deepEqual(
      [unknown?.check_name, unknown?.severity, unknown?.location.lines.begin],
      ['read/unknown-key', 'critical', 3],
    );
    for (const name of ['bad.conf', 'twice.conf']) folder.write(name, `# moved\n${textOf(name)}`);
    const after = await issues();
    assert.deepEqual(
      after.map(({ fingerprint }) => fingerprint),
      prints,
    );
    assert.notDeepEqual(after, before);
  });
});
