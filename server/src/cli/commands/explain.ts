import { listRules, rulePage } from '../../service';
import { type Command, choice, LAUNCH_HELP, LAUNCH_OPTIONS, parse } from '../command';
import { UsageError, unknownName } from '../io';
import { explainLog } from './explain-log';

const FORMATS = ['text', 'json'] as const;

export const explain: Command = {
  name: 'explain',
  usage: 'CODE  |  --log FILE [OPTION...] [FILE...]',
  summary:
    'Explains a rule with examples, or the failures in a log of Canton and the line of the configuration behind each.',
  options: [
    ['--log FILE', 'The log, or standard output of a failed start; - for standard input'],
    ['--format F', `With --log: ${FORMATS.join(', ')}; text by default`],
    ...LAUNCH_HELP,
  ],
  examples: [
    'canton-kms explain read/unknown-key',
    'canton-kms explain --log log/canton.log p1.conf',
    'kubectl logs participant-0 | canton-kms explain --log - participant.conf',
  ],
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
    const [code, ...more] = positionals;
    if (code === undefined || more.length > 0) throw new UsageError('no code given; for example read/unknown-key');
    const page = rulePage(code);
    if (page === undefined) {
      const codes = listRules().map((rule) => rule.code);
      throw new UsageError(unknownName('rule', code, codes, 'see canton-kms rules'));
    }
    io.out(page);
    return 0;
  },
};
