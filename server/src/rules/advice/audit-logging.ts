import { booleanAt, boundAt } from '../../model/binding/bound';
import { usesKms } from '../../model/facts/node-facts';
import { insertFix } from '../fixes';
import { placeOf, report } from '../report';
import type { Rule } from '../rule';

export const auditLogging: Rule = {
  code: 'advice/audit-logging',
  severity: 'hint',
  scope: 'node',
  title: 'KMS calls are not logged',
  docs: `With \`audit-logging = true\` Canton logs every call to the KMS with its trace ID, which the cloud provider's log does not
contain. The lines go to the normal log, or to a separate file if Canton is started with \`--kms-log-file-name\` (environment
variable \`KMS_LOG_FILE_NAME\`). KMS drivers do not have this key, but may log calls themselves.`,
  source: 'config/KmsConfig.scala 3.3, 3.4, 3.5, main; cli/Cli.scala',
  examples: {
    bad: { text: 'canton.participants.p1.crypto { provider = kms, kms { type = aws, region = us-east-1 } }' },
    good: {
      text: 'canton.participants.p1.crypto { provider = kms, kms { type = aws, region = us-east-1, audit-logging = true } }',
    },
  },
  check(context) {
    return context.view.nodes.flatMap((node) => {
      if (!usesKms(node) || booleanAt(node.section, 'kms', 'audit-logging') !== false) return [];
      const at = boundAt(node.section, 'kms', 'audit-logging');
      const kms = boundAt(node.section, 'kms');
      const fixes =
        at?.entry === undefined ? insertFix(context, kms, { 'audit-logging': true }, "Add 'audit-logging'") : [];
      const message = "KMS calls are not logged. Set 'audit-logging = true' to log them.";
      return [report(auditLogging, { message, fixes, ...placeOf(node, at, kms) })];
    });
  },
};
