import { MappedTextBuilder } from '../text/mapped-text';
import { elisions } from './expressions';
import { type Container, continueContainers, openContainers, type Prefix, skipBlanks } from './markdown-containers';
import { prefixedLines } from './notation';
import { createRegion, type EmbeddedRegion } from './region';
import { withUnknowns } from './unknowns';

/** Fences whose language can only be ours; text under the others must look like Canton's first. */
const OWN_LANGUAGES = new Set(['hocon', 'canton-conf']);
/** `conf` is nginx's as well, and `canton` may be a console script. */
const SHARED_LANGUAGES = new Set(['', 'conf', 'canton']);

const FENCE = /^([ \t]*)(`{3,}|~{3,})[ \t]*(.*)$/;
/** `hocon`, `hocon title="x"`, `{.hocon}` */
const LANGUAGE = /^\{?\.?([^\s{},:]*)/;

interface Fence {
  readonly mark: string;
  /** Columns that the lines of the block may be indented by. */
  readonly indent: number;
  /** What a line begins with that continues the containers and the indentation. */
  readonly prefix: string;
  readonly language: string;
  readonly containers: readonly Container[];
  readonly lines: Line[];
  /** Of the first line below the fence. */
  readonly start: number;
}

interface Line {
  /** Behind containers and indentation. */
  readonly start: number;
  readonly end: number;
  readonly next: number;
}

/**
 * Fenced code blocks of a Markdown file that hold HOCON, by their language or by `isCanton`. Fences may stand in lists
 * and quotes, at any indentation, and lack their end. What an example leaves out (`...`) is unknown.
 */
export function findMarkdownRegions(text: string, isCanton: (text: string) => boolean): EmbeddedRegion[] {
  const regions: EmbeddedRegion[] = [];
  let open: readonly Container[] = [];
  let fence: Fence | undefined;
  const finish = (ended: Fence, end: number) => {
    const region = regionOf(text, ended, end, isCanton);
    if (region !== undefined) regions.push(region);
    fence = undefined;
  };
  for (let at = 0; at < text.length; ) {
    const newline = text.indexOf('\n', at);
    const next = newline < 0 ? text.length : newline + 1;
    const end = newline < 0 ? next : newline - (text[newline - 1] === '\r' && newline > at ? 1 : 0);
    const line = text.slice(at, end);
    let prefix = continueContainers(line, open);
    if (fence !== undefined) {
      const inside = prefix.containers.length === fence.containers.length;
      if (inside && !isClosing(line.slice(prefix.at), fence)) {
        const start = at + skipBlanks(line, prefix.at, fence.indent).at;
        fence.lines.push({ start, end, next });
        at = next;
        continue;
      }
      finish(fence, at);
      if (inside) {
        at = next;
        continue;
      }
    }
    prefix = openContainers(line, prefix);
    open = prefix.containers;
    fence = fenceAt(line, prefix, next);
    at = next;
  }
  if (fence !== undefined) finish(fence, text.length);
  return regions;
}

function fenceAt(line: string, prefix: Prefix, start: number): Fence | undefined {
  const match = FENCE.exec(line.slice(prefix.at));
  if (match === null) return undefined;
  const [, blanks = '', mark = '', info = ''] = match;
  if (mark.startsWith('`') && info.includes('`')) return undefined;
  const language = (LANGUAGE.exec(info)?.[1] ?? '').toLowerCase();
  const continuing = line.slice(0, prefix.at + blanks.length).replace(/[^\s>]/g, ' ');
  return { mark, indent: blanks.length, prefix: continuing, language, containers: prefix.containers, lines: [], start };
}

function isClosing(content: string, { mark, indent }: Fence): boolean {
  const match = FENCE.exec(content);
  if (match === null) return false;
  const [, blanks = '', closing = '', rest = ''] = match;
  return closing.startsWith(mark) && rest === '' && blanks.length < indent + 4;
}

function regionOf(
  text: string,
  fence: Fence,
  end: number,
  isCanton: (text: string) => boolean,
): EmbeddedRegion | undefined {
  const own = OWN_LANGUAGES.has(fence.language);
  if (!own && !SHARED_LANGUAGES.has(fence.language)) return undefined;
  const builder = new MappedTextBuilder(text);
  for (const line of fence.lines) {
    builder.exact(line.start, line.end);
    if (line.next - line.end === 2) builder.encoded('\n', line.end, line.next);
    else builder.exact(line.end, line.next);
  }
  const written = builder.build({ start: Math.min(fence.start, end), end });
  const mapped = withUnknowns(written, elisions(written), text);
  if (!own && !isCanton(mapped.text)) return undefined;
  const head = { kind: 'markdown-fence', label: fence.language } as const;
  return createRegion(head, mapped, prefixedLines(text, mapped.map.host, fence.prefix));
}
