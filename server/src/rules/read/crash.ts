import { isWrongValue } from '../../model/binding/failure';
import { asText } from '../../model/binding/pureconfig';
import { report, shortPath } from '../report';
import type { Rule } from '../rule';

export const crash: Rule = {
  code: 'read/crash',
  severity: 'error',
  title: 'Value crashes Canton while it loads the configuration',
  docs: `Canton ends with a stack trace instead of a list of errors, because its reader throws an exception that Canton does
not catch. Durations longer than about 292 years cause this, and so does zero where a positive number is expected.`,
  source:
    'UTILX/RequireTypes.scala 3.5, main; config/RefinedNonNegativeDuration.scala all 3.x; scala/concurrent/duration/Duration.scala (Scala 2.13)',
  examples: {
    bad: { text: 'canton.participants.p1.crypto.parallelism.signature-verification-parallelism = 0' },
    good: { text: 'canton.participants.p1.crypto.parallelism.signature-verification-parallelism = 1' },
  },
  check(context) {
    return context.view.failures.filter(isWrongValue('crash')).map(({ path, value, location, origin, model, text }) => {
      const written = asText(value);
      const wanted = 'accepts' in model ? ` It must be ${model.accepts}.` : '';
      const message = `'${written.ok ? written.value : ''}' for '${shortPath(path)}' crashes Canton while it loads the configuration.${wanted}${text === '' ? '' : ` Canton: "${text}"`}`;
      return report(crash, { message, location, origin, path });
    });
  },
};
