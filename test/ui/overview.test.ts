import { equal, fail, match, ok } from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { use } from './kit/hooks';
import { openWorkbench } from './kit/session';

describe('nodes at a glance', () => {
  it('a click on the lens over a node opens its effective configuration beside the file', async () => {
    const workbench = await use(openWorkbench({ examples: true }));
    await workbench.openFile('participant1.conf');
    await workbench.press('Control+B');
    await workbench.page.getByRole('button', { name: 'Envelope encryption · aws · eu-central-1' }).click();
    await workbench.tab('participants.participant1 (effective)').waitFor();
    await workbench.editor.locator('.view-line', { hasText: 'shared/aws-kms.conf:4' }).waitFor();
    await workbench.shows(/region = eu-central-1 +# shared\/aws-kms\.conf:4 \$\{AWS_REGION\}/);
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

describe('a configuration that is read', () => {
  it('has no underlined includes, and a lens above the definition of the node that a reader looks at', async () => {
    const files = {
      'base.conf': 'r = eu-central-1\n',
      'p1.canton.conf': `include "base.conf"
canton.participants.p1.storage.type = memory
canton.participants.p1 {
  crypto { provider = kms, kms { type = aws, region = \${r}, audit-logging = true } }
}
`,
    };
    const workbench = await use(openWorkbench({ files }));
    await workbench.openFile('p1.canton.conf');
    const lens = workbench.editor.locator('.codelens-decoration', { hasText: 'External keys · aws · eu-central-1' });
    await lens.waitFor();
    equal(await workbench.editor.locator('.codelens-decoration').count(), 1);
    const top = async (locator: Locator) => (await locator.boundingBox())?.y ?? fail('not in sight');
    const lines = workbench.editor.locator('.view-line');
    const above = await top(lines.filter({ hasText: 'storage.type' }));
    const below = await top(lines.filter({ hasText: /p1.\{$/ }));
    ok(above < (await top(lens)) && (await top(lens)) < below);
    equal(await workbench.editor.locator('.detected-link').count(), 0);
  });
});

const NODE = 'canton.participants.p1.crypto {\n  provider = kms\n  kms { type = aws, region = ${region} }\n}\n';
const SETS = { staging: ['node.conf', 'staging.conf'], production: ['node.conf', 'production.conf'] };

describe('hints of defaults', () => {
  it('stand in the sections while the keys that show them are held', async () => {
    const workbench = await use(openWorkbench({ examples: true }));
    await workbench.openFile('participant2.conf');
    await workbench.status('Canton 3.5').waitFor();
    const { keyboard } = workbench.page;
    await keyboard.down('Control');
    await keyboard.down('Alt');
    await workbench.editor.locator('.view-line', { hasText: 'default: key-validity-duration = 5m' }).waitFor();
    await keyboard.up('Alt');
    await keyboard.up('Control');
  });
});

describe('the status item', () => {
  it('tells the launch set, the others and the time of the check, and another one is chosen', async () => {
    const files = {
      'node.conf': `${NODE}canton.participants.p1 { admin-api.port = 1, ledger-api.port = 2, http-ledger-api.port = 3 }\n`,
      'staging.conf': 'region = us-east-1\n',
      'production.conf': 'region = eu-central-1\n',
      'canton-kms.json': JSON.stringify({ cantonVersion: '3.4', launchSets: SETS }),
    };
    const workbench = await use(openWorkbench({ files }));
    await workbench.openFile('node.conf');
    const item = workbench.status('Canton 3.4 enterprise · staging');
    await item.waitFor();
    await item.hover();
    const tooltip = workbench.page.locator('.monaco-hover', { hasText: 'the file is also in production' });
    await tooltip.waitFor();
    match((await tooltip.textContent()) ?? '', /Problems: 0 errors, 0 warnings, checked at \d/);
    await tooltip.getByText('choose', { exact: true }).click();
    await workbench.pick('production');
    await workbench.status('Canton 3.4 enterprise · production').waitFor();
    await workbench.page.getByRole('button', { name: 'External keys · aws · eu-central-1' }).waitFor();
  });
});

describe('the language server', () => {
  it('is restarted, reported on and listened to by command', async () => {
    const workbench = await use(openWorkbench({ examples: true }));
    await workbench.openFile('mistakes.conf');
    await workbench.squiggles('error').first().waitFor();
    await workbench.runCommand('Canton KMS: Restart the Language Server');
    await workbench.status('Canton: not checked').waitFor({ state: 'detached' });
    await workbench.status('Canton 3.5 enterprise · mistakes').waitFor();
    await workbench.squiggles('error').first().waitFor();
    await workbench.runCommand('Canton KMS: Show the Report');
    await workbench.tab('Canton KMS report.txt').waitFor();
    await workbench.editor.locator('.view-line', { hasText: 'Launch set mistakes' }).waitFor();
    await workbench.shows(/^language server \d+\.\d+\.\d+$/m);
    await workbench.runCommand('Canton KMS: Show the Output');
    const channel = workbench.page.locator('.part.panel option:checked', { hasText: 'Canton KMS' }).first();
    await channel.waitFor({ state: 'attached' });
  });
});
