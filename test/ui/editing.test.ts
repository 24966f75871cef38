import { equal } from 'node:assert/strict';
import { use } from './kit/hooks';
import { openWorkbench } from './kit/session';
import type { Workbench } from './kit/workbench';

const PARTICIPANT = `canton.participants.participant1 {
  crypto {
    provider = kms
    kms {
      type = aws
      region = us-east-1
      audit-logging = true
    }
  }
}
`;

describe('editing Canton configuration', () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await use(openWorkbench({ files: { 'participant1.conf': PARTICIPANT, 'nginx.conf': 'listen 80;\n' } }));
    await workbench.openFile('participant1.conf');
  });

  it('starts quietly, in the right language, with the Canton version in sight', async () => {
    await workbench.status('Canton configuration').waitFor();
    await workbench.status('Canton 3.5').waitFor();
    equal(await workbench.notifications.count(), 0);
  });

  it('underlines a mistake as it is typed, and lists it among the problems', async () => {
    await workbench.goTo(6, 7);
    await workbench.press('Shift+End');
    await workbench.type('regoin = us-east-1');
    await workbench.press('Escape');
    const problems = await workbench.problems();
    await problems.filter({ hasText: "Did you mean 'region'?" }).first().waitFor();
    await workbench.squiggles('error').first().waitFor();
    await workbench.picture('problems');
  });

  it('leads from the mistake to the page of its rule', async () => {
    const problems = await workbench.problems();
    await problems.locator('a', { hasText: 'read/unknown-key' }).first().click();
    const page = workbench.page.locator('.tab.active', { hasText: 'unknown-key' });
    await page.waitFor();
    await workbench.picture('rule-page');
    await page.locator('.codicon-close').click();
    await page.waitFor({ state: 'detached' });
    await workbench.openFile('participant1.conf');
  });

  it('mends it with a quick fix', async () => {
    await workbench.goTo(6, 9);
    await workbench.press('Control+.');
    const fix = workbench.page.locator('.action-widget .monaco-list-row.focused', { hasText: "'region'" });
    await fix.waitFor();
    await workbench.picture('quick-fix');
    await workbench.press('Enter');
    await workbench.squiggles('error').first().waitFor({ state: 'detached' });
    await workbench.shows(/^ {6}region = us-east-1$/m);
  });

  it('completes a key', async () => {
    await workbench.goTo(7, 200);
    await workbench.press('Enter');
    await workbench.type('multi');
    const row = await workbench.suggest('multi-region-key');
    await workbench.picture('completion');
    await row.click();
    // The values follow automatically.
    await workbench.suggestion('default').waitFor();
    await workbench.press('Escape');
    await workbench.shows(/multi-region-key/);
  });

  it('explains a key under the mouse', async () => {
    await workbench.editor.locator('.view-line span', { hasText: 'audit-logging' }).last().hover();
    const hover = workbench.page.locator('.monaco-hover:not(.hidden) .hover-contents', { hasText: 'audit-logging' });
    await hover.first().waitFor();
    await workbench.picture('hover');
  });

  it('says nothing of files that are not Canton’s', async () => {
    await workbench.openFile('nginx.conf');
    await workbench.status('Properties').waitFor();
    equal(await workbench.status('Canton 3.5').count(), 0);
    equal(await workbench.squiggles('error').count(), 0);
  });

  it('shows all that Canton would refuse in the example of mistakes', async () => {
    workbench = await use(openWorkbench({ examples: true }));
    await workbench.openFile('mistakes.conf');
    await workbench.squiggles('error').nth(3).waitFor();
    const problems = await workbench.problems();
    for (const word of ["'KMS'", "'regoin'", "'multiRegionKey'"]) {
      await problems.filter({ hasText: word }).first().waitFor();
    }
    await workbench.picture('mistakes');
  });
});
