import { isKmsType, kmsTypeFacts } from '../../../../schemas/kms-types';
import { compareVersions } from '../../../../schemas/version';
import { boundAt, textAt } from '../../model/binding/bound';
import { nameOf, report, startedNodes, valueLocation } from '../report';
import type { Rule } from '../rule';

export const edition: Rule = {
  code: 'validate/edition',
  severity: 'error',
  scope: 'node',
  title: 'AWS and GCP require the enterprise edition in Canton 3.3',
  docs: `In Canton 3.3 the community edition accepts only KMS drivers. Since 3.4, both editions accept AWS and GCP.

Canton: \`Config validation error in participants.p1.crypto.kms: Configuration Aws is supported only in EnterpriseCantonEdition\``,
  source: 'config/KmsConfig.scala, CantonConfigValidation.scala 3.3',
  examples: {
    bad: {
      version: '3.3',
      edition: 'community',
      text: 'canton.participants.p1.crypto { provider = kms, kms { type = aws, region = us-east-1 } }',
    },
    good: {
      version: '3.4',
      edition: 'community',
      text: 'canton.participants.p1.crypto { provider = kms, kms { type = aws, region = us-east-1 } }',
    },
  },
  check(context) {
    const { version } = context;
    if (version === '2.10' || context.edition !== 'community') return [];
    // Unlike the other checks, this one checks all nodes with the same name.
    return startedNodes(context).flatMap((node) => {
      const type = textAt(node.section, 'kms', 'type');
      if (!isKmsType(type)) return [];
      const { className, communitySince } = kmsTypeFacts(type);
      if (compareVersions(version, communitySince) >= 0) return [];
      const typeBound = boundAt(node.section, 'kms', 'type');
      const message = `The community edition of Canton ${version} does not support the KMS type '${type}' of ${nameOf(node)}. Use the enterprise edition, Canton ${communitySince} or later, or a driver. Canton: "Configuration ${className} is supported only in EnterpriseCantonEdition"`;
      return [
        report(edition, {
          message,
          location: valueLocation(node, typeBound, node.section),
          path: [...node.path, 'crypto', 'kms'],
        }),
      ];
    });
  },
};
