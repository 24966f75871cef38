import { booleanAt, boundAt } from '../../model/binding/bound';
import { kmsType } from '../../model/facts/node-facts';
import { removeFix } from '../fixes';
import { isSince, placeOf, report } from '../report';
import type { Rule, RuleContext } from '../rule';

export const uncheckedTls: Rule = {
  code: 'advice/ssl-verification',
  severity: 'warning',
  scope: 'node',
  title: 'TLS certificates of the KMS are not verified',
  docs: `With \`disable-ssl-verification = true\` anyone between the node and AWS can read and change the traffic. Use it only for
tests against a local KMS. If Canton refuses the setting, \`validate/ssl-verification\` reports it instead.`,
  source: 'config/KmsConfig.scala 3.3, 3.4, 3.5, main',
  examples: {
    bad: {
      text: `canton.parameters.non-standard-config = yes
canton.participants.p1.crypto { provider = kms, kms { type = aws, region = us-east-1, disable-ssl-verification = true } }`,
    },
    good: { text: 'canton.participants.p1.crypto { provider = kms, kms { type = aws, region = us-east-1 } }' },
  },
  check(context) {
    if (isRefused(context)) return [];
    return context.view.nodes.flatMap((node) => {
      if (kmsType(node.section) !== 'aws') return [];
      if (booleanAt(node.section, 'kms', 'disable-ssl-verification') !== true) return [];
      const at = boundAt(node.section, 'kms', 'disable-ssl-verification');
      const message = 'TLS certificates of the KMS are not verified. Use this for tests only.';
      const fixes = removeFix(context, at);
      return [report(uncheckedTls, { message, fixes, ...placeOf(node, at) })];
    });
  },
};

function isRefused(context: RuleContext): boolean {
  if (context.view.nonStandard === true) return false;
  return isSince(context, '3.5') || (context.version === '3.4' && context.edition === 'enterprise');
}
