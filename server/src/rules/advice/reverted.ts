import { boundAt } from '../../model/binding/bound';
import { envelopeOf } from '../../model/facts/node-facts';
import { removeFix } from '../fixes';
import { placeOf, report } from '../report';
import type { Rule } from '../rule';

export const reverted: Rule = {
  code: 'advice/reverted',
  severity: 'warning',
  scope: 'node',
  title: 'Stored keys are decrypted at the next start',
  docs: `\`reverted = true\` is for a single start: Canton decrypts all private keys and stores them in plaintext. If the setting
remains, the keys stay in plaintext while the configuration looks as if they were encrypted. After the revert, remove the whole
\`private-key-store\` section.`,
  source: 'crypto/store/EncryptedCryptoPrivateStoreHelper.scala 3.4, 3.5, main',
  examples: {
    bad: {
      text: `canton.participants.p1 {
  storage.type = postgres
  crypto { kms { type = aws, region = us-east-1 }, private-key-store.encryption { type = kms, reverted = true } }
}`,
    },
    good: {
      text: `canton.participants.p1 {
  storage.type = postgres
  crypto { kms { type = aws, region = us-east-1 }, private-key-store.encryption { type = kms } }
}`,
    },
  },
  check(context) {
    return context.view.nodes.flatMap((node) => {
      if (envelopeOf(node)?.reverted !== true) return [];
      const at = boundAt(node.section, 'private-key-store', 'encryption', 'reverted');
      const message = `The node decrypts its private keys at the next start and stores them in plaintext. Remove 'private-key-store' afterwards, or 'reverted' now if this is not intended.`;
      const fixes = [...removeFix(context, at), ...removeFix(context, boundAt(node.section, 'private-key-store'))];
      return [report(reverted, { message, fixes, ...placeOf(node, at) })];
    });
  },
};
