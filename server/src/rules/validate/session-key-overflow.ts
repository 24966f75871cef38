import { MAX_LONG } from '../../../../schemas/java-number';
import { durationText, fromDoubleNanos } from '../../../../schemas/scala-duration';
import { boundAt, nanosAt } from '../../model/binding/bound';
import { sessionKeys } from '../../model/facts/node-facts';
import { isSince, placeOf, report, validatedNodes } from '../report';
import type { Rule } from '../rule';

export const sessionKeyOverflow: Rule = {
  code: 'validate/session-key-overflow',
  severity: 'error',
  scope: 'node',
  title: 'Sum of durations crashes Canton',
  docs: `Canton adds \`tolerance-shift-duration\` and \`cut-off-duration\`, and doubles the latter, before it checks whether session
signing keys are enabled. If a result exceeds about 292 years, Scala throws an exception and Canton ends with a stack trace.`,
  source: 'config/ConfigValidations.scala 3.5, main; scala/concurrent/duration/Duration.scala (Scala 2.13)',
  examples: {
    bad: { text: 'canton.participants.p1.crypto.session-signing-keys { enabled = false, cut-off-duration = 60000d }' },
    good: { text: 'canton.participants.p1.crypto.session-signing-keys { enabled = false, cut-off-duration = 1m }' },
  },
  check(context) {
    if (!isSince(context, '3.5')) return [];
    return validatedNodes(context).flatMap((node) => {
      const keys = sessionKeys(node, context.version);
      if (keys === undefined) return [];
      const tolerance = nanosAt(keys, 'tolerance-shift-duration');
      const cutOff = nanosAt(keys, 'cut-off-duration');
      if (typeof tolerance !== 'bigint' || typeof cutOff !== 'bigint') return [];
      if (fromDoubleNanos(2 * Number(cutOff)).ok && tolerance + cutOff <= MAX_LONG) return [];
      const at = boundAt(keys, 'cut-off-duration');
      const place = placeOf(node, at, boundAt(keys, 'tolerance-shift-duration'));
      const message = `'${durationText(cutOff)}' for 'cut-off-duration' crashes Canton while it validates the configuration. Twice this value, or its sum with 'tolerance-shift-duration' ('${durationText(tolerance)}'), exceeds 292 years.`;
      return [report(sessionKeyOverflow, { message, ...place })];
    });
  },
};
