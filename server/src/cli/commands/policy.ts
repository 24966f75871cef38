import { POLICY_FORMATS } from '../../service';
import { type Command, choice, LAUNCH_HELP, LAUNCH_OPTIONS, launchSettings, parse } from '../command';
import { UsageError } from '../io';
import { openFiles } from '../targets';

export const policy: Command = {
  name: 'policy',
  usage: '--node KIND.NAME [OPTION...] FILE...',
  summary: 'Prints the permissions that a node needs in its KMS, and no more.',
  options: [
    ['--node N', 'The node, for example participants.p1'],
    ['--format F', POLICY_FORMATS.join(', '), POLICY_FORMATS],
    ['--keys K', 'created (by Canton) or existing; as configured by default', ['created', 'existing']],
    ['--key ID', 'A key that the node uses; its ARN in another account; repeatable'],
    ['--delete-keys', 'Include the permission to delete external keys'],
    ['--account ID', 'The AWS account of the keys'],
    ['--principal P', 'Another identity: an ARN, or serviceAccount:EMAIL'],
    ...LAUNCH_HELP,
  ],
  examples: ['canton-kms policy --node participants.p1 --format terraform p1.conf'],
  async run(args, io) {
    const { values, positionals } = parse(args, {
      ...LAUNCH_OPTIONS,
      node: { type: 'string' },
      format: { type: 'string' },
      keys: { type: 'string' },
      key: { type: 'string', multiple: true },
      'delete-keys': { type: 'boolean' },
      account: { type: 'string' },
      principal: { type: 'string' },
    });
    const { node, account, principal } = values;
    if (node === undefined) throw new UsageError('--node is required');
    if (positionals.length === 0) throw new UsageError('no file given');
    const format = choice(values.format, POLICY_FORMATS, '--format');
    const keys = choice(values.keys, ['created', 'existing'], '--keys');
    if (account !== undefined && !/^\d{12}$/.test(account)) {
      throw new UsageError(`--account is "${account}"; an AWS account has 12 digits`);
    }
    const settings = await launchSettings(values, io);
    const { service, uris } = await openFiles(positionals, io, settings);
    const options = { keys, keyIds: values.key ?? [], deletesKeys: values['delete-keys'] === true, account, principal };
    const made = await service.policyFiles(uris, { node, format, ...options });
    if (made.kind === 'none') {
      io.err(`canton-kms policy: ${made.reason}`);
      return 1;
    }
    for (const warning of made.warnings) io.err(`warning: ${warning}`);
    io.out(made.text);
    return 0;
  },
};
