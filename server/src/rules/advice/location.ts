import { GCP_LOCATIONS, GCP_LOCATIONS_SOURCE } from '../../../../schemas/cloud-places';
import { boundAt, textAt } from '../../model/binding/bound';
import { kmsType } from '../../model/facts/node-facts';
import { nearest } from '../../text/nearest';
import { replaceFix } from '../fixes';
import { placeOf, report } from '../report';
import type { Rule } from '../rule';

export const gcpLocation: Rule = {
  code: 'advice/location',
  severity: 'hint',
  scope: 'node',
  title: 'Unfamiliar Cloud KMS location',
  docs: `Canton passes \`location-id\` to Google's library without checking it. Google adds locations, and our list is as old as the
date below, so this is only a hint.`,
  source: GCP_LOCATIONS_SOURCE,
  examples: {
    bad: {
      text: 'canton.participants.p1.crypto { provider = kms, kms { type = gcp, location-id = us-east-1, project-id = ledger, key-ring-id = canton } }',
    },
    good: {
      text: 'canton.participants.p1.crypto { provider = kms, kms { type = gcp, location-id = us-east1, project-id = ledger, key-ring-id = canton } }',
    },
  },
  check(context) {
    return context.view.nodes.flatMap((node) => {
      const location = textAt(node.section, 'kms', 'location-id');
      if (kmsType(node.section) !== 'gcp' || typeof location !== 'string') return [];
      if (GCP_LOCATIONS.has(location)) return [];
      const at = boundAt(node.section, 'kms', 'location-id');
      const suggestion = nearest(location, GCP_LOCATIONS.keys());
      const hint = suggestion === undefined ? '' : ` Did you mean '${suggestion}'?`;
      const message = `'${location}' is not in our list of Cloud KMS locations.${hint}`;
      const fixes = suggestion === undefined ? [] : replaceFix(context, at, suggestion);
      return [report(gcpLocation, { message, fixes, ...placeOf(node, at) })];
    });
  },
};
