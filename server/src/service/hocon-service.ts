import type { Workspace } from '../workspace/workspace';
import { checking } from './checking';
import type { comparing } from './comparing';
import type { interactive } from './interactive';
import type { logs } from './logs';
import type { planning } from './planning';
import type { renamingFiles } from './renaming-files';

export type HoconService = ReturnType<typeof hoconService>;

/** All functions for HOCON documents, including regions. */
export function hoconService(workspace: Workspace) {
  const { configure, prefer, readOnly, update, close, changedOnDisk, filesChanged, classify, dependents } = workspace;
  const problems = checking(workspace);
  return {
    configure,
    prefer,
    readOnly,
    update,
    close,
    changedOnDisk,
    filesChanged,
    classify,
    dependents,
    ...problems,
    ...onFirstCall(INTERACTIVE, async () => (await import('./interactive')).interactive(workspace, problems)),
    ...onFirstCall(COMPARING, async () => (await import('./on-demand')).comparing(workspace)),
    ...onFirstCall(RENAMING, async () => (await import('./renaming-files')).renamingFiles(workspace)),
    ...onFirstCall(LOGS, async () => (await import('./on-demand')).logs(workspace)),
    ...onFirstCall(PLANNING, async () => (await import('./on-demand')).planning(workspace)),
  };
}

type Interactive = ReturnType<typeof interactive>;

/**
 * The functions of `interactive`. A function that is missing here is missing in the service, which then does not
 * compile.
 */
const INTERACTIVE = [
  'codeActions',
  'codeLenses',
  'completion',
  'definition',
  'doctor',
  'documentHighlights',
  'documentLinks',
  'documentSymbols',
  'effective',
  'effectiveNodes',
  'fix',
  'foldingRanges',
  'formatted',
  'formatting',
  'hover',
  'inlayHints',
  'keyPaths',
  'keysFiles',
  'moveEntry',
  'nodeList',
  'nodes',
  'onTypeFormatting',
  'otherDefinition',
  'prepareRename',
  'procedureActions',
  'references',
  'rename',
  'resolveCompletion',
  'selectionRanges',
  'semanticTokens',
  'workspaceSymbols',
] as const satisfies readonly (keyof Interactive)[];

const COMPARING = ['diff', 'upgrade'] as const satisfies readonly (keyof ReturnType<typeof comparing>)[];
const PLANNING = [
  'answerFault',
  'driftFiles',
  'nextQuestion',
  'plan',
  'planFiles',
  'policy',
  'policyFiles',
  'preflightFiles',
  'procedures',
  'runbook',
  'verifyPlan',
] as const satisfies readonly (keyof ReturnType<typeof planning>)[];
const LOGS = ['explainLog', 'explainLogFiles'] as const satisfies readonly (keyof ReturnType<typeof logs>)[];

const RENAMING = ['renameFiles'] as const satisfies readonly (keyof ReturnType<typeof renamingFiles>)[];

/** The named functions of a module that is loaded when the first of them is called. */
function onFirstCall<T extends Record<keyof T, (...given: never[]) => Promise<unknown>>, K extends keyof T>(
  names: readonly K[],
  load: () => Promise<T>,
): Pick<T, K> {
  let loaded: Promise<T> | undefined;
  const calls = names.map((name) => [
    name,
    async (...given: never[]) => {
      loaded ??= load();
      return (await loaded)[name](...given);
    },
  ]);
  return Object.fromEntries(calls) as Pick<T, K>;
}
