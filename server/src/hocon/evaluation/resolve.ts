import type { Environment } from '../source';
import { javaOrder } from '../syntax/java';
import type { ConfigUnknown, KeyPath, Unknown } from '../values/config-value';
import {
  type Concatenation,
  type Container,
  isObjectLike,
  isResolved,
  isUnmergeable,
  ListValue,
  ObjectValue,
  type OpenEntry,
  type Reference,
  type Resolvable,
  unknownValue,
  type Value,
} from './deferred-value';
import { joinPieces } from './join';
import { Limits } from './limits';
import { Fold, ignoresFallbacks, mergeAll, remainderOf } from './merge';
import { MergeStack } from './merge-stack';
import { objectOfEnvironment } from './path-map';
import type { ProblemLog } from './problem-log';

/** The number of layers of a merge that may look back at each other before the lowest is resolved on its own. */
const LOOK_BACK = 50;

/** Thrown if a value depends on itself. The nearest enclosing reference decides what that means. */
class Cycle {
  constructor(readonly members: readonly Reference[]) {}
}

/**
 * Resolves the references of a merged configuration. It follows the reference library step by step: where values refer
 * to themselves, the result depends on the order, on what is cached, and on what is visible while a merge is partly
 * resolved.
 */
export class Resolver {
  private readonly environment: ObjectValue;
  private readonly undoLog = new UndoLog();
  /** The references that are being resolved, as a chain from each to the previous one. */
  private readonly active: Reference[] = [];
  private readonly limits: Limits;
  /** True if a reference may be to a key that another file sets. */
  hasGaps = false;

  constructor(
    private readonly log: ProblemLog,
    private readonly variables: Environment,
    /** The number of characters that the configuration was read from. */
    size: number,
    /** True if a key may be set in other files. */
    private readonly mayLackFiles: boolean,
  ) {
    this.limits = new Limits(log, size);
    this.environment = objectOfEnvironment(variables.variables);
  }

  resolveRoot(root: ObjectValue): ObjectValue {
    return this.limits.whole(this.resolve(root, { root, step: undefined }, undefined) as ObjectValue);
  }

  /**
   * @param path if given, only values along this path are resolved
   * @returns undefined if the value is optional and missing
   * @throws Cycle, LibraryLimit
   */
  private resolve(value: Value, search: Search, path: KeyPath | undefined): Value | undefined {
    if (isResolved(value)) return value;
    const open = value as Exclude<Value, { kind: 'string' | 'number' | 'boolean' | 'null' | 'unknown' }>;
    if (open.resolved !== undefined) return open.resolved;
    const pathKey = path?.join('\0');
    if (pathKey !== undefined) {
      const partial = open.partial?.get(pathKey);
      if (partial !== undefined) return partial;
    }
    if (open.kind === 'reference' && open.active) throw new Cycle(this.active.slice(this.active.indexOf(open)));
    if (!this.limits.step()) return this.limits.giveUp(open);
    this.limits.depth++;
    let result: Value | undefined;
    // This is not a separate method, because every frame of this recursion counts.
    if (open.kind === 'object') {
      result = path === undefined ? this.resolveObject(open, search) : this.resolveAlong(open, search, path);
    } else if (open.kind === 'list') {
      result = path === undefined ? this.resolveList(open, search) : open;
    } else if (open.kind === 'reference') {
      result = this.resolveReference(open, search, path);
    } else if (open.kind === 'concatenation') {
      result = this.resolveConcatenation(open, search);
    } else {
      result = this.resolveMerge(open, search, path);
    }
    this.limits.depth--;
    if (result === undefined) return undefined;
    if (isResolved(result)) {
      if (result.kind === 'object') result.settle();
      this.undoLog.resolved(open, result);
    } else if (pathKey !== undefined) {
      this.undoLog.partial(open, pathKey, result);
    } else {
      throw new LibraryLimit();
    }
    return result;
  }

  private resolveObject(object: ObjectValue, search: Search): ObjectValue {
    this.limits.spend(object.open.size);
    const open: [string, OpenEntry][] = [];
    object.open.forEach((entry, key) => {
      if (!isResolved(entry.value)) open.push([key, entry]);
    });
    const entries = new Map(object.open);
    const { depth } = this.limits;
    for (const [key, { value, definitions, order }] of javaOrder(open, object.open.size)) {
      let resolved: Value | undefined;
      try {
        resolved = this.resolve(value, into(search, object, key), undefined);
      } catch (limit) {
        if (!(limit instanceof LibraryLimit)) throw limit;
        this.limits.depth = depth;
        resolved = this.tangled(key, value);
      }
      if (resolved === undefined) entries.delete(key);
      else entries.set(key, { value: resolved, definitions, order });
    }
    return object.resolvedTo(entries);
  }

  private tangled(key: string, value: Value): Value {
    const message = `Canton's HOCON library cannot resolve the merge of "${key}". Set the value without a reference to itself.`;
    return this.log.fail('hocon/unresolvable', message, value.origin);
  }

  private resolveAlong(object: ObjectValue, search: Search, path: KeyPath): ObjectValue {
    if (path.length === 1) return object;
    const [key] = path as [string];
    const child = object.entry(key)?.value;
    if (child === undefined) return object;
    const resolved = this.resolve(child, into(search, object, key), path.slice(1));
    return resolved === child ? object : object.with(key, resolved);
  }

  private resolveList(list: ListValue, search: Search): ListValue {
    this.limits.spend(list.length);
    const items: Value[] = [];
    for (let i = 0; i < list.items.length; i++) {
      const resolved = this.resolve(list.items[i] as Value, into(search, list, i), undefined);
      if (resolved !== undefined) items.push(resolved);
    }
    return new ListValue(list.origin, items);
  }

  private resolveReference(reference: Reference, search: Search, path: KeyPath | undefined): Value | undefined {
    let mark = this.undoLog.mark;
    const { depth } = this.limits;
    reference.active = true;
    this.active.push(reference);
    let result: Value | undefined;
    try {
      const found = this.lookUp(reference, search);
      // The results of the search stay valid even if the value turns out to be part of a cycle.
      mark = this.undoLog.mark;
      result = found.value === undefined ? undefined : this.resolve(found.value, found.search, path);
    } catch (cycle) {
      if (!(cycle instanceof Cycle)) throw cycle;
      this.limits.depth = depth;
      this.undoLog.undoTo(mark);
      if (this.mayLackFiles && cycle.members.every((member) => member === reference)) return this.elsewhere(reference);
      if (reference.optional) return undefined;
      const message = `Cyclic substitution: the value of "${reference.written}" depends on itself.`;
      const others = cycle.members.filter((member) => member !== reference);
      const related = others.map((member) => ({ location: member.origin, message: `over "${member.written}"` }));
      return this.log.fail('hocon/cycle', message, reference.origin, undefined, related);
    } finally {
      reference.active = false;
      this.active.pop();
    }
    if (result === undefined) {
      if (this.mayLackFiles) return this.elsewhere(reference);
      return reference.optional ? undefined : this.unresolved(reference);
    }
    return isResolved(result) ? this.limits.bring(result, reference) : result;
  }

  /** These files alone are not enough for a verdict. */
  private elsewhere({ origin, optional, written, path }: Reference): Value {
    this.hasGaps = true;
    if (!optional) {
      const message = `"${written}" is not set in these files, so another file of the launch set (-c) must set it. Declare the launch set in canton-kms.json to be sure.`;
      this.log.add({ code: 'hocon/unresolved', severity: 'warning', message, ...origin });
    }
    return unknownValue({ cause: 'elsewhere', subject: path.join('.'), location: origin });
  }

  private unresolved(reference: Reference): Value {
    const message = `"${reference.written}" cannot be resolved: no key and no environment variable has this name.`;
    return this.log.fail('hocon/unresolved', message, reference.origin);
  }

  /** Looks in the whole configuration, first below the path that the file is included at, then in the environment. */
  private lookUp(reference: Reference, search: Search): { value: Value | undefined; search: Search } {
    const mark = this.undoLog.mark;
    const { path, prefixLength } = reference;
    let found = this.find(search.root, path);
    if (found.value !== undefined) return found;
    const own = path.slice(prefixLength);
    if (prefixLength !== 0) found = this.find(search.root, own);
    if (found.value !== undefined) return found;
    this.undoLog.undoTo(mark);
    found = this.find(this.environment, own);
    if (found.value !== undefined || this.variables.closed || !isVariable(own)) return found;
    const [subject = ''] = own;
    const unknown: Unknown = { cause: 'environment', subject, location: reference.origin };
    const value = unknownValue(this.mayLackFiles ? { ...unknown, mayBeKey: true } : unknown);
    return { value, search: found.search };
  }

  private find(root: ObjectValue, path: KeyPath): { value: Value | undefined; search: Search } {
    const along = this.resolve(root, { root, step: undefined }, path);
    if (along?.kind !== 'object') throw new LibraryLimit();
    let object: ObjectValue | MergeStack = along;
    let step: Step | undefined;
    let gap: ConfigUnknown | undefined;
    for (let i = 0; ; i++) {
      const key = path[i] as string;
      step = { container: object, key, outer: step };
      gap ??= gapIn(object);
      const value = peek(object, key) ?? gap;
      const search = { root: along, step };
      if (i === path.length - 1 || value?.kind === 'unknown') return { value, search };
      if (value === undefined || !isObjectLike(value)) return { value: gap, search };
      object = value as ObjectValue | MergeStack;
    }
  }

  private resolveConcatenation(concatenation: Concatenation, search: Search): Value | undefined {
    const pieces: Value[] = [];
    for (const piece of concatenation.pieces) {
      const resolved = this.resolve(piece, search, undefined);
      if (resolved !== undefined) pieces.push(resolved);
    }
    const fold = new Fold();
    const joined = joinPieces(pieces, fold);
    this.limits.spend(fold.cost);
    if ('conflict' in joined) return this.log.conflict(joined.conflict, concatenation.origin);
    const [value] = joined.pieces;
    if (joined.pieces.length > 1) throw new LibraryLimit();
    this.noteGap(value, pieces);
    return value && this.limits.text(value, concatenation);
  }

  private resolveMerge(merge: MergeStack, search: Search, path: KeyPath | undefined): Value | undefined {
    const count = merge.layerCount;
    if (path === undefined && count > LOOK_BACK) this.resolveFromBelow(merge, search);
    const found: Value[] = [];
    let i = count - 1;
    for (; i >= 0; i--) {
      this.limits.spend(1);
      const resolved = this.resolveLayer(merge, i, search, path);
      if (resolved !== undefined) found.push(resolved);
      // In long merges, a reference that looked back has already merged the layers below.
      const rest = i < LOOK_BACK ? undefined : merge.knownRemainder(i);
      if (rest === undefined) continue;
      found.push(rest);
      break;
    }
    const fold = new Fold();
    const merged = mergeAll(found.reverse(), fold);
    this.limits.spend(fold.cost);
    if (merge.isObject && (merged === undefined || !isObjectLike(merged))) throw new LibraryLimit();
    this.noteGap(merged, found);
    return merged;
  }

  /** An object with a key that another file may set. */
  private noteGap(result: Value | undefined, parts: readonly Value[]): void {
    if (!this.mayLackFiles || result?.kind !== 'object') return;
    if (parts.some((part) => part.kind === 'unknown')) this.hasGaps = true;
  }

  /** Each layer looks back at those below it. Without this, a thousand layers would recurse into each other. */
  private resolveFromBelow(merge: MergeStack, search: Search): void {
    const last = merge.layerCount - LOOK_BACK;
    let first = last - (last % LOOK_BACK);
    this.limits.spend(last / LOOK_BACK);
    while (first > 0 && merge.knownRemainder(first) === undefined) first -= LOOK_BACK;
    for (let i = first; i < last; i += LOOK_BACK) this.resolveLayer(merge, i, search, undefined);
  }

  private resolveLayer(merge: MergeStack, i: number, search: Search, path: KeyPath | undefined): Value | undefined {
    const layer = merge.layer(i);
    if (!isUnmergeable(layer)) return this.resolve(layer, into(search, merge, i), path);
    if (layer.resolved !== undefined) return layer.resolved;
    const fold = new Fold();
    const rest = remainderOf(merge, i, fold);
    this.limits.spend(fold.cost);
    return this.resolve(layer, replaced(search, merge, rest), path);
  }
}

/** The path from the root to the value that is being resolved; each step names the next child. */
interface Step {
  readonly container: Container;
  readonly key: string | number;
  readonly outer: Step | undefined;
}

/** The root in which references are searched. */
interface Search {
  readonly root: ObjectValue;
  /** Undefined if the current value is not known to be below the root. */
  readonly step: Step | undefined;
}

/** The reference library fails here with an internal error, and so does the start of Canton. */
class LibraryLimit {}

/** Continues the search with the children of `container`, which is the next child of `search`. */
function into(search: Search, container: Container, key: string | number): Search {
  if (search.step === undefined && container !== search.root) return search;
  return { root: search.root, step: { container, key, outer: search.step } };
}

/**
 * Continues the search in a root with `replacement` in place of `old`. While the top layer of a merge is resolved,
 * references to it must find only the layers below: this is how `path = ${path}":/bin"` works.
 */
function replaced(search: Search, old: MergeStack, replacement: Value | undefined): Search {
  const { step, root } = search;
  if (step === undefined) throw new LibraryLimit();
  let newRoot: Value | undefined = replacement;
  let child: Value = old;
  for (let at: Step | undefined = step; at !== undefined; at = at.outer) {
    newRoot = withChild(at.container, at.key, child, newRoot);
    child = at.container;
  }
  if (newRoot?.kind === 'object') return { root: newRoot, step: undefined };
  return { root: new ObjectValue(root.origin, new Map()), step: undefined };
}

function withChild(
  container: Container,
  key: string | number,
  child: Value,
  value: Value | undefined,
): Container | undefined {
  if (container instanceof ObjectValue) {
    const name = container.entry(key as string)?.value === child ? (key as string) : keyOf(container, child);
    return container.with(name, value);
  }
  if (container instanceof ListValue) {
    const list = container.with(indexOf(container.items, child, key), value);
    return list.length === 0 ? undefined : list;
  }
  const isThere = typeof key === 'number' && container.layer(key) === child;
  return container.with(isThere ? key : indexOf(container.layers(), child, key), value);
}

function keyOf(object: ObjectValue, child: Value): string {
  for (const [key, { value }] of object.open) if (value === child) return key;
  throw new LibraryLimit();
}

function indexOf(items: readonly Value[], child: Value, expected: string | number): number {
  const index = items[expected as number] === child ? (expected as number) : items.indexOf(child);
  if (index < 0) throw new LibraryLimit();
  return index;
}

/** Marks an object, and the objects inside it, as partly unknown if a file was not read. */
function gapIn(object: ObjectValue | MergeStack): ConfigUnknown | undefined {
  const gap = object instanceof ObjectValue ? object.unknowns.find(({ cause }) => cause !== 'problem') : undefined;
  return gap && unknownValue(gap);
}

/**
 * The value of a key in an object that may not be resolved yet.
 * @returns undefined if it is known to be absent
 */
function peek(object: ObjectValue | MergeStack, key: string): Value | undefined {
  if (object instanceof ObjectValue) {
    const [reason] = object.unknowns;
    const value = object.entry(key)?.value;
    return value === undefined && reason !== undefined ? unknownValue(reason) : value;
  }
  for (let i = object.layerCount - 1; i >= 0; i--) {
    const layer = object.layer(i);
    if (layer instanceof ObjectValue || (layer instanceof MergeStack && layer.isObject)) {
      const value = peek(layer, key);
      if (value !== undefined && ignoresFallbacks(value)) return value;
    } else if (isUnmergeable(layer)) {
      // It may contain the key, or hide the values below.
      throw new LibraryLimit();
    } else {
      return undefined;
    }
  }
  throw new LibraryLimit();
}

/** All results that the resolver has cached, in order, so that they can be discarded again. */
class UndoLog {
  private readonly notes: (() => void)[] = [];

  get mark(): number {
    return this.notes.length;
  }

  resolved(open: Resolvable, result: Value): void {
    open.resolved = result;
    this.notes.push(() => {
      open.resolved = undefined;
    });
  }

  partial(open: Resolvable, path: string, result: Value): void {
    open.partial ??= new Map();
    const { partial } = open;
    partial.set(path, result);
    this.notes.push(() => partial.delete(path));
  }

  /** Discards the results that were cached after the mark. */
  undoTo(mark: number): void {
    while (this.notes.length > mark) this.notes.pop()?.();
  }
}

/** Environment variables have names without dots, so a path with dots can only be a key. */
function isVariable(path: KeyPath): boolean {
  return path.length === 1 && /^[A-Za-z_][A-Za-z0-9_]*$/.test(path[0] as string);
}
