import type { ObjectModel, UnionModel } from '../../../../schemas/model';
import type { ConfigEntry } from '../../hocon/values/config-value';
import { isMisspelled } from '../facts/nearest';

/** A key that is not described here, of a section that has more than is described. */
export function isAcceptedUnread({ open, fields, foreign, undescribed }: ObjectModel, name: string): boolean {
  if (!open || foreign.has(name)) return false;
  return undescribed === undefined || undescribed.has(name) || !isMisspelled(name, [...fields.keys(), ...undescribed]);
}

/** A key whose value is broken text has been reported already, and may be a key in the making. */
export function isHalfTyped({ value }: ConfigEntry): boolean {
  return value.kind === 'unknown' && value.reason.cause === 'problem';
}

/** What an object may hold as long as its type is not known. */
export function ofAnyType({ options }: UnionModel): ObjectModel {
  const models = [...options.values()];
  const fields = new Map(models.flatMap((option) => [...option.fields]));
  return { kind: 'object', fields, foreign: new Map(), open: models.some(({ open }) => open) };
}
