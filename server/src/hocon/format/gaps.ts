import type { TextRange } from '../../text/location';
import { childrenOf } from '../syntax/nodes';
import type { FieldNode, ObjectNode, SyntaxNode, SyntaxTree } from '../syntax/syntax';
import { isPlainBlank } from './edits';

/** Places between a key and its value that have one style throughout a file. */
export type GapKind = 'before =' | 'after =' | 'before :' | 'after :' | 'before {';

export interface Gap extends TextRange {
  readonly kind: GapKind;
}

/** A field whose key, separator and the beginning of its value are on one line. */
export interface Row {
  readonly field: FieldNode;
  /** Before the separator, or before the brace where there is none. */
  readonly before: Gap;
  readonly after: Gap | undefined;
  /** False where another entry is before it on its line. */
  readonly beginsLine: boolean;
}

export interface Rows {
  /** Those that stand together in an object, in the order of the text. */
  readonly groups: readonly (readonly Row[])[];
  /** Where a separator or value stands on a line after that of its key; braces stand under the key there. */
  readonly continued: ReadonlySet<number>;
}

export function rowsOf(tree: SyntaxTree): Rows {
  const groups: Row[][] = [];
  const continued = new Set<number>();
  const open: SyntaxNode[] = [tree.root.value];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.kind === 'object') groups.push(rowsIn(tree.text, node, continued));
    for (const child of childrenOf(node)) if (child.kind !== 'path') open.push(child);
  }
  return { groups, continued };
}

function rowsIn(text: string, object: ObjectNode, continued: Set<number>): Row[] {
  const rows: Row[] = [];
  for (const field of object.entries) {
    if (field.kind !== 'field' || field.value === undefined) continue;
    const { path, value, separator, separatorRange } = field;
    const beginsLine = startsLine(text, field.start);
    if (separator === undefined || separatorRange === undefined) {
      const before: Gap = { kind: 'before {', start: path.end, end: value.start };
      if (value.kind === 'object' && isPlain(text, before)) rows.push({ field, before, after: undefined, beginsLine });
      continue;
    }
    const sign = separator === ':' ? ':' : '=';
    const before: Gap = { kind: `before ${sign}`, start: path.end, end: separatorRange.start };
    const after: Gap = { kind: `after ${sign}`, start: separatorRange.end, end: value.start };
    if (hasNewline(text, before)) continued.add(before.end);
    if (hasNewline(text, after) && value.kind !== 'object' && value.kind !== 'array') continued.add(after.end);
    if (isPlain(text, before) && isPlain(text, after)) rows.push({ field, before, after, beginsLine });
  }
  return rows;
}

function isPlain(text: string, { start, end }: TextRange): boolean {
  return isPlainBlank(text.slice(start, end));
}

function hasNewline(text: string, { start, end }: TextRange): boolean {
  return text.slice(start, end).includes('\n');
}

function startsLine(text: string, start: number): boolean {
  let i = start - 1;
  while (i >= 0 && (text[i] === ' ' || text[i] === '\t')) i--;
  return i < 0 || text[i] === '\n';
}
