import { type DriverConfigIssue, driverConfigCheck } from '../../../../schemas/driver-schema';
import { boundAt, textAt, valueAt } from '../../canton/bound';
import type { Diagnostic } from '../../canton/diagnostic';
import { placeOfEntry, placeOfKey } from '../../canton/place';
import { plainValue, UNKNOWN_VALUE } from '../../canton/plain-value';
import { asBoolean, asInteger, asText } from '../../canton/pureconfig';
import type { NodeView } from '../../canton/view';
import type { Location } from '../../hocon/text';
import type { ConfigEntry, ConfigValue } from '../../hocon/value';
import { placeOf, report } from '../report';
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
  title: "A driver's config that does not match its schema",
  docs: `Canton hands \`config\` of a KMS driver on unread; the driver reads it when the node starts. Name a JSON Schema for it in
\`canton-kms.json\` (\`"driverSchemas": { "my-driver": "my-driver.schema.json" }\`), and it is checked here. A text counts as
the number or boolean that it spells, as it does for a driver that reads with PureConfig.`,
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

function faultsOf(context: RuleContext, node: NodeView): Diagnostic[] {
  const name = textAt(node.section, 'kms', 'name');
  const config = valueAt(node.section, 'kms', 'config');
  if (typeof name !== 'string' || config?.kind !== 'raw') return [];
  const schema = context.driverSchemas.get(name);
  const check = schema === undefined ? undefined : driverConfigCheck(schema);
  const at = boundAt(node.section, 'kms', 'config');
  const base = [...node.path, 'crypto', 'kms', 'config'];
  const outer = placeOf(node, at);
  if (typeof check === 'string') {
    return [
      report(driverConfig, {
        message: `The schema of the driver '${name}' cannot be used: ${check}.`,
        place: outer,
        path: base,
      }),
    ];
  }
  const issues = check?.(plainValue(config.value)) ?? [];
  return issues.flatMap((issue) => describe(issue, config.value, base, outer, name));
}

function describe(
  issue: DriverConfigIssue,
  config: ConfigValue,
  base: readonly string[],
  outer: Location,
  name: string,
): Diagnostic[] {
  const found = locate(config, issue.path);
  if (found.isUnknown || isConverted(issue, found.value)) return [];
  const place = found.entry === undefined ? outer : placeOfEntry(found.entry).place;
  const path = [...base, ...issue.path];
  if (issue.unknownKeys.length === 0) {
    const where = issue.path.length === 0 ? 'config' : `config.${issue.path.join('.')}`;
    const fault = found.value === undefined ? 'this key is missing' : issue.message;
    return [report(driverConfig, { message: `'${where}' of the driver '${name}': ${fault}.`, place, path })];
  }
  const object = found.value?.kind === 'object' ? found.value : undefined;
  return issue.unknownKeys.map((key) => {
    const entry = object?.entries.get(key);
    const message = `The schema of the driver '${name}' has no key '${key}' here.`;
    return report(driverConfig, { message, place: entry ? placeOfKey(entry, place) : place, path: [...path, key] });
  });
}

/** PureConfig, which drivers are read with, makes numbers and booleans of texts and texts of them. */
function isConverted({ expected }: DriverConfigIssue, value: ConfigValue | undefined): boolean {
  if (value === undefined || expected === undefined) return false;
  if (expected === 'string') return asText(value).ok;
  if (expected === 'boolean') return asBoolean(value).ok;
  return value.kind === 'string' && /^(number|int)/.test(expected) && asInteger(value, 64).ok;
}

interface Located {
  readonly value: ConfigValue | undefined;
  readonly entry: ConfigEntry | undefined;
  /** Something unknown is on the way, or the object could have more keys. */
  readonly isUnknown: boolean;
}

function locate(root: ConfigValue, path: readonly string[]): Located {
  let value: ConfigValue | undefined = root;
  let entry: ConfigEntry | undefined;
  for (const key of path) {
    if (value?.kind === 'object' && value.unknowns.length > 0 && !value.entries.has(key))
      return { value, entry, isUnknown: true };
    const inner: ConfigEntry | undefined = value?.kind === 'object' ? value.entries.get(key) : undefined;
    value = value?.kind === 'list' ? value.elements[Number(key)] : inner?.value;
    entry = inner ?? entry;
  }
  return { value, entry, isUnknown: value !== undefined && plainValue(value) === UNKNOWN_VALUE };
}
