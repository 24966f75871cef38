import { listRules } from '../../service';
import { type Command, choice, parse } from '../command';

export const rules: Command = {
  name: 'rules',
  usage: '[--format text|json]',
  summary: 'Lists the rules with code, severity and title.',
  options: [['--format F', 'text, json', ['text', 'json']]],
  examples: ['canton-kms rules --format json'],
  async run(args, io) {
    const { values } = parse(args, { format: { type: 'string', default: 'text' } });
    const format = choice(values.format, ['text', 'json'] as const, '--format');
    const all = listRules();
    if (format === 'json') {
      const list = all.map(({ code, severity, title, source }) => ({ code, severity, title, source }));
      io.out(`${JSON.stringify(list, null, 2)}\n`);
      return 0;
    }
    const width = Math.max(0, ...all.map(({ code }) => code.length));
    for (const { code, severity, title } of all) io.out(`${code.padEnd(width)}  ${severity.padEnd(11)}  ${title}\n`);
    return 0;
  },
};
