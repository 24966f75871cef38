import type { Context } from 'mocha';
import { closeAll, PATIENCE, within } from './session';
import type { Workbench } from './workbench';

let workbench: Workbench | undefined;

/** Opens the workbench that is captured if a test fails, and closes the previous one. */
export async function use(next: Promise<Workbench>): Promise<Workbench> {
  await within(PATIENCE, Promise.resolve(workbench?.close()));
  workbench = await next;
  return workbench;
}

/** Required before all suites of this folder. */
export const mochaHooks = {
  async afterEach(this: Context): Promise<void> {
    const test = this.currentTest;
    if (test === undefined || test.state === 'passed') return;
    await workbench?.keepEvidence(test.fullTitle());
    // A browser under load occasionally loses a keystroke or a click. The first failure is printed; a second one fails
    // the test.
    if (test.state !== 'failed') console.warn(`      failed, and is tried once more: ${test.title}`);
  },
  async afterAll(): Promise<void> {
    await closeAll();
  },
};
