import { terminalLines } from '../../text/encoders/terminal';
import { type Command, choice, LAUNCH_HELP, LAUNCH_OPTIONS, launchSettings, parse } from '../command';
import { UsageError } from '../io';
import { openFiles } from '../targets';

const FORMATS = ['text', 'mermaid'] as const;

export const keys: Command = {
  name: 'keys',
  usage: '--node KIND.NAME [OPTION...] FILE...',
  summary: 'Draws the keys of a node: who holds each, and what breaks without it.',
  options: [
    ['--node N', 'The node, for example participants.p1'],
    ['--format F', `${FORMATS.join(', ')}; text by default`, FORMATS],
    ...LAUNCH_HELP,
  ],
  examples: [
    'canton-kms keys --node participants.p1 p1.conf',
    'canton-kms keys --node participants.p1 --format mermaid p1.conf',
  ],
  async run(args, io) {
    const options = { ...LAUNCH_OPTIONS, node: { type: 'string' }, format: { type: 'string' } } as const;
    const { values, positionals } = parse(args, options);
    const { node } = values;
    const format = choice(values.format, FORMATS, '--format') ?? 'text';
    if (node === undefined) throw new UsageError('--node is required');
    if (positionals.length === 0) throw new UsageError('no file given');
    const { service, uris } = await openFiles(positionals, io, await launchSettings(values, io));
    const drawn = await service.keysFiles(uris, node);
    if (drawn.kind === 'none') throw new UsageError(drawn.reason);
    io.out(terminalLines(drawn[format]));
    return 0;
  },
};
