import { counted } from '../../text/counted';
import { terminalText } from '../../text/encoders/terminal';
import { type Command, parse } from '../command';
import { type Io, UsageError } from '../io';
import { type ChangedFile, NamedFiles, shownPatch } from '../named-files';

export const fmt: Command = {
  name: 'fmt',
  usage: '[--check] [--diff] [PATH...|-]',
  summary: 'Formats files: indentation and blanks, no value and no comment.',
  options: [
    ['--check', 'Write nothing; exit with 1 if a file is not formatted'],
    ['--diff', 'Write nothing; print the changes as a unified diff'],
    ['-', 'Format standard input, and print it'],
  ],
  examples: ['canton-kms fmt --check deploy'],
  async run(args, io) {
    const { values, positionals } = parse(args, {
      check: { type: 'boolean', default: false },
      diff: { type: 'boolean', default: false },
    });
    const isPiped = positionals.includes('-');
    if (isPiped && positionals.some((path) => path !== '-')) {
      throw new UsageError('standard input cannot be combined with paths');
    }
    const files = new NamedFiles(io, 'formatted');
    const targets = isPiped
      ? await files.takeInput('stdin.conf')
      : await files.take(positionals.length > 0 ? positionals : ['.'], false);
    const changed: ChangedFile[] = [];
    let isFaulty = false;
    for await (const { faults, ...file } of files.formatted(targets)) {
      for (const { message, line } of faults) io.err(`${file.name}:${line + 1}: ${message}`);
      if (faults.length > 0) isFaulty = true;
      else if (file.after !== file.before) changed.push(file);
      // A text that is piped through is returned unchanged.
      if (isPiped && !values.check && !values.diff) io.out(file.after);
    }
    const isDone = isPiped || values.check || values.diff || (await files.write(changed));
    await tell(changed, { ...values, isPiped }, io);
    if (!isDone) return 2;
    return isFaulty || (values.check && changed.length > 0) ? 1 : 0;
  },
};

interface How {
  readonly check: boolean;
  readonly diff: boolean;
  readonly isPiped: boolean;
}

async function tell(changed: readonly ChangedFile[], { check, diff, isPiped }: How, io: Io): Promise<void> {
  if (diff) io.out(await shownPatch(changed, io.terminal));
  else if (check) for (const { name } of changed) io.out(`${terminalText(name)}\n`);
  if (isPiped || changed.length === 0) return;
  const files = counted(changed.length, 'file');
  io.err(check || diff ? `${files} would be formatted` : `formatted ${files}`);
}
