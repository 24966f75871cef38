import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTexts } from '../../scripts/manifest';
import { packedExtension } from '../host/cache';
import { use } from './kit/hooks';
import { openWorkbench } from './kit/session';

/** The language that VS Code reserves for tests of translations. */
const LANGUAGE = 'qps-ploc';

/** Each text in brackets, so that a text without them was not translated. */
function inBrackets(file: string): string {
  return JSON.stringify(Object.fromEntries(Object.entries(readTexts(file)).map(([key, text]) => [key, `[${text}]`])));
}

describe('VS Code in another language', () => {
  const extension = mkdtempSync(join(tmpdir(), 'canton-kms-translated-'));
  after(() => rmSync(extension, { recursive: true, force: true }));

  before(() => {
    cpSync(packedExtension(), extension, { recursive: true });
    writeFileSync(join(extension, `package.nls.${LANGUAGE}.json`), inBrackets('package.nls.json'));
    writeFileSync(join(extension, `l10n/bundle.l10n.${LANGUAGE}.json`), inBrackets('l10n/bundle.l10n.json'));
  });

  it('shows the translated texts of the manifest, and the translated messages with their values', async () => {
    const files = { 'p1.canton.conf': 'canton.participants.p1 { storage.type = memory }\n' };
    const workbench = await use(openWorkbench({ files, subject: { extension }, language: LANGUAGE }));
    await workbench.openFile('p1.canton.conf');
    await workbench.status('[Canton configuration]').waitFor();
    await workbench.runCommand('[Canton KMS]: [Choose the Canton Version]');
    await workbench.placeholder('[Check against which version?]').waitFor();
    await workbench.pick('Canton 3.4');
    await workbench.page.locator('.quick-input-list', { hasText: '[Creates canton-kms.json]' }).waitFor();
  });
});
