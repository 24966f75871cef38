import type { CompletionItem } from 'vscode-languageserver';
import { projectModel } from '../../../../../schemas/project-model';
import type { ConfigObject } from '../../../hocon/values/config-value';
import { fieldAt } from '../../../model/binding/lookup';
import { fieldDocumentation, valueDocumentation } from '../../shared/field-documentation';
import type { ItemData } from './item';
import { nested } from './nested';

/** Adds the documentation of a key or value, for the one item that somebody looks at. */
export function resolveCompletion(item: CompletionItem): CompletionItem {
  const data = item.data as ItemData | undefined;
  if (data === undefined) return item;
  const [root, ...path] = data.path;
  const model = projectModel(data.version, data.edition);
  const field = root === 'canton' ? fieldAt(model, path, sectionWith(path.slice(0, -1), data.type)) : undefined;
  if (field === undefined) return item;
  const listed = field.model.kind === 'list' ? field.model.element : field.model;
  const known = listed.kind === 'enum' && data.value !== undefined ? listed.values.get(data.value) : undefined;
  const value = known === undefined ? fieldDocumentation(field) : valueDocumentation(known);
  return { ...item, documentation: { kind: 'markdown', value } };
}

/** A configuration that says of the section at a path which alternative it is. */
function sectionWith(path: readonly string[], type: string | undefined): ConfigObject | undefined {
  if (type === undefined) return undefined;
  const origin = { uri: '', range: { start: 0, end: 0 } };
  return nested([...path, 'type'], { kind: 'string', value: type, origin }) as ConfigObject;
}
