import { keysOfAlgorithm } from '../../../../schemas/schemes';
import { booleanAt, boundAt, textAt } from '../../model/binding/bound';
import { sessionKeys } from '../../model/facts/node-facts';
import { replaceFix } from '../fixes';
import { nameOf, orList, placeOf, report } from '../report';
import type { Rule } from '../rule';

export const sessionKeyFit: Rule = {
  code: 'advice/session-key-fit',
  severity: 'warning',
  scope: 'node',
  title: 'Session signing algorithm and key do not match',
  docs: `Canton does not check that \`signing-algorithm-spec\` can use keys of \`signing-key-spec\`. If it cannot, session keys cannot
sign.

| algorithm | key specifications |
| --- | --- |
| \`ed-25519\` | \`ec-curve-25519\` |
| \`ec-dsa-sha-256\` | \`ec-p-256\`, \`ec-secp-256k-1\` |
| \`ec-dsa-sha-384\` | \`ec-p-384\` |`,
  source: 'config/ConfigValidations.scala, crypto/Signing.scala 3.3, 3.4, 3.5, main',
  examples: {
    bad: {
      text: `canton.participants.p1.crypto {
  provider = kms
  kms { type = aws, region = us-east-1 }
  session-signing-keys { enabled = true, signing-algorithm-spec = ec-dsa-sha-256 }
}`,
    },
    good: {
      text: `canton.participants.p1.crypto {
  provider = kms
  kms { type = aws, region = us-east-1 }
  session-signing-keys { enabled = true, signing-algorithm-spec = ec-dsa-sha-256, signing-key-spec = ec-p-256 }
}`,
    },
  },
  check(context) {
    return context.view.nodes.flatMap((node) => {
      const keys = sessionKeys(node, context.version);
      if (keys === undefined || booleanAt(keys, 'enabled') !== true) return [];
      const algorithm = textAt(keys, 'signing-algorithm-spec');
      const key = textAt(keys, 'signing-key-spec');
      if (typeof algorithm !== 'string' || typeof key !== 'string') return [];
      const usable = keysOfAlgorithm(algorithm);
      if (usable.includes(key)) return [];
      const at = boundAt(keys, 'signing-key-spec');
      const message = `'${algorithm}' cannot use '${key}' for the session signing keys of ${nameOf(node)}. It requires ${orList(usable)}.`;
      return [
        report(sessionKeyFit, {
          message,
          ...placeOf(node, at, boundAt(keys, 'signing-algorithm-spec')),
          fixes: replaceFix(context, at, usable[0] as string),
        }),
      ];
    });
  },
};
