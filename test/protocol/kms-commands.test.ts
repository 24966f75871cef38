import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { runCli, TestFolder } from '../kit/built';
import { GOOD } from './kit/texts';

const FINGERPRINT = `1220${'ab'.repeat(32)}`;

describe('the commands about the KMS side of a node', () => {
  let folder: TestFolder;
  beforeEach(() => {
    folder = new TestFolder({
      'good.conf': GOOD,
      'keys.txt': `(Some(p1-signing),${FINGERPRINT},None,Some(key-1),signing)\n`,
      'clear.txt': `(Some(p1-signing),${FINGERPRINT},None,None,signing)\n`,
      'kms.json': JSON.stringify({ node: 'participants.p1', keys: [{ id: 'key-1' }, { id: 'key-2' }] }),
    });
  });
  afterEach(() => folder.remove());
  const cli = (...args: string[]) => runCli(args, { cwd: folder.path });
  const node = ['--node', 'participants.p1'];

  it('preflight prints a script that a shell reads, and says what it leaves out', async () => {
    const { code, stdout, stderr } = await cli('preflight', ...node, '--key', 'signing=alias/a', 'good.conf');
    assert.equal(code, 0);
    assert.match(stderr, /^warning: no key was given for namespace/m);
    assert.match(stdout, /^signing_key signing alias\/a ECC_NIST_P256 /m);
    assert.equal(spawnSync('sh', ['-n'], { input: stdout }).status, 0);
    assert.equal((await cli('preflight', '--node', 'participants.p9', 'good.conf')).code, 1);
    const misspelled = await cli('preflight', ...node, '--key', 'sequencer_auth=alias/a', 'good.conf');
    assert.equal(misspelled.code, 2);
    assert.match(misspelled.stderr, /unknown role "sequencer_auth"; did you mean "sequencer-auth"\?/);
    assert.equal((await cli('preflight', ...node, '--key', 'slot=1', 'good.conf')).code, 0, 'IDs of drivers may be so');
    for (const wrong of [['--import'], ['--format', 'terraform'], ['--mode', 'none'], ['--set', 'x']]) {
      assert.equal((await cli('preflight', ...node, ...wrong, 'good.conf')).code, 2, wrong.join(' '));
    }
  });

  it('preflight --create prints commands or Terraform', async () => {
    assert.match((await cli('preflight', ...node, '--create', 'good.conf')).stdout, /^make_key namespace /m);
    const terraform = await cli('preflight', ...node, '--create', '--format', 'terraform', 'good.conf');
    assert.match(terraform.stdout, /^resource "aws_kms_key" /m);
    assert.match((await cli('preflight', ...node, '--create', '--import', 'good.conf')).stdout, /import-key-material/);
  });

  it('drift exits with 0, 1 and 2', async () => {
    const drift = (...args: string[]) => cli('drift', ...node, ...args, 'good.conf');
    const fine = await drift('--listing', 'keys.txt');
    assert.deepEqual([fine.code, fine.stdout.split('\n')[0]], [0, 'Nothing found.']);
    assert.match(fine.stdout, /^must stay enabled: key-1 \(signing\): .*--history/m);
    const found = await drift('--listing', 'keys.txt', '--inventory', 'kms.json', '--format', 'json');
    assert.equal(found.code, 1);
    assert.deepEqual(
      JSON.parse(found.stdout).findings.map(({ kind, key }: Record<string, string>) => [kind, key]),
      [['orphan', 'key-2']],
    );
    assert.equal((await drift('--listing', 'clear.txt')).code, 1);
    for (const wrong of [
      [],
      ['--listing', 'good.conf'],
      ['--listing', 'none.txt'],
      ['--listing', 'keys.txt', '--backup', 'x'],
    ]) {
      assert.equal((await drift(...wrong)).code, 2, wrong.join(' '));
    }
  });
});
