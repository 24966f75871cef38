// Checks every Canton configuration of a corpus at its own version: no crash, and no error in a `crypto` section that
// Canton itself loads. Usage: node corpus.mjs CLI.js FOLDER; FOLDER has a MANIFEST.json with its files.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const [cli, folder] = process.argv.slice(2);
const { files } = JSON.parse(readFileSync(join(folder, 'MANIFEST.json'), 'utf8'));
const versions = [...new Set(files.map(({ version }) => version))];
const faults = [];
let checked = 0;

for (const version of versions) {
  const own = files.filter((one) => one.version === version && one.sameContentIn === undefined);
  const paths = own.map(({ file }) => resolve(folder, file));
  const args = ['check', '--format', 'json', '--fail-on', 'never', '--canton-version', version, ...paths];
  const { status, stdout, stderr } = spawnSync(process.execPath, [resolve(cli), ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    cwd: '/',
  });
  // Files that are not Canton's, such as parts without a root key of their own, are said and count as nothing.
  const said = stderr
    .split('\n')
    .filter((line) => line !== '' && !line.endsWith('is not Canton configuration, so it is not checked'));
  if (status !== 0 || said.length > 0) {
    faults.push(`Canton ${version}: check ended with ${status}: ${said[0]}`);
    continue;
  }
  const loads = new Set(
    own
      .filter(({ parses, resolves, resolvesWithEnv }) => parses && (resolves || resolvesWithEnv))
      .map(({ file }) => resolve(folder, file)),
  );
  const report = JSON.parse(stdout);
  checked += report.files.length;
  for (const { path, diagnostics } of report.files) {
    if (!loads.has(resolve('/', path))) continue;
    for (const { severity, configPath = '', code, message } of diagnostics) {
      if (severity === 'error' && configPath.includes('.crypto')) faults.push(`${path}: ${code}: ${message}`);
    }
  }
}

for (const fault of faults) console.log(fault);
console.log(`corpus: ${checked} files, ${faults.length} faults`);
process.exit(faults.length === 0 && checked > 0 ? 0 : 1);
