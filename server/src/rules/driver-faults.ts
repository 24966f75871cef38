import type { DriverConfigCheck, DriverConfigIssue } from '../../../schemas/driver-schema';
import type { ConfigEntry, ConfigValue } from '../hocon/values/config-value';
import { boundAt, textAt, valueAt } from '../model/binding/bound';
import { locationOfEntry, locationOfKey } from '../model/binding/locations';
import type { NodeView } from '../model/facts/view';
import type { Location } from '../text/location';
import { valueLocation } from './report';

/** Represents unknown values in plain data; no schema accepts it, and problems with it are dropped. */
const UNKNOWN_VALUE = Symbol('unknown');

/** A configuration value as plain JSON data. */
function plainValue(value: ConfigValue): unknown {
  switch (value.kind) {
    case 'object':
      return Object.fromEntries([...value.entries].map(([name, entry]) => [name, plainValue(entry.value)]));
    case 'list':
      return value.elements.map(plainValue);
    case 'string':
      return value.value;
    case 'null':
      return null;
    case 'unknown':
      return UNKNOWN_VALUE;
    default:
      return value.value;
  }
}

/** The `config` of the KMS driver of a node. */
export interface DriverConfig {
  readonly name: string;
  readonly config: ConfigValue;
  readonly location: Location;
  readonly path: readonly string[];
}

export function driverConfigOf(node: NodeView): DriverConfig | undefined {
  const name = textAt(node.section, 'kms', 'name');
  const config = valueAt(node.section, 'kms', 'config');
  if (typeof name !== 'string' || config?.kind !== 'raw') return undefined;
  const location = valueLocation(node, boundAt(node.section, 'kms', 'config'));
  return { name, config: config.value, location, path: [...node.path, 'crypto', 'kms', 'config'] };
}

export interface DriverFault {
  readonly message: string;
  readonly location: Location;
  readonly path: readonly string[];
  /** A driver that uses PureConfig ignores such keys. */
  readonly isUnknownKey: boolean;
}

/** The violations of the schema in the config; unknown values have none. */
export function driverFaults(driver: DriverConfig, check: DriverConfigCheck): DriverFault[] {
  return check(plainValue(driver.config)).flatMap((issue) => describe(driver, issue));
}

function describe(
  { name, config, location: outer, path: base }: DriverConfig,
  issue: DriverConfigIssue,
): DriverFault[] {
  const found = locate(config, issue.path);
  if (found.isUnknown) return [];
  const location = found.entry === undefined ? outer : locationOfEntry(found.entry).location;
  const path = [...base, ...issue.path];
  if (issue.unknownKeys.length === 0) {
    const where = issue.path.length === 0 ? 'config' : `config.${issue.path.join('.')}`;
    // The value is not shown, because it may be a secret.
    const fault =
      found.value === undefined
        ? ' is missing'
        : issue.expected === undefined
          ? `: ${issue.message}`
          : ` must be of type '${issue.expected}'`;
    return [{ message: `'${where}' of the driver '${name}'${fault}.`, location, path, isUnknownKey: false }];
  }
  const object = found.value?.kind === 'object' ? found.value : undefined;
  return issue.unknownKeys.map((key) => {
    const entry = object?.entries.get(key);
    const message = `Unknown key '${key}' according to the schema of the driver '${name}'.`;
    return {
      message,
      location: entry ? locationOfKey(entry, location) : location,
      path: [...path, key],
      isUnknownKey: true,
    };
  });
}

interface Located {
  readonly value: ConfigValue | undefined;
  readonly entry: ConfigEntry | undefined;
  /** A part of the path is unknown, or the object could have more keys. */
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
