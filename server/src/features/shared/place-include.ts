import { lineStart } from '../../edits/lines';
import type { IncludeNode, SyntaxTree } from '../../hocon/syntax/syntax';
import { MAX_LOOK_BACK } from './place-segment';

/** The name in an include is being written. */
export interface IncludeAt {
  readonly kind: 'include';
  readonly method: IncludeNode['method'];
  /** The name, quotes left out. */
  readonly start: number;
  readonly end: number;
  /** The closing quote is there. */
  readonly closed: boolean;
}

const INCLUDE = /(?:^|[{},])\s*include\s+(?:required\(\s*)?(?:(file|classpath|url)\(\s*)?"([^"\\]*)$/;

/** By the text of the line: the tree of an unfinished include tells little. */
export function includeAt({ text, syntax }: SyntaxTree, offset: number): IncludeAt | undefined {
  if (syntax !== 'conf') return undefined;
  const line = text.slice(Math.max(lineStart(text, offset), offset - MAX_LOOK_BACK), offset);
  const found = INCLUDE.exec(line);
  if (found === null || /#|\/\//.test(line.slice(0, found.index))) return undefined;
  const [, method = 'heuristic', name = ''] = found;
  const rest = /^[^"\r\n]*/.exec(text.slice(offset, offset + MAX_LOOK_BACK))?.[0] ?? '';
  const closed = text[offset + rest.length] === '"';
  const end = closed ? offset + rest.length : offset;
  return { kind: 'include', method: method as IncludeNode['method'], start: offset - name.length, end, closed };
}
