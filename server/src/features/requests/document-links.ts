import type { DocumentLink } from 'vscode-languageserver';
import type { FieldNode, PathElement, SyntaxNode } from '../../hocon/syntax/syntax';
import type { TextRange } from '../../text/location';
import { rangeOf } from '../../text/positions';
import { type DocumentView, fieldOf, fieldsOf } from '../shared/document-view';
import { walk } from '../shared/syntax-walk';
import { includedFile } from './definition';

/** Links are drawn for every one, visible or not. */
const MAX_LINKS = 1000;
/** Canton's own keys end far above; each level is an object and a field. */
const MAX_DEPTH = 128;

/**
 * A link on the name of each include whose file is there, and to the page of the manual where a section begins that has a
 * page of its own. All keys of a section have its page, but a link on each would be no help.
 */
export function documentLinks(view: DocumentView): DocumentLink[] {
  const links: DocumentLink[] = [];
  for (const node of walk(view.tree.root)) {
    if (node.kind === 'include' && node.targetRange !== undefined) {
      const target = includedFile(view, node);
      if (target !== undefined) links.push({ range: rangeOf(view.lines, node.targetRange), target });
    } else if (node.kind === 'field') {
      for (const { range, target } of manualLinks(view, node)) {
        links.push({ range: rangeOf(view.lines, range), target, tooltip: 'Open the manual' });
      }
    }
    if (links.length >= MAX_LINKS) break;
  }
  return links;
}

function manualLinks(view: DocumentView, field: FieldNode): { range: TextRange; target: string }[] {
  const { elements } = field.path;
  const path = isDeep(field) ? undefined : view.index.pathOf(view.tree, field);
  if (path?.[0] !== 'canton') return [];
  const links: { range: TextRange; target: string }[] = [];
  elements.forEach((element: PathElement, i) => {
    const target = ownPage(view, path.slice(0, path.length - elements.length + i + 1));
    if (target !== undefined && element.start < element.end) links.push({ range: element, target });
  });
  // The name of a provider stands for the keys that it brings.
  const provider =
    field.value?.kind === 'scalar' && path.at(-1) === 'type' ? optionPage(view, path.slice(0, -1)) : undefined;
  if (provider !== undefined && field.value !== undefined) links.push({ range: field.value, target: provider });
  return links;
}

/** The page of a key, where the section around it has another. */
function ownPage(view: DocumentView, path: readonly string[]): string | undefined {
  const link = fieldOf(view, path)?.meta.link;
  const outer = path.slice(0, -1);
  return link === fieldOf(view, outer)?.meta.link || link === optionPage(view, outer) ? undefined : link;
}

/** The page of what `type` has chosen in a section. */
function optionPage(view: DocumentView, path: readonly string[]): string | undefined {
  const field = fieldOf(view, path);
  if (field?.model.kind !== 'union') return undefined;
  const link = fieldsOf(view, path).find(({ name, required }) => required && name !== 'type')?.meta.link;
  return link === field.meta.link ? undefined : link;
}

function isDeep(node: SyntaxNode): boolean {
  let depth = 0;
  for (let at: SyntaxNode | undefined = node; at !== undefined && depth <= MAX_DEPTH; at = at.parent) depth++;
  return depth > MAX_DEPTH;
}
