import type { PathOptions } from '../../hocon/evaluation/include-files';
import { namesOf, pathOf, type SyntaxTree, substitutionsIn } from '../../hocon/syntax/syntax';
import { type ConfigObject, entryAt, type KeyPath } from '../../hocon/values/config-value';
import { includePrefixes } from './includes';

export interface EffectivePathsInput {
  readonly config: ConfigObject;
  /** The files that Canton is started with. */
  readonly roots: readonly string[];
  readonly files: readonly string[];
  readonly paths: PathOptions;
  readonly tree: (uri: string) => SyntaxTree | undefined;
}

/** A substitution, seen as a copy from the path that it refers to, to the path of its field. */
interface Copy {
  readonly from: KeyPath;
  readonly to: KeyPath;
}

/** Shared objects can be copied into each other without limit. */
const MAX_PATHS = 20;
const MAX_STEPS = 500;

/**
 * Finds where a written path takes effect through the includes of its file and the substitutions that copy it. It reads
 * the text and not the effective configuration, so it also works for keys that are not written yet.
 */
export class EffectivePaths {
  private prefixes: ReadonlyMap<string, readonly KeyPath[]> | undefined;
  /** Copies by the first name of the path from which they copy. */
  private readonly copies = new Map<string, readonly Copy[]>();

  constructor(private readonly input: EffectivePathsInput) {}

  /** The effective paths of a path in a file, the nearest first; none if Canton does not read it. */
  of(uri: string, written: KeyPath): readonly KeyPath[] {
    return this.from(this.prefixesOf(uri).map((prefix) => [...prefix, ...written]));
  }

  /** The effective paths of paths from the root of the configuration. */
  from(paths: readonly KeyPath[]): readonly KeyPath[] {
    const found: KeyPath[] = [];
    const queue = [...paths];
    const seen = new Set(queue.map((path) => JSON.stringify(path)));
    for (let i = 0; i < queue.length && i < MAX_STEPS && found.length < MAX_PATHS; i++) {
      const path = queue[i] as KeyPath;
      if (path.length === 0 || path[0] === 'canton') found.push(path);
      for (const next of this.copiesOf(path)) {
        const id = JSON.stringify(next);
        if (!seen.has(id)) queue.push(next);
        seen.add(id);
      }
    }
    return found;
  }

  /** The paths that the file is included at; for a file that Canton is started with, the empty path. */
  prefixesOf(uri: string): readonly KeyPath[] {
    this.prefixes ??= includePrefixes(this.input.roots, this.input.tree, this.input.paths);
    return this.prefixes.get(uri) ?? [[]];
  }

  private copiesOf(path: KeyPath): string[][] {
    const [first = ''] = path;
    const candidates = this.copies.get(first) ?? this.copiesFrom(first);
    this.copies.set(first, candidates);
    return candidates
      .filter(({ from }) => from.length <= path.length && from.every((name, i) => name === path[i]))
      .map(({ from, to }) => [...to, ...path.slice(from.length)]);
  }

  private copiesFrom(first: string): readonly Copy[] {
    const copies: Copy[] = [];
    const { files, tree, config } = this.input;
    for (const uri of files) {
      const own = tree(uri);
      const prefixes = this.prefixesOf(uri);
      for (const node of own === undefined ? [] : substitutionsIn(own)) {
        const names = namesOf(node.path);
        if (names.length === 0 || (names[0] !== first && prefixes.every((prefix) => prefix[0] !== first))) continue;
        const target = pathOf(node);
        if (target === undefined) continue;
        for (const prefix of prefixes) {
          // The path that the file is included at comes first, as in the evaluation.
          const from = entryAt(config, [...prefix, ...names]) === undefined ? names : [...prefix, ...names];
          if (from[0] === first) copies.push({ from, to: [...prefix, ...target] });
        }
      }
    }
    return copies;
  }
}
