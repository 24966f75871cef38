// Fixes and formats copies of the Canton configurations of a corpus, each at its own version: no new error, no lost comment, no
// other order of keys, and nothing left to do the second time. Usage: node fixes.mjs CLI.js FOLDER
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const [cli, folder] = process.argv.slice(2).map((path) => resolve(path));
const { files } = JSON.parse(readFileSync(join(folder, 'MANIFEST.json'), 'utf8'));
const work = mkdtempSync(join(tmpdir(), 'canton-kms-fixes-'));
const faults = [];
let changed = 0;

function run(args) {
  const options = { encoding: 'utf8', maxBuffer: 1 << 28, cwd: work };
  return spawnSync(process.execPath, [cli, ...args], options);
}

function errors(report) {
  return report.files.flatMap(({ path, diagnostics }) =>
    diagnostics
      .filter(({ severity }) => severity === 'error')
      .map(({ code, configPath }) => `${path} ${code} ${configPath}`),
  );
}

/** Lines that are comments, which no fix but that of a suppression touches. */
const comments = (text) =>
  text.split('\n').filter((line) => /^\s*(?:#|\/\/)/.test(line) && !line.includes('canton-kms-ignore'));
/** The text that a person reads, without blanks. */
const words = (text) => text.replace(/[ \t\r\n]/g, '');

for (const version of new Set(files.map((one) => one.version))) {
  const own = files.filter((one) => one.version === version && one.sameContentIn === undefined).map(({ file }) => file);
  for (const file of own) {
    mkdirSync(dirname(join(work, file)), { recursive: true });
    copyFileSync(join(folder, file), join(work, file));
    chmodSync(join(work, file), 0o644);
  }
  const texts = () => own.map((file) => readFileSync(join(work, file), 'utf8'));
  const check = (...options) => {
    const ran = run([
      'check',
      '--format',
      'json',
      '--fail-on',
      'never',
      '--canton-version',
      version,
      ...options,
      ...own,
    ]);
    if (ran.status !== 0)
      faults.push(
        `Canton ${version}: check ${options.join(' ')} ended with ${ran.status}: ${ran.stderr.slice(0, 300)}`,
      );
    return JSON.parse(ran.stdout || '{"files":[]}');
  };
  const before = texts();
  const known = new Set(errors(check()));
  const fresh = errors(check('--fix')).filter((one) => !known.has(one));
  const once = texts();
  check('--fix');
  const twice = texts();
  for (const one of fresh) faults.push(`a fix makes an error: ${one}`);
  own.forEach((file, i) => {
    if (once[i] !== before[i]) changed++;
    if (twice[i] !== once[i]) faults.push(`${file}: fixing twice is not fixing once`);
    const kept = comments(once[i]);
    if (!comments(before[i]).every((one) => kept.includes(one))) faults.push(`${file}: a fix removes a comment`);
  });
  run(['fmt', ...own]);
  const formatted = texts();
  own.forEach((file, i) => {
    if (words(formatted[i]) !== words(twice[i])) faults.push(`${file}: formatting changes more than blanks`);
  });
  run(['fmt', ...own]);
  const again = texts();
  own.forEach((file, i) => {
    if (again[i] !== formatted[i]) faults.push(`${file}: formatting twice is not formatting once`);
  });
}

rmSync(work, { recursive: true });
for (const fault of faults) console.log(fault);
console.log(`fixes: ${files.length} files, ${changed} changed, ${faults.length} faults`);
process.exit(faults.length === 0 ? 0 : 1);
