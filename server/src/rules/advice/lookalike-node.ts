import { distance } from 'fastest-levenshtein';
import { renamed } from '../../edits/entry-edits';
import type { NodeView } from '../../model/facts/view';
import { nameOf, report, valueLocation } from '../report';
import type { Rule } from '../rule';

/** More nodes than a handwritten launch set has. */
const HAND_WRITTEN = 100;

export const lookalikeNode: Rule = {
  code: 'advice/lookalike-node',
  severity: 'warning',
  title: 'Possibly misspelled node name',
  docs: `Canton cannot detect a misspelled node name: it starts one more node, with defaults for all other settings. If the node of a
deployment image is named \`participant\`, \`participant1.crypto\` configures the KMS of an unwanted second node, and the intended one
keeps its keys in plaintext.`,
  source: 'config/CantonConfig.scala all lines; canton-network/splice issue 2644',
  examples: {
    bad: {
      text: `canton.participants.participant { admin-api.port = 5012, ledger-api.port = 5011, storage { type = postgres, config {} } }
canton.participants.participant1.crypto { provider = kms, kms { type = aws, region = us-east-1 } }`,
    },
    good: {
      text: `canton.participants.participant { admin-api.port = 5012, ledger-api.port = 5011, storage { type = postgres, config {} } }
canton.participants.participant.crypto { provider = kms, kms { type = aws, region = us-east-1 } }`,
    },
  },
  check(context) {
    const { nodes } = context.view;
    // The image is better evidence.
    if (context.image !== undefined) return [];
    const configured = nodes.filter((node) => !isBare(node));
    // Limits the comparison of every bare name with every configured one; generated files contain no typing mistakes.
    if (configured.length > HAND_WRITTEN) return [];
    return nodes.filter(isBare).flatMap((node) => {
      const meant = configured.find((other) => other.kind === node.kind && isNear(node.name, other.name));
      if (meant === undefined) return [];
      const edits = renamed(context, node.definitions, meant.name);
      const fixes = [{ title: `Rename to '${meant.name}'`, edits }];
      const related = [{ location: valueLocation(meant), message: `${nameOf(meant)} is configured here.` }];
      const message = `'${node.name}' has only a 'crypto' section, so Canton starts it as an additional ${node.label}. Did you mean '${meant.name}'?`;
      return [report(lookalikeNode, { message, fixes, related, location: valueLocation(node), path: node.path })];
    });
  },
};

/** A node with a crypto section, but without the API and storage that a node needs. */
function isBare({ value }: NodeView): boolean {
  return value.entries.has('crypto') && value.unknowns.length === 0 && value.entries.size === 1;
}

function isNear(name: string, other: string): boolean {
  return distance(name.toLowerCase(), other.toLowerCase()) <= Math.max(1, Math.floor(other.length / 6));
}
