import { match, ok } from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { CodeActionRequest } from 'vscode-languageserver/node';
import { CLIENT_CAPABILITY } from '../../server/src/lsp/protocol';
import { built, TestFolder } from '../kit/built';
import { LspClient, PULL } from '../kit/lsp-client';

const CONFIG = 'canton.participants.p1.crypto { provider = kms, kms { type = aws, regoin = eu-central-1 } }\n';
/** Counts the bytes of all code and data that Node loads for the script, and writes them beside this file at the end. */
const COUNTER = `const { prototype, _extensions } = require('node:module');
const compile = prototype._compile;
const read = _extensions['.json'];
let bytes = 0;
prototype._compile = function (code, file) {
  bytes += Buffer.byteLength(code);
  return compile.call(this, code, file);
};
_extensions['.json'] = (module, file) => {
  bytes += require('node:fs').statSync(file).size;
  read(module, file);
};
process.on('exit', () => require('node:fs').writeFileSync(__filename + '.bytes', String(bytes)));
`;

/** Bytes, not time: they are the same on every machine. */
describe('what is shipped loads no more than it needs', () => {
  let folder: TestFolder;
  let counter: string;
  beforeEach(() => {
    folder = new TestFolder({ 'a.conf': CONFIG });
    counter = folder.write('count.cjs', COUNTER);
  });
  afterEach(() => folder.remove());
  const loaded = () => Number(readFileSync(`${counter}.bytes`, 'utf8'));

  function run(...args: string[]): string {
    const command = ['--require', counter, built('cli.js'), ...args];
    return spawnSync(process.execPath, command, { encoding: 'utf8', cwd: folder.path }).stdout;
  }

  it('for --version, next to nothing', () => {
    match(run('--version'), /^\d+\.\d+\.\d+\n$/);
    ok(loaded() < 20_000, `${loaded()} bytes`);
  });

  it('for check, neither planner nor protocol', () => {
    match(run('check', 'a.conf'), /regoin/);
    ok(loaded() < 680_000, `${loaded()} bytes`);
  });

  it('for the first diagnostics of the server', async () => {
    const command = ['--require', counter, built('server.js'), '--stdio'];
    const client = await LspClient.start({ command, folders: [folder.uri()] });
    try {
      await client.open(folder.uri('a.conf'), CONFIG);
      const codes = (await client.pulled(folder.uri('a.conf'))).map(({ code }) => code);
      ok(codes.includes('read/unknown-key'));
      await client.stop();
    } finally {
      client.kill();
    }
    ok(loaded() <= 900_000, `${loaded()} bytes`);
  });

  it('for the actions at a key, not the plans that they lead to', async () => {
    const command = ['--require', counter, built('server.js'), '--stdio'];
    const capabilities = { ...PULL, experimental: { [CLIENT_CAPABILITY]: true } };
    const client = await LspClient.start({ command, folders: [folder.uri()], capabilities });
    try {
      const uri = folder.uri('a.conf');
      await client.open(uri, CONFIG);
      const at = { line: 0, character: CONFIG.indexOf('provider') };
      const params = { textDocument: { uri }, range: { start: at, end: at }, context: { diagnostics: [] } };
      const actions = await client.connection.sendRequest(CodeActionRequest.type, params);
      ok(
        actions?.some(({ title }) => /^Plan a procedure/i.test(title)),
        JSON.stringify(actions),
      );
      await client.stop();
    } finally {
      client.kill();
    }
    ok(loaded() <= 1_000_000, `${loaded()} bytes`);
  });
});
