import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { built, runCli, TestFolder } from '../kit/built';

/**
 * Node.js executables of other versions: `CANTON_KMS_TEST_NODES` lists them like a PATH; the packages `node` of npm are
 * found automatically.
 */
const NODES = [
  process.execPath,
  ...(process.env.CANTON_KMS_TEST_NODES ?? '').split(delimiter),
  ...['node', 'node-22', 'node-24'].map((name) => resolve(__dirname, '../../node_modules', name, 'bin/node')),
].filter((path) => path !== '' && existsSync(path));

/** An argument that no command knows; if it is named in an error, all earlier ones have been parsed. */
const LAST = '--no-such-option';

describe('the options of canton-kms', () => {
  let folder: TestFolder;
  before(() => {
    // Node would run this file if it interpreted one of our options as its own.
    folder = new TestFolder({ 'x.js': 'process.stdout.write("code was run"); process.exit(3);\n' });
    folder.write('prod.env', `NODE_OPTIONS=--require=${join(folder.path, 'x.js')}\n`);
  });
  after(() => folder.remove());

  /** Each command with its help. */
  async function helps(): Promise<readonly (readonly [name: string, help: string])[]> {
    const names = [...(await runCli(['--help'])).stdout.matchAll(/^ {2}([a-z]+) {2}/gm)].map(([, name = '']) => name);
    assert.ok(names.length >= 10);
    return Promise.all(names.map(async (name) => [name, (await runCli([name, '--help'])).stdout] as const));
  }

  it('are explained on one screen each, with an example', async () => {
    const all = [['', (await runCli(['--help'])).stdout] as const, ...(await helps())];
    for (const [name, help] of all) {
      const lines = help.trimEnd().split('\n');
      assert.ok(lines.length <= 24, `${name} has ${lines.length} lines`);
      for (const line of lines) assert.ok(line.length <= 80, `${name}: ${line}`);
      const [, examples = ''] = help.split(/^Examples?:/m);
      assert.match(examples, new RegExp(`^ *canton-kms ${name}`, 'm'));
    }
  });

  /** Each command with all of its options. */
  async function calls(): Promise<readonly (readonly string[])[]> {
    return (await helps()).map(([name, help]) => [
      name,
      ...[...help.matchAll(/^ {2}(-.*?) {2}/gm)].flatMap(([, column = '']) =>
        [...column.matchAll(/(--[a-z-]+)( [A-Z])?/g)].flatMap(([, option = '', value]) =>
          value === undefined ? [option] : [option, 'prod.env'],
        ),
      ),
    ]);
  }

  for (const node of NODES) {
    it(`reach the command, and none is read by ${node}`, async () => {
      for (const args of await calls()) {
        const { code, stdout, stderr } = await runCli([...args, LAST], { cwd: folder.path, node });
        assert.equal(code, 2, `${args.join(' ')}: ${stdout}${stderr}`);
        assert.match(stderr, /no-such-option/, args.join(' '));
        assert.doesNotMatch(stdout, /code was run/);
      }
    });
  }

  it('the former name of --variables is refused where Node has not taken it', async () => {
    const started = await new Promise<string>((done) =>
      execFile(built('cli.js'), ['check', '--env-file', 'prod.env'], { cwd: folder.path }, (_error, out, err) =>
        done(out + err),
      ),
    );
    assert.match(started, /^canton-kms check: --env-file is an option of Node.js itself; use --variables\n$/);
  });
});
