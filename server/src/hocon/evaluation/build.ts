import { URI } from 'vscode-uri';
import type { Location, TextRange } from '../../text/location';
import type { Problem } from '../problem';
import type { RootFile, Sources } from '../source';
import { lex } from '../syntax/lexer';
import { bareType } from '../syntax/parse-value';
import { namesOf, type PathElement } from '../syntax/syntax';
import { TokenKind } from '../syntax/token';
import {
  type ArrayTree,
  type ConcatenationTree,
  type FieldTree,
  type IncludeTree,
  type ObjectTree,
  type ParsedTree,
  ScalarTree,
  type SubstitutionTree,
  type ValueTree,
} from '../syntax/tree';
import type { KeyPath, Unknown } from '../values/config-value';
import {
  Concatenation,
  definitionOf,
  definitionOfPlain,
  ListValue,
  ObjectValue,
  Reference,
  type TextValue,
  type Value,
} from './deferred-value';
import {
  type IncludeFile,
  type IncludingFile,
  includeTarget,
  isOfOtherMachine,
  nearbyKey,
  type PathOptions,
} from './include-files';
import { joinPieces } from './join';
import { mergeInto, OWNED } from './merge';
import { objectOfProperties } from './path-map';
import type { ProblemLog } from './problem-log';

/** The reference refuses more. */
const MAX_INCLUDE_DEPTH = 50;

/** Files that include others twice each would be read 2^n times. */
const MAX_INCLUDES = 10_000;

/**
 * Each `+=` looks back at all before it: 300 to one list take Lightbend config 1.4.3 20 seconds, 500 overflow its
 * stack.
 */
const MANY_APPENDS = 200;

interface BuildOptions extends PathOptions {
  /** True where what is not found here is not anywhere. */
  readonly closed: boolean;
  /** True where the files are in use elsewhere, among others than here. */
  readonly isPart?: boolean;
}

/** The files that include each other down to the one at hand. */
interface IncludeChain {
  readonly files: readonly string[];
  /** True where a missing required file makes a whole file vanish instead of stopping everything. */
  readonly mayVanish: boolean;
}

/** The value or the gap that an include adds to the object around it. */
interface Included {
  readonly value?: ObjectValue | undefined;
  readonly unknown?: Unknown | undefined;
}

/** A required file is missing: for the reference, the file with the include cannot be read then. */
class MissingFile {
  constructor(readonly message: string) {}
}

/** Makes values of root files and of what they include. What needs other parts of the configuration stays open. */
export class Builder {
  /** The number of characters that were read; a file counts as often as it is included. */
  size = 0;
  /** True where a file may be that was not read. */
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
    const message = `"${path.join('.')}" is appended to ${MANY_APPENDS} times: Canton hangs at 300 and fails at 500. Write the list at once.`;
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
        if (this.options.closed) return this.fail('hocon/url', `"${node.target}" is not fetched here.`, at);
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
    // A properties file cannot include anything, so that it cannot be part of a cycle.
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
    if (merged === undefined) return this.absent(node, at, including, files, chain);
    return { value: merged, unknown: unread?.unknown };
  }

  /** A file that is not read is unknown, and no error follows from it. */
  private unread(node: IncludeTree, files: readonly IncludeFile[], at: Location): Included | undefined {
    const refused = files.find(({ uri }) => this.sources.refusal?.(uri) !== undefined);
    if (refused === undefined) return undefined;
    const message = `"${node.target}" is not read here, because it ${this.sources.refusal?.(refused.uri)}. Nothing is reported that depends on it.`;
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
      const message = `"${node.target}" is left out without a word, because in "${shown(file.uri)}": ${missing.message}`;
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
    const lookedFor = files.map(({ uri }) => shown(uri)).join(', ');
    const nowhere = including.bareName
      ? 'its directory is unknown, since the file is named without one'
      : 'no file can have this name';
    const places = lookedFor === '' ? nowhere : `looked for ${lookedFor}`;
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

  /** A file that may be where Canton runs: it is certainly amiss only where its name is. */
  private warnOfAbsent({ target, required, method }: IncludeTree, at: Location): void {
    const written = `${method === 'file' ? 'file' : ''}("${target}")`;
    const effect = required ? 'and refuses to start without it' : 'and silently ignores that it is not there';
    if (target.includes('${')) {
      const message = `Nothing is substituted inside quotes: Canton looks for a file named "${target}" ${effect}.`;
      this.warn('hocon/include-not-found', message, at);
    } else if (
      required &&
      method === 'file' &&
      this.sources.nearby?.has(nearbyKey(at.uri, target)) === false &&
      !target.startsWith('/')
    ) {
      const message = `"${target}" is found neither in this folder nor above it. Canton looks for ${written} in the folder that it is started in, ${effect}.`;
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

function nameOf({ uri, bareName }: IncludingFile): string {
  return bareName ? `bare ${uri}` : uri;
}

function shown(uri: string): string {
  const { scheme, path } = URI.parse(uri);
  return scheme === 'file' ? path : uri;
}

/** Deeper nesting overflows the reference's stack at its default size, too. */
export const MAX_DEPTH = 1000;

/** The services that building the values of one file needs. */
interface BuildOwner {
  readonly log: ProblemLog;
  /** All that are made. */
  readonly references: Reference[];
  /** Called for each `+=`. */
  appended(path: KeyPath, at: Location): void;
  include(node: IncludeTree, at: Location, including: IncludingFile, prefix: KeyPath, chain: IncludeChain): Included;
}

/** Makes the values of one file: entries merged, includes put in, text joined. */
class FileBuilder {
  /** The names on the way from the file's root to the value at hand. */
  private readonly path: string[] = [];
  /** The number of lists around the value at hand. */
  private lists = 0;
  private depth = 0;
  private readonly uri: string;

  constructor(
    private readonly owner: BuildOwner,
    private readonly tree: ParsedTree,
    private readonly file: IncludingFile,
    /** The path that the file is included at. */
    private readonly prefix: KeyPath,
    private readonly chain: IncludeChain,
  ) {
    this.uri = file.uri;
  }

  build(): ObjectValue {
    const root = this.tree.root.value;
    if (this.tree.syntax === 'properties') return objectOfProperties(this.uri, root as ObjectTree);
    if (root.kind === 'object') return this.object(root);
    const at = this.at(root);
    const wrong = this.owner.log.fail('hocon/root-array', 'The file holds a list. Its root must be an object.', at);
    const object = new ObjectValue(at, new Map());
    object.unknowns = [wrong.reason];
    return object;
  }

  private at(range: TextRange): Location {
    return { uri: this.uri, range: { start: range.start, end: range.end } };
  }

  private value(node: ValueTree): Value {
    switch (node.kind) {
      case 'scalar':
        return this.scalar(node);
      case 'object':
        return this.object(node);
      case 'array':
        return this.array(node);
      case 'substitution':
        return this.substitution(node);
      case 'concatenation':
        return this.concatenation(node);
    }
  }

  private scalar(node: ScalarTree): Value {
    const origin = this.at(node);
    switch (node.type) {
      case 'string':
        if (!node.droppable) return { kind: 'string', origin, value: node.value };
        return { kind: 'string', origin, value: node.value, droppable: true } satisfies TextValue;
      case 'number':
        return { kind: 'number', origin, value: Number(node.value), text: node.value };
      case 'boolean':
        return { kind: 'boolean', origin, value: node.value === 'true' };
      case 'null':
        return { kind: 'null', origin };
    }
  }

  private tooDeep(node: ValueTree): Value {
    const message = `More than ${MAX_DEPTH} values are nested here. The reference library runs out of stack.`;
    return this.owner.log.fail('hocon/too-deep', message, this.at({ start: node.start, end: node.start + 1 }));
  }

  private object(node: ObjectTree): ObjectValue {
    const object = new ObjectValue(this.at(node), new Map());
    if (node.broken !== undefined) object.unknowns = [this.owner.log.reason(node.broken)];
    for (const entry of node.entries) {
      if (entry.kind === 'field') this.field(entry, object);
      else this.include(entry, object);
    }
    return object;
  }

  private array(node: ArrayTree): Value {
    if (node.broken !== undefined) return this.owner.log.unknown(node.broken);
    if (this.depth >= MAX_DEPTH) return this.tooDeep(node);
    this.lists++;
    this.depth++;
    const items = node.elements.map((element) => this.value(element));
    this.depth--;
    this.lists--;
    return new ListValue(this.at(node), items);
  }

  private field(field: FieldTree, object: ObjectValue): void {
    if (isKeyInTheMaking(field)) return;
    const plain = field.path.plainName;
    if (plain !== undefined) {
      this.path.push(plain);
      this.depth++;
      const value = this.fieldValue(field);
      this.depth--;
      this.path.pop();
      this.missedValue(field);
      object.add(plain, { value, definitions: [definitionOfPlain(this.uri, field, value)], order: 0 }, OWNED);
      return;
    }
    const { elements } = field.path;
    if (elements.length === 0) return;
    for (const { name } of elements) this.path.push(name);
    this.depth += elements.length;
    let value = this.fieldValue(field);
    this.depth -= elements.length;
    this.path.length -= elements.length;
    this.missedValue(field);
    const { origin } = value;
    for (let i = elements.length - 1; i >= 0; i--) {
      const { name } = elements[i] as PathElement;
      const entry = { value, definitions: [definitionOf(this.uri, field, i)], order: 0 };
      if (i === 0) {
        object.add(name, entry, OWNED);
        return;
      }
      const around = new ObjectValue(origin, new Map());
      if (value.kind === 'object') around.earliest = value.earliest;
      around.add(name, entry, OWNED);
      value = around;
    }
  }

  /** The reference refuses what it takes for the value of the entry before, when it has read all of it. */
  private missedValue(field: FieldTree): void {
    const { missedValues } = this.tree;
    const problem = missedValues.size > 0 ? missedValues.get(field) : undefined;
    if (problem !== undefined) this.owner.log.addOnLine(problem, field.start);
  }

  private fieldValue(field: FieldTree): Value {
    const { value: node, broken } = field;
    const isAppended = field.separator === '+=';
    if (isAppended && this.lists > 0) {
      const message = '"+=" does not work inside a list. Write the whole list here, or append outside of it.';
      return this.owner.log.fail('hocon/append-in-list', message, this.at(field), 'counted');
    }
    // An object is read as far as it could be; its own marks say what is missing.
    if (broken !== undefined && node?.kind !== 'object') return this.owner.log.unknown(broken);
    if (node === undefined) return { kind: 'null', origin: this.at(field) };
    if (this.depth > MAX_DEPTH) return this.tooDeep(node);
    if (!isAppended) return node.kind === 'object' ? this.object(node) : this.value(node);
    this.lists++;
    const item = this.value(node);
    this.lists--;
    const { origin } = item;
    const path = [...this.prefix, ...this.path];
    this.owner.appended(path, this.at(field.path));
    const before = this.reference(origin, path, true);
    return new Concatenation(origin, [before, new ListValue(origin, [item])]);
  }

  private substitution(node: SubstitutionTree): Value {
    if (node.broken !== undefined) {
      this.owner.log.add(node.broken);
      return this.owner.log.unknown(node.broken);
    }
    const path = [...this.prefix, ...namesOf(node.path)];
    return this.reference(this.at(node), path, node.optional);
  }

  private reference(origin: Location, path: KeyPath, optional: boolean): Reference {
    const reference = new Reference(origin, path, this.prefix.length, optional);
    this.owner.references.push(reference);
    return reference;
  }

  private concatenation(node: ConcatenationTree): Value {
    const pieces: Value[] = [];
    let before: ValueTree | undefined;
    for (const part of node.parts) {
      if (before !== undefined && before.end < part.start && isText(before) && isText(part)) {
        const range = { start: before.end, end: part.start };
        const value = this.tree.text.slice(range.start, range.end);
        pieces.push({ kind: 'string', origin: this.at(range), value, droppable: true } as TextValue);
      }
      const isUnquoted = part.kind === 'scalar' && part.style === 'unquoted';
      for (const piece of isUnquoted ? this.words(part) : [this.value(part)]) pieces.push(piece);
      before = part;
    }
    const origin = this.at(node);
    const joined = joinPieces(pieces);
    if ('conflict' in joined) return this.owner.log.conflict(joined.conflict, origin);
    const [only] = joined.pieces;
    return joined.pieces.length === 1 && only !== undefined ? only : new Concatenation(origin, joined.pieces);
  }

  /** The tokens of an unquoted text one by one: behind a list or an object the reference judges each for itself. */
  private words(node: ScalarTree): Value[] {
    if (node.type !== 'string' || node.droppable) return [this.scalar(node)];
    const { starts, kinds, count } = lex(node.value, true);
    const words: Value[] = [];
    for (let i = 0; i < count; i++) {
      const start = starts[i] as number;
      const end = starts[i + 1] as number;
      const kind = kinds[i] as TokenKind;
      const type = kind === TokenKind.Blank ? 'string' : bareType(kind);
      const text = node.value.slice(start, end);
      const isText = type === 'string';
      words.push(
        this.scalar(new ScalarTree(node, node.start + start, node.start + end, 'unquoted', type, text, isText)),
      );
    }
    return words;
  }

  private include(node: IncludeTree, object: ObjectValue): void {
    const at = this.at(node);
    const prefix = [...this.prefix, ...this.path];
    const { value, unknown } = this.owner.include(node, at, this.file, prefix, this.chain);
    if (value !== undefined) {
      if (this.lists > 0 && value.unresolved > 0) {
        const message = 'A file with substitutions cannot be included inside a list. Move the include out of the list.';
        this.owner.log.fail('hocon/include-in-list', message, at, 'counted');
      }
      const added = [...value.open].sort(([, a], [, b]) => a.order - b.order);
      for (const [key, entry] of added) object.add(key, entry, OWNED);
      object.addUnknowns(value.unknowns);
    }
    if (unknown !== undefined) object.addUnknowns([unknown]);
  }
}

/** `kms.` and `kms.region` before `=`: the object around it is marked, and what `kms` already holds stays known. */
function isKeyInTheMaking({ broken, separator, value, path }: FieldTree): boolean {
  if (broken === undefined || path.plainName !== undefined) return false;
  const isHalf = separator === undefined && value === undefined && path.elements.length > 1;
  return isHalf || path.elements.some(({ start, end }) => start === end);
}

function isText(node: ValueTree): boolean {
  return node.kind === 'scalar' || node.kind === 'substitution';
}
