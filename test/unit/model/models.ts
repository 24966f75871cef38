import type { EnumValue, Field, FieldModel, ObjectModel, ScalarModel, UnionModel } from '../../../schemas/model';
import { unionModel } from '../../../schemas/model';

/**
 * A model in short: the keys of a section with what they hold, `name!` for one that is required. A text stands for a single
 * value, an object for a section, and `oneOf` makes a section that is chosen by its `type`.
 */
export interface Shape {
  readonly [key: string]: '' | Shape | FieldModel;
}

export const TEXT: ScalarModel = { kind: 'string', accepts: 'a text', check: () => undefined };
const META = { doc: '', source: '' };

export function section(shape: Shape, more: Partial<ObjectModel> = {}): ObjectModel {
  const fields = Object.entries(shape).map(([key, value]) => {
    const name = key.replace('!', '');
    const model = value === '' ? TEXT : isModel(value) ? value : section(value);
    return [name, { name, model, required: key.endsWith('!'), optional: false, meta: META } satisfies Field] as const;
  });
  return { kind: 'object', fields: new Map(fields), foreign: new Map(), open: true, ...more };
}

export function oneOf(options: Readonly<Record<string, Shape>>, otherwise?: Shape): UnionModel {
  const values = new Map<string, EnumValue>(Object.keys(options).map((name) => [name, { doc: '', displayName: name }]));
  const models = new Map(Object.entries(options).map(([name, shape]) => [name, section(shape)]));
  return unionModel(models, values, META, otherwise && section(otherwise));
}

function isModel(value: Shape | FieldModel): value is FieldModel {
  return typeof value.kind === 'string' && value.kind !== '';
}
