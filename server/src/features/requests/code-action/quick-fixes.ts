import type { CodeAction, Diagnostic } from 'vscode-languageserver';
import { lineIndent } from '../../../edits/lines';
import type { SyntaxTree } from '../../../hocon/syntax/syntax';
import { editOf, type Lines, type Range } from '../../../text/positions';
import { type LocatedDiagnostic, locatedChanges } from '../diagnostics';
import { CODE_ACTION_KIND } from './kinds';

/** The fixes of the problems that touch the range. `published` are those that the editor shows, to tie them to. */
export function quickFixes(
  diagnostics: readonly LocatedDiagnostic[],
  range: Range,
  published: readonly Diagnostic[],
  linesOf: (uri: string) => Lines | undefined,
): CodeAction[] {
  return touching(diagnostics, range).flatMap((one) => {
    const shown = shownAs(one, published);
    return one.fixes.flatMap(({ title, edits, preferred }): CodeAction[] => {
      const changes = locatedChanges(edits, linesOf);
      if (changes === undefined) return [];
      const action = { title, kind: CODE_ACTION_KIND.quickFix, diagnostics: shown, edit: { changes } };
      return [preferred === undefined ? action : { ...action, isPreferred: preferred }];
    });
  });
}

/** Comments that silence advice and warnings; what Canton refuses is refused all the same. */
export function silencers(
  diagnostics: readonly LocatedDiagnostic[],
  range: Range,
  published: readonly Diagnostic[],
  { uri, text, syntax }: SyntaxTree,
  lines: Lines,
): CodeAction[] {
  if (syntax !== 'conf') return [];
  const seen = new Set<string>();
  return touching(diagnostics, range).flatMap((one): CodeAction[] => {
    const { code, severity, range: at } = one;
    const isSilent = severity === 'error' || code.startsWith('hocon/') || code === 'advice/unused-suppression';
    const offset = text.lastIndexOf('\n', lines.offsetAt(at.start) - 1) + 1;
    if (isSilent || seen.has(`${code} ${offset}`)) return [];
    seen.add(`${code} ${offset}`);
    const eol = /\r?\n/.exec(text)?.[0] ?? '\n';
    const newText = `${lineIndent(text, offset)}# canton-kms-ignore-next-line ${code}${eol}`;
    const edit = editOf(lines, { start: offset, end: offset }, newText);
    if (edit === undefined) return [];
    const title = `Ignore '${code}' on this line`;
    const diagnostics = shownAs(one, published);
    return [{ title, kind: CODE_ACTION_KIND.quickFix, diagnostics, edit: { changes: { [uri]: [edit] } } }];
  });
}

function touching(diagnostics: readonly LocatedDiagnostic[], { start, end }: Range): readonly LocatedDiagnostic[] {
  return diagnostics.filter(({ range }) => range.start.line <= end.line && range.end.line >= start.line);
}

function shownAs({ code, message }: LocatedDiagnostic, published: readonly Diagnostic[]): Diagnostic[] {
  return published.filter((shown) => shown.code === code && shown.message === message);
}
