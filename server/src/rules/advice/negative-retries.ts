import { boundAt } from '../../model/binding/bound';
import { replaceFix } from '../fixes';
import { report, valueLocation } from '../report';
import type { Rule } from '../rule';

export const negativeRetries: Rule = {
  code: 'advice/negative-retries',
  severity: 'warning',
  scope: 'node',
  title: 'Negative number of retries',
  docs: `Canton does not check \`max-retries\`. A negative number does not mean "forever": as with \`0\`, the node gives up after the
first attempt. To retry forever, set \`2147483647\`.`,
  source: 'util/retry/Policy.scala main; config/ExponentialBackoffConfig.scala 3.3, 3.4, 3.5, main',
  examples: {
    bad: {
      text: `canton.participants.p1.crypto {
  provider = kms
  kms { type = aws, region = us-east-1, retries.failures { initial-delay = 1s, max-delay = 10s, max-retries = -1 } }
}`,
    },
    good: {
      text: `canton.participants.p1.crypto {
  provider = kms
  kms { type = aws, region = us-east-1, retries.failures { initial-delay = 1s, max-delay = 10s, max-retries = 2147483647 } }
}`,
    },
  },
  check(context) {
    return context.view.nodes.flatMap((node) =>
      ['failures', 'create-key-check'].flatMap((backoff) => {
        const at = boundAt(node.section, 'kms', 'retries', backoff, 'max-retries');
        if (at?.value.kind !== 'integer' || at.value.value >= 0n) return [];
        const message = `'${at.value.value}' means no retries, as '0' does. To retry forever, set '2147483647'.`;
        const fixes = replaceFix(context, at, '2147483647');
        return [report(negativeRetries, { message, fixes, location: valueLocation(node, at), path: at.path })];
      }),
    );
  },
};
