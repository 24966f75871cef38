import type { ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cached, npmInstall, ROOT } from './cache';
import { runToEnd, startProcess, stopProcess, within } from './processes';

/** Carries VS Code 1.100.3, the oldest version that package.json promises to work in. */
const PACKAGE = 'code-server@4.100.3';
const START_SECONDS = 60;

/** Settings that keep VS Code from asking the marketplace about extensions. */
export const OFFLINE = {
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'workbench.enableExperiments': false,
};

export interface WebServer {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  /** The folder of the extension under development, under another name; undefined if there is none. */
  readonly extension: string | undefined;
  /** Everything that the server has said so far. */
  log(): string;
  stop(): Promise<void>;
}

/** The files to open; paths are absolute. */
export interface Workbench {
  /** A folder, or a `.code-workspace` file with several. */
  readonly folder: string;
  readonly file?: string;
  /** A compiled suite that exports `run(): Promise<void>`. */
  readonly suite?: string;
}

/** The extension of VS Code: a folder as extension under development, an installed package, or nothing yet. */
export type Subject = { readonly extension: string } | { readonly vsix: string } | 'nothing';
export const CHECKOUT: Subject = { extension: ROOT };

/** Starts VS Code's own server on a free loopback port, with settings and state in a folder that goes with it. */
export async function startWebServer(
  settings: Record<string, unknown>,
  subject: Subject = CHECKOUT,
): Promise<WebServer> {
  const folder = await cached(PACKAGE.replace('@', '-'), install);
  const data = mkdtempSync(join(tmpdir(), 'canton-kms-vscode-'));
  mkdirSync(join(data, 'data/User'), { recursive: true });
  writeFileSync(join(data, 'data/User/settings.json'), JSON.stringify(settings));
  const main = join(folder, 'node_modules/code-server/lib/vscode/out/server-main.js');
  const common = ['--server-data-dir', data, '--accept-server-license-terms'];
  let extension: string | undefined;
  if (subject !== 'nothing' && 'extension' in subject) extension = underAnotherName(subject.extension, data);
  if (subject !== 'nothing' && 'vsix' in subject) {
    await runToEnd(process.execPath, [main, ...common, '--install-extension', subject.vsix], {});
  }
  const server = startProcess(
    process.execPath,
    [
      ...[main, ...common, '--host', '127.0.0.1', '--port', '0', '--without-connection-token'],
      ...['--telemetry-level', 'off', '--disable-update-check'],
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const removeData = () => rmSync(data, { recursive: true, force: true, maxRetries: 3 });
  process.once('exit', removeData);
  let log = '';
  server.stdout?.on('data', (text) => (log += text));
  server.stderr?.on('data', (text) => (log += text));
  try {
    const port = await within(listening(server), START_SECONDS, 'The start of the VS Code server');
    return {
      origin: `http://127.0.0.1:${port}`,
      extension,
      log: () => log,
      stop: async () => {
        await stopProcess(server);
        process.off('exit', removeData);
        removeData();
      },
    };
  } catch (error) {
    await stopProcess(server);
    throw new Error(`The VS Code server did not start: ${error instanceof Error ? error.message : error}\n${log}`);
  }
}

/** The address that opens a folder with the extension, and runs its tests where given. */
export function workbenchUrl(server: WebServer, { folder, file, suite }: Workbench): string {
  const remote = (path: string) => pathToFileURL(path).href.replace('file://', `vscode-remote://${authority}`);
  const authority = server.origin.slice('http://'.length);
  const payload = [
    ...(file === undefined ? [] : [['openFile', remote(file)]]),
    ...(server.extension === undefined ? [] : [['extensionDevelopmentPath', remote(server.extension)]]),
    ...(suite === undefined ? [] : [['extensionTestsPath', remote(suite)]]),
  ];
  const opened: Record<string, string> = folder.endsWith('.code-workspace') ? { workspace: folder } : { folder };
  return `${server.origin}/?${new URLSearchParams({ ...opened, payload: JSON.stringify(payload) })}`;
}

/**
 * VS Code treats everything below an extension as a part of it, and the server is in a folder of the checkout, so all
 * of VS Code's themes would seem to belong to the extension.
 */
function underAnotherName(extension: string, folder: string): string {
  const link = join(folder, 'extension');
  symlinkSync(extension, link, 'junction');
  return link;
}

/** Without scripts: they would build native add-ons that only the integrated terminal needs. */
async function install(folder: string): Promise<void> {
  console.log(`Fetching ${PACKAGE} from the npm registry (once) ...`);
  await npmInstall(folder, PACKAGE);
  await npmInstall(join(folder, 'node_modules/code-server/lib/vscode'), '--omit=dev');
}

function listening(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    server.stdout?.on('data', (text) => {
      said += text;
      const port = /agent (?:host )?listening on (\d+)/i.exec(said)?.[1];
      if (port !== undefined) resolve(port);
    });
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`it ended with code ${code}`)));
  });
}
