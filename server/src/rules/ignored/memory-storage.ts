import { boundAt, isPresent, textAt } from '../../model/binding/bound';
import { storageKind } from '../../model/facts/node-facts';
import { isSince, nameOf, placeOf, report, startedNodes } from '../report';
import type { Rule } from '../rule';

export const memoryIgnoresEncryption: Rule = {
  code: 'ignored/memory-storage',
  severity: 'warning',
  scope: 'node',
  title: 'Envelope encryption without a database',
  docs: `In Canton 3.3 and 3.4, a node with \`private-key-store.encryption\` and storage in memory (the default) starts, but its private
keys are not encrypted. Since 3.5, it does not start: see \`start/memory-storage\`.`,
  source: 'crypto/store/CryptoPrivateStore.scala 3.3, 3.4',
  examples: {
    bad: {
      version: '3.4',
      text: 'canton.participants.p1.crypto { kms { type = aws, region = us-east-1 }, private-key-store.encryption.type = kms }',
    },
    good: {
      version: '3.4',
      text: `canton.participants.p1 {
  storage { type = postgres, config { properties { databaseName = p1 } } }
  crypto { kms { type = aws, region = us-east-1 }, private-key-store.encryption.type = kms }
}`,
    },
  },
  check(context) {
    if (isSince(context, '3.5')) return [];
    return startedNodes(context).flatMap((node) => {
      if (textAt(node.section, 'provider') !== 'jce' || storageKind(node) !== 'memory') return [];
      if (isPresent(node.section, 'private-key-store', 'encryption') !== true) return [];
      if (context.version === '3.4' && isPresent(node.section, 'kms') !== true) return [];
      const at = boundAt(node.section, 'private-key-store', 'encryption');
      const message = `The keys of ${nameOf(node)} are not encrypted because its storage is in memory. Configure a database, such as 'storage.type = postgres'.`;
      return [report(memoryIgnoresEncryption, { message, ...placeOf(node, at) })];
    });
  },
};
