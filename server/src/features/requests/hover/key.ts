import type { Field } from '../../../../../schemas/model';
import { entryAt } from '../../../hocon/syntax/entry-at';
import type { ConfigValue } from '../../../hocon/values/config-value';
import { type DocumentView, fieldOf, foreignOf } from '../../shared/document-view';
import { fieldDocumentation, foreignDocumentation, valueDocumentation } from '../../shared/field-documentation';
import { provenance } from './provenance';

/** A key, or its value: what Canton makes of it and where it comes from. */
export function keyText(view: DocumentView, path: readonly string[], onValue: boolean): string | undefined {
  const field = fieldOf(view, path);
  const entry = entryAt(view.config, path);
  const parts = [
    ...(field === undefined ? foreign(view, path) : documentation(field, onValue ? entry?.value : undefined)),
    ...(entry === undefined ? [] : [provenance(view, path, entry, field)]),
  ].filter((part) => part !== '');
  return parts.length === 0 ? undefined : [`**${path.join('.')}**`, ...parts].join('\n\n');
}

/** On an enumerated value its own meaning comes first. */
function documentation(field: Field, value: ConfigValue | undefined): string[] {
  const known =
    field.model.kind === 'enum' && value?.kind === 'string' ? field.model.values.get(value.value) : undefined;
  return [...(known === undefined ? [] : [valueDocumentation(known)]), fieldDocumentation(field)];
}

/** A key that other versions or editions have. */
function foreign(view: DocumentView, path: readonly string[]): string[] {
  const meta = foreignOf(view, path);
  return meta === undefined ? [] : [foreignDocumentation(meta, view.version, view.edition)];
}
