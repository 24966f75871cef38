import { envelopeOf } from '../../model/facts/node-facts';
import type { NodeView } from '../../model/facts/view';
import { nameOf, report, valueLocation } from '../report';
import type { Rule } from '../rule';

/** The most nodes that a message lists by name. */
const MENTIONED = 5;

export const sharedWrapperKey: Rule = {
  code: 'advice/shared-wrapper-key',
  severity: 'warning',
  title: 'Wrapper key shared by several nodes',
  docs: `A shared wrapper key works, but everyone with access to it can decrypt the private keys of all these nodes, and the nodes can
be rotated or retired only together. Give each node its own wrapper key, or remove \`wrapper-key-id\` and let Canton create one.

The problem is reported once for each key, at the first node that uses it.`,
  source:
    'Canton documentation, encrypted private key storage; community/app/src/test/resources/encrypted-store-enabled-tagged.conf 3.5',
  examples: {
    bad: {
      text: `_shared {
  storage.type = postgres
  crypto { kms { type = aws, region = us-east-1 }, private-key-store.encryption { type = kms, wrapper-key-id = alias/canton } }
}
canton.participants.p1 = \${_shared}
canton.participants.p2 = \${_shared}`,
    },
    good: {
      text: `_shared {
  storage.type = postgres
  crypto { kms { type = aws, region = us-east-1 }, private-key-store.encryption.type = kms }
}
canton.participants.p1 = \${_shared}
canton.participants.p2 = \${_shared}`,
    },
  },
  check(context) {
    const users = new Map<string, NodeView[]>();
    for (const node of context.view.nodes) {
      const envelope = envelopeOf(node);
      if (envelope?.keyId === undefined) continue;
      const id = `${envelope.type} ${envelope.keyId}`;
      const known = users.get(id) ?? [];
      known.push(node);
      users.set(id, known);
    }
    return [...users.values()].flatMap((nodes) => {
      const [first, ...others] = nodes;
      if (first === undefined || others.length === 0) return [];
      const at = envelopeOf(first)?.keyIdAt;
      const more = nodes.length > MENTIONED ? ` and ${nodes.length - MENTIONED} more nodes` : '';
      const names = nodes.slice(0, MENTIONED).map(nameOf).join(', ');
      const message = `'${envelopeOf(first)?.keyId}' is the wrapper key of ${names}${more}. Give each node its own.`;
      const related = others.slice(0, MENTIONED).map((node) => ({
        location: valueLocation(node, envelopeOf(node)?.keyIdAt),
        message: `${nameOf(node)} uses it here.`,
      }));
      return [
        report(sharedWrapperKey, {
          message,
          related,
          location: valueLocation(first, at),
          path: at?.path ?? first.path,
        }),
      ];
    });
  },
};
