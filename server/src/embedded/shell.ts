import type { TextRange } from '../text/location';
import { MappedTextBuilder } from '../text/mapped-text';
import { elisions, inOrder, shellVariables, templatesIn } from './expressions';
import { maySetCanton } from './mentions';
import { type Finders, HEREDOC, languageOfText, nestedRegions, type WrittenText } from './nested';
import { type Notation, prefixedLines } from './notation';
import { createRegion, type EmbeddedRegion, type RegionHead } from './region';
import { findSetVariables } from './shell-variables';
import { findTemplates } from './template-mask';
import { withUnknowns } from './unknowns';

/** A here-document of a shell script. */
interface Heredoc {
  /** The lines between the one with `<<` and the delimiter. */
  readonly body: TextRange;
  /** Whether the shell replaces `$NAME` in it: the delimiter has no quotes. */
  readonly expands: boolean;
}

/** Whether a text contains the beginning of a here-document, which makes it a script, whatever surrounds it. */
export function hasHeredoc(text: string): boolean {
  return text.search(HEREDOC) >= 0;
}

/** The here-documents of a text, in order. Without a delimiter, `<<` is an operator of another language. */
function findHeredocs(text: string): Heredoc[] {
  const found: Heredoc[] = [];
  let end = 0;
  for (const match of text.matchAll(HEREDOC)) {
    if (match.index < end) continue;
    const [, dash = '', , quoted, backslash = '', bare = ''] = match;
    const start = text.indexOf('\n', match.index) + 1;
    const close = start === 0 ? undefined : delimiterFrom(text, start, quoted ?? bare, dash !== '');
    if (close === undefined) continue;
    found.push({ body: { start, end: close }, expands: quoted === undefined && backslash === '' });
    end = close;
  }
  return found;
}

/**
 * The configuration in a shell script: here-documents with Canton configuration, or with documents that contain it, and
 * the variables that a script passes to containers. The lines of the script itself are not changed.
 */
export function findShellRegions(text: string, finders: Finders): EmbeddedRegion[] {
  if (!maySetCanton(text)) return [];
  const templates = findTemplates(text);
  const heredocs = findHeredocs(text);
  const region = (head: RegionHead, value: WrittenText, expands: boolean, isCanton: (text: string) => boolean) => {
    const { mapped, variables } = expands ? shellVariables(value, text) : { mapped: value, variables: [] };
    const others = finders.isExample ? inOrder(variables, elisions(mapped)) : variables;
    const known = withUnknowns(mapped, inOrder(templatesIn(mapped, text, templates), others), text);
    return isCanton(known.text) ? [createRegion(head, known, value.notation)] : [];
  };
  const inHeredocs = heredocs.flatMap(({ body, expands }) => {
    const builder = new MappedTextBuilder(text);
    builder.lines(body.start, body.end);
    const written = builder.build(body);
    const lines = prefixedLines(text, body, '');
    const notation: Notation = ({ range, newText }) =>
      lines({ range, newText: expands ? newText.replaceAll('$', '\\$') : newText });
    const value = { ...written, notation };
    const own =
      languageOfText(written.text) === 'yaml'
        ? []
        : region({ kind: 'shell-heredoc', label: '' }, value, expands, finders.isCanton);
    return own.length > 0 ? own : nestedRegions(value, text, finders.yaml(written.text, expands));
  });
  const bodies = heredocs.map(({ body }) => body);
  const inVariables = findSetVariables(text, bodies).flatMap(({ name, value, expands, command, image }) =>
    region({ kind: 'shell-variable', label: name, group: command, image }, value, expands, () => true),
  );
  return [...inHeredocs, ...inVariables].sort((a, b) => a.map.host.start - b.map.host.start);
}

/** The start of the line that contains only the delimiter. */
function delimiterFrom(text: string, from: number, word: string, isIndented: boolean): number | undefined {
  for (let at = from; at < text.length; ) {
    const newline = text.indexOf('\n', at);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(at, end).replace(/\r$/, '');
    if ((isIndented ? line.replace(/^\t+/, '') : line) === word) return at;
    at = end + 1;
  }
  return undefined;
}
