import type {
  CodeActionKind,
  CompletionItemKind,
  DiagnosticSeverity,
  DocumentHighlightKind,
  SymbolKind,
} from 'vscode-languageserver';

/**
 * The protocol's numbers that features use. Importing the protocol's library for them would load it into every command.
 */
export const COMPLETION = {
  variable: 6,
  module: 9,
  property: 10,
  value: 12,
  keyword: 14,
  snippet: 15,
  file: 17,
  reference: 18,
  enumMember: 20,
} as const satisfies Record<string, CompletionItemKind>;

export const SYMBOL = {
  module: 2,
  property: 7,
  string: 15,
  number: 16,
  boolean: 17,
  array: 18,
  object: 19,
  null: 21,
} as const satisfies Record<string, SymbolKind>;

export const SEVERITY = { error: 1, warning: 2, information: 3, hint: 4 } as const satisfies Record<
  string,
  DiagnosticSeverity
>;

export const DIAGNOSTIC_TAG = { unnecessary: 1, deprecated: 2 } as const;
export const DEPRECATED_COMPLETION = 1;

/** New lines are indented by the editor. */
export const ADJUST_INDENTATION = 2;
/** The text is inserted unchanged. */
export const AS_IS = 1;

/** A snippet, with tab stops. */
export const SNIPPET_FORMAT = 2;

export const HIGHLIGHT = { read: 2, write: 3 } as const satisfies Record<string, DocumentHighlightKind>;

/** More completions make the list incomplete, which the protocol has a flag for. */
export const MAX_ITEMS = 1000;

/** The characters whose typing requests the formatting of the text before them. */
export const FORMATTING_CHARACTERS = ['\n', '}', ']'] as const;

/** The types and modifiers that the numbers in semantic tokens index. */
export const TOKEN_TYPES = ['property', 'namespace', 'variable', 'enumMember', 'keyword', 'string'] as const;
export const TOKEN_MODIFIERS = ['defaultLibrary', 'deprecated'] as const;

/** All kinds of code actions that the server offers. */
export const CODE_ACTION_KIND = {
  quickFix: 'quickfix',
  extract: 'refactor.extract',
  inline: 'refactor.inline',
  rewrite: 'refactor.rewrite',
  plan: 'refactor.plan',
  fixAll: 'source.fixAll.cantonKms',
} as const satisfies Record<string, CodeActionKind>;

/**
 * True if the editor requests a kind, by its own name or that of a parent kind. A `source` action must be requested by
 * name.
 */
export function isWanted(kind: CodeActionKind, only: readonly CodeActionKind[] | undefined): boolean {
  if (only === undefined) return !kind.startsWith('source.');
  return only.some((wanted) => wanted === '' || kind === wanted || kind.startsWith(`${wanted}.`));
}
