import type { CodeActionKind } from 'vscode-languageserver';

/** All kinds of code actions that are given. */
export const CODE_ACTION_KIND = {
  quickFix: 'quickfix',
  extract: 'refactor.extract',
  inline: 'refactor.inline',
  rewrite: 'refactor.rewrite',
  plan: 'refactor.plan',
  fixAll: 'source.fixAll.cantonKms',
} as const satisfies Record<string, CodeActionKind>;

/** Whether an editor asks for a kind: by its name or by that of a kind above it. A `source` action is asked for by name. */
export function isWanted(kind: CodeActionKind, only: readonly CodeActionKind[] | undefined): boolean {
  if (only === undefined) return !kind.startsWith('source.');
  return only.some((wanted) => wanted === '' || kind === wanted || kind.startsWith(`${wanted}.`));
}
