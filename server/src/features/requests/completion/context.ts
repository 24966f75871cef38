import type { SyntaxNode } from '../../../hocon/syntax/syntax';
import type { DocumentView, Schema } from '../../shared/document-view';
import { pathElements } from '../../shared/syntax-walk';
import { guessed } from './guess';

/** A place that what is being written takes effect at. */
export interface Context {
  /** From `canton` on. */
  readonly path: readonly string[];
  /** What decides which keys there are; its configuration decides between alternatives. */
  readonly schema: Schema;
}

/** The path as written from the root of the file; undefined inside a list of objects. */
export function writtenPath(container: SyntaxNode, inner: readonly string[]): readonly string[] | undefined {
  const outer = pathElements(container);
  return outer && [...outer.map(({ name }) => name), ...inner];
}

/** Where a path of the document takes effect; of what nothing refers to yet, where it probably will. */
export function contextsOf(view: DocumentView, written: readonly string[]): readonly Context[] {
  const { config, version, edition, driverSchemas } = view;
  const found = view.landings.of(view.tree.uri, written);
  const contexts = found.map((path) => ({ path, schema: { config, version, edition, driverSchemas } }));
  const guess = found.every((path) => path.length === 0) ? guessed(view, written) : undefined;
  return guess === undefined ? contexts : [...contexts, guess];
}
