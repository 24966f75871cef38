import type { ObjectNode, SyntaxNode, SyntaxTree } from '../../hocon/syntax/syntax';
import type { ConfigObject } from '../../hocon/values/config-value';
import { type IndexedEntry, WrittenEntries } from '../requests/effective/effective-entries';
import { pathElements } from './syntax-walk';

/** If none of these is in effect, the others are not, either. */
const MAX_SIBLINGS = 20;

/**
 * Finds the effective path of what is written somewhere: a key in an included fragment, or in an object that a
 * substitution copies, stands at another path than the one that its file shows.
 */
export class ConfigIndex {
  private readonly written: WrittenEntries;

  constructor(readonly config: ConfigObject) {
    this.written = new WrittenEntries(config);
  }

  /** The entry that the path element at this offset writes. */
  at(uri: string, keyStart: number): IndexedEntry | undefined {
    return this.written.at(uri, keyStart)[0];
  }

  /**
   * The effective path of an object or value. In a fragment or a shared object it is found by what stands in it or around
   * it; otherwise it is the path as written. Undefined inside a list.
   */
  pathOf(tree: SyntaxTree, node: SyntaxNode): readonly string[] | undefined {
    const written = pathElements(node)?.map(({ name }) => name);
    if (written === undefined) return undefined;
    let inner: readonly string[] = [];
    for (let at: SyntaxNode | undefined = node; at !== undefined; at = at.parent) {
      const known = at.kind === 'object' ? this.pathByEntries(tree, at) : undefined;
      if (known !== undefined) return [...known, ...inner];
      if (at.kind !== 'field') continue;
      const { elements } = at.path;
      for (let i = elements.length - 1; i >= 0; i--) {
        const path = this.cantonPath(tree.uri, elements[i]?.start);
        if (path !== undefined) return [...path, ...elements.slice(i + 1).map(({ name }) => name), ...inner];
      }
      inner = [...elements.map(({ name }) => name), ...inner];
    }
    return written;
  }

  private pathByEntries(tree: SyntaxTree, { entries }: ObjectNode): readonly string[] | undefined {
    for (const entry of entries.slice(0, MAX_SIBLINGS)) {
      const first = entry.kind === 'field' ? entry.path.elements[0] : undefined;
      const path = this.cantonPath(tree.uri, first?.start);
      if (path !== undefined) return path.slice(0, -1);
    }
    return undefined;
  }

  private cantonPath(uri: string, keyStart: number | undefined): readonly string[] | undefined {
    const path = keyStart === undefined ? undefined : this.at(uri, keyStart)?.path;
    return path?.[0] === 'canton' ? path : undefined;
  }
}
