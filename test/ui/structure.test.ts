import { deepEqual } from 'node:assert/strict';
import { use } from './kit/hooks';
import { openWorkbench } from './kit/session';
import type { Workbench } from './kit/workbench';

const PARTICIPANT = `canton.participants.participant1 {
  crypto {
    provider = kms
    kms {
      type = aws
      region = us-east-1
    }
  }
}
`;

describe('the structure of a configuration', () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await use(openWorkbench({ files: { 'participant1.conf': PARTICIPANT } }));
    await workbench.openFile('participant1.conf');
    await workbench.status('Canton 3.5').waitFor();
  });

  it('is in the breadcrumbs, down to the key at the cursor', async () => {
    await workbench.goTo(6, 10);
    const crumbs = workbench.page.locator('.breadcrumbs-control .monaco-breadcrumb-item .label-name');
    await crumbs.getByText('region', { exact: true }).waitFor();
    deepEqual(await crumbs.allInnerTexts(), [
      'participant1.conf',
      'canton.participants.participant1',
      'crypto',
      'kms',
      'region',
    ]);
  });

  it('can be written in other ways', async () => {
    await workbench.goTo(2, 5);
    await workbench.press('Control+Shift+R');
    const actions = workbench.page.locator('.action-widget .monaco-list-row.action');
    await actions.first().waitFor();
    // The procedures for the node are offered in the same menu.
    const rewrites = (await actions.allInnerTexts()).filter((title) => /^(Extract|Flatten)/.test(title));
    deepEqual(rewrites, [
      "Extract 'crypto' to '_shared.crypto'",
      "Extract 'crypto' to file 'participant1-crypto.conf'",
      "Flatten 'crypto' to dotted keys",
    ]);
    await workbench.press('Escape');
  });
});
