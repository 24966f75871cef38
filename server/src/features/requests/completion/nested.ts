import type { ConfigObject, ConfigValue } from '../../../hocon/values/config-value';

/** A configuration that holds nothing but a value at a path. */
export function nested(path: readonly string[], value: ConfigValue): ConfigValue {
  const { origin } = value;
  return path.reduceRight<ConfigValue>(
    (inner, name): ConfigObject => ({
      kind: 'object',
      entries: new Map([[name, { value: inner, definitions: [] }]]),
      unknowns: [],
      origin,
    }),
    value,
  );
}
