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

const PARTS: Readonly<Record<string, { readonly title: string; run(log: (line: string) => void): Promise<string> }>> = {
  engine: { title: 'The engine', run: benchEngine },
  start: { title: 'The start', run: benchStart },
  server: { title: 'The language server, from a change to its diagnostics', run: benchServers },
  answers: { title: 'Answers while typing', run: benchAnswers },
  memory: { title: 'Memory', run: benchMemory },
};

const USAGE = `npm run bench -- [--write | --base DIST] [PART...]

Times the engine and the language server beside others, all in one run, and prints the medians with their ratios.
Parts: ${Object.keys(PARTS).join(', ')}; all of them if none is named.

  --write       put them into docs/performance.md, below its mark, in place of the former ones of the same parts
  --base DIST   time this build beside another one instead: the folder dist of another checkout`;

const PAGE = join(__dirname, '../../docs/performance.md');
const MARK = '<!-- results: npm run bench -- --write -->';

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { write: { type: 'boolean' }, base: { type: 'string' }, help: { type: 'boolean' } },
    allowPositionals: true,
  });
  if (values.help || positionals.some((name) => !(name in PARTS))) {
    console.log(USAGE);
    return;
  }
  if (values.base !== undefined) {
    console.log(await benchVersus(values.base, console.error));
    return;
  }
  checkPeers();
  const [above = '', below = ''] = readFileSync(PAGE, 'utf8').split(MARK);
  const former = new Map(
    below.split(/^## /m).map((text) => [text.slice(0, text.indexOf('\n')), text.slice(text.indexOf('\n')).trim()]),
  );
  const isWhole = positionals.length === 0;
  const known = isWhole ? machine() : (former.get('The machine') ?? machine());
  const results = [`## The machine\n\n${known}`];
  for (const [name, { title, run }] of Object.entries(PARTS)) {
    const isAsked = isWhole || positionals.includes(name);
    // A part of its own may come from another machine.
    const where = known === machine() ? '' : `On another machine: ${machine()}\n\n`;
    const text = isAsked ? where + (await run(console.error)) : former.get(title);
    if (isAsked) console.log(`## ${title}\n\n${text}\n`);
    if (text !== undefined) results.push(`## ${title}\n\n${text}`);
  }
  if (values.write) writeFileSync(PAGE, `${above}${MARK}\n\n${results.join('\n\n')}\n`);
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
