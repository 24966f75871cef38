import { CREATE_FORMATS, type GivenKey, KEY_ROLES, KMS_TYPE_NAMES } from '../../service';
import { nearest } from '../../text/nearest';
import { assignment, type Command, choice, LAUNCH_HELP, LAUNCH_OPTIONS, launchSettings, parse } from '../command';
import { UsageError, unknownName } from '../io';
import { openFiles } from '../targets';

export const preflight: Command = {
  name: 'preflight',
  usage: '--node KIND.NAME [OPTION...] FILE...',
  summary: 'Prints a shell script that checks the KMS of a node.',
  options: [
    ['--node N', 'The node: participants.p1'],
    ['--key ID', `ID or ROLE=ID; repeatable: ${KEY_ROLES.join(', ')}`],
    ['--provider P', `Another KMS than configured: ${KMS_TYPE_NAMES.join(', ')}`, KMS_TYPE_NAMES],
    ['--mode M', 'Another mode: envelope, external', ['envelope', 'external']],
    ['--set KEY=VALUE', 'Another setting of the kms section; repeatable'],
    ['--create', 'Print the commands that make the keys without a --key'],
    ['--import', 'With --create: the commands that import exported keys'],
    ['--format F', `With --create: ${CREATE_FORMATS.join(', ')}`, CREATE_FORMATS],
    ...LAUNCH_HELP,
  ],
  examples: [
    'canton-kms preflight --node participants.p1 p1.conf >preflight.sh',
    'canton-kms preflight --node participants.p1 --create p1.conf >make-keys.sh',
    "sh preflight.sh         # on the node's host: 0 passed, 1 failed, 2 cannot run",
    'sh preflight.sh --json  # the inventory that canton-kms drift reads',
  ],
  async run(args, io) {
    const { values, positionals } = parse(args, {
      ...LAUNCH_OPTIONS,
      node: { type: 'string' },
      key: { type: 'string', multiple: true },
      provider: { type: 'string' },
      mode: { type: 'string' },
      set: { type: 'string', multiple: true },
      create: { type: 'boolean' },
      import: { type: 'boolean' },
      format: { type: 'string' },
    });
    const { node } = values;
    if (node === undefined) throw new UsageError('--node is required');
    if (positionals.length === 0) throw new UsageError('which file?');
    if (values.create !== true && (values.import === true || values.format !== undefined)) {
      throw new UsageError('--import and --format go with --create');
    }
    const format = choice(values.format, CREATE_FORMATS, '--format') ?? 'sh';
    const options = {
      creates: values.create === true ? { format, imports: values.import === true } : undefined,
      keys: (values.key ?? []).map(givenKey),
      provider: choice(values.provider, KMS_TYPE_NAMES, '--provider'),
      mode: choice(values.mode, ['envelope', 'external'] as const, '--mode'),
      settings: Object.fromEntries((values.set ?? []).map((text) => assignment(text, '--set'))),
    };
    const { service, uris } = await openFiles(positionals, io, await launchSettings(values, io));
    const made = await service.preflightFiles(uris, { node, ...options });
    if (made.kind === 'none') {
      io.err(`canton-kms preflight: ${made.reason}`);
      return 1;
    }
    for (const warning of made.warnings) io.err(`warning: ${warning}`);
    io.out(made.text);
    return 0;
  },
};

function givenKey(text: string): GivenKey {
  const [, prefix = '', id = ''] = /^([\w-]+)=(.*)$/s.exec(text) ?? [];
  const role = KEY_ROLES.find((one) => one === prefix);
  if (role !== undefined) return { role, id };
  // An ID of a driver may contain anything, so only a misspelled role is one.
  if (nearest(prefix, KEY_ROLES) !== undefined) throw new UsageError(unknownName('role', prefix, KEY_ROLES, ''));
  return { role, id: text };
}
