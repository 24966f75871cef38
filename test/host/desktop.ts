import { existsSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { within } from './processes';

const DOWNLOAD_SECONDS = 300;

/**
 * The program of an installed desktop VS Code: the one in VSCODE_EXECUTABLE, otherwise the one behind `code` on the
 * search path. Undefined if there is none, or no display to show it on.
 */
export function installedDesktop(): string | undefined {
  const given = process.env.VSCODE_EXECUTABLE;
  if (given !== undefined && given !== '') return given;
  if (!hasDisplay()) return undefined;
  const names = process.platform === 'win32' ? ['code.cmd'] : ['code'];
  const folders = (process.env.PATH ?? '').split(delimiter);
  const command = names.flatMap((name) => folders.map((folder) => join(folder, name))).find((file) => existsSync(file));
  return command === undefined ? undefined : programOf(realpathSync(command));
}

/** `code` is a script that lies in a fixed place of the installation; tests need the program that it starts. */
function programOf(script: string): string | undefined {
  const bin = dirname(script);
  const places = [resolve(bin, '../code'), resolve(bin, '../Code.exe'), resolve(bin, '../../../MacOS/Electron')];
  return places.find((file) => existsSync(file));
}

/** Downloads desktop VS Code; undefined, with the reason on the console, if that is not possible. */
export async function downloadedDesktop(version: string): Promise<string | undefined> {
  if (!hasDisplay()) return undefined;
  try {
    return await within(downloadAndUnzipVSCode(version), DOWNLOAD_SECONDS, 'The download of VS Code');
  } catch (error) {
    console.log(`Desktop VS Code cannot be downloaded: ${error instanceof Error ? error.message : error}`);
    return undefined;
  }
}

export function hasDisplay(): boolean {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}
