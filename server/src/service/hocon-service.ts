import type { Workspace } from '../workspace/workspace';
import { authoring } from './authoring';
import { checking } from './checking';
import { editing } from './editing';
import { navigation } from './navigation';
import { nodes } from './nodes';
import { planning } from './planning';

export type HoconService = ReturnType<typeof hoconService>;

/** All functions over documents that are HOCON, regions among them. */
export function hoconService(workspace: Workspace) {
  const { configure, prefer, readOnly, update, close, isRelevant, changedOnDisk, classify, dependents } = workspace;
  const problems = checking(workspace);
  return {
    configure,
    prefer,
    readOnly,
    update,
    close,
    isRelevant,
    changedOnDisk,
    classify,
    dependents,
    ...problems,
    ...navigation(workspace),
    ...authoring(workspace),
    ...editing(workspace, problems.diagnostics),
    ...nodes(workspace),
    ...planning(workspace),
  };
}
