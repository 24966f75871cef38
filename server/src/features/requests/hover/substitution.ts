import { PROJECT_FILE_NAME } from '../../../../../schemas/project';
import type { DocumentView } from '../../shared/document-view';
import { isSecretName, MASKED } from '../../shared/secrets';
import { keyText } from './key';
import { code, list } from './markdown';
import { referredBy } from './source';

/** What `${…}` stands for. */
export function substitutionText(view: DocumentView, names: readonly string[]): string {
  const { path, entry, variable } = referredBy(view, view.tree.uri, names);
  if (entry !== undefined) return keyText(view, path, true) ?? `**${path.join('.')}**`;
  const title = `**${names.join('.')}**`;
  if (variable === undefined) return [title, 'No key of this launch set has this path.'].join('\n\n');
  const value = view.variables.get(variable);
  const shown = value === undefined ? 'not known here' : isSecretName(variable) ? MASKED : code(JSON.stringify(value));
  const source = value === undefined ? '' : ` (from ${PROJECT_FILE_NAME})`;
  return [title, 'Environment variable', list([`Value: ${shown}${source}`])].join('\n\n');
}
