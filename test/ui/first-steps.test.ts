import { equal, match } from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { use } from './kit/hooks';
import { openWorkbench } from './kit/session';

const STORED = 'canton.participants.participant1 {\n  storage.type = postgres\n}\n';
const WRONG = 'canton.participants.participant1 {\n  storage.type = postgres\n  crypto.kms { type = aws }\n}\n';
const NGINX = 'server {\n  listen 80;\n}\n';

describe('from an empty folder', () => {
  it('a configuration is begun, and a KMS configured for its only node without asking which', async () => {
    const workbench = await use(openWorkbench({ files: { 'nginx.conf': NGINX } }));
    await workbench.runCommand('Canton KMS: Configure a KMS for a Node');
    await workbench.notifications.filter({ hasText: 'No Canton node is configured in this workspace' }).waitFor();
    await workbench.page.getByRole('button', { name: 'New Configuration' }).click();
    await workbench.placeholder('Which kind of node?').waitFor();
    await workbench.pick('Participant');
    await workbench.page.locator('.quick-input-widget', { hasText: 'Name of the participant' }).waitFor();
    equal(await workbench.quickInput.inputValue(), 'participant1');
    await workbench.quickInput.fill('my node');
    await workbench.page.locator('.quick-input-message', { hasText: 'The name must start with a letter' }).waitFor();
    await workbench.quickInput.fill('alice');
    await workbench.page.locator('.quick-input-message', { hasText: 'Name of the participant' }).waitFor();
    await workbench.press('Enter');
    await workbench.placeholder('Where does it store its data?').waitFor();
    await workbench.pick('PostgreSQL');
    await workbench.tab('alice.conf').waitFor();
    await workbench.shows(/canton\.participants\.alice \{[\s\S]*databaseName = alice/);
    await workbench.status('Canton configuration').waitFor();
    equal(await workbench.squiggles('error').count(), 0);
    await workbench.press('Escape');

    await workbench.runCommand('Canton KMS: Configure a KMS for a Node');
    await workbench.placeholder('How should the node use the KMS?').waitFor();
    await workbench.press('Escape');
    await workbench.runCommand('Canton KMS: New Node');
    await workbench.pick('Sequencer');
    await workbench.answer('Name of the sequencer', 'sequencer1');
    await workbench.pick('Memory');
    await workbench.shows(/^\}\n\ncanton\.sequencers\.sequencer1 \{\n {2}storage\.type = memory\n\}/m);
  });
});

describe('before a Canton file is open', () => {
  it('the palette and the menu of new files have the commands to begin with', async () => {
    const workbench = await use(openWorkbench({ files: { 'nginx.conf': NGINX } }));
    const commands = ['New Configuration', 'New Node', 'Configure a KMS for a Node', 'Check the Workspace'];
    await workbench.offersCommands('Canton KMS: ', commands);
    const entry = workbench.page
      .locator('.quick-input-list .monaco-list-row', { hasText: 'New Configuration' })
      .first();
    // VS Code answers its own command with an assertion until the last part of its start, which it does not show.
    const refusal = workbench.page.locator('.monaco-dialog-box', { hasText: 'resulted in an error' });
    for (;;) {
      await workbench.runCommand('Create: New File...');
      await refusal.or(entry).first().waitFor();
      if (await entry.isVisible()) break;
      await workbench.press('Escape');
      await sleep(1000);
    }
    await entry.click();
    await workbench.placeholder('Which kind of node?').waitFor();
    await workbench.press('Escape');
  });

  it('a step of the walkthrough is ticked only when its command has succeeded', async () => {
    const workbench = await use(openWorkbench({ files: { 'nginx.conf': NGINX } }));
    await workbench.runCommand('Welcome: Open Walkthrough...');
    await workbench.pick('Canton KMS');
    const step = workbench.page.getByRole('checkbox', { name: 'Step Check while you type' });
    await step.waitFor();
    await workbench.runCommand('Canton KMS: Check the Workspace');
    await workbench.notifications.filter({ hasText: 'No Canton configuration was found' }).waitFor();
    equal(await step.getAttribute('aria-checked'), 'false');
    writeFileSync(join(workbench.folder, 'participant1.conf'), STORED);
    await workbench.page.locator('.explorer-folders-view', { hasText: 'participant1.conf' }).waitFor();
    await workbench.runCommand('Canton KMS: Check the Workspace');
    await workbench.notifications.filter({ hasText: 'Checked 1 file:' }).waitFor();
    // VS Code may have shown its own page of welcome meanwhile.
    await workbench.runCommand('Welcome: Open Walkthrough...');
    await workbench.pick('Canton KMS');
    await workbench.page.getByRole('checkbox', { name: 'Step Check while you type: Completed' }).waitFor();
  });
});

describe('from a folder in which no file is open', () => {
  it('a KMS is configured; a region is not chosen by Enter alone, and a step back keeps the answers', async () => {
    const workbench = await use(openWorkbench({ files: { 'participant1.conf': STORED } }));
    await workbench.runCommand('Canton KMS: Configure a KMS for a Node');
    await workbench.placeholder('How should the node use the KMS?').waitFor();
    await workbench.press('Enter');
    await workbench.pick('Envelope encryption');
    await workbench.pick('AWS');
    await workbench.placeholder('region').waitFor();
    await workbench.press('Enter');
    equal(await workbench.placeholder('region').count(), 1);
    await workbench.quickInput.fill('frankfurt');
    await workbench.pick('eu-central-1');
    await workbench.page.locator('.quick-input-widget', { hasText: 'ID of your own wrapper key' }).waitFor();
    const back = workbench.page.locator('.quick-input-widget').getByRole('button', { name: 'Back' });
    await back.click();
    await workbench.placeholder('region').waitFor();
    const focused = workbench.page.locator('.quick-input-list .monaco-list-row.focused');
    await focused.filter({ hasText: 'eu-central-1' }).waitFor();
    await workbench.press('Enter');
    await workbench.answer('ID of your own wrapper key', 'alias/wrapper');
    await workbench.placeholder('1 edit in participant1.conf').waitFor();
    await back.click();
    await workbench.page.locator('.quick-input-widget', { hasText: 'ID of your own wrapper key' }).waitFor();
    equal(await workbench.quickInput.inputValue(), 'alias/wrapper');
    await workbench.press('Enter');
    await workbench.pick('Apply the edits');
    await workbench.tab('participant1-configure.md').waitFor();
    await workbench.shows(/wrapper-key-id = "?alias\/wrapper/);
  });

  it('a refusal says which procedure to use instead, and starts it', async () => {
    const workbench = await use(openWorkbench({ files: { 'participant1.conf': STORED } }));
    await workbench.runCommand('Canton KMS: Enable External Keys on a New Node');
    await workbench.placeholder('Has participant1 been started before?').waitFor();
    await workbench.pick('Yes');
    await workbench.notifications.filter({ hasText: 'moves the keys into the KMS in place' }).waitFor();
    await workbench.page.getByRole('button', { name: 'Migrate an existing node to external keys' }).click();
    await workbench.page.locator('.quick-input-title', { hasText: 'Migrate an existing node' }).waitFor();
  });

  it('all files are checked, and the problems of those that are not open are listed', async () => {
    const workbench = await use(openWorkbench({ files: { 'participant1.conf': WRONG, 'nginx.conf': NGINX } }));
    await workbench.runCommand('Canton KMS: Check the Workspace');
    const message = workbench.notifications.filter({ hasText: 'Checked 1 file:' });
    await message.waitFor();
    match((await message.textContent()) ?? '', /[1-9]\d* errors?/);
    await workbench.page.getByRole('button', { name: 'Show Problems' }).click();
    await workbench.page.locator('.markers-panel .monaco-list-row', { hasText: 'participant1.conf' }).waitFor();
    await workbench.page.locator('.markers-panel .monaco-list-row', { hasText: "'region'" }).first().waitFor();
  });

  it('the version is chosen for the workspace, the one in use is preselected', async () => {
    const workbench = await use(openWorkbench({ files: { 'participant1.conf': STORED } }));
    await workbench.runCommand('Canton KMS: Choose the Canton Version');
    const focused = workbench.page.locator('.quick-input-list .monaco-list-row.focused');
    await focused.filter({ hasText: 'Canton 3.5' }).waitFor();
    await workbench.pick('Canton 3.4');
    await workbench.pick('In canton-kms.json');
    await workbench.openFile('participant1.conf');
    await workbench.status('Canton 3.4').waitFor();
  });
});
