import type { FieldModel, ObjectModel } from '../../../../schemas/model';
import type { KeyPath } from '../../hocon/values/config-value';
import { isMisspelled } from '../../text/nearest';
import { NODE_SECTIONS } from './nodes';

/** The name of a node that a fragment could be a part of. No node can have this name. */
export const ANY_NODE = '<node>';

interface Place {
  readonly from: KeyPath;
  readonly to: KeyPath;
}

/** The places at which the root keys of a fragment have a meaning: in `canton`, or in a node that includes it. */
export function placesOfFragment(names: readonly string[], model: ObjectModel): readonly Place[] {
  if (names.some((name) => NODE_SECTIONS.some((section) => section === name))) {
    return names
      .filter((name) => model.fields.has(name) || isMisspelled(name, NODE_SECTIONS))
      .map((name) => ({ from: [name], to: ['canton', name] }));
  }
  const kinds = NODE_SECTIONS.flatMap((kind) => {
    const fields = fieldsOf(nodeIn(model.fields.get(kind)?.model));
    const crypto = fieldsOf(fields.get('crypto')?.model);
    const places = names.flatMap((name) => {
      // A mixin is named after its section.
      const key = name.replace(/^_/, '');
      // `parameters` and `monitoring` are sections of `canton` as well.
      if (model.fields.has(key)) return [];
      const path = ['canton', kind, ANY_NODE];
      if (fields.has(key) || isMisspelled(key, ['storage', 'crypto'])) return [{ from: [name], to: [...path, key] }];
      return crypto.has(key) ? [{ from: [name], to: [...path, 'crypto', key] }] : [];
    });
    return [places];
  });
  return kinds.reduce((most, places) => (places.length > most.length ? places : most), []);
}

function nodeIn(model: FieldModel | undefined): FieldModel | undefined {
  return model?.kind === 'map' ? model.value : undefined;
}

function fieldsOf(model: FieldModel | undefined): ObjectModel['fields'] {
  return model?.kind === 'object' ? model.fields : new Map();
}
