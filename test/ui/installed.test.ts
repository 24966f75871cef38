import { equal } from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { npm, ROOT } from '../host/cache';
import { use } from './kit/hooks';
import { openWorkbench } from './kit/session';

describe('the package', () => {
  const folder = mkdtempSync(join(tmpdir(), 'canton-kms-package-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('is made by one command, installs and works, without the checkout', async () => {
    const vsix = join(folder, 'canton-kms.vsix');
    await npm(['run', 'package', '--', '--out', vsix], ROOT);
    const workbench = await use(openWorkbench({ examples: true, subject: { vsix } }));
    await workbench.openFile('mistakes.conf');
    await workbench.status('Canton configuration').waitFor();
    await workbench.status('Canton 3.5').waitFor();
    await workbench.squiggles('error').first().waitFor();
    equal(await workbench.notifications.count(), 0);
  });
});
