import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { brotliDecompressSync, createBrotliDecompress } from 'node:zlib';
import { type Browser, chromium } from 'playwright-core';
import { cached, npmInstall } from './cache';

/** The newest that Node 20 may run; a headless Chromium for x64 Linux inside the npm package. */
const PACKAGE = '@sparticuz/chromium@147.0.0';
const ON_PATH = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
const CHANNELS = ['chrome', 'msedge'];
const FLAGS = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
  ...['--disable-component-update', '--disable-sync', '--font-render-hinting=none'],
];

interface Executable {
  readonly path: string;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * A headless Chromium: the one that CHROMIUM_EXECUTABLE names, else one of the system, else one from the npm registry.
 * Throws, with what to install, when none of them starts.
 */
export async function launchBrowser(): Promise<Browser> {
  const given = process.env.CHROMIUM_EXECUTABLE;
  if (given !== undefined && given !== '') return launch({ path: given, env: process.env });
  const system = systemBrowser();
  if (system !== undefined) return launch({ path: system, env: process.env });
  for (const channel of CHANNELS) {
    const browser = await chromium.launch({ channel, args: FLAGS }).catch(() => undefined);
    if (browser !== undefined) return browser;
  }
  return launch(await packagedBrowser());
}

function launch({ path, env }: Executable): Promise<Browser> {
  const defined = Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  return chromium.launch({ executablePath: path, args: FLAGS, env: defined });
}

/** The first browser of the search path. */
export function systemBrowser(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return ON_PATH.flatMap((name) => folders.map((folder) => join(folder, name))).find((file) => existsSync(file));
}

async function packagedBrowser(): Promise<Executable> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('No browser found: install Chromium or Chrome, or name one in CHROMIUM_EXECUTABLE.');
  }
  const folder = await cached(PACKAGE.replace(/[@/]+/g, '-').slice(1), install);
  const path = join(folder, 'chromium');
  const env: NodeJS.ProcessEnv = { ...process.env };
  if (!existsSync('/etc/fonts/fonts.conf')) env.FONTCONFIG_PATH = join(folder, 'fonts');
  const complaint = complaintOf(path, env);
  if (complaint === undefined) return { path, env };
  env.LD_LIBRARY_PATH = [join(folder, 'al2023/lib'), env.LD_LIBRARY_PATH].filter(Boolean).join(delimiter);
  const still = complaintOf(path, env);
  if (still === undefined) return { path, env };
  throw new Error(
    `The Chromium of ${PACKAGE} does not start; install Chromium (Debian: apt-get install chromium).\n${still}`,
  );
}

/** The libraries that the dynamic linker misses, or undefined if the browser starts. */
function complaintOf(path: string, env: NodeJS.ProcessEnv): string | undefined {
  const { status, stderr, error } = spawnSync(path, ['--version'], { env, encoding: 'utf8', timeout: 30_000 });
  return status === 0 ? undefined : (error?.message ?? stderr);
}

async function install(folder: string): Promise<void> {
  console.log(`Fetching ${PACKAGE} from the npm registry (once) ...`);
  await npmInstall(folder, PACKAGE);
  const packed = join(folder, 'node_modules/@sparticuz/chromium/bin');
  const path = join(folder, 'chromium');
  await pipeline(createReadStream(join(packed, 'chromium.br')), createBrotliDecompress(), createWriteStream(path));
  chmodSync(path, 0o755);
  for (const archive of ['al2023', 'fonts']) {
    const target = join(folder, archive);
    mkdirSync(target);
    const tar = `${target}.tar`;
    writeFileSync(tar, brotliDecompressSync(readFileSync(join(packed, `${archive}.tar.br`))));
    const { status, stderr, error } = spawnSync('tar', ['-xf', tar, '-C', target], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`tar could not unpack ${tar}: ${error?.message ?? stderr}`);
  }
}
