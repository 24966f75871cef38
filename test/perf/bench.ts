import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { benchAnswers } from './bench/answers';
import { benchEngine } from './bench/engine';
import { benchMemory } from './bench/memory';
import { checkPeers } from './bench/peers';
import { benchServers } from './bench/servers';
import { benchStart } from './bench/start';
import { benchVersus } from './bench/versus';

const USAGE = `npm run bench -- [--write | --base DIST]

Times the engine and the language server beside others, all in one run, and prints the medians with their ratios.

  --write       put them into docs/performance.md, below its mark
  --base DIST   time this build beside another one instead: the folder dist of another checkout`;

const PAGE = join(__dirname, '../../docs/performance.md');
const MARK = '<!-- results: npm run bench -- --write -->';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { write: { type: 'boolean' }, base: { type: 'string' }, help: { type: 'boolean' } },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  if (values.base !== undefined) {
    console.log(await benchVersus(values.base, console.error));
    return;
  }
  checkPeers();
  const results = ['## The machine', machine(), '## The engine', await benchEngine(console.error)];
  results.push('## The start', await benchStart(console.error));
  results.push('## The language server, from a change to its diagnostics', await benchServers(console.error));
  results.push('## Answers while typing', await benchAnswers(console.error));
  results.push('## Memory', await benchMemory(console.error));
  const text = results.join('\n\n');
  console.log(text);
  if (!values.write) return;
  const page = readFileSync(PAGE, 'utf8');
  writeFileSync(PAGE, `${page.slice(0, page.indexOf(MARK) + MARK.length)}\n\n${text}\n`);
}

function machine(): string {
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${cpu?.model ?? 'An unknown processor'}, ${cpus().length} cores, ${memory} GB, Node ${process.version}.`;
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
