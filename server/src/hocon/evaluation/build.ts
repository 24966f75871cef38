import { URI } from 'vscode-uri';
import type { Location } from '../../text/location';
import type { Problem } from '../problem';
import type { RootFile, Sources } from '../source';
import type { IncludeTree, ParsedTree } from '../syntax/tree';
import type { KeyPath, Unknown } from '../values/config-value';
import { FileBuilder } from './build-file';
import { ObjectValue, type Reference } from './deferred-value';
import {
  type IncludeFile,
  type IncludingFile,
  includeTarget,
  isOfOtherMachine,
  nearbyKey,
  type PathOptions,
} from './include-files';
import { mergeInto, OWNED } from './merge';
import type { ProblemLog } from './problem-log';

/** The reference refuses more. */
const MAX_INCLUDE_DEPTH = 50;

/** Without a limit, files that each include two others would be read 2^n times. */
const MAX_INCLUDES = 10_000;

/**
 * Each `+=` looks back at all earlier ones: with 300 on one list, Lightbend config 1.4.3 takes 20 seconds; with 500,
 * its stack overflows.
 */
const MANY_APPENDS = 200;

interface BuildOptions extends PathOptions {
  /** True if a key that is not found here exists nowhere else. */
  readonly closed: boolean;
  /** True if the files are also used elsewhere. */
  readonly isPart?: boolean;
}

/** The chain of including files, ending with the current one. */
export interface IncludeChain {
  readonly files: readonly string[];
  /** True if a missing required file makes a whole file vanish instead of stopping everything. */
  readonly mayVanish: boolean;
}

/** The value that an include adds to the object around it, or the gap that it leaves. */
export interface Included {
  readonly value?: ObjectValue | undefined;
  readonly unknown?: Unknown | undefined;
}

/** A required file is missing. The reference then treats the including file as unreadable. */
class MissingFile {
  constructor(readonly message: string) {}
}

/**
 * Makes values of root files and of what they include. Values that depend on other parts of the configuration stay
 * unresolved.
 */
export class Builder {
  /** The number of characters that were read; a file counts as often as it is included. */
  size = 0;
  /** True if there may be a file that was not read. */
  hasGaps = false;
  readonly references: Reference[] = [];
  readonly includeSites: Location[] = [];
  private includes = 0;
  private readonly appends = new Map<string, number>();

  constructor(
    readonly sources: Sources,
    readonly log: ProblemLog,
    readonly options: BuildOptions,
  ) {}

  root({ uri, bareName = false }: RootFile): ObjectValue {
    const tree = this.sources.get(uri);
    if (tree !== undefined)
      return this.file(tree as ParsedTree, { uri, bareName }, [], { files: [], mayVanish: false });
    const at = { uri, range: { start: 0, end: 0 } };
    const object = new ObjectValue(at, new Map());
    if (this.sources.refusal?.(uri) !== undefined) {
      this.hasGaps = true;
      object.unknowns = [{ cause: 'include', subject: shown(uri), location: at }];
      return object;
    }
    object.unknowns = [this.log.fail('hocon/file-not-found', `The file "${shown(uri)}" cannot be read.`, at).reason];
    return object;
  }

  /** @throws MissingFile only where `chain.mayVanish` */
  private file(tree: ParsedTree, file: IncludingFile, prefix: KeyPath, chain: IncludeChain): ObjectValue {
    for (let i = 0; i < tree.grammarProblems; i++) this.log.add(tree.problems[i] as Problem);
    this.size += tree.text.length;
    const files = [...chain.files, nameOf(file)];
    return new FileBuilder(this, tree, file, prefix, { ...chain, files }).build();
  }

  appended(path: KeyPath, at: Location): void {
    const key = path.join('\0');
    const count = (this.appends.get(key) ?? 0) + 1;
    this.appends.set(key, count);
    if (count !== MANY_APPENDS) return;
    const message = `"${path.join('.')}" is appended to ${MANY_APPENDS} times: Canton hangs at 300 and fails at 500. Write the whole list in one place.`;
    this.warn('hocon/many-appends', message, at);
  }

  include(node: IncludeTree, at: Location, including: IncludingFile, prefix: KeyPath, chain: IncludeChain): Included {
    this.includeSites.push(at);
    if (node.broken !== undefined || node.targetRange === undefined) return this.gap('include', node, at);
    const { kind, files, isBasename } = includeTarget(node, including, this.options);
    const found = files.filter(({ uri, syntax }) => this.sources.get(uri, syntax) !== undefined);
    switch (kind) {
      case 'malformed-url':
        return this.fail('hocon/bad-url', `"${node.target}" is not a URL that can be included.`, at, 'counted');
      case 'url':
        if (this.options.closed)
          return this.fail('hocon/url', `"${node.target}" is not downloaded, so its keys are unknown.`, at);
        return this.gap('url', node, at);
      case 'elsewhere':
        if (this.options.closed) return this.absent(node, at, including, files, chain);
        this.warnOfAbsent(node, at);
        return this.gap('include', node, at);
      case 'file':
        break;
    }
    const unread = this.unread(node, files, at);
    if (unread !== undefined && found.length === 0) return unread;
    // A properties file cannot include anything, so it cannot be part of a cycle.
    if (found.some((file) => file.syntax !== 'properties' && chain.files.includes(nameOf(file)))) {
      return this.fail('hocon/include-cycle', `Include cycle: "${node.target}" includes this file.`, at);
    }
    if (found.length > 0 && (chain.files.length > MAX_INCLUDE_DEPTH || ++this.includes > MAX_INCLUDES)) {
      return this.fail(
        'hocon/include-depth',
        `Too many includes, or includes nested more than ${MAX_INCLUDE_DEPTH} levels deep.`,
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
    if (merged === undefined) return this.absent(node, at, including, files, chain);
    return { value: merged, unknown: unread?.unknown };
  }

  /** A file that is not read is unknown, and no error follows from it. */
  private unread(node: IncludeTree, files: readonly IncludeFile[], at: Location): Included | undefined {
    const refused = files.find(({ uri }) => this.sources.refusal?.(uri) !== undefined);
    if (refused === undefined) return undefined;
    const message = `"${node.target}" is not read, because it ${this.sources.refusal?.(refused.uri)}. Problems that depend on it are not reported.`;
    this.warn('hocon/include-not-read', message, at);
    return this.gap('include', node, at);
  }

  private included(
    node: IncludeTree,
    at: Location,
    file: IncludeFile,
    prefix: KeyPath,
    chain: IncludeChain,
    isBasename: boolean,
  ): ObjectValue | undefined {
    try {
      const tree = this.sources.get(file.uri, file.syntax);
      return tree === undefined ? undefined : this.file(tree as ParsedTree, file, prefix, chain);
    } catch (missing) {
      if (!(missing instanceof MissingFile) || !isBasename) throw missing;
      const message = `Canton silently ignores "${node.target}", because of a problem in "${shown(file.uri)}": ${missing.message}`;
      this.warn('hocon/include-dropped', message, at);
      return undefined;
    }
  }

  /** No file was found. Lightbend config 1.4.3 ignores that unless the include is `required`. */
  private absent(
    node: IncludeTree,
    at: Location,
    including: IncludingFile,
    files: readonly IncludeFile[],
    chain: IncludeChain,
  ): Included {
    if (this.options.isPart === true) return this.gap('include', node, at);
    const { closed } = this.options;
    if (!closed && node.method === 'file' && !node.target.startsWith('/')) {
      // Canton may be started elsewhere.
      this.warnOfAbsent(node, at);
      return this.gap('include', node, at);
    }
    if (!closed && isOfOtherMachine(node.target, including.uri)) {
      this.warnOfAbsent(node, at);
      return this.gap('include', node, at);
    }
    if (!closed && node.required && this.sources.nearby?.has(nearbyKey(at.uri, node.target)) === true) {
      const message = `"${node.target}" is not beside this file, but relative to a folder above it. Canton finds it only if that folder is on its class path, and refuses to start otherwise.`;
      this.warn('hocon/include-not-found', message, at);
      return this.gap('include', node, at);
    }
    const lookedFor = files.map(({ uri }) => shown(uri)).join(', ');
    const nowhere = including.bareName ? 'its directory is unknown' : 'a file cannot have this name';
    const places = lookedFor === '' ? nowhere : `looked for ${lookedFor}`;
    if (node.required) {
      const message = `"${node.target}" was not found (${places}).`;
      if (chain.mayVanish) throw new MissingFile(message);
      return this.fail('hocon/include-not-found', message, at);
    }
    if (SHELL_VARIABLE.test(node.target)) {
      this.warnOfAbsent(node, at);
    } else if (node.method !== 'classpath') {
      const name = node.method === 'file' ? `file("${node.target}")` : `"${node.target}"`;
      const message = `"${node.target}" was not found (${places}), and Canton silently ignores the include. Use include required(${name}) to make Canton refuse to start instead.`;
      this.warn('hocon/include-not-found', message, at);
    }
    return this.options.closed ? {} : this.gap('include', node, at);
  }

  /** The file may exist where Canton runs. It is certainly wrong only if its name is wrong. */
  private warnOfAbsent({ target, required, method }: IncludeTree, at: Location): void {
    const written = `${method === 'file' ? 'file' : ''}("${target}")`;
    const effect = required
      ? 'and refuses to start if there is none'
      : 'and silently ignores the include if there is none';
    if (SHELL_VARIABLE.test(target)) {
      const message = `HOCON does not resolve substitutions inside quotes. Canton looks for a file named "${target}" ${effect}.`;
      this.warn('hocon/include-not-found', message, at);
    } else if (
      required &&
      method === 'file' &&
      this.sources.nearby?.has(nearbyKey(at.uri, target)) === false &&
      !target.startsWith('/')
    ) {
      const message = `"${target}" was not found in this folder or above it. Canton looks for ${written} in its working directory, ${effect}.`;
      this.warn('hocon/include-not-found', message, at);
    }
  }

  private gap(cause: 'include' | 'url', node: IncludeTree, location: Location): Included {
    this.hasGaps = true;
    return { unknown: { cause, subject: node.target, location } };
  }

  private warn(code: Problem['code'], message: string, { uri, range }: Location): void {
    this.log.add({ code, severity: 'warning', message, uri, range });
  }

  private fail(code: Problem['code'], message: string, at: Location, culprit?: 'counted'): Included {
    return { unknown: this.log.fail(code, message, at, culprit).reason };
  }
}

const SHELL_VARIABLE = /\$(?:\{|[A-Za-z_])/;

function nameOf({ uri, bareName }: IncludingFile): string {
  return bareName ? `bare ${uri}` : uri;
}

function shown(uri: string): string {
  const { scheme, path } = URI.parse(uri);
  return scheme === 'file' ? path : uri;
}
