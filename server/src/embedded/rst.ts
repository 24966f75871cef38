import { lineEnd, nextLineStart } from '../text/lines';
import { type CodeLine, regionsOfBlock } from './code-block';
import { maySetCanton } from './mentions';
import type { Finders } from './nested';
import type { EmbeddedRegion } from './region';

/** `.. code-block:: none`, with options on the lines below. */
const DIRECTIVE = /^([ \t]*)\.\.[ \t]+(?:code-block|sourcecode|code|parsed-literal)::[ \t]*([^\s]*)[ \t]*$/;
/** `Write this::`, a paragraph before a literal block. */
const PARAGRAPH = /^([ \t]*)(?![ \t]|\.\.[ \t]).*::[ \t]*$/;
const OPTION = /^[ \t]+:[\w-]+:/;

/** Literal blocks of a reStructuredText file with HOCON, recognized by their language or content. */
export function findRstRegions(text: string, finders: Finders): EmbeddedRegion[] {
  if (!maySetCanton(text)) return [];
  const regions: EmbeddedRegion[] = [];
  for (let at = 0; at < text.length; ) {
    const line = text.slice(at, lineEnd(text, at));
    const next = nextLineStart(text, at);
    const opening = DIRECTIVE.exec(line) ?? PARAGRAPH.exec(line);
    at = next;
    if (opening === null) continue;
    const [, indent = '', label = ''] = opening;
    const block = literalBlock(text, next, indent.length);
    if (block === undefined) continue;
    at = block.end;
    regions.push(...regionsOfBlock(text, { ...block, label: label.toLowerCase() }, finders));
  }
  return regions;
}

/** The lines that are indented more than the opening line, without their common indentation. */
function literalBlock(text: string, from: number, indent: number) {
  let start = from;
  while (start < text.length && OPTION.test(text.slice(start, lineEnd(text, start))))
    start = nextLineStart(text, start);
  const found: (CodeLine & { readonly end: number })[] = [];
  let inside = Infinity;
  let end = start;
  for (let at = start; at < text.length; ) {
    const line = { start: at, end: lineEnd(text, at), next: nextLineStart(text, at) };
    const own = text.slice(at, line.end).search(/\S/);
    if (own >= 0 && own <= indent) break;
    if (own >= 0) {
      inside = Math.min(inside, own);
      end = line.next;
    }
    found.push(line);
    at = line.next;
  }
  if (inside === Infinity) return undefined;
  const lines = found
    .filter((line) => line.start < end)
    .map(({ start, end, next }) => ({ start: Math.min(start + inside, end), next }));
  return { lines, prefix: ' '.repeat(inside), start, end };
}
