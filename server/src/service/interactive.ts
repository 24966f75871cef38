import type { Workspace } from '../workspace/workspace';
import { authoring } from './authoring';
import type { checking } from './checking';
import { editing } from './editing';
import { fixing } from './fixing';
import { navigation } from './navigation';
import { nodes } from './nodes';

/**
 * The requests of an editor while a text is edited, its lists of nodes, and the changes of whole documents, in one bundle. A
 * check from the command line never loads it: load it with `import()`, or every start becomes slower.
 */
export function interactive(workspace: Workspace, problems: ReturnType<typeof checking>) {
  return {
    ...navigation(workspace),
    ...authoring(workspace),
    ...editing(workspace, problems.diagnostics),
    ...fixing(workspace, problems),
    ...nodes(workspace),
  };
}
