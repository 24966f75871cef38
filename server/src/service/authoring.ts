import type {
  CodeLens,
  CompletionItem,
  DocumentSymbol,
  FoldingRange,
  Hover,
  InlayHint,
  SelectionRange,
  SemanticTokens,
} from 'vscode-languageserver';
import { usage } from '../../../schemas/usage';
import { codeLenses, type LensCommands } from '../features/requests/code-lens';
import {
  type CompletionOptions,
  completesIncludes,
  completion,
  resolveCompletion,
} from '../features/requests/completion/completion';
import { documentSymbols } from '../features/requests/document-symbols';
import { foldingRanges } from '../features/requests/folding';
import { hover } from '../features/requests/hover/hover';
import { defaultHints, inlayHints } from '../features/requests/inlay-hints';
import { selectionRange } from '../features/requests/selection-ranges';
import { semanticTokens } from '../features/requests/semantic-tokens';
import { keyKnowledge } from '../features/shared/key-knowledge';
import type { Position, Range } from '../text/positions';
import { linesOf, normalize } from '../workspace/documents';
import type { Workspace } from '../workspace/workspace';

export interface RequestedHints {
  /** The defaults of important keys that are not set. */
  readonly defaults: boolean;
  /** The values of `${…}`. */
  readonly substitutions: boolean;
}

export type RequestedCompletion = Omit<CompletionOptions, 'usage'>;

/** The features that an editor shows in and around the text while it is edited. */
export function authoring({ tree, view, snapshot, includable }: Workspace) {
  return {
    async completion(uri: string, position: Position, options: RequestedCompletion): Promise<CompletionItem[]> {
      const seen = await view(uri);
      if (seen === undefined) return [];
      const offset = seen.lines.offsetAt(position);
      const files = completesIncludes(seen, offset) ? await includable() : [];
      return completion(seen, offset, { ...options, usage: await usage() }, files);
    },

    /** Adds the details that are needed only when the item is selected. */
    resolveCompletion,

    async hover(uri: string, position: Position): Promise<Hover | undefined> {
      const seen = await view(uri);
      return seen && hover(seen, seen.lines.offsetAt(position), await keyKnowledge(seen.edition));
    },

    async documentSymbols(uri: string): Promise<DocumentSymbol[]> {
      const text = await tree(uri);
      return text === undefined ? [] : documentSymbols(text, linesOf(text));
    },

    async selectionRanges(uri: string, positions: readonly Position[]): Promise<SelectionRange[]> {
      const text = await tree(uri);
      if (text === undefined) return [];
      const lines = linesOf(text);
      return positions.map((position) => selectionRange(text, lines, lines.offsetAt(position)));
    },

    /** The tokens of a range, or of the whole document. */
    async semanticTokens(uri: string, range?: Range): Promise<SemanticTokens> {
      const seen = await view(uri);
      if (seen === undefined) return { data: [] };
      const offset = (position: Position) => seen.lines.offsetAt(position);
      return semanticTokens(seen, range && { start: offset(range.start), end: offset(range.end) });
    },

    async foldingRanges(uri: string): Promise<FoldingRange[]> {
      const text = await tree(uri);
      return text === undefined ? [] : foldingRanges(text, linesOf(text));
    },

    /** @param commands the commands that clicks on lenses run; undefined if the editor has no such commands */
    async codeLenses(uri: string, commands?: LensCommands): Promise<CodeLens[]> {
      const held = await snapshot(uri);
      return codeLenses(normalize(uri), held.nodes, held.diagnostics, (other) => held.lines(other), commands);
    },

    /** The hints of a range of the document. */
    async inlayHints(uri: string, { start, end }: Range, requested: RequestedHints): Promise<InlayHint[]> {
      const seen = await view(uri);
      if (seen === undefined) return [];
      const { occurrences, nodes } = await snapshot(uri);
      const range = { start: seen.lines.offsetAt(start), end: seen.lines.offsetAt(end) };
      return [
        ...(requested.defaults ? defaultHints(seen, nodes, range) : []),
        ...(requested.substitutions ? inlayHints(seen, occurrences, range) : []),
      ];
    },
  };
}
