import type { TextEdit } from 'vscode-languageserver';
import { applyChanges } from '../edits/apply';
import { Effect } from '../edits/effect';
import { type MoveDirection, movesOf } from '../features/move-entry';
import { type Position, rangeOf } from '../features/positions';
import type { Refusal } from '../features/rename';
import { LineIndex } from '../hocon/line-index';
import { Authoring } from './authoring';
import { normalize } from './documents';
import { linesOf } from './snapshot';

/** A change of one document that moves an entry, and where the cursor goes with it. */
export interface MovedEntry {
  readonly edits: readonly TextEdit[];
  readonly cursor: Position;
}

/** Changes of the text that leave the effective configuration of every launch as it is. */
export class Editing extends Authoring {
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
