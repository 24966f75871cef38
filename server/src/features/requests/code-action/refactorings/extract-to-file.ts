import { URI, Utils } from 'vscode-uri';
import { isFirstOnLine, lineIndent } from '../../../../edits/lines';
import { reindented } from '../../../../edits/reindent';
import { styleNear } from '../../../../edits/style';
import { CODE_ACTION_KIND } from '../kinds';
import type { Refactoring, Site } from './refactoring';
import { freeName, sectionAt } from './sections';

/** Moves what is in a section of a node to a file beside this one, which is included in its place. */
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
      title: `Extract '${own}' to the file ${name}.conf`,
      kind: CODE_ACTION_KIND.extract,
      keeps: 'everything',
      // Without `required` a file that is lost would be left out without a word.
      changes: [{ uri, range: object, newText: `{ include required("${name}.conf") }` }],
      added: new Map([[beside(name), `${inside.replace(/^[ \t]*\r?\n/, '').trim()}${eol}`]]),
    },
  ];
}

function plain(name: string): string {
  return name.replace(/[^A-Za-z0-9_-]+/g, '-');
}
