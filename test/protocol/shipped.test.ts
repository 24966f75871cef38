import assert from 'node:assert/strict';
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { built, DIST, runCli, TestFolder } from '../kit/built';
import { LspClient } from '../kit/lsp-client';
import { BAD } from './kit/texts';

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
