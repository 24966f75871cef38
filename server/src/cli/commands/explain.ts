import { listRules, rulePage } from '../../service';
import { type Command, parse } from '../command';
import { UsageError, unknownName } from '../io';

export const explain: Command = {
  name: 'explain',
  usage: 'CODE',
  summary: 'Explains a rule, with examples.',
  options: [],
  examples: ['canton-kms explain read/unknown-key'],
  async run(args, io) {
    const [code, ...more] = parse(args, {}).positionals;
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
