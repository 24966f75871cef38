import type { Context } from 'mocha';
import { closeAll } from './session';
import type { Workbench } from './workbench';

let workbench: Workbench | undefined;

/** The workbench that a failing test is photographed in; closes the one before. */
export async function use(next: Promise<Workbench>): Promise<Workbench> {
  await workbench?.close();
  workbench = await next;
  return workbench;
}

/** Required before all suites of this folder. */
export const mochaHooks = {
  async afterEach(this: Context): Promise<void> {
    const test = this.currentTest;
    if (test === undefined || test.state === 'passed') return;
    await workbench?.keepEvidence(test.fullTitle());
    // A browser under load loses a key or a click now and then. It is said, and twice is a failure.
    if (test.state !== 'failed') console.warn(`      failed, and is tried once more: ${test.title}`);
  },
  async afterAll(): Promise<void> {
    await closeAll();
  },
};
