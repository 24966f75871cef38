import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Route } from 'playwright-core';
import { ROOT } from '../host/cache';
import { use } from './kit/hooks';
import { openWorkbench } from './kit/session';

const PARTICIPANT = `canton.participants.p1.crypto {
  provider = kms
  kms { include "kms.conf", regoin = us-east-1 }
}
`;

describe('as a web extension, client and server in web workers', () => {
  it('detects the language, reads included files through the editor, and checks', async () => {
    const files = { 'p1.conf': PARTICIPANT, 'kms.conf': 'type = gcp\n' };
    const workbench = await use(openWorkbench({ files, subject: 'nothing' }));
    const location = `${new URL(workbench.page.url()).origin}/web-extension`;
    await workbench.page.context().route(`${location}/**`, serve);
    await workbench.runCommand('Developer: Install Extension from Location');
    await workbench.answer('Install Extension from Location', location);

    await workbench.openFile('p1.conf');
    await workbench.status('Canton configuration').waitFor();
    await workbench.status('Canton 3.5').waitFor();
    await workbench.squiggles('error').first().waitFor();
    const problems = await workbench.problems();
    // That the provider is Google Cloud stands in the other file.
    await problems.filter({ hasText: "'regoin' is not a key of 'crypto.kms' with type = gcp" }).first().waitFor();

    await workbench.runCommand('Developer: Show Running Extensions');
    await workbench.page.locator('.extension', { hasText: 'Canton KMS' }).getByText('web worker').waitFor();
  });
});

/** The checkout as a folder of the page's own site, which is all that VS Code lets its workers load from. */
async function serve(route: Route): Promise<void> {
  const path = join(ROOT, new URL(route.request().url()).pathname.replace('/web-extension/', ''));
  await route.fulfill(existsSync(path) ? { path } : { status: 404 });
}
