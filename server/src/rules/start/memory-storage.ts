import { boundAt, isPresent, textAt } from '../../model/binding/bound';
import { hasStorage, storageKind } from '../../model/facts/node-facts';
import { isSince, nameOf, placeOf, report, startedNodes } from '../report';
import type { Rule } from '../rule';

export const memoryStorage: Rule = {
  code: 'start/memory-storage',
  severity: 'error',
  scope: 'node',
  title: 'Envelope encryption needs a database',
  docs: `With \`private-key-store.encryption\` and storage in memory (the default), a node of Canton 3.5 and later does not start.
In 3.3 and 3.4 it starts, but its keys are not encrypted: see \`ignored/memory-storage\`.

This is only a warning in a file that configures the Admin API of no node and is in no declared launch set, because another file
may configure the storage.

Canton: \`Failed to create crypto private store: EncryptedPrivateStoreError(encryption is only supported for database-backed stores)\``,
  source: 'crypto/store/CryptoPrivateStore.scala 3.5, main',
  examples: {
    bad: {
      text: `canton.participants.p1 {
  admin-api.port = 5012
  crypto { kms { type = aws, region = us-east-1 }, private-key-store.encryption.type = kms }
}`,
    },
    good: {
      text: `canton.participants.p1 {
  storage { type = postgres, config { properties { databaseName = p1 } } }
  crypto { kms { type = aws, region = us-east-1 }, private-key-store.encryption.type = kms }
}`,
    },
  },
  check(context) {
    if (!isSince(context, '3.5')) return [];
    return startedNodes(context).flatMap((node) => {
      if (textAt(node.section, 'provider') !== 'jce' || storageKind(node) !== 'memory') return [];
      if (
        isPresent(node.section, 'kms') !== true ||
        isPresent(node.section, 'private-key-store', 'encryption') !== true
      )
        return [];
      const isPart = context.view.isFragment && !hasStorage(node);
      const at = boundAt(node.section, 'private-key-store', 'encryption');
      const advice = isPart
        ? ', unless another file of the launch set configures a database'
        : ". Configure a database, such as 'storage.type = postgres'";
      const message = `Keys cannot be encrypted because the storage of ${nameOf(node)} is in memory, so it does not start${advice}. Canton: "encryption is only supported for database-backed stores"`;
      const severity = isPart ? 'warning' : 'error';
      return [report(memoryStorage, { message, severity, ...placeOf(node, at) })];
    });
  },
};
