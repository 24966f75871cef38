import { isKmsType, type KmsType, supportedSchemes } from '../../../../schemas/kms-types';
import { providerDefault } from '../../../../schemas/schemes';
import { boundAt, textAt, UNKNOWN } from '../../model/binding/bound';
import type { Diagnostic, Fix } from '../../model/diagnostic';
import { schemeSettings, selectSchemes, setText } from '../../model/facts/schemes';
import type { NodeView } from '../../model/facts/view';
import { replaceFix } from '../fixes';
import { andList, nameOf, placeOf, report, startedNodes } from '../report';
import type { Rule, RuleContext } from '../rule';

export const backendScheme: Rule = {
  code: 'start/backend-scheme',
  severity: 'error',
  scope: 'node',
  title: 'The KMS does not support the default scheme',
  docs: `With \`provider = kms\` the private keys are in the KMS, so the KMS must support the default schemes. Canton does not support
Ed25519 with AWS, and supports it with Cloud KMS since 3.4; neither KMS decrypts ECIES. A driver reports its schemes when the node
starts, so for drivers only schemes that the driver API cannot express are errors.

In Canton 3.3 this is a warning: its provider \`kms\` uses these schemes only to verify and to encrypt.

\`allowed\` may list schemes that the KMS does not support; the node uses them only to verify and to encrypt.

Canton: \`The configured default scheme … not supported by the KMS: …\``,
  source:
    'crypto/kms/{aws/AwsKms,gcp/GcpKms,driver/v1/DriverKms}.scala 3.4, 3.5, main; config/CryptoProvider.scala 3.3',
  examples: {
    bad: {
      text: `canton.participants.p1.crypto {
  provider = kms
  kms { type = aws, region = us-east-1 }
  signing { algorithms.default = ed-25519, keys.default = ec-curve-25519 }
}`,
    },
    good: {
      text: `canton.participants.p1.crypto {
  provider = kms
  kms { type = gcp, location-id = us-east1, project-id = ledger, key-ring-id = canton }
  signing { algorithms.default = ed-25519, keys.default = ec-curve-25519 }
}`,
    },
  },
  check(context) {
    return startedNodes(context).flatMap((node) => {
      const type = textAt(node.section, 'kms', 'type');
      if (textAt(node.section, 'provider') !== 'kms' || !isKmsType(type)) return [];
      const selection = selectSchemes(node.section, 'kms', context.version);
      if (selection === UNKNOWN || 'kind' in selection) return [];
      return firstFault(context, node, type);
    });
  },
};

/** Canton reports the first one only. */
function firstFault(context: RuleContext, node: NodeView, type: KmsType): Diagnostic[] {
  const { version } = context;
  for (const { settings, purpose, level, default: written, displayName } of schemeSettings(node.section)) {
    const able = supportedSchemes(type, settings, version);
    const taken = written === UNKNOWN ? undefined : (written ?? providerDefault('kms', settings, version));
    if (taken === undefined || able.includes(taken)) continue;
    const at = boundAt(node.section, purpose, level, 'default');
    // For AWS and Google Cloud, the check of 3.3 is not public; its provider supports these schemes only for
    // verification and encryption.
    const isOld = version === '3.3';
    const canton = `The configured default scheme ${displayName(taken)} not supported by the KMS: ${setText(able, displayName)}`;
    const message = `A KMS of type '${type}' does not support '${taken}', the default of '${settings}' of ${nameOf(node)}. It supports ${andList(able)}.`;
    return [
      report(backendScheme, {
        message: isOld ? message : `${message} Canton: "${canton}"`,
        severity: isOld ? 'warning' : 'error',
        ...placeOf(node, at),
        fixes: fallBack(context, node, purpose),
      }),
    ];
  }
  return [];
}

/** Changes to the schemes that every KMS supports. */
function fallBack(context: RuleContext, node: NodeView, purpose: 'signing' | 'encryption'): readonly Fix[] {
  const { version } = context;
  const algorithm = providerDefault('kms', `${purpose}.algorithms`, version);
  const key = providerDefault('kms', `${purpose}.keys`, version);
  const edits = [
    ...replaceFix(context, boundAt(node.section, purpose, 'algorithms', 'default'), algorithm),
    ...replaceFix(context, boundAt(node.section, purpose, 'keys', 'default'), key),
  ].flatMap((fix) => fix.edits);
  return edits.length === 0 ? [] : [{ title: `Use '${algorithm}' and '${key}'`, edits }];
}
