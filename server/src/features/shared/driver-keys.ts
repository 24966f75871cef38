import { driverModel } from '../../../../schemas/driver-model';
import type { ObjectModel } from '../../../../schemas/model';
import { publicDriverSchema } from '../../../../schemas/public-drivers';
import { entryAt } from '../../hocon/syntax/entry-at';
import type { ConfigObject } from '../../hocon/values/config-value';
import type { Schema } from './document-view';

/** The `config` of a KMS driver whose keys are known, and the path of a key below it. */
export interface DriverConfig {
  readonly model: ObjectModel;
  readonly section: ConfigObject | undefined;
  readonly rest: readonly string[];
}

const CONFIG = ['crypto', 'kms', 'config'];

/** `canton.participants.p1.crypto.kms.config…` of a driver that the project or the product has a schema of. */
export function driverConfigAt(
  { config, version, driverSchemas }: Schema,
  path: readonly string[],
): DriverConfig | undefined {
  const end = 3 + CONFIG.length;
  if (path[0] !== 'canton' || !CONFIG.every((name, i) => name === path[3 + i])) return undefined;
  const name = entryAt(config, [...path.slice(0, end - 1), 'name'])?.value;
  if (name?.kind !== 'string') return undefined;
  const model = driverModel(driverSchemas.get(name.value) ?? publicDriverSchema(name.value, version));
  if (model === undefined) return undefined;
  const section = entryAt(config, path.slice(0, end))?.value;
  return { model, section: section?.kind === 'object' ? section : undefined, rest: path.slice(end) };
}
