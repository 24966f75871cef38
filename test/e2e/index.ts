import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';
import Mocha from 'mocha';
import { MARK } from './kit/mark';

/** Called by VS Code in the extension host; rejects, which is the exit code 1, when a test fails. */
export async function run(): Promise<void> {
  Mocha.reporters.Base.consoleLog = (...args: unknown[]) => console.log(MARK + format(...args));
  const mocha = new Mocha({ ui: 'bdd', color: true, timeout: 60_000, forbidOnly: true, forbidPending: true });
  const suites = readdirSync(__dirname).filter((file) => file.endsWith('.test.js'));
  if (suites.length === 0) throw new Error(`no suites in ${__dirname}`);
  for (const file of suites.sort()) mocha.addFile(join(__dirname, file));
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} tests failed`);
}
