/**
 * `npm start`: opens examples/ with the extension in an Extension Development Host, and stays until Ctrl-C. It uses
 * desktop VS Code if there is one, otherwise (or with `--web`) VS Code's own server for a browser.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../test/host/cache';
import { hasDisplay, installedDesktop } from '../test/host/desktop';
import { startProcess } from '../test/host/processes';
import { OFFLINE, startWebServer, workbenchUrl } from '../test/host/web-server';

const FOLDER = join(ROOT, 'examples');
const FILE = join(FOLDER, 'mistakes.conf');
const SETTINGS = { 'security.workspace.trust.enabled': false, 'workbench.startupEditor': 'none', ...OFFLINE };

async function main(): Promise<void> {
  const desktop = process.argv.includes('--web') ? undefined : installedDesktop();
  if (desktop === undefined) await startInBrowser();
  else startOnDesktop(desktop);
}

function startOnDesktop(program: string): void {
  console.log(`Opening ${FOLDER} in ${program}. Ctrl-C here closes it.`);
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox', '--user-data-dir', join(ROOT, '.vscode-test/start')] : [];
  const args = [`--extensionDevelopmentPath=${ROOT}`, '--new-window', '--wait', ...asRoot, FOLDER, FILE];
  const window = startProcess(program, args, { stdio: 'inherit' });
  window.once('error', fail);
  window.once('exit', (code) => process.exit(code ?? 0));
}

async function startInBrowser(): Promise<void> {
  const server = await startWebServer(SETTINGS);
  const file = existsSync(FILE) ? { file: FILE } : {};
  const url = workbenchUrl(server, { folder: FOLDER, ...file });
  console.log(`\nVS Code with Canton KMS is open at\n\n  ${url}\n\nCtrl-C ends it.`);
  openInBrowser(url);
}

/** Opens a browser only for an interactive user; others use the printed address. */
function openInBrowser(url: string): void {
  if (!hasDisplay()) return;
  const [command, ...args] = { darwin: ['open'], win32: ['rundll32', 'url.dll,FileProtocolHandler'] }[
    process.platform as string
  ] ?? ['xdg-open'];
  const opener = startProcess(command as string, [...args, url], { stdio: 'ignore' });
  opener.once('error', () => {});
}

function fail(error: unknown): void {
  console.error(`npm start: ${error instanceof Error ? error.message : error}`);
  process.exit(1);
}

main().catch(fail);
