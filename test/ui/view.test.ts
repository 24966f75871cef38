import { equal, match, ok } from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { use } from './kit/hooks';
import { openWorkbench } from './kit/session';

const FOCUS = 'Explorer: Focus on Canton KMS View';
const STORED = 'canton.participants.participant1 {\n  storage.type = postgres\n}\n';
const NGINX = 'server {\n  listen 80;\n}\n';

describe('the view', () => {
  it('lists the nodes by launch set with mode, provider and problems', async () => {
    const workbench = await use(openWorkbench({ examples: true }));
    await workbench.openFile('participant1.conf');
    await workbench.runCommand(FOCUS);
    await workbench.page.getByRole('button', { name: 'Explorer Section: deployment' }).click();
    await workbench.row('Launch set synchronizer, checked as Canton 3.5 enterprise').waitFor();
    await workbench.row('participants.participant1, envelope encryption, aws').waitFor();
    await workbench.row('mediators.mediator1, envelope encryption, aws').waitFor();
    await workbench
      .row(/participants\.\w+, .*\d+ errors/)
      .first()
      .waitFor();
    await workbench.row('participants.participant1, envelope encryption, aws').hover();
    await workbench.picture('view');
  });

  it('configures the node of a row, and follows the change', async () => {
    const workbench = await use(openWorkbench({ files: { 'participant1.conf': STORED } }));
    await workbench.runCommand(FOCUS);
    const row = workbench.row('participants.participant1, no KMS');
    await workbench.pressOn(row, 'Configure a KMS for a Node');
    await workbench.pick('Envelope encryption');
    await workbench.pick('AWS');
    await workbench.answer('region', 'eu-central-1');
    await workbench.answer('ID of your own wrapper key', 'alias/wrapper');
    await workbench.pick('Apply the edits');
    await workbench.row('participants.participant1, envelope encryption, aws').waitFor();
    await row.waitFor({ state: 'detached' });
    await workbench.shows(/type = aws/);
  });

  it('is there only where there are nodes, as is the icon of the language', async () => {
    const workbench = await use(openWorkbench({ files: { 'nginx.conf': NGINX } }));
    await workbench.openFile('nginx.conf');
    await workbench.status('Properties').waitFor();
    equal(await workbench.nodesView.count(), 0);
    const icon = (name: string) =>
      workbench
        .row(name)
        .first()
        .locator('.monaco-icon-label')
        .first()
        .evaluate(
          (label) => label.ownerDocument.defaultView?.getComputedStyle(label, '::before').backgroundImage ?? '',
        );
    ok(!(await icon('nginx.conf')).includes('canton'));
    writeFileSync(join(workbench.folder, 'p1.canton.conf'), STORED);
    await workbench.nodesView.waitFor();
    await workbench.openFile('p1.canton.conf');
    match(await icon('p1.canton.conf'), /canton-dark\.svg/);
    ok(!(await icon('nginx.conf')).includes('canton'));
  });
});

describe('a procedure from the palette', () => {
  it('is picked from those that are possible, others come with the reason, and becomes a runbook', async () => {
    const workbench = await use(openWorkbench({ examples: true }));
    await workbench.openFile('participant1.conf');
    await workbench.status('Canton 3.5').waitFor();
    await workbench.runCommand('Canton KMS: Plan a Procedure…');
    await workbench.pick('participants.participant1');
    await workbench.placeholder('Which procedure for participants.participant1?').waitFor();
    await workbench.quickInput.fill('isolate-root');
    await workbench.page
      .locator('.quick-input-list', { hasText: 'Not possible: participants.participant1 does not' })
      .waitFor();
    await workbench.quickInput.fill('transferring');
    await workbench.pick('Migrate to external keys by transferring assets');
    await workbench.pick('Namespace delegation');
    await workbench.pick('Open the runbook only');
    await workbench.tab('participant1-migrate-transfer-assets.md').waitFor();
    await workbench.status('Markdown').waitFor();
    await workbench.find('CanSignAllButNamespaceDelegations');
    await workbench.picture('migrate');
  });

  it('goes back to a question, opens the runbook, and shows its edits before they are made', async () => {
    const workbench = await use(openWorkbench({ examples: true }));
    await workbench.openFile('participant3.conf');
    await workbench.status('Canton 3.5').waitFor();
    await workbench.runCommand('Canton KMS: Plan a Procedure…');
    await workbench.pick('participants.participant3');
    await workbench.page.getByPlaceholder('Which procedure for participants.participant3?').waitFor();
    await workbench.page.getByRole('button', { name: 'Back' }).click();
    await workbench.page.getByPlaceholder('Which node?').waitFor();
    await workbench.pick('participants.participant3');
    await workbench.page.getByPlaceholder('Which procedure for participants.participant3?').waitFor();
    await workbench.quickInput.fill('session signing');
    await workbench.pick('Enable session signing keys');
    await workbench.pick('Preview the edits');
    await workbench.tab('participant3-enable-session-signing-keys.md').waitFor();
    const original = workbench.page.locator('.monaco-diff-editor .editor.original');
    const modified = workbench.page.locator('.monaco-diff-editor .editor.modified');
    await modified.locator('.view-line', { hasText: 'session-signing-keys' }).waitFor();
    equal(await original.locator('.view-line', { hasText: 'session-signing-keys' }).count(), 0);
    await workbench.page.locator('.quick-input-widget').getByRole('button', { name: 'OK' }).click();
    await workbench.editor.locator('.view-line', { hasText: 'session-signing-keys' }).waitFor();
  });

  it('starts from the lens over a node and from a refactoring, which know the node', async () => {
    const workbench = await use(openWorkbench({ examples: true }));
    await workbench.openFile('participant1.conf');
    await workbench.status('Canton 3.5').waitFor();
    await workbench.page.locator('.codelens-decoration a', { hasText: 'Plan a procedure…' }).click();
    await workbench.placeholder('Which procedure for participants.participant1?').waitFor();
    await workbench.press('Escape');
    await workbench.quickInput.waitFor({ state: 'hidden' });
    await workbench.goTo(14, 6);
    await workbench.press('Control+Shift+R');
    const rows = workbench.page.locator('.action-widget .monaco-list-row');
    await rows.filter({ hasText: 'Rotate the wrapper key for' }).waitFor();
    const focused = workbench.page.locator('.action-widget .monaco-list-row.focused', {
      hasText: 'Rotate the wrapper',
    });
    for (let n = await rows.count(); n > 0 && !(await focused.isVisible()); n--) await workbench.press('ArrowDown');
    await workbench.press('Enter');
    await workbench.page.locator('.quick-input-widget', { hasText: 'ID of your own new wrapper key' }).waitFor();
  });
});
