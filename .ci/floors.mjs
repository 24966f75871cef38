// The recorded cases and verdicts that lie beside the project, each with its floor: how many of them must hold. A floor is
// raised when more hold, and never lowered. Usage: node floors.mjs CLI.js SHARED
import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';

const [cli, shared] = process.argv.slice(2).map((path) => resolve(path));
const tool = (name, ...args) => [join(shared, 'tools', name), ...args];
const hocon = (folder, ...options) =>
  tool('hocon-cases.mjs', '--batch', ...options, join(shared, folder), '--', 'node', cli, 'hocon');
const loader = (file, ...options) => tool('loader.mjs', cli, join(shared, 'canton', file), '--max', '0', ...options);

const SUITES = [
  { name: 'HOCON corpus', run: hocon('corpus/hocon'), floor: 590 },
  { name: 'Canton files as JSON', run: hocon('corpus/canton'), floor: 420 },
  { name: 'HOCON, harder cases', run: hocon('hocon-more', '--lines'), floor: 222, lines: 51 },
  {
    name: 'verdicts on crypto sections',
    run: tool('verdicts.mjs', cli, join(shared, 'canton/verdicts.json')),
    floor: 422,
  },
  { name: 'crypto sections as Canton loads them', run: loader('loader-crypto.json'), floor: 8392, falseAlarms: 0 },
  { name: 'whole files as Canton 3.5 loads them', run: loader('loader-3.5.json'), floor: 4292, falseAlarms: 0 },
  {
    name: 'whole files as Canton 3.4 loads them',
    run: loader('loader-3.5.json', '--canton-version', '3.4'),
    floor: 4292,
    falseAlarms: 0,
  },
  {
    name: 'whole files as Canton 3.6 loads them',
    run: loader('loader-3.5.json', '--canton-version', '3.6'),
    floor: 4292,
    falseAlarms: 0,
  },
  { name: 'deployments', run: tool('field.mjs', cli, join(shared, 'field')), floor: 27 },
  { name: 'mistakes outside crypto', run: tool('field.mjs', cli, join(shared, 'whole')), floor: 16 },
  { name: 'procedures', run: tool('field.mjs', cli, join(shared, 'ops')), floor: 52 },
];

/** The line that counts: "agreement: N of M (…)", "verdicts: N of M agree", "N of M hold". */
const COUNT = /^(?:agreement: |verdicts: )?(\d+) of (\d+) /gm;

function outcome({ name, run, floor, lines, falseAlarms }) {
  return new Promise((done) => {
    const started = process.hrtime.bigint();
    let output = '';
    const child = spawn(process.execPath, run, { stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
    child.on('close', () => {
      const seconds = Number(process.hrtime.bigint() - started) / 1e9;
      const [held, total] = ([...output.matchAll(COUNT)].at(-1) ?? ['', -1, -1]).slice(1).map(Number);
      const alarms = Number(/false alarms (\d+)/.exec(output)?.[1] ?? 0);
      const rightLines = Number(/error line right: (\d+) of/.exec(output)?.[1] ?? 0);
      const holds = held >= floor && alarms <= (falseAlarms ?? Infinity) && rightLines >= (lines ?? 0);
      console.log(
        `${holds ? 'holds ' : 'FAILED'} ${name}: ${held} of ${total}, floor ${floor}` +
          `${lines === undefined ? '' : `; right lines ${rightLines}, floor ${lines}`}` +
          `${falseAlarms === undefined ? '' : `; false alarms ${alarms}, at most ${falseAlarms}`} (${seconds.toFixed(0)} s)`,
      );
      if (!holds) console.log(output.split('\n').slice(-40).join('\n'));
      done(holds);
    });
  });
}

const waiting = [...SUITES];
const results = [];
const worker = async () => {
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) results.push(await outcome(next));
};
await Promise.all([worker(), worker()]);
process.exit(results.every(Boolean) && results.length === SUITES.length ? 0 : 1);
