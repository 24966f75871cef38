import type { DocumentLink } from 'vscode-languageserver';
import { entriesOf } from '../../hocon/syntax/syntax';
import { rangeOf } from '../../text/positions';
import type { DocumentView } from '../shared/document-view';
import { includedFile } from './definition';

/** Editors underline every link, even outside the visible range. */
const MAX_LINKS = 1000;

/**
 * A link on the name of each include whose file exists. Pages of the manual are linked from hovers: links on keys would
 * underline them permanently.
 */
export function documentLinks(view: DocumentView): DocumentLink[] {
  const links: DocumentLink[] = [];
  for (const node of entriesOf(view.tree)) {
    if (node.kind !== 'include' || node.targetRange === undefined) continue;
    const target = includedFile(view, node);
    if (target !== undefined) links.push({ range: rangeOf(view.lines, node.targetRange), target });
    if (links.length >= MAX_LINKS) break;
  }
  return links;
}
