import type { Field, FieldMeta, FieldModel, PlainValue } from './model';

/**
 * A key whose model is made when it is first read, because a file uses only a few of Canton's classes. The model is a
 * property of the class, so that all keys have one form in memory: a copy with `...` has to name it.
 */
export class LazyField implements Field {
  readonly name: string;
  readonly optional: boolean;
  readonly required: boolean;
  declare readonly defaultValue?: PlainValue;
  readonly meta: FieldMeta;
  #model: FieldModel | undefined;

  constructor(
    { name, optional, required, defaultValue, meta }: Omit<Field, 'model'>,
    private readonly make: () => FieldModel,
  ) {
    this.name = name;
    this.optional = optional;
    this.required = required;
    if (defaultValue !== undefined) this.defaultValue = defaultValue;
    this.meta = meta;
  }

  get model(): FieldModel {
    this.#model ??= this.make();
    return this.#model;
  }
}
