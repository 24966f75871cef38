import { type EntryLines, linesOfEntry, linesWithNeighbors, reindented, reindentedUpTo } from '../../edits/entry-lines';
import { styleNear } from '../../edits/hocon-text';
import type { EntryNode, FieldNode, ObjectNode, SyntaxTree } from '../../hocon/syntax/syntax';
import type { TextChange } from '../../model/diagnostic';
import { isFirstOnLine, lineEnd, lineIndent, lineStart, nextLineStart } from '../../text/lines';
import { entryAtCursor } from '../shared/occurrences';
import type { Refusal } from './rename';

export type MoveDirection = 'up' | 'down';

/** One way to move an entry. */
export interface Move {
  readonly changes: readonly TextChange[];
  /** The offset of the end of the entry's key after the move. */
  readonly keyEnd: number;
  /** The name of the entry or section that it moves past, into or out of. */
  readonly past: string;
}

/** An entry that can be moved, and the possible moves, the preferred one first. */
export interface Moves {
  readonly name: string;
  readonly keyEnd: number;
  readonly moves: readonly Move[];
}

/**
 * The ways to move the entry at an offset and its comments by one step: into a section that its path leads to, past its
 * neighbor, or out of the section around it, with its path adapted. The caller checks that the effective configuration
 * stays the same.
 */
export function movesOf(tree: SyntaxTree, offset: number, direction: MoveDirection): Moves | Refusal {
  if (tree.syntax === 'properties') return { refused: 'Entries of a properties file cannot be moved.' };
  const found = movable(tree, offset);
  if (found === undefined) return { refused: 'There is no entry on its own line at the cursor.' };
  const { entry, lines } = found;
  const object = entry.parent as ObjectNode;
  const neighbor = object.entries[object.entries.indexOf(entry) + (direction === 'up' ? -1 : 1)];
  const mover = new Mover(tree, entry, lines, direction);
  const moves = neighbor === undefined ? mover.outOf(object) : [...mover.into(neighbor), ...mover.past(neighbor)];
  return 'refused' in moves ? moves : { name: nameOf(tree, entry), keyEnd: keyEnd(entry), moves };
}

/** The innermost entry around the offset, including its comments, that does not share a line with others. */
function movable(tree: SyntaxTree, offset: number): { entry: EntryNode; lines: EntryLines } | undefined {
  let entry = commentedEntry(tree, offset) ?? entryAtCursor(tree, offset);
  while (entry !== undefined) {
    const lines = linesOfEntry(tree, entry);
    if (lines !== undefined) return { entry, lines };
    let outer: EntryNode['parent'] = entry.parent;
    while (outer !== undefined && outer.kind !== 'field') outer = outer.parent;
    entry = outer;
  }
  return undefined;
}

/** The entry below the comment at the offset. */
function commentedEntry(tree: SyntaxTree, offset: number): EntryNode | undefined {
  const around = entryAtCursor(tree, offset);
  const object = around === undefined ? tree.root.value : around.kind === 'field' ? around.value : undefined;
  if (object?.kind !== 'object') return undefined;
  const next = object.entries.find((entry) => entry.start > offset);
  const lines = next && linesOfEntry(tree, next);
  return lines !== undefined && lines.start <= offset ? next : undefined;
}

class Mover {
  constructor(
    private readonly tree: SyntaxTree,
    private readonly entry: EntryNode,
    private readonly lines: EntryLines,
    private readonly direction: MoveDirection,
  ) {}

  /** Swaps the entry with its neighbor; the commas stay where they are. */
  past(neighbor: EntryNode): Move[] {
    const other = linesWithNeighbors(this.tree, neighbor);
    const { lines, tree } = this;
    if (other === undefined || overlap(lines, other)) return [];
    const own = this.block(lines, other.comma);
    const changes = [
      this.change(lines.start, lines.end, this.block(other, lines.comma)),
      this.change(other.start, other.end, own),
    ];
    // The entry above moves by the difference between the two lengths.
    const start = this.direction === 'up' ? other.start : other.end - own.length;
    return [{ changes, keyEnd: start + keyEnd(this.entry) - lines.start, past: nameOf(tree, neighbor) }];
  }

  private block({ start, last, end, comma }: EntryLines, wanted: boolean): string {
    const { text } = this.tree;
    const tail = text.slice(last, end);
    const rest = comma === wanted ? tail : comma ? tail.replace(/^[ \t]*,/, '') : `,${tail}`;
    return text.slice(start, last) + rest;
  }

  /** Makes it the last or first entry of a section whose name begins its path. */
  into(neighbor: EntryNode): Move[] {
    const { entry, tree, direction } = this;
    if (tree.syntax !== 'conf' || entry.kind !== 'field' || neighbor.kind !== 'field') return [];
    const { value, path } = neighbor;
    const elements = entry.path.elements;
    const isWithin = path.elements.every(({ name }, i) => elements[i]?.name === name);
    const rest = elements[path.elements.length];
    if (!isWithin || rest === undefined || value?.kind !== 'object' || !linesOfEntry(tree, neighbor)) return [];
    const inside = insideOf(tree, value);
    if (inside === undefined) return [];
    const first = value.entries.find(({ start }) => isFirstOnLine(tree.text, start));
    const indent =
      first === undefined
        ? lineIndent(tree.text, neighbor.start) + styleNear(tree, value).indent
        : lineIndent(tree.text, first.start);
    const comma = direction === 'down' && first !== undefined && linesOfEntry(tree, first)?.comma === true;
    const key = tree.text.slice(rest.start, entry.path.end);
    const at = direction === 'up' ? inside.end : inside.start;
    return [this.moved(at, key, indent, comma, nameOf(tree, neighbor))];
  }

  /** Moves it next to the section around it. */
  outOf(object: ObjectNode): Move[] | Refusal {
    const { entry, tree, direction } = this;
    let outer = object.parent;
    if (outer?.kind === 'concatenation') outer = outer.parent;
    const end = direction === 'up' ? 'first' : 'last';
    if (outer?.kind === 'document') return { refused: `This is the ${end} entry of the file.` };
    if (outer?.kind !== 'field') return { refused: 'An entry cannot be moved out of a list.' };
    if (entry.kind === 'include')
      return { refused: 'An include cannot be moved out of its section, because its keys would move with it.' };
    const lines = linesOfEntry(tree, outer);
    if (tree.syntax !== 'conf' || lines === undefined) {
      return { refused: `This is the ${end} entry of its section, which shares its line with other entries.` };
    }
    const key = `${tree.text.slice(outer.path.start, outer.path.end)}.${tree.text.slice(entry.path.start, entry.path.end)}`;
    const at = direction === 'up' ? lines.start : nextLineStart(tree.text, lines.end);
    return [this.moved(at, key, lines.indent, lines.comma, nameOf(tree, outer))];
  }

  /** Removes the lines and inserts them at the start of another line. */
  private moved(at: number, key: string, indent: string, comma: boolean, past: string): Move {
    const { tree, lines } = this;
    const { text } = tree;
    const { path, start: entryStart } = this.entry as FieldNode;
    const eol = styleNear(tree, this.entry.parent as ObjectNode).eol;
    const above = reindentedUpTo(tree, { start: lines.start, end: entryStart }, lines.indent, indent);
    const body = reindented(tree, { start: path.end, end: lines.last }, lines.indent, indent);
    const tail = text.slice(lines.last, lines.end).replace(/^[ \t]*,/, '');
    const block = above + key + body + (comma ? ',' : '') + tail;
    const isAtEnd = at === text.length && text[at - 1] !== '\n';
    const newText = isAtEnd ? eol + block : block + eol;
    const removed = nextLineStart(text, lines.end) - lines.start;
    const start = at > lines.start ? at - removed : at;
    return {
      changes: [this.change(lines.start, lines.start + removed, ''), this.change(at, at, newText)],
      keyEnd: start + (isAtEnd ? eol.length : 0) + above.length + key.length,
      past,
    };
  }

  private change(start: number, end: number, newText: string): TextChange {
    return { uri: this.tree.uri, range: { start, end }, newText };
  }
}

/** The lines between the opening and the closing brace; undefined if they share lines with entries. */
function insideOf(
  { text }: SyntaxTree,
  { openBrace, closeBrace }: ObjectNode,
): { start: number; end: number } | undefined {
  if (openBrace === undefined || closeBrace === undefined || !isFirstOnLine(text, closeBrace.start)) return undefined;
  const rest = text.slice(openBrace.end, lineEnd(text, openBrace.end));
  if (!/^[ \t]*(?:(?:#|\/\/).*)?$/.test(rest)) return undefined;
  return { start: nextLineStart(text, openBrace.end), end: lineStart(text, closeBrace.start) };
}

function overlap(a: EntryLines, b: EntryLines): boolean {
  return a.start <= b.end && b.start <= a.end;
}

function keyEnd(entry: EntryNode): number {
  return entry.kind === 'field' ? entry.path.end : entry.start + 'include'.length;
}

function nameOf({ text }: SyntaxTree, entry: EntryNode): string {
  return entry.kind === 'field' ? text.slice(entry.path.start, entry.path.end) : `include "${entry.target}"`;
}
