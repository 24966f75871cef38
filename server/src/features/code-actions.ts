import type { CodeAction, Diagnostic } from 'vscode-languageserver';
import { type LocatedDiagnostic, locatedChanges } from './diagnostics';
import type { Lines, Range } from './positions';

/** The fixes of the problems that touch the range. `published` are those that the editor shows, to tie them to. */
export function codeActions(
  diagnostics: readonly LocatedDiagnostic[],
  range: Range,
  published: readonly Diagnostic[],
  linesOf: (uri: string) => Lines | undefined,
): CodeAction[] {
  return diagnostics
    .filter((one) => one.range.start.line <= range.end.line && one.range.end.line >= range.start.line)
    .flatMap((one) => {
      const shown = published.filter(({ code, message }) => code === one.code && message === one.message);
      return one.fixes.flatMap(({ title, edits, preferred }): CodeAction[] => {
        const changes = locatedChanges(edits, linesOf);
        if (changes === undefined) return [];
        const action = { title, kind: 'quickfix', diagnostics: shown, edit: { changes } };
        return [preferred === undefined ? action : { ...action, isPreferred: preferred }];
      });
    });
}
