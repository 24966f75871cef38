import { envelopeOf } from '../../model/facts/node-facts';
import { removeFix } from '../fixes';
import { placeOf, report } from '../report';
import type { Rule } from '../rule';

export const pinnedWrapperKey: Rule = {
  code: 'advice/pinned-wrapper-key',
  severity: 'hint',
  scope: 'node',
  title: 'Wrapper key still in the configuration',
  docs: `At the first start, Canton stores the wrapper key ID in its database. An ID in the configuration still takes precedence. If it
remains there after \`keys.secret.rotate_wrapper_key\`, the node encrypts new entries with the old key after the next restart. The
database then contains keys with two wrapper keys, and a later start without the ID fails with "Found more than one distinct
wrapper_key_id". Remove the ID once the node has started, at the latest with a rotation. \`keys.secret.get_wrapper_key_id()\` shows
the wrapper key that the running node uses.`,
  source: 'crypto/store/EncryptedCryptoPrivateStoreHelper.scala 3.4, 3.5, main',
  examples: {
    bad: {
      text: `canton.participants.p1 {
  storage.type = postgres
  crypto { kms { type = aws, region = us-east-1 }, private-key-store.encryption { type = kms, wrapper-key-id = alias/canton } }
}`,
    },
    good: {
      text: `canton.participants.p1 {
  storage.type = postgres
  crypto { kms { type = aws, region = us-east-1 }, private-key-store.encryption.type = kms }
}`,
    },
  },
  check(context) {
    return context.view.nodes.flatMap((node) => {
      const envelope = envelopeOf(node);
      if (envelope?.keyId === undefined || envelope.reverted) return [];
      const message = `'${envelope.keyId}' is only needed for the first start, because Canton stores the wrapper key ID in its database. Remove it before or with a key rotation, or the next start goes back to this key.`;
      return [
        report(pinnedWrapperKey, {
          message,
          ...placeOf(node, envelope.keyIdAt),
          fixes: removeFix(context, envelope.keyIdAt),
        }),
      ];
    });
  },
};
