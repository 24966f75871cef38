/** `npm run test:e2e`: the suites of test/e2e inside a real VS Code, on the desktop or in a browser. */
import { cpSync, createWriteStream, mkdtempSync, rmSync, type WriteStream } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { format } from 'node:util';
import { runTests } from '@vscode/test-electron';
import { MARK } from '../e2e/kit/mark';
import { launchBrowser } from './browser';
import { packedExtension, ROOT } from './cache';
import { downloadedDesktop, installedDesktop } from './desktop';
import { within } from './processes';
import { OFFLINE, startWebServer, workbenchUrl } from './web-server';

const OLDEST_VSCODE = '1.100.3';
const SUITE = join(ROOT, 'out/test/e2e/index.js');
const LOG = join(ROOT, 'out/e2e.log');
const SUITE_SECONDS = 600;
const SETTINGS = { 'security.workspace.trust.enabled': false, ...OFFLINE };

/** The exit code of the suites, 0 where all passed; throws when no host can be had. */
async function run(folder: string): Promise<number> {
  const desktop = installedDesktop() ?? (await downloadedDesktop(OLDEST_VSCODE));
  if (desktop !== undefined) {
    console.log(`Testing in ${desktop}`);
    return within(runOnDesktop(desktop, folder), SUITE_SECONDS, 'The suite');
  }
  return runInBrowser(folder);
}

function runOnDesktop(vscodeExecutablePath: string, folder: string): Promise<number> {
  return runTests({
    vscodeExecutablePath,
    extensionDevelopmentPath: packedExtension(),
    extensionTestsPath: SUITE,
    launchArgs: [folder],
  });
}

async function runInBrowser(folder: string): Promise<number> {
  const server = await startWebServer(SETTINGS, { extension: packedExtension() });
  try {
    const browser = await launchBrowser();
    try {
      console.log(
        `Testing in VS Code ${OLDEST_VSCODE} at ${server.origin} with Chromium ${browser.version()}, log in ${LOG}`,
      );
      const log = createWriteStream(LOG);
      const page = await browser.newPage();
      // VS Code calls these two functions of the page with the extension host's console and with the verdict.
      await page.exposeFunction('codeAutomationLog', (_type: string, args: unknown[]) => print(log, args));
      const verdict = new Promise<number>((resolve) => {
        void page.exposeFunction('codeAutomationExit', resolve);
      });
      await page.goto(workbenchUrl(server, { folder, suite: SUITE }));
      return await within(verdict, SUITE_SECONDS, 'The suite');
    } finally {
      await browser.close();
    }
  } finally {
    await server.stop();
  }
}

/** Shows the output of the suites; all other output goes to the log. */
function print(log: WriteStream, args: unknown[]): void {
  const text = format(...args);
  if (text.startsWith(MARK)) console.log(text.slice(MARK.length));
  else log.write(`${text}\n`);
}

async function main(): Promise<void> {
  // A copy with a settled name: suites write into it, and the checkout stays as it was.
  const parent = mkdtempSync(join(tmpdir(), 'canton-kms-e2e-'));
  const folder = join(parent, 'examples');
  process.once('exit', () => rmSync(parent, { recursive: true, force: true }));
  cpSync(join(ROOT, 'examples'), folder, { recursive: true });
  process.exitCode = await run(folder);
}

main().catch((error: unknown) => {
  console.error(`The tests could not be run in VS Code: ${error instanceof Error ? error.message : error}`);
  process.exit(1);
});
