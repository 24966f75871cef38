import { entryAt } from '../../../hocon/syntax/entry-at';
import type { DocumentView } from '../../shared/document-view';
import { isSecretName, MASKED } from '../../shared/secrets';
import { substitutionsIn } from '../../shared/substitutions';

/** Environment variables that the project sets, and those that the document asks for, which are not known here. */
export function variableNames(view: DocumentView): readonly { readonly name: string; readonly note: string }[] {
  const names = new Map<string, string>();
  for (const [name, value] of view.variables) {
    names.set(name, `environment = ${isSecretName(name) ? MASKED : JSON.stringify(value)}`);
  }
  for (const { path } of substitutionsIn(view.tree)) {
    const [only, more] = path.elements;
    if (only === undefined || more !== undefined || names.has(only.name)) continue;
    // Half-typed ones are no variables.
    if (/^[A-Z][A-Z0-9_]+$/.test(only.name) && entryAt(view.config, [only.name]) === undefined) {
      names.set(only.name, 'environment');
    }
  }
  return [...names].map(([name, note]) => ({ name, note }));
}
