import type { KmsType } from '../../../../schemas/kms-types';
import { boundAt, textAt } from '../../model/binding/bound';
import { kmsType } from '../../model/facts/node-facts';
import { hoconQuoted } from '../../text/encoders/hocon';
import { isNoUri, makesAwsClient } from '../aws-sdk';
import { replaceFix } from '../fixes';
import { placeOf, report } from '../report';
import type { Rule } from '../rule';

export const endpoint: Rule = {
  code: 'advice/endpoint',
  severity: 'warning',
  scope: 'node',
  title: 'Endpoint malformed or without TLS',
  docs: `AWS: \`endpoint-override\` is a URI with a scheme, such as \`"https://kms.example:4566"\`. Without a scheme, the AWS SDK throws an
exception when the node starts (\`start/aws-client\`). With \`http://\`, calls are not encrypted and the KMS is not authenticated.

Google Cloud: \`endpoint-override\` is \`host:port\` without a scheme, such as \`"kms-proxy.example:443"\`.`,
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
      const type = kmsType(node.section);
      const form = type && FORMS[type];
      const written = textAt(node.section, 'kms', 'endpoint-override');
      if (form === undefined || typeof written !== 'string') return [];
      const fault = form.faultOf(written);
      if (fault === undefined || (isNoUri(written) && makesAwsClient(context, node))) return [];
      const at = boundAt(node.section, 'kms', 'endpoint-override');
      const meant = form.meantBy(written);
      const fixes = meant === written ? [] : replaceFix(context, at, hoconQuoted(meant));
      const message = `'${written}' ${fault}`;
      return [report(endpoint, { message, fixes, ...placeOf(node, at) })];
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
    : "must have the form 'host:port', without a scheme or a path.";
}

/** The host and port, without the scheme and path of a URL. */
function hostAndPort(written: string): string {
  const host = written.replace(/^[a-z]+:\/\//i, '').replace(/\/.*$/, '');
  const full = /:\d+$/.test(host) ? host : `${host}:443`;
  return host.includes('.') && gcpFault(full) === undefined ? full : written;
}

/** The form of a KMS endpoint. */
interface EndpointForm {
  /** The problem, worded as the end of a sentence. */
  readonly faultOf: (written: string) => string | undefined;
  /** The endpoint that was likely meant, or the same text. */
  readonly meantBy: (written: string) => string;
}

const FORMS: Readonly<Record<KmsType, EndpointForm | undefined>> = {
  aws: { faultOf: awsFault, meantBy: (written) => written.replace(/^http:/i, 'https:') },
  gcp: { faultOf: gcpFault, meantBy: hostAndPort },
  driver: undefined,
};
