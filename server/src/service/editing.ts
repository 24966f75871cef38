import type { CodeAction, CodeActionContext, FormattingOptions, TextEdit, WorkspaceEdit } from 'vscode-languageserver';
import { applyChanges } from '../edits/changes';
import { Effect } from '../edits/effect';
import { declarations, isDeclarable } from '../features/requests/code-action/declare-launch-set';
import type { SnippetTarget } from '../features/requests/code-action/draft-edits';
import { agreedChanges, quickFixes, Revision, suppressions } from '../features/requests/code-action/quick-fixes';
import { type Refactoring, refactors, type Site } from '../features/requests/code-action/refactorings';
import { toCodeAction } from '../features/requests/code-action/refactorings/refactoring';
import { type LocatedDiagnostic, locate } from '../features/requests/diagnostics';
import { formatting, onTypeFormatting } from '../features/requests/formatting';
import { type MoveDirection, movesOf } from '../features/requests/move-entry';
import { prepareRename, type Refusal, type Renamed, type RenameSet, rename } from '../features/requests/rename';
import { CODE_ACTION_KIND, isWanted } from '../features/shared/lsp-kinds';
import { connected, elementAt, type Occurrence } from '../features/shared/occurrences';
import type { SyntaxTree } from '../hocon/syntax/syntax';
import { LineIndex } from '../text/line-index';
import { editOf, type Position, type Range, rangeOf } from '../text/positions';
import { linesOf } from '../workspace/documents';
import { regionOf } from '../workspace/regions';
import { linesIn, type Snapshot } from '../workspace/snapshot';
import type { Workspace } from '../workspace/workspace';

/** A change of one document that moves an entry, and the new position of the cursor. */
export interface MovedEntry {
  readonly edits: readonly TextEdit[];
  readonly cursor: Position;
}

/** The request of an editor for refactorings, and its capabilities. */
export interface RefactoringContext {
  readonly only?: readonly string[];
  /** True if the request was triggered by a cursor movement. */
  readonly automatic?: boolean;
  readonly createsFiles?: boolean;
  /** True if edits may be snippets. */
  readonly insertsSnippets?: boolean;
}

export type CodeActionsContext = Pick<CodeActionContext, 'diagnostics'> & RefactoringContext;

const REFACTORINGS: readonly string[] = [CODE_ACTION_KIND.extract, CODE_ACTION_KIND.inline, CODE_ACTION_KIND.rewrite];

/** The texts in which an editor can insert snippets: those of files, since regions are written in another notation. */
function textsIn(held: readonly Snapshot[]): SnippetTarget {
  return (uri) =>
    regionOf(uri) === undefined ? held.flatMap(({ sources }) => sources.get(uri)?.text ?? []).at(0) : undefined;
}

/** Trying a change evaluates the launch set several times, and longer texts are not handwritten. */
const MAX_TRIED = 2_000_000;

/** In launch sets longer than this, changes are tried only on request. */
const MAX_TRIED_UNASKED = 100_000;

/** One fix may allow another, but only so many times. */
const MAX_ROUNDS = 10;

/**
 * Changes of the text: formatting, fixes, renames, and rewrites that leave the effective configuration of every launch as
 * it is.
 * @param diagnostics the problems that quick fixes are for
 */
export function editing(workspace: Workspace, diagnostics: (uri: string) => Promise<readonly LocatedDiagnostic[]>) {
  const { tree, snapshot, snapshots, candidates } = workspace;
  /** The known effects of changes to a snapshot; they end with the snapshot. */
  const effectsBySnapshot = new WeakMap<Snapshot, Effect>();

  /** The effect of changed texts on a launch set. */
  function effectOn(held: Snapshot): Effect {
    const known = effectsBySnapshot.get(held);
    if (known !== undefined) return known;
    const { set, sources } = held;
    const effect = new Effect({ roots: set.roots, sources, environment: workspace.environmentOf(set) });
    effectsBySnapshot.set(held, effect);
    return effect;
  }

  /** The effect of changes on each launch set that contains one of the files. */
  async function effects(uris: readonly string[]): Promise<readonly Effect[]> {
    const held = new Map<string, Snapshot>();
    for (const uri of new Set(uris)) for (const one of await snapshots(uri)) held.set(one.set.id, one);
    return [...held.values()].map(effectOn);
  }

  /** Launch sets that would set what the lines of a range lack. */
  async function declarable(
    problems: readonly LocatedDiagnostic[],
    { start, end }: Range,
    { diagnostics: shown, createsFiles = false }: CodeActionsContext,
  ): Promise<CodeAction[]> {
    const open = problems.filter(({ range }) => range.start.line <= end.line && range.end.line >= start.line);
    const [first, ...others] = open.filter(isDeclarable);
    if (first === undefined || regionOf(first.uri) !== undefined) return [];
    const place = await workspace.projectFileOf(first.uri);
    if (place.text === undefined && !createsFiles) return [];
    const found = new Map(
      [first, ...others].flatMap((one) => declarations(one, shown, place)).map((one) => [one.title, one]),
    );
    return [...found.values()];
  }

  /** All fixes that need no decision, applied until none is left. */
  async function fixAll(text: SyntaxTree): Promise<CodeAction[]> {
    const { uri } = text;
    if (!(await workspace.classify(uri))) return [];
    const present = await snapshots(uri);
    const revision = new Revision(text.text);
    const seen = new Set([text.text]);
    let held = present;
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const sets = held.map(({ set, diagnostics }) => ({ launchSet: set.name, diagnostics }));
      const fixes = locate(uri, sets, linesIn(held)).flatMap((problem) => problem.fixes);
      revision.apply(agreedChanges(uri, fixes));
      if (seen.has(revision.text)) break;
      seen.add(revision.text);
      const change = { uri, range: { start: 0, end: text.text.length }, newText: revision.text };
      held = present.map((one) => workspace.revised(one, [change]));
    }
    const lines = linesOf(text);
    const edits = revision.changes().map(({ range, newText }) => editOf(lines, range, newText));
    if (edits.length === 0 || !edits.every((edit) => edit !== undefined)) return [];
    const title = 'Fix all auto-fixable problems';
    return [{ title, kind: CODE_ACTION_KIND.fixAll, edit: { changes: { [uri]: edits } } }];
  }

  /** Other ways to write the text at a position, if they keep their promises. */
  async function refactorings(
    text: SyntaxTree,
    position: Position,
    { only, automatic = false, createsFiles = false, insertsSnippets = false }: RefactoringContext,
  ): Promise<CodeAction[]> {
    const kinds = REFACTORINGS.filter((kind) => isWanted(kind, only));
    const held = kinds.length === 0 ? [] : await snapshots(text.uri);
    const limit = automatic ? MAX_TRIED_UNASKED : MAX_TRIED;
    const offset = offsetOf(text, position);
    if (offset === undefined || held.length === 0 || held.some(({ length }) => length > limit)) return [];
    const site = await siteOf(text, offset);
    const makesFiles = createsFiles && regionOf(text.uri) === undefined;
    const kept: Refactoring[] = [];
    for (const found of refactors.flatMap((find) => find(site))) {
      if (!kinds.includes(found.kind) || (found.added !== undefined && !makesFiles)) continue;
      const { otherwise } = found;
      if (await keepsPromise(found)) kept.push(found);
      else if (otherwise !== undefined && (await keepsPromise(otherwise))) kept.push(otherwise);
    }
    return kept.flatMap((one) => toCodeAction(one, linesIn(held), insertsSnippets ? textsIn(held) : undefined) ?? []);
  }

  async function keepsPromise({ changes, keeps, added, roots }: Refactoring): Promise<boolean> {
    if (keeps === 'common-keys') return true;
    const allowance = { added, roots, unset: keeps === 'without-variables' };
    const tried = await effects(changes.map(({ uri }) => uri));
    return tried.every((effect) => effect.keeps(changes, allowance));
  }

  async function siteOf(text: SyntaxTree, offset: number): Promise<Site> {
    const held = await snapshot(text.uri);
    const { occurrences, sources, files, set } = held;
    const editable = new Set(await candidates());
    const { variables } = workspace.environmentOf(set);
    return {
      view: held.view(text),
      occurrences,
      offset,
      tree: (uri) => sources.get(uri),
      isFree: (uri) => !editable.has(uri) && !sources.lookedFor.has(uri),
      isEditable: (uri) => editable.has(uri),
      isVariable: (name) => variables.has(name) || files.some((uri) => mentions(sources.get(uri)?.text ?? '', name)),
    };
  }

  /** Everything that a new name affects: a changed file may be part of further launch sets, and so on. */
  async function renameScope(uri: string, position: Position) {
    const text = await tree(uri);
    const found = text && elementAt(text, linesOf(text).offsetAt(position));
    if (text === undefined || found === undefined) return undefined;
    const element = { range: rangeOf(linesOf(text), found), placeholder: found.name };
    const held = new Map<string, Snapshot>();
    let occurrences: readonly Occurrence[] = [{ uri: text.uri, range: found, kind: 'reference' }];
    for (let known = 0; known < occurrences.length; ) {
      known = occurrences.length;
      for (const file of new Set(occurrences.map((one) => one.uri))) {
        for (const one of await snapshots(file)) held.set(one.set.id, one);
      }
      occurrences = connected([...held.values()], occurrences);
    }
    const sets = [...held.values()].map(
      (one): RenameSet => ({
        view: one.view(text),
        occurrences: one.occurrences,
        tree: (file) => one.sources.get(file),
        keepsValues: (changes) => one.length > MAX_TRIED || effectOn(one).keepsValues(changes),
      }),
    );
    const editable = new Set(await candidates());
    return { element, sets, occurrences, isEditable: (file: string) => editable.has(file) };
  }

  return {
    /** Code actions of the requested kinds, or all except those for the whole document. */
    async codeActions(uri: string, range: Range, context: CodeActionsContext): Promise<CodeAction[]> {
      const { diagnostics: shown, only, insertsSnippets } = context;
      const text = await tree(uri);
      if (text === undefined) return [];
      const actions: CodeAction[] = [];
      if (isWanted(CODE_ACTION_KIND.quickFix, only)) {
        const problems = await diagnostics(uri);
        const held = await snapshots(uri);
        const textOf = insertsSnippets === true ? textsIn(held) : undefined;
        actions.push(...quickFixes(problems, range, shown, linesIn(held), textOf));
        actions.push(...suppressions(problems, range, shown, text, linesOf(text)));
        actions.push(...(await declarable(problems, range, context)));
      }
      actions.push(...(await refactorings(text, range.start, context)));
      if (isWanted(CODE_ACTION_KIND.fixAll, only)) actions.push(...(await fixAll(text)));
      return actions;
    },

    /** Moves the entry at a position past a neighbor, or returns the reason why this is not possible. */
    async moveEntry(uri: string, position: Position, direction: MoveDirection): Promise<MovedEntry | Refusal> {
      const text = await tree(uri);
      if (text === undefined) return { refused: 'The document is not available.' };
      const lines = linesOf(text);
      const found = movesOf(text, lines.offsetAt(position), direction);
      if ('refused' in found) return found;
      if ((await snapshots(uri)).some(({ length }) => length > MAX_TRIED)) {
        return { refused: 'The configuration is too large to determine the effect of a move.' };
      }
      const tried = await effects([text.uri]);
      const move = found.moves.find(({ changes }) => tried.every((effect) => effect.keeps(changes)));
      const [first] = found.moves;
      if (first === undefined)
        return { refused: `The entry next to '${found.name}' shares its lines with other entries.` };
      if (move === undefined) {
        return { refused: `Moving '${found.name}' past '${first.past}' would change the effective configuration.` };
      }
      const edits = move.changes.flatMap(({ range, newText }) => editOf(lines, range, newText) ?? []);
      const after = new LineIndex(applyChanges(text.text, move.changes));
      return { edits, cursor: cursorAfter(position, lines.positionAt(found.keyEnd), after.positionAt(move.keyEnd)) };
    },

    async prepareRename(uri: string, position: Position): Promise<Renamed | Refusal> {
      const scope = await renameScope(uri, position);
      if (scope === undefined) return { refused: 'There is no key at the cursor.' };
      return prepareRename(scope.element, scope.sets, scope.occurrences, scope.isEditable);
    },

    async rename(uri: string, position: Position, newName: string): Promise<WorkspaceEdit | Refusal> {
      const scope = await renameScope(uri, position);
      if (scope === undefined) return { refused: 'There is no key at the cursor.' };
      return rename(scope.sets, scope.occurrences, newName, scope.isEditable);
    },

    /** Formats the document, or the lines of some ranges of it. */
    async formatting(uri: string, options: FormattingOptions, ranges?: readonly Range[]): Promise<TextEdit[]> {
      const text = await tree(uri);
      return text === undefined ? [] : formatting(text, linesOf(text), options, ranges);
    },

    /** Formats the part that the last typed character has completed; the position is after it. */
    async onTypeFormatting(
      uri: string,
      position: Position,
      character: string,
      options: FormattingOptions,
    ): Promise<TextEdit[]> {
      const text = await tree(uri);
      return text === undefined ? [] : onTypeFormatting(text, linesOf(text), position, character, options);
    },
  };
}

/** The same distance from the end of the key as before, if it was on the same line. */
function cursorAfter(cursor: Position, keyEnd: Position, movedKeyEnd: Position): Position {
  const distance = cursor.line === keyEnd.line ? cursor.character - keyEnd.character : 0;
  return { line: movedKeyEnd.line, character: Math.max(0, movedKeyEnd.character + distance) };
}

/** Undefined if the position is not in the text, but around it in its enclosing document. */
function offsetOf(tree: SyntaxTree, position: Position): number | undefined {
  const lines = linesOf(tree);
  const offset = lines.offsetAt(position);
  return lines.positionAt(offset).line === position.line ? offset : undefined;
}

function mentions(text: string, variable: string): boolean {
  return text.includes(`{${variable}}`) || text.includes(`{?${variable}}`);
}
