import { hintFor, unknownKeyFixes } from '../read/unknown-key';
import { lastKey, report, shortPath } from '../report';
import type { Rule } from '../rule';

export const droppedKey: Rule = {
  code: 'ignored/unknown-key',
  severity: 'warning',
  title: 'Unknown key is silently dropped',
  docs: `With \`canton.parameters.non-standard-config = true\` and \`fail-on-unknown-config-keys = false\` (3.5.1 and later), Canton drops
unknown keys, so a misspelled setting silently has no effect.`,
  source: 'config/CantonConfig.scala 3.5, main',
  examples: {
    bad: {
      text: `canton.parameters { non-standard-config = yes, fail-on-unknown-config-keys = no }
canton.participants.p1.crypto { provider = kms, kms { type = aws, region = us-east-1, audit-loging = true } }`,
    },
    good: {
      text: `canton.parameters { non-standard-config = yes, fail-on-unknown-config-keys = no }
canton.participants.p1.crypto { provider = kms, kms { type = aws, region = us-east-1, audit-logging = true } }`,
    },
  },
  check(context) {
    return context.view.dropped.map((failure) => {
      const { path, location } = failure;
      const name = lastKey(path);
      const { hint, correction } = hintFor(context, failure, name);
      const message = `Canton drops the unknown key '${name}' in '${shortPath(path.slice(0, -1))}'.${hint}`;
      const fixes = unknownKeyFixes(context, failure, correction);
      return report(droppedKey, { message, location, path, fixes, tags: ['unnecessary'] });
    });
  },
};
