import { closest, distance } from 'fastest-levenshtein';
import { listRules, rulePage } from '../../service';
import { type Command, parse } from '../command';
import { UsageError } from '../io';

export const explain: Command = {
  name: 'explain',
  usage: 'CODE',
  summary: 'Explains a rule, with examples.',
  options: [],
  async run(args, io) {
    const [code, ...more] = parse(args, {}).positionals;
    if (code === undefined || more.length > 0) throw new UsageError('no code given; for example read/unknown-key');
    const page = rulePage(code);
    if (page === undefined) throw new UsageError(`unknown rule "${code}"${suggestion(code)}`);
    io.out(page);
    return 0;
  },
};

function suggestion(code: string): string {
  const nearest = closest(
    code,
    listRules().map((rule) => rule.code),
  );
  return distance(code, nearest) <= code.length / 3 ? `; did you mean "${nearest}"?` : '; see canton-kms rules';
}
