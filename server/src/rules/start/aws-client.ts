import { boundAt, textAt } from '../../model/binding/bound';
import type { Diagnostic } from '../../model/diagnostic';
import type { NodeView } from '../../model/facts/view';
import { isBlankRegion, isNoHostLabel, isNoUri, makesAwsClient } from '../aws-sdk';
import { nameOf, placeOf, report, startedNodes } from '../report';
import type { Rule } from '../rule';

export const awsClient: Rule = {
  code: 'start/aws-client',
  severity: 'error',
  scope: 'node',
  title: 'The AWS SDK rejects the region or the endpoint',
  docs: `Canton loads any \`region\` and \`endpoint-override\`. When the node starts, the AWS SDK throws an exception if the region is
blank or cannot be part of a host name, or if the endpoint is not a URI with a scheme. Canton does not catch the exception, and
the node does not start. Valid values look like \`us-east-1\` and, in quotes, \`"https://kms.example:4566"\`.`,
  source: 'crypto/kms/aws/AwsKms.scala 3.4, 3.5, main; AWS SDK for Java 2, Region and endpointOverride',
  examples: {
    bad: {
      text: 'canton.participants.p1.crypto { provider = kms, kms { type = aws, region = us-east-1, endpoint-override = "/kms" } }',
    },
    good: {
      text: 'canton.participants.p1.crypto { provider = kms, kms { type = aws, region = us-east-1, endpoint-override = "https://kms.example:4566" } }',
    },
  },
  check(context) {
    return startedNodes(context).flatMap((node) => (makesAwsClient(context, node) ? faultsOf(node) : []));
  },
};

function faultsOf(node: NodeView): Diagnostic[] {
  const found: Diagnostic[] = [];
  const add = (key: string, message: string) => {
    const at = boundAt(node.section, 'kms', key);
    found.push(report(awsClient, { message, ...placeOf(node, at) }));
  };
  const region = textAt(node.section, 'kms', 'region');
  if (typeof region === 'string' && isBlankRegion(region)) {
    add(
      'region',
      `The region '${region}' is blank. The AWS SDK cannot create a client for it, so ${nameOf(node)} does not start.`,
    );
  }
  const endpoint = textAt(node.section, 'kms', 'endpoint-override');
  // An endpoint is used in place of the host that is named after the region.
  if (typeof region === 'string' && endpoint === undefined && !isBlankRegion(region) && isNoHostLabel(region)) {
    add(
      'region',
      `The region '${region}' cannot be part of a host name. The AWS SDK cannot build an address from it, so ${nameOf(node)} does not start.`,
    );
  }
  if (typeof endpoint === 'string' && isNoUri(endpoint)) {
    const wanted = "such as 'https://kms.example:4566'";
    add(
      'endpoint-override',
      `'${endpoint}' is not a URI with a scheme, ${wanted}. The AWS SDK refuses it, so ${nameOf(node)} does not start.`,
    );
  }
  return found;
}
