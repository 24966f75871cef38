import { match } from 'node:assert/strict';
import { use } from './kit/hooks';
import { openWorkbench } from './kit/session';

describe('nodes at a glance', () => {
  it('a click on the lens over a node opens its effective configuration beside the file', async () => {
    const workbench = await use(openWorkbench({ examples: true }));
    await workbench.openFile('participant1.conf');
    await workbench.press('Control+B');
    await workbench.page.getByRole('button', { name: 'Keys encrypted by the KMS · aws · eu-central-1' }).click();
    await workbench.tab('participants.participant1 (effective)').waitFor();
    await workbench.editor.locator('.view-line', { hasText: 'shared/aws-kms.conf:4' }).waitFor();
    match(await workbench.text(), /region = eu-central-1 +# shared\/aws-kms\.conf:4 \$\{AWS_REGION\}/);
    await workbench.picture('effective');
  });

  it('the palette asks for the node where there are several', async () => {
    const workbench = await use(openWorkbench({ examples: true }));
    await workbench.openFile('mistakes.conf');
    await workbench.status('Canton 3.5').waitFor();
    await workbench.runCommand('Canton KMS: Show the Effective KMS Configuration');
    await workbench.pick('sequencers.sequencer4');
    await workbench.tab('sequencers.sequencer4 (effective)').waitFor();
    await workbench.editor.locator('.view-line', { hasText: 'location-id is missing' }).waitFor();
  });
});
