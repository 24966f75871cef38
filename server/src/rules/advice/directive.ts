import { readDirective } from '../../model/facts/version-choice';
import { textOf } from '../report';
import type { Rule } from '../rule';

export const directive: Rule = {
  code: 'advice/directive',
  severity: 'warning',
  title: 'Unrecognized directive',
  docs: `A comment \`# canton-kms: version = 3.4, edition = community\` anywhere in a file sets the Canton version and edition that the
file is checked against. It takes precedence over the project file and the settings. Invalid parts of it are ignored.`,
  source: 'this product',
  examples: {
    bad: { text: '# canton-kms: version = 4.0\ncanton.participants.p1.crypto.provider = jce' },
    good: { text: '# canton-kms: version = 3.5\ncanton.participants.p1.crypto.provider = jce' },
  },
  check(context) {
    return context.files.flatMap((uri) => {
      const { problems = [] } = readDirective(textOf(context, uri)) ?? {};
      return problems.map(({ range, message }) => ({
        code: directive.code,
        severity: directive.severity,
        message,
        uri,
        range,
      }));
    });
  },
};
