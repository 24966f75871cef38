import type { SyntaxNode } from '../../hocon/syntax';
import type { ConfigObject } from '../../hocon/value';
import type { DocumentView } from '../document-view';
import { pathElements } from '../syntax-walk';

/** A place that what is being written takes effect at. */
export interface Context {
  /** From `canton` on. */
  readonly path: readonly string[];
  /** The configuration that decides between alternatives there. */
  readonly config: ConfigObject;
}

/** The path as written from the root of the file; undefined inside a list of objects. */
export function writtenPath(container: SyntaxNode, inner: readonly string[]): readonly string[] | undefined {
  const outer = pathElements(container);
  return outer && [...outer.map(({ name }) => name), ...inner];
}

/** Where a path of the document takes effect. */
export function contextsOf(view: DocumentView, written: readonly string[]): readonly Context[] {
  return view.landings.of(view.tree.uri, written).map((path) => ({ path, config: view.config }));
}
