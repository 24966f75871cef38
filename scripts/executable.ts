/**
 * `npm run package:executable`: the command line as one file that needs no Node.js, for the platform that this runs on:
 * dist/canton-kms-PLATFORM-ARCH, Node's own executable with the command inside.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'postject';
import { ROOT, readManifest } from './manifest';

const WORK = join(ROOT, 'out/executable');
/**
 * The mark in Node's executable that shows whether it contains a program (Node's documentation of single executables).
 */
const FUSE = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2';

async function main(): Promise<void> {
  if (process.platform === 'darwin')
    throw new Error('on macOS the result would have to be signed; use the npm package');
  execFileSync(process.execPath, [join(ROOT, 'esbuild.js'), '--production', 'executable'], { stdio: 'inherit' });
  const config = join(WORK, 'config.json');
  const blob = join(WORK, 'cli.blob');
  writeFileSync(
    config,
    JSON.stringify({
      main: join(WORK, 'cli.js'),
      output: blob,
      disableExperimentalSEAWarning: true,
      useCodeCache: true,
    }),
  );
  execFileSync(process.execPath, ['--experimental-sea-config', config]);
  const { name, version } = readManifest();
  const suffix = process.platform === 'win32' ? '.exe' : '';
  mkdirSync(join(ROOT, 'dist'), { recursive: true });
  const path = join(ROOT, 'dist', `${name}-${process.platform}-${process.arch}${suffix}`);
  copyFileSync(process.execPath, path);
  chmodSync(path, 0o755);
  await inject(path, 'NODE_SEA_BLOB', readFileSync(blob), { sentinelFuse: FUSE });

  // Its environment is empty, without even a search path for Node.
  const run = (...args: string[]) => execFileSync(path, args, { encoding: 'utf8', env: {}, cwd: WORK });
  const told = run('--version').trim();
  if (told !== version) throw new Error(`${path} says it is '${told}', not '${version}'`);
  writeFileSync(
    join(WORK, 'good.conf'),
    'canton.participants.p1.crypto { provider = kms, kms { type = aws, region = eu-west-1 } }\n',
  );
  run('check', '--fail-on', 'error', 'good.conf');
  console.log(`${path}: ${Math.round(statSync(path).size / 2 ** 20)} MB, ${told}`);
}

main().catch((error: unknown) => {
  console.error(`executable: ${error instanceof Error ? error.message : error}`);
  process.exit(1);
});
