import { equal } from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../host/cache';
import { use } from './kit/hooks';
import { openWorkbench } from './kit/session';

const PARTS = ['package.json', 'package.nls.json', 'dist', 'syntaxes', 'snippets', 'language-configuration.json'];

describe('a language server that does not run', () => {
  const extension = mkdtempSync(join(tmpdir(), 'canton-kms-broken-'));
  after(() => rmSync(extension, { recursive: true, force: true }));

  before(() => {
    for (const part of PARTS) cpSync(join(ROOT, part), join(extension, part), { recursive: true });
    writeFileSync(join(extension, 'dist/server.js'), 'process.exit(1);');
  });

  it('is told once, in plain words, however many files are opened', async () => {
    const files = { 'p1.conf': 'canton { }\n', 'p2.canton.conf': 'canton { }\n' };
    const workbench = await use(openWorkbench({ files, subject: { extension } }));
    await workbench.openFile('p1.conf');
    await workbench.notifications.filter({ hasText: 'the language server is not running' }).waitFor();
    await workbench.openFile('p2.canton.conf');
    await workbench.status('Canton: not checked').waitFor();
    equal(await workbench.notifications.count(), 1);
  });
});
