import type { IncludeNode, SyntaxTree } from '../../hocon/syntax/syntax';
import { includesIn } from './include-prefixes';

type Path = readonly string[];

/** An include, and the file that it stands in. */
export interface IncludeSite {
  readonly uri: string;
  readonly node: IncludeNode;
}

export interface IncludeSitesInput {
  readonly files: readonly string[];
  readonly tree: (uri: string) => SyntaxTree | undefined;
  /** The paths that a file is included at. */
  readonly placesOf: (uri: string) => readonly Path[];
}

/** Which include brings a file to a place of the configuration. */
export class IncludeSites {
  private byTarget: ReadonlyMap<string, readonly (IncludeSite & { readonly at: Path })[]> | undefined;

  constructor(private readonly input: IncludeSitesInput) {}

  /** The include that brings what the file has at a full path; undefined for a file that is launched itself. */
  siteOf(file: string, path: Path): IncludeSite | undefined {
    this.byTarget ??= this.sites();
    const sites = this.byTarget.get(file) ?? [];
    const { placesOf } = this.input;
    const isOnTheWay = (prefix: Path) => prefix.every((name, i) => name === path[i]);
    return sites.find(({ uri, at }) => placesOf(uri).some((place) => isOnTheWay([...place, ...at]))) ?? sites[0];
  }

  private sites() {
    const byTarget = new Map<string, (IncludeSite & { readonly at: Path })[]>();
    for (const uri of this.input.files) {
      for (const { uri: target, at, node } of includesIn(this.input.tree(uri))) {
        const sites = byTarget.get(target) ?? [];
        sites.push({ uri, at, node });
        byTarget.set(target, sites);
      }
    }
    return byTarget;
  }
}
