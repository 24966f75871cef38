import { literalsLike } from '../literals';
import { report } from '../report';
import type { Rule } from '../rule';

export const singleQuotes: Rule = {
  code: 'advice/single-quotes',
  severity: 'warning',
  title: 'Single quotes around a value',
  docs: `HOCON does not support single quotes. They become part of the value: \`region = 'us-east-1'\` sets a region that begins and
ends with a quote, and Canton refuses \`type = 'aws'\`. Use double quotes, or none.`,
  source: 'HOCON.md of Lightbend config, unquoted strings',
  examples: {
    bad: {
      text: "canton.participants.p1.crypto { provider = kms, kms { type = aws, region = us-east-1, endpoint-override = 'kms' } }",
    },
    good: {
      text: 'canton.participants.p1.crypto { provider = kms, kms { type = aws, region = us-east-1, endpoint-override = "https://kms" } }',
    },
  },
  check(context) {
    // The problem of a refused value gives the same reason.
    const refused = new Set(context.view.failures.map(({ location: { uri, range } }) => `${uri} ${range.start}`));
    const found = literalsLike(context, SINGLE_QUOTED).filter(
      ({ location: { uri, range } }) => !refused.has(`${uri} ${range.start}`),
    );
    return found.map(({ value, path, location, fix }) => {
      const meant = value.value.slice(1, -1);
      const message = `HOCON does not support single quotes, so they are part of the value. Use double quotes: "${meant}".`;
      return report(singleQuotes, {
        message,
        path,
        location,
        fixes: fix('Change to double quotes', JSON.stringify(meant)),
      });
    });
  },
};

const SINGLE_QUOTED = /(?:^|[=:[,\s])'[^'"\n]*'(?=$|[\s,\]}])/;
