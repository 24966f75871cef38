import { deepEqual, equal, match } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { use } from './kit/hooks';
import { openWorkbench } from './kit/session';

// Session signing keys are unknown to 2.10, so that the version shows.
const NODE = 'canton.participants.participant1.crypto {\n  session-signing-keys.enabled = false\n}\n';

const STORED = `canton.participants.participant1 {
  # Postgres
  storage.type = postgres
}
`;

describe('the commands', () => {
  it('change the Canton version from the status bar, in the file, and check again at once', async () => {
    const workbench = await use(openWorkbench({ files: { 'participant1.conf': NODE } }));
    await workbench.openFile('participant1.conf');
    await workbench.status('Canton 3.5').click();
    await workbench.pick('Canton 2.10');
    await workbench.pick('In this file, as a comment');
    await workbench.status('Canton 2.10').waitFor();
    await workbench.squiggles('error').first().waitFor();
    match(await workbench.text(), /^# canton-kms: version = 2\.10$/m);

    await workbench.runCommand('Canton KMS: Choose the Canton Version');
    await workbench.page.locator('.quick-input-list', { hasText: 'in use' }).waitFor();
    await workbench.pick('Canton 3.6');
    await workbench.status('Canton 3.6').waitFor();
    match(await workbench.text(), /^# canton-kms: version = 3\.6$/m);
    await workbench.squiggles('error').first().waitFor({ state: 'detached' });
  });

  it('keep the Canton version in the project file for editor and command line', async () => {
    const workbench = await use(openWorkbench({ files: { 'participant1.conf': NODE } }));
    await workbench.openFile('participant1.conf');
    await workbench.status('Canton 3.5').click();
    await workbench.pick('Canton 2.10');
    await workbench.pick('In canton-kms.json');
    await workbench.status('Canton 2.10').waitFor();
    await workbench.squiggles('error').first().waitFor();
    const project = readFileSync(join(workbench.folder, 'canton-kms.json'), 'utf8');
    deepEqual(JSON.parse(project), { cantonVersion: '2.10' });
  });

  it('configure a KMS for a node, step by step, into the right place', async () => {
    const workbench = await use(openWorkbench({ files: { 'participant1.conf': STORED } }));
    await workbench.openFile('participant1.conf');
    await workbench.status('Canton 3.5').waitFor();
    await workbench.runCommand('Canton KMS: Configure a KMS for a Node');
    await workbench.pick('participants.participant1');
    await workbench.pick('Envelope encryption');
    await workbench.page.locator('.quick-input-list', { hasText: 'AWS' }).waitFor();
    await workbench.picture('configure');
    await workbench.pick('AWS');
    await workbench.answer('region', 'eu-central-1');
    await workbench.answer('Id of your own wrapper key', 'alias/participant1-wrapper');
    await workbench.editor.locator('.view-line', { hasText: 'participant1-wrapper' }).waitFor();
    await workbench.picture('configured');
    const text = await workbench.text();
    match(text, /type = aws/);
    match(text, /region = "?eu-central-1/);
    equal(await workbench.squiggles('error').count(), 0);
  });

  it('show how to rotate the wrapper key, with the commands for the node at hand', async () => {
    const workbench = await use(openWorkbench({ examples: true }));
    await workbench.openFile('participant1.conf');
    await workbench.status('Canton 3.5').waitFor();
    await workbench.runCommand('Canton KMS: Rotate the Wrapper Key');
    await workbench.pick('participants.participant1');
    await workbench.answer('Id of your own new wrapper key', 'alias/participant1-wrapper-2');
    await workbench.status('Markdown').waitFor();
    await workbench.picture('rotate-wrapper-key');
    await workbench.find('participant1.keys.secret.rotate_wrapper_key("alias/participant1-wrapper-2")');
  });

  it('change nothing when the user gives up half way', async () => {
    const workbench = await use(openWorkbench({ files: { 'participant1.conf': STORED } }));
    await workbench.openFile('participant1.conf');
    await workbench.status('Canton 3.5').waitFor();
    await workbench.runCommand('Canton KMS: Configure a KMS for a Node');
    await workbench.pick('participants.participant1');
    await workbench.pick('Envelope encryption');
    await workbench.page.locator('.quick-input-list', { hasText: 'AWS' }).waitFor();
    await workbench.press('Escape');
    await workbench.quickInput.waitFor({ state: 'hidden' });
    equal((await workbench.text()).trimEnd(), STORED.trimEnd());
    equal(await workbench.notifications.count(), 0);
  });

  it('say why a procedure is not possible, and change nothing', async () => {
    const workbench = await use(openWorkbench({ files: { 'participant1.conf': NODE } }));
    await workbench.openFile('participant1.conf');
    await workbench.status('Canton 3.5').waitFor();
    await workbench.runCommand('Canton KMS: Rotate the Wrapper Key');
    await workbench.pick('participants.participant1');
    await workbench.answer('Id of your own new wrapper key', '');
    await workbench.notifications.filter({ hasText: 'does not use envelope encryption' }).waitFor();
    equal((await workbench.text()).trimEnd(), NODE.trimEnd());
  });
});
