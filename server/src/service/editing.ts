import type { CodeAction, CodeActionContext, TextEdit } from 'vscode-languageserver';
import { applyChanges } from '../edits/apply';
import { Effect } from '../edits/effect';
import { CODE_ACTION_KIND, isWanted } from '../features/code-action-kinds';
import { quickFixes, silencers } from '../features/code-actions';
import type { LocatedDiagnostic } from '../features/diagnostics';
import { agreedChanges, Revision } from '../features/fix-all';
import { type MoveDirection, movesOf } from '../features/move-entry';
import { editOf, type Position, type Range, rangeOf } from '../features/positions';
import type { Refusal } from '../features/rename';
import { LineIndex } from '../hocon/line-index';
import { Authoring } from './authoring';
import { normalize } from './documents';
import { linesIn } from './navigation';
import { linesOf } from './snapshot';

/** A change of one document that moves an entry, and where the cursor goes with it. */
export interface MovedEntry {
  readonly edits: readonly TextEdit[];
  readonly cursor: Position;
}

/** One fix may make way for another, but not for ever. */
const MAX_ROUNDS = 10;

/** Changes of the text: fixes, and what leaves the effective configuration of every launch as it is. */
export abstract class Editing extends Authoring {
  abstract diagnostics(uri: string): Promise<readonly LocatedDiagnostic[]>;

  /** Of the kinds that are asked for, or of all but those that are for the whole document. */
  async codeActions(
    uri: string,
    range: Range,
    { diagnostics: shown, only }: Pick<CodeActionContext, 'diagnostics' | 'only'>,
  ): Promise<CodeAction[]> {
    const tree = await this.documents.tree(normalize(uri));
    if (tree === undefined) return [];
    const actions: CodeAction[] = [];
    if (isWanted(CODE_ACTION_KIND.quickFix, only)) {
      const diagnostics = await this.diagnostics(uri);
      actions.push(...quickFixes(diagnostics, range, shown, linesIn(await this.snapshots(uri))));
      actions.push(...silencers(diagnostics, range, shown, tree, linesOf(tree)));
    }
    if (isWanted(CODE_ACTION_KIND.fixAll, only)) actions.push(...(await this.fixAll(uri)));
    return actions;
  }

  /** Everything that can be fixed without a question, so that nothing of the kind is left. */
  private async fixAll(uri: string): Promise<CodeAction[]> {
    const key = normalize(uri);
    const tree = await this.documents.tree(key);
    if (tree === undefined || !(await this.classify(key))) return [];
    const present = await this.snapshots(key);
    const revision = new Revision(tree.text);
    const seen = new Set([tree.text]);
    let snapshots = present;
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const problems = snapshots.flatMap(({ diagnostics }) => diagnostics).filter((one) => one.uri === key);
      problems.sort((a, b) => a.range.start - b.range.start);
      revision.apply(
        agreedChanges(
          key,
          problems.flatMap(({ fixes = [] }) => fixes),
        ),
      );
      const { text } = revision;
      if (seen.has(text)) break;
      seen.add(text);
      const change = { uri: key, range: { start: 0, end: tree.text.length }, newText: text };
      snapshots = present.map((snapshot) => this.evaluator.revised(snapshot, [change]));
    }
    const lines = linesOf(tree);
    const edits = revision.changes().map(({ range, newText }) => editOf(lines, range, newText));
    if (edits.length === 0 || !edits.every((edit) => edit !== undefined)) return [];
    const title = 'Fix all problems that have one plain fix';
    return [{ title, kind: CODE_ACTION_KIND.fixAll, edit: { changes: { [tree.uri]: edits } } }];
  }

  /** Moves the entry at a position by one place, or says why that cannot be. */
  async moveEntry(uri: string, position: Position, direction: MoveDirection): Promise<MovedEntry | Refusal> {
    const tree = await this.documents.tree(normalize(uri));
    if (tree === undefined) return { refused: 'The document is not at hand.' };
    const lines = linesOf(tree);
    const offset = lines.offsetAt(position);
    const found = movesOf(tree, offset, direction);
    if ('refused' in found) return found;
    const effects = await this.effects(uri);
    const move = found.moves.find(({ changes }) => effects.every((effect) => effect.keeps(changes)));
    const [first] = found.moves;
    if (first === undefined) return { refused: `What is next to '${found.name}' shares its lines with others.` };
    if (move === undefined) {
      return { refused: `Moving '${found.name}' past '${first.past}' would change the effective configuration.` };
    }
    const edits = move.changes.map(({ range, newText }) => ({ range: rangeOf(lines, range), newText }));
    const after = new LineIndex(applyChanges(tree.text, move.changes));
    return { edits, cursor: cursorAfter(position, lines.positionAt(found.keyEnd), after.positionAt(move.keyEnd)) };
  }

  /** What changes do to each launch set of a document. */
  protected async effects(uri: string): Promise<readonly Effect[]> {
    return (await this.snapshots(uri)).map(({ set, sources }) => {
      return new Effect({ roots: set.roots, sources, environment: this.evaluator.environmentOf(set) });
    });
  }
}

/** As far from the end of the key as before, where it was on the same line. */
function cursorAfter(cursor: Position, keyEnd: Position, movedKeyEnd: Position): Position {
  const distance = cursor.line === keyEnd.line ? cursor.character - keyEnd.character : 0;
  return { line: movedKeyEnd.line, character: Math.max(0, movedKeyEnd.character + distance) };
}
