import { renamed } from '../../edits/entry-edits';
import { locationOfKey } from '../../model/binding/locations';
import { NODE_SECTIONS } from '../../model/facts/nodes';
import { report } from '../report';
import type { Rule } from '../rule';

const OWN = ['storage', 'admin-api'];

export const secondNode: Rule = {
  code: 'advice/second-node',
  severity: 'warning',
  title: 'Second node beside the one in the image',
  docs: `A container image contains a node with a fixed name, storage and ports: \`canton-participant\` of Splice runs
\`canton.participants.participant\`. Configuration under another name is not an error for Canton. It starts a second node with
defaults for all other settings, and the node of the image keeps its keys in plaintext.

The image is read from the Compose service or container around the variable; a \`kms:\` map beside \`additionalEnvVars\` belongs
to the participant chart. Nodes with their own storage and ports, containers with their own command, or with configuration mounted into \`/app\`, are not checked.`,
  source:
    'canton-network/splice cluster/images/*/app.conf and cluster/helm/splice-participant; canton-network/splice issue 2644',
  examples: {
    bad: {
      image: 'canton-participant:0.6.11',
      text: 'canton.participants.participant1.crypto { provider = kms, kms { type = aws, region = us-east-1 } }',
    },
    good: {
      image: 'canton-participant:0.6.11',
      text: 'canton.participants.participant.crypto { provider = kms, kms { type = aws, region = us-east-1 } }',
    },
  },
  check(context) {
    const { image, config } = context;
    const canton = config.entries.get('canton')?.value;
    if (image === undefined || canton?.kind !== 'object') return [];
    const sections = new Set<string>([...NODE_SECTIONS.slice(0, 3), image.section]);
    return [...sections].flatMap((section) => {
      const nodes = canton.entries.get(section)?.value;
      if (nodes?.kind !== 'object') return [];
      return [...nodes.entries].flatMap(([name, entry]) => {
        if ((section === image.section && name === image.node) || entry.value.kind !== 'object') return [];
        // Ports and storage show that a separate node is intended.
        if (OWN.every((key) => entry.value.kind === 'object' && entry.value.entries.has(key))) return [];
        const location = locationOfKey(entry, entry.value.origin);
        const known = `The image '${image.name}' runs the node '${image.section}.${image.node}'`;
        const message = `${known}, so '${section}.${name}' is a second node with defaults for all other settings. To configure the node of the image, use the name '${section === image.section ? '' : `${image.section}.`}${image.node}'.`;
        const isFree = section === image.section && !nodes.entries.has(image.node);
        const edits = section === image.section ? renamed(context, entry.definitions, image.node) : undefined;
        const fixes = edits === undefined ? [] : [{ title: `Rename to '${image.node}'`, edits, preferred: isFree }];
        return [report(secondNode, { message, location, path: ['canton', section, name], fixes })];
      });
    });
  },
};
