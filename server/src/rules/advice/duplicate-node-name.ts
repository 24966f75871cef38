import { nameOf, report, valueLocation } from '../report';
import type { Rule } from '../rule';

export const duplicateNodeName: Rule = {
  code: 'advice/duplicate-node-name',
  severity: 'warning',
  title: 'Nodes of different kinds with the same name',
  docs: `Canton accepts duplicate names, but validates nodes by name (participants, then sequencers, then mediators), so it validates
only the last node with a given name. The log and the console do not distinguish such nodes either.`,
  source: 'config/CantonConfig.scala 3.3, 3.4, 3.5, main',
  examples: {
    bad: { text: 'canton { participants.one.crypto {}, mediators.one.crypto {} }' },
    good: { text: 'canton { participants.one.crypto {}, mediators.two.crypto {} }' },
  },
  check(context) {
    const { nodes } = context.view;
    const last = new Map(nodes.map((node) => [node.name, node]));
    return nodes
      .filter(({ isValidated }) => !isValidated)
      .map((node) => {
        const other = last.get(node.name) ?? node;
        const message = `Duplicate node name '${node.name}'. Canton validates only ${nameOf(other)}, not this ${node.label}.`;
        const related = [{ location: valueLocation(other), message: `${nameOf(other)}` }];
        return report(duplicateNodeName, { message, related, location: valueLocation(node), path: node.path });
      });
  },
};
