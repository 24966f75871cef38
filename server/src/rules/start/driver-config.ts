import { driverConfigCheck, publicDriverSchema } from '../../../../schemas/driver-schema';
import { usesKms } from '../../model/facts/node-facts';
import { driverConfigOf, driverFaults } from '../driver-faults';
import { report, startedNodes } from '../report';
import type { Rule } from '../rule';

export const driverRefuses: Rule = {
  code: 'start/driver-config',
  severity: 'error',
  scope: 'node',
  title: "Config rejected by Canton's own driver",
  docs: `A driver reads its \`config\` when the node starts. The driver \`aws-kms\` in Canton's public sources has the keys \`region\`
(required), \`multi-region-key\`, \`audit-logging\`, and \`custom-tags\` on the development line. For other drivers see
\`advice/driver-config\`.

Canton: \`Failed to read driver config for aws-kms: …\``,
  source: 'community/aws-kms-driver, crypto/kms/driver/v1/DriverKms.scala 3.4, 3.5, main',
  examples: {
    bad: {
      text: 'canton.participants.p1.crypto { provider = kms, kms { type = driver, name = aws-kms, config { audit-logging = true } } }',
    },
    good: {
      text: 'canton.participants.p1.crypto { provider = kms, kms { type = driver, name = aws-kms, config { region = us-east-1 } } }',
    },
  },
  check(context) {
    return startedNodes(context).flatMap((node) => {
      const driver = usesKms(node) ? driverConfigOf(node) : undefined;
      const schema = driver && publicDriverSchema(driver.name, context.version);
      const check = schema && driverConfigCheck(schema);
      if (driver === undefined || typeof check !== 'function') return [];
      const refused = driverFaults(driver, check).filter(({ isUnknownKey }) => !isUnknownKey);
      return refused.map((fault) =>
        report(driverRefuses, { ...fault, message: `${fault.message} The driver does not start.` }),
      );
    });
  },
};
