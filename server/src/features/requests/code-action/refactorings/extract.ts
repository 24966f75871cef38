import { URI, Utils } from 'vscode-uri';
import { linesOfEntry, reindented } from '../../../../edits/entry-lines';
import { styleNear } from '../../../../edits/hocon-text';
import type { EntryNode, FieldNode, SyntaxNode } from '../../../../hocon/syntax/syntax';
import { entryAt } from '../../../../hocon/values/config-value';
import { hoconPath } from '../../../../text/encoders/hocon';
import { isFirstOnLine, lineIndent } from '../../../../text/lines';
import { CODE_ACTION_KIND } from '../../../shared/lsp-kinds';
import { freeName, type Refactoring, type Site, sectionAt } from './refactoring';

/** Canton reads only `canton`, so any other key may be used; this one is customary for shared configuration. */
const SHARED = '_shared';

/** Moves a section of a node to its own key at the root of the file, where other nodes can refer to it. */
export function extractToKey(site: Site): Refactoring[] {
  const section = sectionAt(site);
  const top = section && topEntry(section.field);
  const { tree, config } = site.view;
  const lines = top && linesOfEntry(tree, top);
  if (section === undefined || lines === undefined) return [];
  const { field, object, path } = section;
  const own = path.at(-1) ?? '';
  const name = freeName((one) => entryAt(config, [SHARED, one]) === undefined, own, `${path[2]}-${own}`);
  const { uri, text } = tree;
  const { eol, separator } = styleNear(tree, field.parent as typeof object);
  const shared = hoconPath([SHARED, name]);
  const between = text.slice(field.path.end, object.start);
  const body = reindented(tree, object, lineIndent(text, field.start), lines.indent);
  const written = `${lines.indent}${shared}${between}${body}${eol}${eol}`;
  return [
    {
      title: `Extract '${own}' to '${shared}'`,
      kind: CODE_ACTION_KIND.extract,
      keeps: 'everything',
      roots: new Set([SHARED]),
      changes: [
        { uri, range: { start: lines.start, end: lines.start }, newText: written },
        { uri, range: { start: field.path.end, end: object.end }, newText: `${separator}\${${shared}}` },
      ],
    },
  ];
}

/** The root entry that a field is part of. */
function topEntry(field: FieldNode): EntryNode | undefined {
  let top: EntryNode | undefined;
  for (let node: SyntaxNode | undefined = field; node !== undefined; node = node.parent) {
    if (node.kind === 'array') return undefined;
    if (node.kind === 'field') top = node;
  }
  return top;
}

/** Moves the entries of a section of a node to a new file in the same folder, and includes that file instead. */
export function extractToFile(site: Site): Refactoring[] {
  const section = sectionAt(site);
  const { tree } = site.view;
  const { uri, text } = tree;
  if (section === undefined || URI.parse(uri).scheme === 'untitled') return [];
  const { object, path } = section;
  const only = object.entries.length === 1 ? object.entries[0] : undefined;
  if (only?.kind === 'include') return [];
  const beside = (name: string) => Utils.joinPath(Utils.dirname(URI.parse(uri)), `${name}.conf`).toString();
  const own = plain(path.at(-1) ?? '');
  const name = freeName((one) => site.isFree(beside(one)), `${plain(path[2] ?? '')}-${own}`);
  const first = object.entries.find(({ start }) => isFirstOnLine(text, start));
  const range = { start: object.start + 1, end: object.end - 1 };
  const inside = reindented(tree, range, first === undefined ? '' : lineIndent(text, first.start), '');
  const { eol } = styleNear(tree, object);
  return [
    {
      title: `Extract '${own}' to file '${name}.conf'`,
      kind: CODE_ACTION_KIND.extract,
      keeps: 'everything',
      // Without `required`, a missing file would be silently ignored.
      changes: [{ uri, range: object, newText: `{ include required("${name}.conf") }` }],
      added: new Map([[beside(name), `${inside.replace(/^[ \t]*\r?\n/, '').trim()}${eol}`]]),
    },
  ];
}

function plain(name: string): string {
  return name.replace(/[^A-Za-z0-9_-]+/g, '-');
}
