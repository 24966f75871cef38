import { deepEqual, equal, match } from 'node:assert/strict';
import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { use } from './kit/hooks';
import { openWorkbench } from './kit/session';

// Session signing keys are unknown to 2.10, so the result depends on the version.
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
    await workbench.shows(/^# canton-kms: version = 2\.10$/m);

    await workbench.runCommand('Canton KMS: Choose the Canton Version');
    await workbench.page.locator('.quick-input-list', { hasText: 'in use' }).waitFor();
    await workbench.pick('Canton 3.6');
    await workbench.status('Canton 3.6').waitFor();
    await workbench.shows(/^# canton-kms: version = 3\.6$/m);
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

  it('configure a KMS for a node, step by step, into the right place, with a runbook beside', async () => {
    const workbench = await use(openWorkbench({ files: { 'participant1.conf': STORED } }));
    await workbench.openFile('participant1.conf');
    await workbench.status('Canton 3.5').waitFor();
    await workbench.runCommand('Canton KMS: Configure a KMS for a Node');
    await workbench.pick('Envelope encryption');
    await workbench.page.locator('.quick-input-list', { hasText: 'AWS' }).waitFor();
    await workbench.picture('configure');
    await workbench.pick('AWS');
    await workbench.placeholder('region').waitFor();
    await workbench.quickInput.fill('frankfurt');
    await workbench.pick('Europe (Frankfurt)');
    await workbench.answer('ID of your own wrapper key', 'alias/participant1-wrapper');
    await workbench.placeholder('participants.participant1: 1 edit in participant1.conf').waitFor();
    equal((await workbench.text()).trimEnd(), STORED.trimEnd(), 'nothing is changed before all is answered');
    await workbench.pick('Apply the edits');
    await workbench.editor.locator('.view-line', { hasText: 'participant1-wrapper' }).waitFor();
    await workbench.tab('participant1-configure.md').waitFor();
    await workbench.page.locator('.view-line', { hasText: 'From then on, participant1 needs' }).waitFor();
    await workbench.picture('configured');
    equal(await workbench.tab('participant1-configure.md').count(), 1);
    const text = await workbench.text();
    match(text, /type = aws/);
    match(text, /region = "?eu-central-1/);
    equal(await workbench.squiggles('error').count(), 0);
    await workbench.press('Control+Z');
    await workbench.editor.locator('.view-line', { hasText: 'participant1-wrapper' }).waitFor({ state: 'detached' });
  });

  it('enable envelope encryption after a look at each edit', async () => {
    const workbench = await use(openWorkbench({ files: { 'participant1.conf': STORED } }));
    await workbench.openFile('participant1.conf');
    await workbench.status('Canton 3.5').waitFor();
    await workbench.runCommand('Canton KMS: Enable Envelope Encryption');
    await workbench.pick('Google Cloud');
    await workbench.answer('location-id', 'europe-west3');
    await workbench.answer('project-id', 'ledger');
    await workbench.answer('key-ring-id', 'ring');
    await workbench.answer('ID of your own wrapper key', '');
    await workbench.pick('Preview the edits');
    await workbench.tab('participant1-enable-envelope.md').waitFor();
    const changed = workbench.page.locator('.monaco-diff-editor .editor.modified');
    await changed.locator('.view-line', { hasText: 'key-ring-id' }).waitFor();
    const ticks = workbench.page.locator('.quick-input-list input[type=checkbox], .quick-input-list .monaco-checkbox');
    equal(await ticks.first().isChecked(), true);
    await workbench.picture('preview');
    await ticks.first().uncheck();
    await changed.locator('.view-line', { hasText: 'key-ring-id' }).waitFor({ state: 'detached' });
    await ticks.first().check();
    await changed.locator('.view-line', { hasText: 'key-ring-id' }).waitFor();
    equal(await workbench.tab('participant1.conf: Preview').count(), 1);
    await workbench.page.locator('.quick-input-widget').getByRole('button', { name: 'OK' }).click();
    await workbench.tab('participant1.conf: Preview').waitFor({ state: 'detached' });
    await workbench.openFile('participant1.conf');
    await workbench.editor.locator('.view-line', { hasText: 'key-ring-id' }).waitFor();
    equal(await workbench.squiggles('error').count(), 0);
  });

  it('put the keys of a new node into the KMS, and those of an existing one not', async () => {
    const workbench = await use(openWorkbench({ files: { 'participant1.conf': STORED } }));
    await workbench.openFile('participant1.conf');
    await workbench.status('Canton 3.5').waitFor();
    await workbench.runCommand('Canton KMS: Enable External Keys on a New Node');
    await workbench.placeholder('Has participant1 been started before?').waitFor();
    await workbench.pick('Yes');
    await workbench.notifications.filter({ hasText: 'moves the keys into the KMS in place' }).waitFor();
    equal((await workbench.text()).trimEnd(), STORED.trimEnd());

    await workbench.runCommand('Canton KMS: Enable External Keys on a New Node');
    await workbench.pick('No, it is new');
    await workbench.pick('AWS');
    await workbench.answer('region', 'eu-central-1');
    await workbench.placeholder('Create an intermediate namespace key as well?').waitFor();
    await workbench.pick('Yes');
    await workbench.pick('Apply the edits');
    await workbench.tab('participant1-enable-external.md').waitFor();
    const text = await workbench.text();
    match(text, /provider = kms/);
    match(text, /generate-intermediate-key = true/);
    equal(await workbench.squiggles('error').count(), 0);
  });

  it('show how to rotate the wrapper key, with the commands for the node at hand', async () => {
    const workbench = await use(openWorkbench({ examples: true }));
    await workbench.openFile('participant1.conf');
    await workbench.status('Canton 3.5').waitFor();
    await workbench.runCommand('Canton KMS: Rotate the Wrapper Key');
    await workbench.pick('participants.participant1');
    await workbench.answer('ID of your own new wrapper key', 'alias/participant1-wrapper-2');
    await workbench.pick('Open the runbook only');
    await workbench.status('Markdown').waitFor();
    await workbench.tab('participant1-rotate-wrapper-key.md').waitFor();
    await workbench.picture('rotate-wrapper-key');
    await workbench.find('participant1.keys.secret.rotate_wrapper_key("alias/participant1-wrapper-2")');
    await workbench.page.getByRole('button', { name: 'Preview the Edits of the Runbook' }).click();
    await workbench.page.locator('.monaco-diff-editor .editor.modified').waitFor();
    await workbench.placeholder('Clear unwanted edits').waitFor();
    await workbench.press('Escape');
    // The runbook comes to the front again when the preview is closed.
    await workbench.page.locator('.monaco-diff-editor .editor.modified').waitFor({ state: 'hidden' });
    await workbench.openFile('participant1.conf');
    await workbench.shows(/wrapper-key-id = alias\/participant1-wrapper$/m);
  });

  it('rotate an external key, as a runbook and as a console script', async () => {
    const workbench = await use(openWorkbench({ examples: true }));
    await workbench.openFile('participant2.conf');
    await workbench.status('Canton 3.5').waitFor();
    await workbench.runCommand('Canton KMS: Rotate External Keys');
    await workbench.pick('participants.participant2');
    await workbench.placeholder('Which key?').waitFor();
    await workbench.pick('The protocol signing key');
    await workbench.page.locator('.quick-input-widget', { hasText: 'Fingerprint of the key' }).waitFor();
    await workbench.quickInput.fill('1220');
    await workbench.page.locator('.quick-input-message', { hasText: 'is not a complete fingerprint' }).waitFor();
    await workbench.quickInput.fill('');
    await workbench.press('Enter');
    await workbench.answer('ID of your own new key', 'signing-2');
    await workbench.pick('Pause for a backup');
    await workbench.tab('participant2-rotate-external-keys.md').waitFor();
    await workbench.status('Markdown').waitFor();
    await workbench.find('register_kms_signing_key("signing-2", SigningKeyUsage.ProtocolOnly');
    await workbench.page.getByRole('button', { name: 'Open the Console Script of the Runbook' }).click();
    await workbench.pick('Part 1 of');
    await workbench.tab('participant2-rotate-external-keys.canton').waitFor();
    await workbench.status('Canton console script').waitFor();
    await workbench.picture('console-script');
  });

  it('write the least rights of a node as a policy', async () => {
    const workbench = await use(openWorkbench({ examples: true }));
    await workbench.openFile('participant1.conf');
    await workbench.status('Canton 3.5').waitFor();
    await workbench.runCommand('Canton KMS: Write a Least-Privilege Policy');
    await workbench.pick('participants.participant1');
    await workbench.pick("The KMS's own format");
    await workbench.pick('As the configuration suggests');
    await workbench.tab('participant1-kms-policy.json').waitFor();
    await workbench.notifications.filter({ hasText: 'stands for the AWS account' }).waitFor();
    await workbench.find('"kms:RequestAlias": "alias/participant1-wrapper"');
  });

  it('compare with another version, and make the edits of moved keys', async () => {
    const moved = 'automatically-perform-logical-synchronizer-upgrade';
    const old = `# canton-kms: version = 3.4\ncanton.participants.p1 { admin-api.port = 1, parameters.${moved} = no }\n`;
    const workbench = await use(openWorkbench({ files: { 'old.conf': old } }));
    await workbench.openFile('old.conf');
    await workbench.status('Canton 3.4').waitFor();
    await workbench.runCommand('Canton KMS: Compare with Another Canton Version');
    await workbench.pick('Canton 3.5');
    await workbench.tab('old-canton-3.5.md').waitFor();
    await workbench.shows(/Changed defaults/);
    await workbench.page.getByRole('button', { name: 'Make 1 Edit' }).click();
    await workbench.tab('old.conf').click();
    await workbench.shows(/parameters\.lsu\.automatically-perform-lsu = no/);
  });

  it('change nothing when the user gives up half way', async () => {
    const workbench = await use(openWorkbench({ files: { 'participant1.conf': STORED } }));
    await workbench.openFile('participant1.conf');
    await workbench.status('Canton 3.5').waitFor();
    await workbench.runCommand('Canton KMS: Configure a KMS for a Node');
    await workbench.pick('Envelope encryption');
    await workbench.page.locator('.quick-input-list', { hasText: 'AWS' }).waitFor();
    await workbench.press('Escape');
    await workbench.quickInput.waitFor({ state: 'hidden' });
    equal((await workbench.text()).trimEnd(), STORED.trimEnd());
    equal(await workbench.notifications.count(), 0);
  });

  it('say why a procedure is not possible before asking anything else, and change nothing', async () => {
    const workbench = await use(openWorkbench({ files: { 'participant1.conf': NODE } }));
    await workbench.openFile('participant1.conf');
    await workbench.status('Canton 3.5').waitFor();
    await workbench.runCommand('Canton KMS: Rotate the Wrapper Key');
    await workbench.notifications.filter({ hasText: 'does not use envelope encryption' }).waitFor();
    equal((await workbench.text()).trimEnd(), NODE.trimEnd());
  });

  it('say that a file is half written or read-only, and change nothing', async () => {
    const HALF = 'canton.participants.participant2 {\n  storage {\n';
    const workbench = await use(
      openWorkbench({
        files: {
          'participant1.conf': STORED,
          'half.conf': HALF,
        },
      }),
    );
    const configure = async (file: string, node?: string) => {
      await workbench.openFile(file);
      await workbench.status('Canton 3.5').waitFor();
      await workbench.runCommand('Canton KMS: Configure a KMS for a Node');
      if (node !== undefined) await workbench.pick(node);
    };
    await configure('half.conf', 'participants.participant2');
    await workbench.notifications.filter({ hasText: 'half.conf, line' }).waitFor();
    equal((await workbench.text()).trimEnd(), HALF.trimEnd());

    chmodSync(join(workbench.folder, 'participant1.conf'), 0o444);
    await configure('participant1.conf', 'participants.participant1');
    await workbench.pick('Envelope encryption');
    await workbench.pick('AWS');
    await workbench.answer('region', 'eu-central-1');
    await workbench.answer('ID of your own wrapper key', '');
    await workbench.pick('Apply the edits');
    await workbench.notifications.filter({ hasText: 'participant1.conf is read-only. Nothing was changed.' }).waitFor();
    equal((await workbench.text()).trimEnd(), STORED.trimEnd());
  });

  it('ask which launch set is meant where a node is in several', async () => {
    const workbench = await use(
      openWorkbench({
        files: {
          'participant1.conf': STORED,
          'test.conf': 'canton.participants.participant1.storage.type = memory\n',
          'canton-kms.json':
            '{ "launchSets": { "prod": ["participant1.conf"], "test": ["participant1.conf", "test.conf"] } }',
        },
      }),
    );
    await workbench.openFile('participant1.conf');
    await workbench.status('Canton 3.5').waitFor();
    await workbench.runCommand('Canton KMS: Enable Envelope Encryption');
    await workbench.placeholder('participants.participant1 is in several launch sets: which one?').waitFor();
    await workbench.pick('test');
    await workbench.notifications.filter({ hasText: 'has no database' }).waitFor();
    equal((await workbench.text()).trimEnd(), STORED.trimEnd());
  });
});
