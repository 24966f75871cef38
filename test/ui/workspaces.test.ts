import { equal } from 'node:assert/strict';
import { use } from './kit/hooks';
import { openWorkbench } from './kit/session';

// Session signing keys are unknown to 2.10.
const NODE = 'canton.participants.p1.crypto {\n  session-signing-keys.enabled = false\n}\n';

describe('a workspace', () => {
  it('of several folders goes by the project file of each, without a word at the start', async () => {
    const files = {
      'current/new.conf': NODE,
      'current/canton-kms.json': '{ "cantonVersion": "3.4" }',
      'legacy/old.conf': NODE,
      'legacy/canton-kms.json': '{ "cantonVersion": "2.10" }',
    };
    const workbench = await use(openWorkbench({ files, roots: ['current', 'legacy'] }));
    await workbench.openFile('new.conf');
    await workbench.status('Canton 3.4').waitFor();
    equal(await workbench.notifications.count(), 0);
    await workbench.openFile('old.conf');
    await workbench.status('Canton 2.10').waitFor();
    await workbench.squiggles('error').first().waitFor();
  });

  it('that is not trusted is served in full', async () => {
    const files = { 'p1.conf': NODE.replace('enabled', 'enabeld') };
    const workbench = await use(openWorkbench({ files, restricted: true }));
    await workbench.openFile('p1.conf');
    await workbench.page.getByText('Restricted Mode').first().waitFor();
    await workbench.status('Canton 3.5').waitFor();
    await workbench.squiggles('error').first().waitFor();
    await workbench.goTo(1, 33);
    await workbench.press('Enter');
    await workbench.suggest('provider');
    equal(await workbench.notifications.count(), 0);
  });
});
