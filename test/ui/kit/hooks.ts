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
    if (this.currentTest?.state === 'failed') await workbench?.keepEvidence(this.currentTest.fullTitle());
  },
  async afterAll(): Promise<void> {
    await closeAll();
  },
};
