import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyPatch } from 'diff';
import { runCli, TestFolder } from '../kit/built';
import { GOOD, NGINX } from './kit/texts';

const UGLY = `# head\r\ncanton.participants.p1{\r\n      admin-api.port=5012   // why\r\n\r\n\r\n  crypto  {provider=kms,kms{type=aws,region=eu-central-1}}\r\n}\r\n`;
const FINE = `# head\r\ncanton.participants.p1{\r\n  admin-api.port=5012   // why\r\n\r\n  crypto{provider=kms,kms{type=aws,region=eu-central-1}}\r\n}\r\n`;
const BROKEN = 'canton.participants.p1 {\n      admin-api.port = 5012\n';

describe('canton-kms fmt', () => {
  let folder: TestFolder;
  const fmt = (...args: string[]) => runCli(['fmt', ...args], { cwd: folder.path });
  const textOf = (name: string) => readFileSync(join(folder.path, name), 'utf8');
  beforeEach(() => {
    folder = new TestFolder({
      'ugly.conf': UGLY,
      'good.conf': GOOD,
      'nginx.conf': NGINX,
      'values.yaml': 'kms:   {}\n',
    });
  });
  afterEach(() => folder.remove());

  it('with --check and --diff writes nothing, and exits with 1 where a file is not formatted', async () => {
    const check = await fmt('--check');
    assert.deepEqual([check.code, check.stdout, check.stderr], [1, 'ugly.conf\n', '1 file would be formatted\n']);
    const diff = await fmt('--diff', 'ugly.conf');
    assert.equal(diff.code, 0);
    assert.equal(applyPatch(UGLY, diff.stdout), FINE);
    assert.equal((await fmt('--check', '--diff', 'ugly.conf')).code, 1);
    assert.equal(textOf('ugly.conf'), UGLY);
    assert.equal((await fmt('--check', 'good.conf')).code, 0);
  });

  it("formats Canton's files once and for all, and leaves every other one alone", async () => {
    const { code, stdout, stderr } = await fmt();
    assert.deepEqual([code, stdout, stderr], [0, '', 'formatted 1 file\n']);
    assert.equal(textOf('ugly.conf'), FINE);
    const named = await fmt('ugly.conf', 'nginx.conf');
    assert.deepEqual(
      [named.code, named.stderr],
      [0, '"nginx.conf" is not Canton configuration, so it is not formatted\n'],
    );
    assert.equal(textOf('nginx.conf'), NGINX);
  });

  it('filters standard input', async () => {
    assert.deepEqual(await runCli(['fmt', '-'], { input: UGLY }), { code: 0, stdout: FINE, stderr: '' });
    assert.equal((await runCli(['fmt', '--check', '-'], { input: UGLY })).code, 1);
    const broken = await runCli(['fmt', '-'], { input: BROKEN });
    assert.deepEqual([broken.code, broken.stdout], [1, BROKEN]);
  });

  it('leaves a file with faults as it is, and exits with 1', async () => {
    folder.write('broken.conf', BROKEN);
    const { code, stderr } = await fmt('broken.conf');
    assert.equal(code, 1);
    assert.match(stderr, /^broken\.conf:\d: /);
    assert.equal(textOf('broken.conf'), BROKEN);
  });

  it('exits with 2 where there is nothing to format', async () => {
    assert.equal((await fmt('none.conf')).code, 2);
    assert.equal((await fmt('--wrong')).code, 2);
    assert.equal((await fmt('-', 'ugly.conf')).code, 2);
  });
});
