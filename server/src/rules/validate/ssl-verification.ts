import { booleanAt, boundAt } from '../../model/binding/bound';
import { kmsType } from '../../model/facts/node-facts';
import { removeFix } from '../fixes';
import { isSince, nameOf, placeOf, report, validatedNodes } from '../report';
import type { Rule } from '../rule';

export const sslVerification: Rule = {
  code: 'validate/ssl-verification',
  severity: 'error',
  scope: 'node',
  title: 'Disabling TLS verification requires non-standard-config',
  docs: `Canton refuses \`disable-ssl-verification = true\` unless \`canton.parameters.non-standard-config = true\`, whatever the
provider. Only the enterprise edition of 3.4 checks this, and the public code of 3.3 does not.`,
  source: 'config/ConfigValidations.scala 3.5, main; config/EnterpriseConfigValidations.scala 3.4',
  examples: {
    bad: {
      text: 'canton.participants.p1.crypto.kms { type = aws, region = us-east-1, disable-ssl-verification = true }',
    },
    good: {
      text: `canton.parameters.non-standard-config = yes
canton.participants.p1.crypto.kms { type = aws, region = us-east-1, disable-ssl-verification = true }`,
    },
  },
  check(context) {
    const isActive = isSince(context, '3.5') || (context.version === '3.4' && context.edition === 'enterprise');
    if (!isActive || context.view.nonStandard !== false) return [];
    return validatedNodes(context).flatMap((node) => {
      if (kmsType(node.section) !== 'aws') return [];
      if (booleanAt(node.section, 'kms', 'disable-ssl-verification') !== true) return [];
      const at = boundAt(node.section, 'kms', 'disable-ssl-verification');
      const message = `'disable-ssl-verification = true' requires 'canton.parameters.non-standard-config = true'. Canton: "Disabling SSL verification for AWS KMS on ${nameOf(node)} requires you to explicitly set canton.parameters.non-standard-config = yes"`;
      return [
        report(sslVerification, {
          message,
          ...placeOf(node, at),
          fixes: removeFix(context, at),
        }),
      ];
    });
  },
};
