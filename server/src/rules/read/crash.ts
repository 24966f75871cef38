import { isWrongValue } from '../../model/binding/failure';
import { asText } from '../../model/binding/pureconfig';
import { report, shortPath } from '../report';
import type { Rule } from '../rule';

export const crash: Rule = {
  code: 'read/crash',
  severity: 'error',
  title: 'A value that makes the loader of Canton crash',
  docs: `Canton ends with a stack trace instead of a list of errors: its reader throws something that it does not catch itself.
Durations beyond about 292 years do this, and a zero where a number above zero is expected.`,
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
      const message = `'${written.ok ? written.value : ''}' for '${shortPath(path)}' makes Canton crash while it loads the configuration ("${text}").${wanted}`;
      return report(crash, { message, place: location, origin, path });
    });
  },
};
