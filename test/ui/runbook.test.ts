import { equal } from 'node:assert/strict';
import { use } from './kit/hooks';
import { openWorkbench } from './kit/session';
import type { Workbench } from './kit/workbench';

const ENVELOPE = `canton.participants.participant1 {
  storage.type = postgres
  crypto {
    kms { type = aws, region = eu-central-1 }
    private-key-store.encryption { type = kms, wrapper-key-id = alias/wrapper }
  }
}
`;

async function openRunbook(workbench: Workbench): Promise<void> {
  await workbench.runCommand('Canton KMS: Rotate the Wrapper Key');
  await workbench.answer('ID of your own new wrapper key', 'alias/wrapper-2');
  await workbench.pick('Open the runbook only');
  await workbench.tab('participant1-rotate-wrapper-key').last().waitFor();
  await workbench.shows(/- \[.\] \*\*1\./);
}

describe('a runbook', () => {
  it('has buttons for what its steps say, and remembers which were ticked', async () => {
    const workbench = await use(openWorkbench({ files: { 'participant1.conf': ENVELOPE } }));
    const lens = (text: string) =>
      workbench.editor.locator('.codelens-decoration a', { hasText: text }).filter({ visible: true }).last();
    await openRunbook(workbench);
    await workbench.editor.locator('.codelens-decoration a', { hasText: 'Done' }).first().click();
    await workbench.shows(/- \[x\] \*\*1\./);
    await lens('Not done yet').waitFor();
    await workbench.picture('runbook');
    await workbench.find('rotate_wrapper_key("alias/wrapper-2")');
    await workbench.clickUntil(lens('Copy the commands'), workbench.status('Copied the commands of the step'));
    await workbench.find('encryption { type = kms }');
    const configuration = workbench.tab('participant1.conf');
    await workbench.clickUntil(lens('Open participant1.conf at the edit'), configuration);
    await workbench.editor.locator('.view-line', { hasText: 'wrapper-key-id' }).waitFor();

    await openRunbook(workbench);
    await workbench.shows(/- \[x\] \*\*1\./);
    equal(/- \[x\] \*\*2\./.test(await workbench.text()), false);
  });
});
