import type { Workspace } from '../workspace/workspace';
import { authoring } from './authoring';
import type { checking } from './checking';
import { editing } from './editing';
import { navigation } from './navigation';

/**
 * The requests of an editor while a text is edited, in one bundle. A check from the command line
 * never loads it: load it with `import()`, or every start becomes slower.
 */
export function interactive(workspace: Workspace, { diagnostics }: Pick<ReturnType<typeof checking>, 'diagnostics'>) {
  return { ...navigation(workspace), ...authoring(workspace), ...editing(workspace, diagnostics) };
}
