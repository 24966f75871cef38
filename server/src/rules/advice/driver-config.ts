import { driverConfigCheck, publicDriverSchema } from '../../../../schemas/driver-schema';
import type { Diagnostic } from '../../model/diagnostic';
import type { NodeView } from '../../model/facts/view';
import { driverConfigOf, driverFaults } from '../driver-faults';
import { report } from '../report';
import type { Rule, RuleContext } from '../rule';

const SCHEMA = {
  type: 'object',
  properties: { slot: { type: 'integer' } },
  required: ['slot'],
  additionalProperties: false,
};

export const driverConfig: Rule = {
  code: 'advice/driver-config',
  severity: 'warning',
  scope: 'node',
  title: 'Driver config does not match its schema',
  docs: `Canton passes the \`config\` of a KMS driver on without reading it, and the driver reads it when the node starts. To have it
checked, add a JSON Schema to \`canton-kms.json\` (\`"driverSchemas": { "my-driver": "my-driver.schema.json" }\`). A string that
spells a number or a boolean is accepted as one, as in drivers that use PureConfig.

The keys of Canton's own driver \`aws-kms\` are known without a schema. The driver silently ignores unknown keys.`,
  source: 'crypto/kms/driver/v1/DriverKms.scala 3.3, 3.4, 3.5, main',
  examples: {
    bad: {
      text: 'canton.participants.p1.crypto { provider = kms, kms { type = driver, name = hsm, config { slott = 1 } } }',
      driverSchemas: new Map([['hsm', SCHEMA]]),
    },
    good: {
      text: 'canton.participants.p1.crypto { provider = kms, kms { type = driver, name = hsm, config { slot = 1 } } }',
      driverSchemas: new Map([['hsm', SCHEMA]]),
    },
  },
  check: (context) => context.view.nodes.flatMap((node) => faultsOf(context, node)),
};

function faultsOf({ driverSchemas, version }: RuleContext, node: NodeView): Diagnostic[] {
  const driver = driverConfigOf(node);
  if (driver === undefined) return [];
  const own = driverSchemas.get(driver.name);
  const schema = own ?? publicDriverSchema(driver.name, version);
  const check = schema === undefined ? undefined : driverConfigCheck(schema);
  if (check === undefined) return [];
  if (typeof check === 'string') {
    const { name, location, path } = driver;
    return [
      report(driverConfig, { message: `Cannot use the schema of the driver '${name}': ${check}.`, location, path }),
    ];
  }
  const faults = driverFaults(driver, check);
  // `start/driver-config` reports the faults that the driver refuses.
  return faults
    .filter(({ isUnknownKey }) => own !== undefined || isUnknownKey)
    .map((fault) => report(driverConfig, fault));
}
