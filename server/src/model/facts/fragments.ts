import type { FieldModel, ObjectModel } from '../../../../schemas/model';
import type { ConfigObject, KeyPath } from '../../hocon/values/config-value';
import { isMisspelled } from '../../text/nearest';
import { NODE_SECTIONS, objectAt } from './nodes';

/** The name of a node that a fragment could be a part of. No node can have this name, nor one that begins so. */
const ANY_NODE = '<node>';

export function isAnyNode(name: string | undefined): boolean {
  return name?.startsWith(ANY_NODE) === true;
}

/** Sections of a node that a mixin has under their own names, and that mean the same in every program that has nodes. */
const IN_MIXINS = ['storage', 'crypto'];

interface Place {
  readonly from: KeyPath;
  readonly to: KeyPath;
}

/** The places at which the root keys of a fragment have a meaning: in `canton`, or in a node that includes it or a mixin of it. */
export function placesOfFragment(root: ConfigObject, model: ObjectModel): readonly Place[] {
  const { entries } = root;
  const names = [...entries.keys()].filter((name) => name !== 'canton');
  if (names.some((name) => NODE_SECTIONS.some((section) => section === name))) {
    return names
      .filter((name) => model.fields.has(name) || isMisspelled(name, NODE_SECTIONS))
      .map((name) => ({ from: [name], to: ['canton', name] }));
  }
  // Nodes and other programs have a section of this name, too, but without this path in it.
  const tracer = objectAt(objectAt(objectAt(root, 'monitoring'), 'tracing'), 'tracer');
  if (tracer !== undefined) return [{ from: ['monitoring'], to: ['canton', 'monitoring'] }];
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
  // Two mixins may have the same section.
  const inMixins = names.flatMap((name, i) => {
    const value = name.startsWith('_') ? entries.get(name)?.value : undefined;
    const sections = value?.kind === 'object' ? IN_MIXINS.filter((section) => value.entries.has(section)) : [];
    return sections.map((section) => ({
      from: [name, section],
      to: ['canton', 'participants', `${ANY_NODE} ${i}`, section],
    }));
  });
  return [...kinds.reduce((most, places) => (places.length > most.length ? places : most), []), ...inMixins];
}

function nodeIn(model: FieldModel | undefined): FieldModel | undefined {
  return model?.kind === 'map' ? model.value : undefined;
}

function fieldsOf(model: FieldModel | undefined): ObjectModel['fields'] {
  return model?.kind === 'object' ? model.fields : new Map();
}
