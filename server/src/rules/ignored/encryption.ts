import { boundAt, isPresent, textAt } from '../../model/binding/bound';
import { removeFix } from '../fixes';
import { nameOf, placeOf, report, startedNodes, valueLocation } from '../report';
import type { Rule } from '../rule';

export const unusedEncryption: Rule = {
  code: 'ignored/encryption',
  severity: 'warning',
  scope: 'node',
  title: 'Envelope encryption next to external keys',
  docs: `With \`provider = kms\` the private keys never leave the KMS, so \`private-key-store.encryption\` has no effect. In Canton 3.4 it
also silently disables session signing keys.`,
  source: 'crypto/store/CryptoPrivateStore.scala 3.3, 3.4, 3.5, main',
  examples: {
    bad: {
      text: `canton.participants.p1.crypto {
  provider = kms
  kms { type = aws, region = us-east-1 }
  private-key-store.encryption.type = kms
}`,
    },
    good: { text: 'canton.participants.p1.crypto { provider = kms, kms { type = aws, region = us-east-1 } }' },
  },
  check(context) {
    return startedNodes(context).flatMap((node) => {
      if (textAt(node.section, 'provider') !== 'kms') return [];
      if (isPresent(node.section, 'private-key-store', 'encryption') !== true) return [];
      const at = boundAt(node.section, 'private-key-store', 'encryption');
      const more = context.version === '3.4' ? ' It also disables session signing keys.' : '';
      const message = `'private-key-store.encryption' has no effect on ${nameOf(node)}: with 'provider = kms' the private keys stay in the KMS.${more}`;
      return [
        report(unusedEncryption, {
          message,
          ...placeOf(node, at),
          related: [
            { location: valueLocation(node, boundAt(node.section, 'provider')), message: 'The provider is set here.' },
          ],
          fixes: removeFix(context, at),
          tags: ['unnecessary'],
        }),
      ];
    });
  },
};
