import { version } from '../../../package.json';
import type { Command } from './command';
import { processIo } from './process-io';
import { run } from './run';

/** Loaded when they are called, because loading code takes most of the time of a short run. */
const COMMANDS: ReadonlyMap<string, () => Promise<Command>> = new Map([
  ['check', async () => (await import('./commands/check')).check],
  ['fmt', async () => (await import('./commands/others')).fmt],
  ['hocon', async () => (await import('./commands/others')).hocon],
  ['effective', async () => (await import('./commands/others')).effective],
  ['keys', async () => (await import('./commands/others')).keys],
  ['plan', async () => (await import('./commands/others')).plan],
  ['preflight', async () => (await import('./commands/others')).preflight],
  ['drift', async () => (await import('./commands/others')).drift],
  ['policy', async () => (await import('./commands/others')).policy],
  ['upgrade', async () => (await import('./commands/others')).upgrade],
  ['diff', async () => (await import('./commands/others')).diff],
  ['rules', async () => (await import('./commands/others')).rules],
  ['explain', async () => (await import('./commands/others')).explain],
  ['schema', async () => (await import('./commands/others')).schema],
  ['doctor', async () => (await import('./commands/others')).doctor],
  ['init', async () => (await import('./commands/others')).init],
  ['completion', async () => (await import('./commands/others')).completion],
  ['lsp', async () => (await import('./commands/lsp')).lsp],
]);

/** The command that is called; all commands for help, and for commands about other commands. */
async function commandsFor(name: string | undefined): Promise<readonly Command[]> {
  if (name === '--version' || name === '-v') return [];
  const load = name === undefined || name === 'completion' ? undefined : COMMANDS.get(name);
  return Promise.all(load === undefined ? [...COMMANDS.values()].map((one) => one()) : [load()]);
}

async function main(args: readonly string[]): Promise<void> {
  // Not `process.exit`, because output may not have been flushed yet.
  process.exitCode = await run(args, await commandsFor(args[0]), version, processIo());
}

void main(process.argv.slice(2));
