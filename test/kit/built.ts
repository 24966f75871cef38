import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The folder of the bundles. Tests of the product run these. */
export const DIST = resolve(__dirname, '../../dist');

export function built(name: 'cli.js' | 'server.js' | 'web/server.js'): string {
  const path = join(DIST, name);
  if (!existsSync(path)) throw new Error(`${path} is missing: run npm run build first`);
  return path;
}

/** A folder on disk for the time of a test. */
export class TestFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'canton-kms-test-'));

  constructor(files: Readonly<Record<string, string | Uint8Array>> = {}) {
    for (const [name, content] of Object.entries(files)) this.write(name, content);
  }

  write(name: string, content: string | Uint8Array): string {
    const path = join(this.path, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    return path;
  }

  uri(name = ''): string {
    return pathToFileURL(join(this.path, name)).toString();
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  readonly cli?: string;
  /** The Node.js to run it with; by default, that of the tests. */
  readonly node?: string;
}

/** Runs the built command line with an environment of its own. */
export function runCli(
  args: readonly string[],
  { cwd, input = '', env = {}, cli, node }: RunOptions = {},
): Promise<Ran> {
  return new Promise((resolve) => {
    const options = { cwd, env: { PATH: process.env.PATH ?? '', ...env }, maxBuffer: 1 << 28 };
    const child = execFile(
      node ?? process.execPath,
      [cli ?? built('cli.js'), ...args],
      options,
      (error, stdout, stderr) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : -1, stdout, stderr });
      },
    );
    child.stdin?.on('error', () => {});
    child.stdin?.end(input);
  });
}
