import type { KmsType } from '../../../../schemas/kms-types';
import { textAt } from '../../model/binding/bound';
import type { Diagnostic, Fix } from '../../model/diagnostic';
import { awsKeyIdFault, isGcpKeyId, parseGcpKeyName } from '../../model/facts/key-id';
import { envelopeOf } from '../../model/facts/node-facts';
import type { NodeView } from '../../model/facts/view';
import { replaceFix } from '../fixes';
import { placeOf, report } from '../report';
import type { Rule, RuleContext } from '../rule';

export const wrapperKeyFormat: Rule = {
  code: 'advice/wrapper-key-format',
  severity: 'warning',
  scope: 'node',
  title: 'Malformed wrapper key ID',
  docs: `Canton accepts any string of 1 to 300 characters as \`wrapper-key-id\` and looks the key up in the KMS when the node starts.

- AWS: a key ID (a UUID, or \`mrk-…\` for a multi-region key), a key ARN, \`alias/NAME\` or an alias ARN. Quote ARNs. For a key of
  another account, use the ARN.
- Google Cloud: the short name of the crypto key. Canton builds the resource name from it, the project, location and key ring of
  the \`kms\` section, and version 1, so the full resource name that some documentation shows does not work. (2.x is closed
  source, and its documentation shows full names, so they are not reported there.)
- Drivers: see the documentation of the driver.`,
  source: 'crypto/kms/{aws/AwsKms,gcp/GcpKms}.scala 3.4, 3.5, main; AWS KMS API reference, KeyId',
  examples: {
    bad: {
      text: `canton.participants.p1 {
  storage.type = postgres
  crypto { kms { type = aws, region = us-east-1 }, private-key-store.encryption { type = kms, wrapper-key-id = canton-key } }
}`,
    },
    good: {
      text: `canton.participants.p1 {
  storage.type = postgres
  crypto { kms { type = aws, region = us-east-1 }, private-key-store.encryption { type = kms, wrapper-key-id = alias/canton-key } }
}`,
    },
  },
  check: (context) => context.view.nodes.flatMap((node) => faultOf(context, node)),
};

function faultOf(context: RuleContext, node: NodeView): Diagnostic[] {
  const envelope = envelopeOf(node);
  if (envelope?.keyId === undefined) return [];
  const { keyId, keyIdAt, type } = envelope;
  // 2.x is closed source, and its documentation shows full names, so these may work there.
  if (context.version === '2.10' && type === 'gcp' && parseGcpKeyName(keyId) !== undefined) return [];
  const found = type && FORMATS[type](keyId, node);
  if (found === undefined) return [];
  const fixes: readonly Fix[] = found.instead === undefined ? [] : replaceFix(context, keyIdAt, found.instead);
  const message = `'${keyId}' ${found.sentence}`;
  return [
    report(wrapperKeyFormat, {
      message,
      ...placeOf(node, keyIdAt),
      fixes,
    }),
  ];
}

interface KeyFault {
  readonly sentence: string;
  readonly instead?: string;
}

function aws(keyId: string): KeyFault | undefined {
  const fault = awsKeyIdFault(keyId);
  if (fault === undefined) return undefined;
  const couldBeAlias = /^[a-zA-Z][a-zA-Z0-9_-]*$/.test(keyId);
  return couldBeAlias
    ? { sentence: `${fault}. Did you mean 'alias/${keyId}'?`, instead: `alias/${keyId}` }
    : { sentence: `${fault}. AWS will not find it.` };
}

function gcp(keyId: string, node: NodeView): KeyFault | undefined {
  if (isGcpKeyId(keyId)) return undefined;
  const name = parseGcpKeyName(keyId);
  if (name === undefined)
    return { sentence: "is not the short name of a Cloud KMS key, which has 1 to 63 letters, digits, '_' and '-'." };
  const differing = [
    ['project-id', name.project],
    ['location-id', name.location],
    ['key-ring-id', name.keyRing],
  ].filter(([key = '', value]) => {
    const configured = textAt(node.section, 'kms', key);
    return typeof configured === 'string' && configured !== value;
  });
  if (differing.length > 0) {
    const what = differing.map(([key, value]) => `'${key}' (${value})`).join(', ');
    return {
      sentence: `is a full resource name with another ${what} than the 'kms' section. Canton looks for the key only there.`,
    };
  }
  return {
    sentence: `is a full resource name. Use the short name '${name.key}', to which Canton adds project, location and key ring.`,
    instead: name.key,
  };
}

const FORMATS: Readonly<Record<KmsType, (keyId: string, node: NodeView) => KeyFault | undefined>> = {
  aws,
  gcp,
  driver: () => undefined,
};
