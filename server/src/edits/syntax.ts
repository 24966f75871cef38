import { parse } from '../hocon/syntax/parse';
import type { SyntaxTree } from '../hocon/syntax/syntax';
import type { TextChange } from '../model/diagnostic';
import { hoconQuoted } from '../text/encoders/hocon';
import { applyChanges } from './apply';

/**
 * Changes of one file that were made for a `.conf`, in the syntax that the file has: JSON wants keys and strings in
 * quotes, properties know no quotes. Undefined where that syntax has no way to write them, such as a substitution, a
 * dotted key or a comment in JSON; what comes out reads without a fault that was not there before.
 */
export function inSyntaxOf(tree: SyntaxTree, changes: readonly TextChange[]): readonly TextChange[] | undefined {
  const { uri, syntax } = tree;
  if (syntax === 'conf') return changes;
  const write = syntax === 'json' ? inJson : inProperties;
  const written: TextChange[] = [];
  for (const { range, newText } of changes) {
    const own = newText.trim() === '' ? newText : write(newText);
    if (own === undefined) return undefined;
    written.push({ uri, range, newText: own });
  }
  return faultsAfter(tree, written) > tree.problems.length ? undefined : written;
}

/** How many faults the text of a file has after changes. */
export function faultsAfter({ uri, text, syntax }: SyntaxTree, changes: readonly TextChange[]): number {
  return parse(uri, applyChanges(text, changes), syntax).problems.length;
}

/** A word of HOCON that JSON has only in quotes: a key, or a string that needs no quotes in `.conf`. */
const WORD = /^(, )?([A-Za-z_][\w./-]*)$/;

/** Undefined for a dotted key, which JSON would take for one name. */
function inJson(newText: string): string | undefined {
  const [, comma = '', word] = WORD.exec(newText) ?? [];
  if (word === undefined || ['true', 'false', 'null'].includes(word)) return newText;
  return comma + hoconQuoted(word);
}

/** The value of a string in quotes, or any word that means the same in properties. */
function inProperties(newText: string): string | undefined {
  const plain = /^"([^"\\]*)"$/.exec(newText)?.[1] ?? newText;
  return /^[\w.:/@+-]+$/.test(plain) ? plain : undefined;
}
