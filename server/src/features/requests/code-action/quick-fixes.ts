import type { CodeAction, Diagnostic } from 'vscode-languageserver';
import { inOrder, touch } from '../../../edits/changes';
import type { SyntaxTree } from '../../../hocon/syntax/syntax';
import { type Fix, isPlainFix, type TextChange } from '../../../model/diagnostic';
import { lineEnd, lineIndent, lineStart } from '../../../text/lines';
import { editOf, type Lines, type Range } from '../../../text/positions';
import { CODE_ACTION_KIND } from '../../shared/lsp-kinds';
import { type LocatedDiagnostic, locatedChanges } from '../diagnostics';
import { draftEdits, type SnippetTarget } from './draft-edits';

/**
 * The fixes of the diagnostics that touch the range. A fix that several diagnostics share is offered once.
 * @param published the diagnostics that the editor shows, which each fix is attached to
 * @param textOf undefined if the editor cannot insert snippets
 */
export function quickFixes(
  diagnostics: readonly LocatedDiagnostic[],
  range: Range,
  published: readonly Diagnostic[],
  linesOf: (uri: string) => Lines | undefined,
  textOf?: SnippetTarget,
): CodeAction[] {
  const actions = new Map<string, CodeAction>();
  for (const one of touching(diagnostics, range)) {
    for (const { title, edits, preferred, draft } of one.fixes) {
      const changes = locatedChanges(edits, linesOf);
      if (changes === undefined) continue;
      const id = JSON.stringify([title, changes]);
      const known = actions.get(id);
      const shown = [...(known?.diagnostics ?? []), ...shownAs(one, published)];
      const isPreferred = known?.isPreferred === true || preferred;
      const drafted = draft && textOf && draftEdits(edits, edits, linesOf, textOf);
      const edit = drafted || { changes };
      const action = { title, kind: CODE_ACTION_KIND.quickFix, diagnostics: shown, edit };
      actions.set(id, isPreferred === undefined ? action : { ...action, isPreferred });
    }
  }
  return [...actions.values()];
}

/**
 * Comments that suppress advice and warnings. Errors cannot be suppressed, because Canton refuses the configuration
 * anyway.
 */
export function suppressions(
  diagnostics: readonly LocatedDiagnostic[],
  range: Range,
  published: readonly Diagnostic[],
  { uri, text, syntax }: SyntaxTree,
  lines: Lines,
): CodeAction[] {
  if (syntax !== 'conf') return [];
  const seen = new Set<string>();
  const startOf = lineStarts(text);
  return touching(diagnostics, range).flatMap((one): CodeAction[] => {
    const { code, severity, range: at } = one;
    const isSilent = severity === 'error' || code.startsWith('hocon/') || code === 'advice/unused-suppression';
    const offset = startOf(lines.offsetAt(at.start));
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

/** Finds the start of the line of an offset; cached for consecutive offsets on the same line. */
function lineStarts(text: string): (offset: number) => number {
  let line = { start: 0, end: -1 };
  return (offset) => {
    if (offset < line.start || offset > line.end) line = { start: lineStart(text, offset), end: lineEnd(text, offset) };
    return line.start;
  };
}

function touching(diagnostics: readonly LocatedDiagnostic[], { start, end }: Range): readonly LocatedDiagnostic[] {
  return diagnostics.filter(({ range }) => range.start.line <= end.line && range.end.line >= start.line);
}

function shownAs({ code, message }: LocatedDiagnostic, published: readonly Diagnostic[]): Diagnostic[] {
  return published.filter((shown) => shown.code === code && shown.message === message);
}

/**
 * The changes of the fixes that need no decision: preferred ones whose values are final, that stay within the document
 * and do not overlap. Where two overlap, the first one in the text wins.
 */
export function agreedChanges(uri: string, fixes: readonly Fix[]): TextChange[] {
  const taken: TextChange[] = [];
  const seen = new Set<string>();
  for (const { edits } of fixes.filter(isPlainFix)) {
    if (edits.some((edit) => edit.uri !== uri)) continue;
    const id = JSON.stringify(edits);
    if (seen.has(id) || edits.some((edit) => taken.some((other) => touch(edit, other)))) continue;
    seen.add(id);
    taken.push(...edits);
  }
  return inOrder(taken);
}

/** A text that is changed repeatedly, with the changes from its first version to the current one. */
export class Revision {
  /** The pieces of the current text, in order. A piece without a start is new. */
  private pieces: readonly { readonly text: string; readonly start: number | undefined }[];

  constructor(private readonly first: string) {
    this.pieces = [{ text: first, start: 0 }];
  }

  get text(): string {
    return this.pieces.map(({ text }) => text).join('');
  }

  /** @param changes in the order of the current text, not overlapping */
  apply(changes: readonly Pick<TextChange, 'range' | 'newText'>[]): void {
    const next: { text: string; start: number | undefined }[] = [];
    let at = 0;
    for (const { range, newText } of changes) {
      next.push(...this.slice(at, range.start), { text: newText, start: undefined });
      at = range.end;
    }
    next.push(...this.slice(at, Number.POSITIVE_INFINITY));
    this.pieces = next.filter(({ text }) => text !== '');
  }

  /** All changes together, in offsets of the first text. */
  changes(): Pick<TextChange, 'range' | 'newText'>[] {
    const changes: { range: { start: number; end: number }; newText: string }[] = [];
    let at = 0;
    let added = '';
    const close = (end: number) => {
      if (at < end || added !== '') changes.push({ range: { start: at, end }, newText: added });
      added = '';
    };
    for (const { text, start } of this.pieces) {
      if (start === undefined) added += text;
      else {
        close(start);
        at = start + text.length;
      }
    }
    close(this.first.length);
    return changes;
  }

  private *slice(from: number, to: number) {
    let offset = 0;
    for (const { text, start } of this.pieces) {
      const [a, b] = [Math.max(from - offset, 0), Math.min(to - offset, text.length)];
      if (a < b) yield { text: text.slice(a, b), start: start === undefined ? undefined : start + a };
      offset += text.length;
    }
  }
}
