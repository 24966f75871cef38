import type { DocumentSymbol, SymbolKind } from 'vscode-languageserver';
import { type EntryNode, type FieldNode, objectsIn, type SyntaxTree } from '../../hocon/syntax/syntax';
import { type Lines, rangeOf } from '../../text/positions';
import { SYMBOL } from '../shared/lsp-kinds';

/** A longer outline would slow down the editor, and nobody would read it. */
export const MAX_SYMBOLS = 5000;
/** Clients draw the outline recursively; only generated input is nested deeper than this. */
const MAX_DEPTH = 64;

/** The outline: a symbol for each field, named by its path, and one for each include. */
export function documentSymbols(tree: SyntaxTree, lines: Lines): DocumentSymbol[] {
  let left = MAX_SYMBOLS;
  const root = tree.root.value;
  return root.kind === 'object' ? symbolsOf(root.entries, 0) : [];

  function symbolsOf(entries: readonly EntryNode[], depth: number): DocumentSymbol[] {
    const symbols: DocumentSymbol[] = [];
    for (const entry of entries) {
      if (left-- <= 0) break;
      symbols.push(entry.kind === 'field' ? fieldSymbol(entry, depth) : includeSymbol(entry));
    }
    return symbols;
  }

  function fieldSymbol(field: FieldNode, depth: number): DocumentSymbol {
    const children =
      depth < MAX_DEPTH ? objectsIn(field.value).flatMap((object) => symbolsOf(object.entries, depth + 1)) : [];
    return {
      name: nameOf(tree.text, field),
      kind: kindOf(field),
      range: rangeOf(lines, field),
      selectionRange: rangeOf(lines, field.path),
      children,
    };
  }

  function includeSymbol(include: Exclude<EntryNode, FieldNode>): DocumentSymbol {
    const range = rangeOf(lines, include);
    const selectionRange = include.targetRange === undefined ? range : rangeOf(lines, include.targetRange);
    return { name: `include ${include.target}`, kind: SYMBOL.module, range, selectionRange };
  }
}

/** The path as it is written, or `""`: clients refuse a symbol without a name. */
function nameOf(text: string, { path }: FieldNode): string {
  return text.slice(path.start, path.end).trim() || '""';
}

function kindOf({ value }: FieldNode): SymbolKind {
  switch (value?.kind) {
    case 'object':
      return SYMBOL.object;
    case 'array':
      return SYMBOL.array;
    case 'scalar':
      return SYMBOL[value.type];
    case 'concatenation':
      return value.parts.some((part) => part.kind === 'object') ? SYMBOL.object : SYMBOL.string;
    default:
      return SYMBOL.property;
  }
}
