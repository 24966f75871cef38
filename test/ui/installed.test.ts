import { equal } from 'node:assert/strict';
import { VSIX } from '../host/cache';
import { use } from './kit/hooks';
import { openWorkbench } from './kit/session';

describe('the package', () => {
  it('installs and works, without the checkout', async () => {
    const workbench = await use(openWorkbench({ examples: true, subject: { vsix: VSIX } }));
    await workbench.openFile('mistakes.conf');
    await workbench.status('Canton configuration').waitFor();
    await workbench.status('Canton 3.5').waitFor();
    await workbench.squiggles('error').first().waitFor();
    equal(await workbench.notifications.count(), 0);
  });
});
