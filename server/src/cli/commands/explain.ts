import { DEFAULT_CANTON_VERSION, DEFAULT_EDITION } from '../../../../schemas/version';
import { explainKey, listRules, type RequestedVersion, rulePage } from '../../service';
import { type Command, choice, LAUNCH_HELP, LAUNCH_OPTIONS, parse, requestedVersion } from '../command';
import { UsageError, unknownName } from '../io';
import { explainLog } from './explain-log';

const FORMATS = ['text', 'json'] as const;

export const explain: Command = {
  name: 'explain',
  usage: 'CODE|KEY | --log FILE [OPTION...] [FILE...]',
  summary: 'Explains a rule, a key, or the failures in a log of Canton.',
  options: [
    ['--log FILE', 'The log, or what a failed start printed; - for input'],
    ['--format F', `With --log: ${FORMATS.join(', ')}; text by default`],
    ...LAUNCH_HELP,
  ],
  examples: [
    'canton-kms explain read/unknown-key',
    'canton-kms explain crypto.kms.region',
    'canton-kms explain --log log/canton.log p1.conf',
    'kubectl logs participant-0 | canton-kms explain --log - participant.conf',
  ],
  words: async () => listRules().map(({ code }) => code),
  async run(args, io) {
    const { values, positionals } = parse(args, {
      ...LAUNCH_OPTIONS,
      log: { type: 'string' },
      format: { type: 'string' },
    });
    const format = choice(values.format, FORMATS, '--format');
    if (values.log !== undefined) {
      return explainLog({ log: values.log, files: positionals, format: format ?? 'text' }, values, io);
    }
    const [name, ...more] = positionals;
    if (name === undefined || more.length > 0) {
      throw new UsageError('which rule or key? For example read/unknown-key or crypto.kms.region');
    }
    io.out(rulePage(name) ?? (await keyPage(name, requestedVersion(values))));
    return 0;
  },
};

async function keyPage(name: string, requested: RequestedVersion): Promise<string> {
  const { version = DEFAULT_CANTON_VERSION, edition = DEFAULT_EDITION } = requested;
  const codes = listRules().map(({ code }) => code);
  if (name.includes('/')) throw new UsageError(unknownName('rule', name, codes, 'see canton-kms rules'));
  const { text, meant } = await explainKey(name, version, edition);
  if (text === undefined) {
    const hint = meant === undefined ? 'no version of Canton reads it' : `did you mean "${meant}"?`;
    throw new UsageError(`unknown key "${name}"; ${hint}`);
  }
  return text;
}
