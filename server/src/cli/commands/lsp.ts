import type { Command } from '../command';
import { UsageError } from '../io';

/** Started by editors other than VS Code; the protocol uses standard input and output exclusively. */
export const lsp: Command = {
  name: 'lsp',
  usage: '--stdio',
  summary: 'Runs the language server over standard input and output.',
  options: [['--stdio', 'Use standard input and output (required)']],
  examples: ['canton-kms lsp --stdio'],
  async run(args) {
    // Editors may add `--clientProcessId=N`, which the protocol library reads itself.
    const unknown = args.filter((arg) => arg !== '--stdio' && !arg.startsWith('--clientProcessId'));
    if (unknown.length > 0) throw new UsageError(`unknown argument "${unknown[0]}"`);
    if (!args.includes('--stdio')) throw new UsageError('--stdio is required');
    // Loaded here, because the other commands do not need the protocol library.
    await import('../../lsp/node');
    // The server ends the process when the editor requests it or when the input ends.
    return new Promise(() => {});
  },
};
