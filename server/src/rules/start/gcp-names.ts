import { boundAt, textAt } from '../../model/binding/bound';
import { kmsType, usesKms } from '../../model/facts/node-facts';
import type { NodeView } from '../../model/facts/view';
import { replaceFix } from '../fixes';
import { nameOf, placeOf, report, startedNodes } from '../report';
import type { Rule } from '../rule';

export const gcpNames: Rule = {
  code: 'start/gcp-names',
  severity: 'error',
  scope: 'node',
  title: 'Full resource name instead of a short name',
  docs: `Canton builds the name of the key ring from \`project-id\`, \`location-id\` and \`key-ring-id\`. When the node starts, Google's
library rejects a value with a slash (\`ValidationException\`), and the node does not start. Set only the last part of the full
name.`,
  source: 'crypto/kms/gcp/GcpKms.scala 3.4, 3.5, main; KeyRingName.of of the Cloud KMS library, run',
  examples: {
    bad: {
      text: 'canton.participants.p1.crypto { provider = kms, kms { type = gcp, location-id = us-east1, project-id = p, key-ring-id = "projects/p/locations/us-east1/keyRings/canton" } }',
    },
    good: {
      text: 'canton.participants.p1.crypto { provider = kms, kms { type = gcp, location-id = us-east1, project-id = p, key-ring-id = canton } }',
    },
  },
  check(context) {
    return startedNodes(context).flatMap((node) => {
      if (kmsType(node.section) !== 'gcp' || !usesKms(node)) return [];
      return PARTS.flatMap(({ key, collection }) => {
        const written = textAt(node.section, 'kms', key);
        if (typeof written !== 'string' || !written.includes('/')) return [];
        const at = boundAt(node.section, 'kms', key);
        const segments = written.split('/');
        const part = segments[segments.indexOf(collection) + 1] ?? '';
        const instead = segments.includes(collection) && part !== '' ? part : undefined;
        const write = instead === undefined ? '' : ` Use '${instead}'.`;
        const message = `'${written}' for '${key}' contains a slash, so Google's library rejects it and ${nameOf(node)} does not start.${write}`;
        // The other parts of the full name may differ from what the section sets.
        const isPlain = PARTS.every((other) => other.key === key || agrees(segments, other, node));
        const fixes =
          instead === undefined ? [] : replaceFix(context, at, instead).map((fix) => ({ ...fix, preferred: isPlain }));
        return [report(gcpNames, { message, fixes, ...placeOf(node, at) })];
      });
    });
  },
};

/** Whether a part of the full name is the one that the section sets, or is not in the name. */
function agrees(segments: readonly string[], { key, collection }: (typeof PARTS)[number], node: NodeView): boolean {
  const named = segments.includes(collection) ? segments[segments.indexOf(collection) + 1] : undefined;
  const written = textAt(node.section, 'kms', key);
  return named === undefined || (typeof written === 'string' && written.split('/').at(-1) === named);
}

const PARTS = [
  { key: 'project-id', collection: 'projects' },
  { key: 'location-id', collection: 'locations' },
  { key: 'key-ring-id', collection: 'keyRings' },
];
