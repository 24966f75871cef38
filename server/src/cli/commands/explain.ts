import { closest, distance } from 'fastest-levenshtein';
import { type Rule, rules } from '../../rules';
import { type Command, parse } from '../command';
import { UsageError } from '../io';

export const explain: Command = {
  name: 'explain',
  usage: 'CODE',
  summary: 'Explains a rule: what Canton does, what to write, with examples.',
  options: [],
  async run(args, io) {
    const [code, ...more] = parse(args, {}).positionals;
    if (code === undefined || more.length > 0) throw new UsageError('name one code, such as read/unknown-key');
    const rule = rules.find((one) => one.code === code);
    if (rule === undefined) throw new UsageError(`there is no rule "${code}"${suggestion(code)}`);
    io.out(pageOf(rule));
    return 0;
  },
};

function suggestion(code: string): string {
  const nearest = closest(
    code,
    rules.map((rule) => rule.code),
  );
  return distance(code, nearest) <= code.length / 3 ? `; did you mean "${nearest}"?` : '; canton-kms rules lists them';
}

function pageOf({ code, severity, title, docs, source, examples }: Rule): string {
  const parts = [
    `# ${code}`,
    `${title} (${severity})`,
    docs.trim(),
    `Reported:\n\n${indented(examples.bad.text)}`,
    `Not reported:\n\n${indented(examples.good.text)}`,
    `Source: ${source}`,
  ];
  return `${parts.join('\n\n')}\n`;
}

function indented(text: string): string {
  const lines = text.replace(/^\n+|\s+$/g, '').split('\n');
  return lines.map((line) => (line === '' ? '' : `    ${line}`)).join('\n');
}
