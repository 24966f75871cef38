import { boundAt, textAt } from '../../model/binding/bound';
import { hoconQuoted } from '../../text/encoders/hocon';
import { isNoUri, makesAwsClient } from '../aws-sdk';
import { replaceFix } from '../fixes';
import { report, valueLocation } from '../report';
import type { Rule } from '../rule';

export const endpoint: Rule = {
  code: 'advice/endpoint',
  severity: 'warning',
  scope: 'node',
  title: 'Endpoint malformed or without TLS',
  docs: `AWS: \`endpoint-override\` is a URI with scheme, \`"https://kms.example:4566"\`. Without a scheme the AWS SDK throws when the
node starts (\`start/aws-client\`); with \`http://\` the calls are neither encrypted nor is the KMS authenticated.

Google Cloud: it is \`host:port\` without scheme, \`"kms-proxy.example:443"\`.`,
  source: 'crypto/kms/{aws/AwsKms,gcp/GcpKms}.scala 3.4, 3.5, main; AWS SDK for Java 2, endpointOverride',
  examples: {
    bad: {
      text: 'canton.participants.p1.crypto { provider = kms, kms { type = aws, region = us-east-1, endpoint-override = "http://kms.example:4566" } }',
    },
    good: {
      text: 'canton.participants.p1.crypto { provider = kms, kms { type = aws, region = us-east-1, endpoint-override = "https://kms.example:4566" } }',
    },
  },
  check(context) {
    return context.view.nodes.flatMap((node) => {
      const type = textAt(node.section, 'kms', 'type');
      const written = textAt(node.section, 'kms', 'endpoint-override');
      if (typeof type !== 'string' || typeof written !== 'string') return [];
      const fault = type === 'aws' ? awsFault(written) : type === 'gcp' ? gcpFault(written) : undefined;
      if (fault === undefined || (isNoUri(written) && makesAwsClient(context, node))) return [];
      const at = boundAt(node.section, 'kms', 'endpoint-override');
      const meant = type === 'aws' ? written.replace(/^http:/i, 'https:') : hostAndPort(written);
      const fixes = meant === written ? [] : replaceFix(context, at, hoconQuoted(meant));
      const message = `'${written}' ${fault}`;
      return [report(endpoint, { message, fixes, location: valueLocation(node, at), path: at?.path ?? node.path })];
    });
  },
};

function awsFault(written: string): string | undefined {
  if (/^https:\/\/[^/\s]+/i.test(written)) return undefined;
  if (/^http:\/\//i.test(written)) return "is neither encrypted nor authenticated. Use 'https'.";
  return "is not a URI with a scheme, such as 'https://kms.example:4566'. The AWS SDK cannot use it.";
}

function gcpFault(written: string): string | undefined {
  return /^[a-zA-Z0-9.-]+:\d{1,5}$/.test(written)
    ? undefined
    : "is not of the form 'host:port', without scheme and path.";
}

/** Without the scheme and the path that a URL has. */
function hostAndPort(written: string): string {
  const host = written.replace(/^[a-z]+:\/\//i, '').replace(/\/.*$/, '');
  const full = /:\d+$/.test(host) ? host : `${host}:443`;
  return host.includes('.') && gcpFault(full) === undefined ? full : written;
}
