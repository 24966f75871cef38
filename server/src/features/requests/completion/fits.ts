import type { FieldModel } from '../../../../../schemas/model';
import type { ConfigValue } from '../../../hocon/values/config-value';

/** Whether Canton would take the value for a key of this kind. What is not known may be anything but a section. */
export function fits(value: ConfigValue, model: FieldModel): boolean {
  switch (model.kind) {
    case 'object':
    case 'union':
    case 'map':
      return value.kind === 'object' && knowsKeys(model, [...value.entries.keys()]);
    case 'list':
      return value.kind === 'list';
    case 'raw':
      return value.kind !== 'null';
    default:
      return value.kind === 'unknown' || fitsText(textOf(value), model);
  }
}

function textOf(value: ConfigValue): string | undefined {
  if (value.kind === 'string') return value.value;
  if (value.kind === 'number') return value.text;
  return value.kind === 'boolean' ? String(value.value) : undefined;
}

function fitsText(text: string | undefined, model: FieldModel): boolean {
  if (text === undefined) return false;
  switch (model.kind) {
    case 'enum':
      return model.values.has(text);
    case 'boolean':
      return text === 'true' || text === 'false';
    case 'int':
      return /^-?\d+$/.test(text) && model.check(BigInt(text)) === undefined;
    case 'string':
    case 'duration':
      return model.check(text) === undefined;
    default:
      return true;
  }
}

function knowsKeys(model: FieldModel, names: readonly string[]): boolean {
  if (model.kind === 'map') return true;
  const objects = model.kind === 'union' ? [...model.options.values()] : model.kind === 'object' ? [model] : [];
  return objects.some(({ fields }) => names.every((name) => fields.has(name)));
}
