import { boundAt, isPresent, textAt } from '../../model/binding/bound';
import { removeFix } from '../fixes';
import { nameOf, placeOf, report, startedNodes, valueLocation } from '../report';
import type { Rule } from '../rule';

export const unusedKms: Rule = {
  code: 'ignored/kms-section',
  severity: 'warning',
  scope: 'node',
  title: 'Unused KMS',
  docs: `With \`provider = jce\` (the default), only \`private-key-store.encryption\` uses the \`kms\` section. Without it, Canton does not
connect to the KMS and stores the private keys in plaintext.

For envelope encryption, add \`private-key-store.encryption.type = kms\`. For external keys, set \`provider = kms\`; a node that
already has keys must be migrated instead.`,
  source: 'crypto/CryptoApi.scala 3.3, 3.4, 3.5, main',
  examples: {
    bad: { text: 'canton.participants.p1.crypto.kms { type = aws, region = us-east-1 }' },
    good: { text: 'canton.participants.p1.crypto { provider = kms, kms { type = aws, region = us-east-1 } }' },
  },
  check(context) {
    return startedNodes(context).flatMap((node) => {
      if (textAt(node.section, 'provider') !== 'jce' || isPresent(node.section, 'kms') !== true) return [];
      if (isPresent(node.section, 'private-key-store', 'encryption') !== false) return [];
      const at = boundAt(node.section, 'kms');
      const chosen = boundAt(node.section, 'provider');
      const isWritten = chosen?.entry !== undefined;
      const provider = isWritten ? "'provider = jce'" : "the default provider 'jce'";
      const message = `Unused KMS: ${nameOf(node)} has ${provider} and no 'private-key-store.encryption'. Its private keys are stored in plaintext.`;
      return [
        report(unusedKms, {
          message,
          ...placeOf(node, at),
          related: isWritten
            ? [{ location: valueLocation(node, chosen), message: 'The provider is set here.' }]
            : undefined,
          fixes: removeFix(context, at),
          tags: ['unnecessary'],
        }),
      ];
    });
  },
};
