import { namesOf, pathOf, type SyntaxTree, substitutionsIn } from '../../hocon/syntax/syntax';
import { type ConfigObject, entryAt, type KeyPath } from '../../hocon/values/config-value';
import { includePrefixes } from './includes';

export interface EffectivePathsInput {
  readonly config: ConfigObject;
  /** The files that nobody has to include. */
  readonly roots: readonly string[];
  readonly files: readonly string[];
  readonly tree: (uri: string) => SyntaxTree | undefined;
}

/** A substitution: what it refers to, and the key that it gives a value. */
interface Copy {
  readonly from: KeyPath;
  readonly to: KeyPath;
}

/** Shared objects can be copied into each other without bound; nobody reads more than these. */
const MAX_PATHS = 20;
const MAX_STEPS = 500;

/**
 * Where what is written somewhere takes effect: through the includes of its file, and the substitutions that copy it. It
 * goes by the text, so it knows of places where nothing is written yet.
 */
export class EffectivePaths {
  private prefixes: ReadonlyMap<string, readonly KeyPath[]> | undefined;
  /** By the first name of what is copied. */
  private readonly copies = new Map<string, readonly Copy[]>();

  constructor(private readonly input: EffectivePathsInput) {}

  /** The full paths of what a file has at a path, the nearest first; none where Canton never looks. */
  of(uri: string, written: KeyPath): readonly KeyPath[] {
    return this.from(this.placesOf(uri).map((prefix) => [...prefix, ...written]));
  }

  /** The same for paths of the whole configuration. */
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

  /** The paths that the file is included at, the empty one for a file that is launched itself. */
  placesOf(uri: string): readonly KeyPath[] {
    this.prefixes ??= includePrefixes(this.input.roots, this.input.tree);
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
      const places = this.placesOf(uri);
      for (const node of own === undefined ? [] : substitutionsIn(own)) {
        const names = namesOf(node.path);
        if (names.length === 0 || (names[0] !== first && places.every((prefix) => prefix[0] !== first))) continue;
        const target = pathOf(node);
        if (target === undefined) continue;
        for (const prefix of places) {
          // What the file is included at comes first, as in the evaluation.
          const from = entryAt(config, [...prefix, ...names]) === undefined ? names : [...prefix, ...names];
          if (from[0] === first) copies.push({ from, to: [...prefix, ...target] });
        }
      }
    }
    return copies;
  }
}
