import { URI } from 'vscode-uri';
import type { Location } from '../../text/location';
import type { Problem } from '../problem';
import type { RootFile, Sources } from '../source';
import type { IncludeTree, ParsedTree } from '../syntax/tree';
import type { Unknown } from '../values/config-value';
import { FileBuilder } from './build-file';
import { ObjectValue, type Reference } from './deferred-value';
import type { Faults } from './faults';
import { type IncludeFile, type IncludingFile, includeTarget } from './include-files';
import { mergeInto, OWNED } from './merge';

/** The reference refuses more. */
const MAX_INCLUDE_DEPTH = 50;

/** Files that include others twice each would be read 2^n times. */
const MAX_INCLUDES = 10_000;

export interface BuildOptions {
  /** The URI of the directory that `include file("…")` is relative to. */
  readonly workingDirectory?: string;
  /** True where what is not found here is not anywhere. */
  readonly closed: boolean;
  /** True where the files are in use elsewhere, among others than here. */
  readonly isPart?: boolean;
}

/** The files that include each other down to the one at hand. */
export interface IncludeChain {
  readonly files: readonly string[];
  /** True where a missing required file makes a whole file vanish instead of stopping everything. */
  readonly mayVanish: boolean;
}

/** What an include adds to the object around it. */
export interface Included {
  readonly value?: ObjectValue | undefined;
  readonly unknown?: Unknown | undefined;
}

/** A required file is missing: for the reference, the file with the include cannot be read then. */
class MissingFile {
  constructor(readonly message: string) {}
}

/** Makes values of root files and of what they include. What needs other parts of the configuration stays open. */
export class Builder {
  /** How many characters were read; a file counts as often as it is included. */
  size = 0;
  /** True where a file may be that was not read. */
  hasGaps = false;
  readonly references: Reference[] = [];
  readonly includeSites: Location[] = [];
  private includes = 0;

  constructor(
    readonly sources: Sources,
    readonly faults: Faults,
    readonly options: BuildOptions,
  ) {}

  root({ uri, bareName = false }: RootFile): ObjectValue {
    const tree = this.sources.get(uri);
    if (tree !== undefined)
      return this.file(tree as ParsedTree, { uri, bareName }, [], { files: [], mayVanish: false });
    const at = { uri, range: { start: 0, end: 0 } };
    const object = new ObjectValue(at, new Map());
    object.unknowns = [this.faults.fail('hocon/file-not-found', `The file "${shown(uri)}" cannot be read.`, at).reason];
    return object;
  }

  /** @throws MissingFile only where `chain.mayVanish` */
  private file(tree: ParsedTree, file: IncludingFile, prefix: readonly string[], chain: IncludeChain): ObjectValue {
    for (let i = 0; i < tree.grammarProblems; i++) this.faults.add(tree.problems[i] as Problem);
    this.size += tree.text.length;
    const files = [...chain.files, nameOf(file)];
    return new FileBuilder(this, tree, file, prefix, { ...chain, files }).build();
  }

  include(
    node: IncludeTree,
    at: Location,
    including: IncludingFile,
    prefix: readonly string[],
    chain: IncludeChain,
  ): Included {
    this.includeSites.push(at);
    if (node.broken !== undefined || node.targetRange === undefined) return this.gap('include', node, at);
    const { kind, files, isBasename } = includeTarget(node, including, this.options.workingDirectory);
    const found = files.filter(({ uri, syntax }) => this.sources.get(uri, syntax) !== undefined);
    switch (kind) {
      case 'malformed-url':
        return this.fail('hocon/bad-url', `"${node.target}" is not a URL that can be included.`, at, 'counted');
      case 'url':
        if (this.options.closed) return this.fail('hocon/url', `"${node.target}" is not fetched here.`, at);
        return this.gap('url', node, at);
      case 'elsewhere':
        if (this.options.closed) return this.absent(node, at, files, chain);
        return this.gap('include', node, at);
      case 'file':
        break;
    }
    // As properties, a file includes nothing, not even itself.
    if (found.some((file) => file.syntax !== 'properties' && chain.files.includes(nameOf(file)))) {
      return this.fail(
        'hocon/include-cycle',
        `"${node.target}" is being included already: the includes form a cycle.`,
        at,
      );
    }
    if (found.length > 0 && (chain.files.length > MAX_INCLUDE_DEPTH || ++this.includes > MAX_INCLUDES)) {
      return this.fail(
        'hocon/include-depth',
        `Includes are nested more than ${MAX_INCLUDE_DEPTH} times, or there are too many.`,
        at,
      );
    }
    const inner = { ...chain, mayVanish: chain.mayVanish || isBasename };
    const values = found.map((file) => this.included(node, at, file, prefix, inner, isBasename));
    let merged: ObjectValue | undefined;
    for (const value of values.reverse()) {
      if (merged === undefined || value === undefined) merged ??= value;
      else mergeInto(merged, value, OWNED);
    }
    return merged === undefined ? this.absent(node, at, files, chain) : { value: merged };
  }

  private included(
    node: IncludeTree,
    at: Location,
    file: IncludeFile,
    prefix: readonly string[],
    chain: IncludeChain,
    isBasename: boolean,
  ): ObjectValue | undefined {
    try {
      const tree = this.sources.get(file.uri, file.syntax);
      return tree === undefined ? undefined : this.file(tree as ParsedTree, file, prefix, chain);
    } catch (missing) {
      if (!(missing instanceof MissingFile) || !isBasename) throw missing;
      const message = `"${node.target}" is left out without a word, because in "${shown(file.uri)}": ${missing.message}`;
      this.warn('hocon/include-dropped', message, at);
      return undefined;
    }
  }

  /** Nothing was found: without `required` the reference does not mind. */
  private absent(node: IncludeTree, at: Location, files: readonly IncludeFile[], chain: IncludeChain): Included {
    if (this.options.isPart === true) return this.gap('include', node, at);
    const lookedFor = files.map(({ uri }) => shown(uri)).join(', ');
    const places =
      lookedFor === '' ? 'its directory is unknown, since the file is named without one' : `looked for ${lookedFor}`;
    if (node.required) {
      const message = `"${node.target}" was not found (${places}).`;
      if (chain.mayVanish) throw new MissingFile(message);
      return this.fail('hocon/include-not-found', message, at);
    }
    if (node.method !== 'classpath') {
      const name = node.method === 'file' ? `file("${node.target}")` : `"${node.target}"`;
      const message = `"${node.target}" was not found (${places}) and is left out without a word. Write include required(${name}) to be told.`;
      this.warn('hocon/include-not-found', message, at);
    }
    return this.options.closed ? {} : this.gap('include', node, at);
  }

  private gap(cause: 'include' | 'url', node: IncludeTree, location: Location): Included {
    this.hasGaps = true;
    return { unknown: { cause, subject: node.target, location } };
  }

  private warn(code: Problem['code'], message: string, { uri, range }: Location): void {
    this.faults.add({ code, severity: 'warning', message, uri, range });
  }

  private fail(code: Problem['code'], message: string, at: Location, culprit?: 'counted'): Included {
    return { unknown: this.faults.fail(code, message, at, culprit).reason };
  }
}

function nameOf({ uri, bareName }: IncludingFile): string {
  return bareName ? `bare ${uri}` : uri;
}

function shown(uri: string): string {
  const { scheme, path } = URI.parse(uri);
  return scheme === 'file' ? path : uri;
}
