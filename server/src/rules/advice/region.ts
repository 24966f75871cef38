import { AWS_REGIONS, AWS_REGIONS_SOURCE } from '../../../../schemas/cloud-places';
import { boundAt, textAt } from '../../model/binding/bound';
import { kmsType } from '../../model/facts/node-facts';
import { nearest } from '../../text/nearest';
import { isBlankRegion, makesAwsClient } from '../aws-sdk';
import { replaceFix } from '../fixes';
import { placeOf, report } from '../report';
import type { Rule } from '../rule';

export const awsRegion: Rule = {
  code: 'advice/region',
  severity: 'hint',
  scope: 'node',
  title: 'Unfamiliar AWS region',
  docs: `Canton passes \`region\` to the AWS SDK without checking it, so a misspelled region fails at the first call. AWS adds regions,
and our list is as old as the date below, so this is only a hint. An empty region is a warning, or an error
(\`start/aws-client\`) if the node uses it.`,
  source: AWS_REGIONS_SOURCE,
  examples: {
    bad: { text: 'canton.participants.p1.crypto { provider = kms, kms { type = aws, region = us-east1 } }' },
    good: { text: 'canton.participants.p1.crypto { provider = kms, kms { type = aws, region = us-east-1 } }' },
  },
  check(context) {
    return context.view.nodes.flatMap((node) => {
      const region = textAt(node.section, 'kms', 'region');
      if (kmsType(node.section) !== 'aws' || typeof region !== 'string' || AWS_REGIONS.has(region)) return [];
      const at = boundAt(node.section, 'kms', 'region');
      const isBlank = isBlankRegion(region);
      if (isBlank && makesAwsClient(context, node)) return [];
      const suggestion = isBlank ? undefined : nearest(region, AWS_REGIONS.keys());
      const hint = suggestion === undefined ? '' : ` Did you mean '${suggestion}'?`;
      const message = isBlank
        ? `'${region}' is not a region. The AWS SDK cannot create a client for it.`
        : `'${region}' is not in our list of AWS regions.${hint}`;
      const fixes = suggestion === undefined ? [] : replaceFix(context, at, suggestion);
      const severity = isBlank ? 'warning' : 'hint';
      return [report(awsRegion, { message, severity, fixes, ...placeOf(node, at) })];
    });
  },
};
