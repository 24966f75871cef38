import { URI } from 'vscode-uri';
import { MODE_NAMES, type PlacedNode } from '../../service';
import { terminalLines } from '../../text/encoders/terminal';
import { type Command, LAUNCH_HELP, LAUNCH_OPTIONS, launchSettings, parse } from '../command';
import { UsageError } from '../io';
import { openFiles, shown } from '../targets';

export const effective: Command = {
  name: 'effective',
  usage: '[OPTION...] FILE...',
  summary: 'Prints the crypto section of each node, and where it is written.',
  options: [['--node N', 'Only this node, for example participants.p1'], ...LAUNCH_HELP],
  examples: ['canton-kms effective --node participants.p1 shared.conf p1.conf'],
  async run(args, io) {
    const options = { ...LAUNCH_OPTIONS, node: { type: 'string' } } as const;
    const { values, positionals } = parse(args, options);
    if (positionals.length === 0) throw new UsageError('no file given');
    const settings = await launchSettings(values, io);
    const { service, uris } = await openFiles(positionals, io, settings);
    const all = await service.effectiveNodes(uris);
    const chosen = values.node === undefined ? all : all.filter(({ id }) => id === values.node);
    if (chosen.length === 0) throw new UsageError(missing(values.node, all));
    const blocks = chosen.map((node) => block(node, io.cwd));
    io.out(terminalLines(blocks.join('\n')));
    return 0;
  },
};

function missing(node: string | undefined, all: readonly PlacedNode[]): string {
  if (all.length === 0) return 'these files configure no node';
  return `unknown node "${node}"; these files configure ${all.map(({ id }) => id).join(', ')}`;
}

function block({ id, mode, kmsType, settings }: PlacedNode, cwd: string): string {
  const head = `${id}: ${MODE_NAMES[mode]}${kmsType === undefined ? '' : `, ${kmsType}`}`;
  const rows = settings.map(({ path, value, uri, line }) => {
    const place = `${shown(URI.parse(uri).fsPath, cwd)}${line === undefined ? '' : `:${line + 1}`}`;
    return [`${path} = ${value}`, place] as const;
  });
  const width = Math.max(0, ...rows.map(([left]) => left.length));
  return `${[head, ...rows.map(([left, place]) => `  ${left.padEnd(width)}  # ${place}`)].join('\n')}\n`;
}
