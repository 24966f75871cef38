import type { CodeAction, CodeActionContext } from 'vscode-languageserver';
import { agreedChanges, quickFixes, Revision, silencers } from '../features/requests/code-action/quick-fixes';
import type { LocatedDiagnostic } from '../features/requests/diagnostics';
import { CODE_ACTION_KIND, isWanted } from '../features/shared/lsp-kinds';
import type { SyntaxTree } from '../hocon/syntax/syntax';
import { editOf, type Range } from '../text/positions';
import { normalize } from '../workspace/documents';
import { linesOf } from '../workspace/snapshot';
import { linesIn } from './navigation';
import { type RefactoringContext, Rewriting } from './rewriting';

/** One fix may make way for another, but not for ever. */
const MAX_ROUNDS = 10;

/** What an editor asks for, and what it can do. */
export type CodeActionsContext = Pick<CodeActionContext, 'diagnostics'> & RefactoringContext;

/** Code actions: what mends problems, and what writes the same in another way. */
export abstract class Editing extends Rewriting {
  abstract diagnostics(uri: string): Promise<readonly LocatedDiagnostic[]>;

  /** Of the kinds that are asked for, or of all but those that are for the whole document. */
  async codeActions(uri: string, range: Range, context: CodeActionsContext): Promise<CodeAction[]> {
    const { diagnostics: shown, only } = context;
    const tree = await this.documents.tree(normalize(uri));
    if (tree === undefined) return [];
    const actions: CodeAction[] = [];
    if (isWanted(CODE_ACTION_KIND.quickFix, only)) {
      const diagnostics = await this.diagnostics(uri);
      actions.push(...quickFixes(diagnostics, range, shown, linesIn(await this.snapshots(uri))));
      actions.push(...silencers(diagnostics, range, shown, tree, linesOf(tree)));
    }
    actions.push(...(await this.refactorings(tree, range.start, context)));
    if (isWanted(CODE_ACTION_KIND.fixAll, only)) actions.push(...(await this.fixAll(tree)));
    return actions;
  }

  /** Everything that can be fixed without a question, so that nothing of the kind is left. */
  private async fixAll(tree: SyntaxTree): Promise<CodeAction[]> {
    const { uri } = tree;
    if (!(await this.classify(uri))) return [];
    const present = await this.snapshots(uri);
    const revision = new Revision(tree.text);
    const seen = new Set([tree.text]);
    let snapshots = present;
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const problems = snapshots.flatMap(({ diagnostics }) => diagnostics).filter((one) => one.uri === uri);
      problems.sort((a, b) => a.range.start - b.range.start);
      const fixes = problems.flatMap((problem) => problem.fixes ?? []);
      revision.apply(agreedChanges(uri, fixes));
      const { text } = revision;
      if (seen.has(text)) break;
      seen.add(text);
      const change = { uri, range: { start: 0, end: tree.text.length }, newText: text };
      snapshots = present.map((snapshot) => this.evaluator.revised(snapshot, [change]));
    }
    const lines = linesOf(tree);
    const edits = revision.changes().map(({ range, newText }) => editOf(lines, range, newText));
    if (edits.length === 0 || !edits.every((edit) => edit !== undefined)) return [];
    const title = 'Fix all problems that have one plain fix';
    return [{ title, kind: CODE_ACTION_KIND.fixAll, edit: { changes: { [uri]: edits } } }];
  }
}
