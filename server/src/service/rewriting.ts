import type { CodeAction, TextEdit } from 'vscode-languageserver';
import { applyChanges } from '../edits/apply';
import type { Effect } from '../edits/effect';
import { type Refactoring, refactors, type Site } from '../features/requests/code-action/refactorings';
import { toCodeAction } from '../features/requests/code-action/refactorings/refactoring';
import { type MoveDirection, movesOf } from '../features/requests/move-entry';
import type { Refusal } from '../features/requests/rename';
import { CODE_ACTION_KIND, isWanted } from '../features/shared/lsp-kinds';
import type { SyntaxTree } from '../hocon/syntax/syntax';
import { LineIndex } from '../text/line-index';
import { editOf, type Position } from '../text/positions';
import { normalize } from '../workspace/documents';
import { splitRegionUri } from '../workspace/region-uri';
import { linesOf, type Snapshot } from '../workspace/snapshot';
import { Authoring } from './authoring';
import { linesIn, MAX_TRIED } from './navigation';

/** A change of one document that moves an entry, and where the cursor goes with it. */
export interface MovedEntry {
  readonly edits: readonly TextEdit[];
  readonly cursor: Position;
}

const KINDS: readonly string[] = [CODE_ACTION_KIND.extract, CODE_ACTION_KIND.inline, CODE_ACTION_KIND.rewrite];

/** Of launch sets that are longer than this nothing is tried while nobody has asked for it. */
const MAX_TRIED_UNASKED = 100_000;

/** Changes of the text that leave the effective configuration of every launch as it is. */
export class Rewriting extends Authoring {
  /** Moves the entry at a position by one place, or says why that cannot be. */
  async moveEntry(uri: string, position: Position, direction: MoveDirection): Promise<MovedEntry | Refusal> {
    const tree = await this.documents.tree(normalize(uri));
    if (tree === undefined) return { refused: 'The document is not at hand.' };
    const lines = linesOf(tree);
    const found = movesOf(tree, lines.offsetAt(position), direction);
    if ('refused' in found) return found;
    if ((await this.snapshots(uri)).some(({ length }) => length > MAX_TRIED)) {
      return { refused: 'The configuration is too long to find out what a move would change.' };
    }
    const effects = await this.effects([tree.uri]);
    const move = found.moves.find(({ changes }) => effects.every((effect) => effect.keeps(changes)));
    const [first] = found.moves;
    if (first === undefined) return { refused: `What is next to '${found.name}' shares its lines with others.` };
    if (move === undefined) {
      return { refused: `Moving '${found.name}' past '${first.past}' would change the effective configuration.` };
    }
    const edits = move.changes.flatMap(({ range, newText }) => editOf(lines, range, newText) ?? []);
    const after = new LineIndex(applyChanges(tree.text, move.changes));
    return { edits, cursor: cursorAfter(position, lines.positionAt(found.keyEnd), after.positionAt(move.keyEnd)) };
  }

  /** Other ways to write what is at a position, as far as they keep what they promise. */
  protected async refactorings(
    tree: SyntaxTree,
    position: Position,
    { only, automatic = false, createsFiles = false }: RefactoringContext,
  ): Promise<CodeAction[]> {
    const kinds = KINDS.filter((kind) => isWanted(kind, only));
    const snapshots = kinds.length === 0 ? [] : await this.snapshots(tree.uri);
    const limit = automatic ? MAX_TRIED_UNASKED : MAX_TRIED;
    const offset = offsetOf(tree, position);
    if (offset === undefined || snapshots.length === 0 || snapshots.some(({ length }) => length > limit)) return [];
    const site = await this.site(tree, offset);
    const makesFiles = createsFiles && splitRegionUri(tree.uri) === undefined;
    const kept: Refactoring[] = [];
    for (const found of refactors.flatMap((find) => find(site))) {
      if (!kinds.includes(found.kind) || (found.added !== undefined && !makesFiles)) continue;
      const { otherwise } = found;
      if (await this.keepsPromise(found)) kept.push(found);
      else if (otherwise !== undefined && (await this.keepsPromise(otherwise))) kept.push(otherwise);
    }
    return kept.flatMap((one) => toCodeAction(one, linesIn(snapshots)) ?? []);
  }

  private async keepsPromise({ changes, keeps, added, roots }: Refactoring): Promise<boolean> {
    if (keeps === 'common-keys') return true;
    const allowance = { added, roots, unset: keeps === 'without-variables' };
    const effects = await this.effects(changes.map(({ uri }) => uri));
    return effects.every((effect) => effect.keeps(changes, allowance));
  }

  private async site(tree: SyntaxTree, offset: number): Promise<Site> {
    const snapshot = await this.snapshot(tree.uri);
    const { occurrences, sources, files, set } = snapshot;
    const candidates = new Set(await this.candidates());
    const { variables } = this.evaluator.environmentOf(set);
    return {
      view: snapshot.view(tree),
      occurrences,
      offset,
      tree: (uri) => sources.get(uri),
      isFree: (uri) => !candidates.has(uri) && !sources.lookedFor.has(uri),
      isEditable: (uri) => candidates.has(uri),
      isVariable: (name) => variables.has(name) || files.some((uri) => mentions(sources.get(uri)?.text ?? '', name)),
    };
  }

  /** What changes do to each launch set that one of the files is part of. */
  private async effects(uris: readonly string[]): Promise<readonly Effect[]> {
    const snapshots = new Map<string, Snapshot>();
    for (const uri of new Set(uris)) {
      for (const snapshot of await this.snapshots(uri)) snapshots.set(snapshot.set.id, snapshot);
    }
    return [...snapshots.values()].map((snapshot) => this.effectOn(snapshot));
  }
}

/** What an editor asks for, and what it can do. */
export interface RefactoringContext {
  readonly only?: readonly string[];
  /** Whether nobody asked, but the cursor moved. */
  readonly automatic?: boolean;
  readonly createsFiles?: boolean;
}

/** As far from the end of the key as before, where it was on the same line. */
function cursorAfter(cursor: Position, keyEnd: Position, movedKeyEnd: Position): Position {
  const distance = cursor.line === keyEnd.line ? cursor.character - keyEnd.character : 0;
  return { line: movedKeyEnd.line, character: Math.max(0, movedKeyEnd.character + distance) };
}

/** Undefined where the position is not in the text, but in what is around it in its document. */
function offsetOf(tree: SyntaxTree, position: Position): number | undefined {
  const lines = linesOf(tree);
  const offset = lines.offsetAt(position);
  return lines.positionAt(offset).line === position.line ? offset : undefined;
}

function mentions(text: string, variable: string): boolean {
  return text.includes(`{${variable}}`) || text.includes(`{?${variable}}`);
}
