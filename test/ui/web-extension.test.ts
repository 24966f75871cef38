import { equal } from 'node:assert/strict';
import { existsSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Route } from 'playwright-core';
import { ROOT } from '../host/cache';
import { use } from './kit/hooks';
import { type Content, openWorkbench } from './kit/session';
import type { Workbench } from './kit/workbench';

const PARTICIPANT = `canton.participants.p1.crypto {
  provider = kms
  kms { include "kms.conf", regoin = us-east-1 }
}
`;

describe('as a web extension, client and server in web workers', () => {
  it('detects the language, reads included files through the editor, checks, completes and runs commands', async () => {
    const files = { 'p1.conf': PARTICIPANT, 'kms.conf': 'type = gcp\n' };
    const workbench = await use(openInBrowser({ files }));
    await workbench.openFile('p1.conf');
    await workbench.status('Canton configuration').waitFor();
    await workbench.status('Canton 3.5').waitFor();
    await workbench.squiggles('error').first().waitFor();
    const problems = await workbench.problems();
    // Only the other file sets the provider to Google Cloud.
    await problems.filter({ hasText: "Unknown key 'regoin' in 'crypto.kms' of type 'gcp'" }).first().waitFor();

    await workbench.runCommand('Canton KMS: Show the Effective KMS Configuration');
    await workbench.editor.locator('.view-line', { hasText: 'kms.conf:1' }).waitFor();
    await workbench.runCommand('View: Close Editor');
    await workbench.tab('effective').waitFor({ state: 'detached' });
    await workbench.goTo(3, 29);
    await workbench.type('key');
    await workbench.suggest('key-ring-id');
    await workbench.press('Escape');

    await workbench.runCommand('Explorer: Focus on Canton KMS View');
    await workbench.row('participants.p1, external keys, gcp').waitFor();
    await workbench.runCommand('Canton KMS: Restart the Language Server');
    await workbench.squiggles('error').first().waitFor({ state: 'detached' });
    await workbench.squiggles('error').first().waitFor();

    await workbench.runCommand('Developer: Show Running Extensions');
    await workbench.page.locator('.extension', { hasText: 'Canton KMS' }).getByText('web worker').waitFor();
  });

  it('reads nothing through links where the workspace is not trusted', async () => {
    const files = { 'p1.conf': PARTICIPANT.replace('regoin', 'region'), 'plain.conf': 'type = gcp\n' };
    const workbench = await use(openInBrowser({ files, restricted: true }));
    writeFileSync(join(workbench.folder, '../outside.conf'), 'type = gcp\n');
    symlinkSync(join(workbench.folder, '../outside.conf'), join(workbench.folder, 'kms.conf'));
    await workbench.openFile('p1.conf');
    await workbench.status('Canton 3.5').waitFor();
    equal(await workbench.squiggles('error').count(), 0);
    await workbench.find('kms.conf');
    await workbench.type('plain.conf');
    // Google Cloud has no regions.
    await workbench.squiggles('error').first().waitFor();
  });

  it('serves a folder that is on no disk', async () => {
    const files = { 'disk/readme.txt': '' };
    const workbench = await use(openWorkbench({ files, roots: ['disk'], subject: 'nothing' }));
    await install(workbench, 'test/ui/virtual-files');
    await workbench.runCommand('Add the Virtual Folder');
    await install(workbench, '.');
    await workbench.row('p1.conf').dblclick();
    await workbench.status('Canton 3.4').waitFor();
    const problems = await workbench.problems();
    await problems.filter({ hasText: "Unknown key 'regoin' in 'crypto.kms' of type 'gcp'" }).first().waitFor();
    await workbench.runCommand('Canton KMS: Show the Effective KMS Configuration');
    await workbench.editor.locator('.view-line', { hasText: 'kms.conf:1' }).waitFor();
    await workbench.runCommand('Explorer: Focus on Canton KMS View');
    await workbench.row('participants.p1, external keys, gcp').waitFor();
  });
});

/** A workbench without the extension, to which it is then added as a web extension. */
async function openInBrowser(content: Content): Promise<Workbench> {
  const workbench = await openWorkbench({ ...content, subject: 'nothing' });
  await install(workbench, '.');
  return workbench;
}

/** Adds the extension in a folder of the checkout. */
async function install(workbench: Workbench, folder: string): Promise<void> {
  const site = `${new URL(workbench.page.url()).origin}/web-extension`;
  await workbench.page.context().route(`${site}/**`, serve);
  await workbench.runCommand('Developer: Install Extension from Location');
  await workbench.answer('Install Extension from Location', folder === '.' ? site : `${site}/${folder}`);
}

/** Serves the checkout as a folder of the page's own origin, the only origin from which VS Code's workers may load. */
async function serve(route: Route): Promise<void> {
  const path = join(ROOT, new URL(route.request().url()).pathname.replace('/web-extension/', ''));
  await route.fulfill(existsSync(path) ? { path } : { status: 404 });
}
