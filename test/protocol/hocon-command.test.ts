import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { runCli, TestFolder } from '../kit/built';

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

  // Only Linux tells them.
  const itOnLinux = process.platform === 'linux' ? it : () => undefined;
  itOnLinux('finds variables whose names are numbers, which Node does not give', async () => {
    folder.write('numbers.conf', 'a = ${?0}\nb = ${?42}\n');
    const ran = await runCli(['hocon', 'numbers.conf'], { cwd: folder.path, env: { 0: 'zero', 42: 'x=y' } });
    assert.deepEqual(JSON.parse(ran.stdout), { a: 'zero', b: 'x=y' });
  });

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

  it('leaves .. behind a symbolic link and a missing folder to the system, and names the file of each error', async () => {
    folder.write('inner/deep/x.conf', '');
    folder.write('inner/o.conf', 'from = inner\n');
    folder.write('o.conf', 'from = top\n');
    symlinkSync('inner/deep', join(folder.path, 'link'));
    folder.write('through-link.conf', 'include "link/../o.conf"\n');
    folder.write('through-nothing.conf', 'include required("nosuch/../o.conf")\n');
    assert.deepEqual(JSON.parse((await hocon('./through-link.conf')).stdout), { from: 'inner' });
    const { stdout } = await runCli(['hocon', '--batch'], { cwd: folder.path, input: './through-nothing.conf\n' });
    const { ok, errors } = JSON.parse(stdout);
    assert.equal(ok, false);
    assert.deepEqual(
      errors.map(({ file, line }: { file: string; line: number }) => [file, line]),
      [['through-nothing.conf', 1]],
    );
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
