import type { Environment } from '../source';
import { javaOrder } from '../syntax/java';
import type { ConfigUnknown } from '../values/config-value';
import { objectOfEnvironment } from '../values/path-map';
import {
  type Concatenation,
  isObjectLike,
  isResolved,
  isUnmergeable,
  ListValue,
  type MergeStack,
  type ObjectValue,
  type Reference,
  unknownValue,
  type Value,
} from './deferred-value';
import type { OpenEntry } from './entry';
import type { Faults } from './faults';
import { joinPieces } from './join';
import { Journal } from './journal';
import { Limits } from './limits';
import { Fold, mergeAll } from './merge';
import { isVariable, written } from './reference-text';
import { restOf } from './rests';
import { gapIn, into, LibraryLimit, peek, replaced, type Search, type Step } from './search';

/** How many layers of a merge may look back at each other before the lowest is resolved on its own. */
const LOOK_BACK = 50;

/** A value depends on itself. The nearest reference on the way decides what that means. */
class Cycle {
  constructor(readonly members: readonly Reference[]) {}
}

/** A part of a path: only what lies on it is to be resolved. */
type Path = readonly string[];

/**
 * Resolves the references of a merged configuration. It goes the way of the reference library, step by step: the order,
 * what is remembered, and what is seen while a merge is half resolved decide results where values refer to themselves.
 */
export class Resolver {
  private readonly environment: ObjectValue;
  private readonly journal = new Journal();
  /** The references that are being resolved, each for the one before it. */
  private readonly active: Reference[] = [];
  private readonly limits: Limits;

  constructor(
    private readonly faults: Faults,
    private readonly variables: Environment,
    /** The number of characters that the configuration was read from. */
    size: number,
  ) {
    this.limits = new Limits(faults, size);
    this.environment = objectOfEnvironment(variables.variables);
  }

  resolveRoot(root: ObjectValue): ObjectValue {
    return this.limits.whole(this.resolve(root, { root, step: undefined }, undefined) as ObjectValue);
  }

  /**
   * @param path where given, only values on the way along it are resolved
   * @returns undefined where the value is optional and not there
   * @throws Cycle, LibraryLimit
   */
  private resolve(value: Value, search: Search, path: Path | undefined): Value | undefined {
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
    // Not a method of its own: every frame of this recursion counts.
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
      this.journal.resolved(open, result);
    } else if (pathKey !== undefined) {
      this.journal.partial(open, pathKey, result);
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
    const message = `The merge that "${key}" takes part in is too tangled for the reference library, which fails on it. Write the value without looking back.`;
    return this.faults.fail('hocon/unresolvable', message, value.origin);
  }

  private resolveAlong(object: ObjectValue, search: Search, path: Path): ObjectValue {
    const [key, ...rest] = path;
    if (key === undefined || rest.length === 0) return object;
    const child = object.entry(key)?.value;
    if (child === undefined) return object;
    const resolved = this.resolve(child, into(search, object, key), rest);
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

  private resolveReference(reference: Reference, search: Search, path: Path | undefined): Value | undefined {
    let mark = this.journal.mark;
    const { depth } = this.limits;
    reference.active = true;
    this.active.push(reference);
    let result: Value | undefined;
    try {
      const found = this.lookUp(reference, search);
      // What the search has found out stays known even if the found value turns out to be a cycle.
      mark = this.journal.mark;
      result = found.value === undefined ? undefined : this.resolve(found.value, found.search, path);
    } catch (cycle) {
      if (!(cycle instanceof Cycle)) throw cycle;
      this.limits.depth = depth;
      this.journal.forget(mark);
      if (reference.optional) return undefined;
      const message = `"${written(reference)}" is part of a cycle: its value depends on itself.`;
      const others = cycle.members.filter((member) => member !== reference);
      const related = others.map((member) => ({ location: member.origin, message: `over "${written(member)}"` }));
      return this.faults.fail('hocon/cycle', message, reference.origin, undefined, related);
    } finally {
      reference.active = false;
      this.active.pop();
    }
    if (result === undefined) return reference.optional ? undefined : this.unresolved(reference);
    return isResolved(result) ? this.limits.bring(result, reference) : result;
  }

  private unresolved(reference: Reference): Value {
    const message = `"${written(reference)}" stands for nothing: no such key is set, nor an environment variable of this name.`;
    return this.faults.fail('hocon/unresolved', message, reference.origin);
  }

  /** Looks in the whole configuration, first below the path that the file is included at, then in the environment. */
  private lookUp(reference: Reference, search: Search): { value: Value | undefined; search: Search } {
    const mark = this.journal.mark;
    const { path, prefixLength } = reference;
    let found = this.find(search.root, path);
    if (found.value !== undefined) return found;
    const own = prefixLength > 0 ? path.slice(prefixLength) : path;
    if (prefixLength > 0) found = this.find(search.root, own);
    if (found.value !== undefined) return found;
    this.journal.forget(mark);
    found = this.find(this.environment, own);
    if (found.value !== undefined || this.variables.closed || !isVariable(own)) return found;
    const [subject = ''] = own;
    const value = unknownValue({ cause: 'environment', subject, location: reference.origin });
    return { value, search: found.search };
  }

  private find(root: ObjectValue, path: Path): { value: Value | undefined; search: Search } {
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
    if ('conflict' in joined) return this.faults.conflict(joined.conflict, concatenation.origin);
    const [value] = joined.pieces;
    if (joined.pieces.length > 1) throw new LibraryLimit();
    return value && this.limits.text(value, concatenation);
  }

  private resolveMerge(merge: MergeStack, search: Search, path: Path | undefined): Value | undefined {
    const count = merge.layerCount;
    if (path === undefined && count > LOOK_BACK) this.resolveFromBelow(merge, search);
    const found: Value[] = [];
    let i = count - 1;
    for (; i >= 0; i--) {
      this.limits.spend(1);
      const resolved = this.resolveLayer(merge, i, search, path);
      if (resolved !== undefined) found.push(resolved);
      // In long merges, whoever looked back has put the layers below together already.
      const rest = i < LOOK_BACK ? undefined : merge.knownRest(i);
      if (rest === undefined) continue;
      found.push(rest);
      break;
    }
    const fold = new Fold();
    const merged = mergeAll(found.reverse(), fold);
    this.limits.spend(fold.cost);
    if (merge.isObject && (merged === undefined || !isObjectLike(merged))) throw new LibraryLimit();
    return merged;
  }

  /** Each layer looks back at those below it: without this, a thousand of them would call each other. */
  private resolveFromBelow(merge: MergeStack, search: Search): void {
    const last = merge.layerCount - LOOK_BACK;
    let first = last - (last % LOOK_BACK);
    this.limits.spend(last / LOOK_BACK);
    while (first > 0 && merge.knownRest(first) === undefined) first -= LOOK_BACK;
    for (let i = first; i < last; i += LOOK_BACK) this.resolveLayer(merge, i, search, undefined);
  }

  private resolveLayer(merge: MergeStack, i: number, search: Search, path: Path | undefined): Value | undefined {
    const layer = merge.layer(i);
    if (!isUnmergeable(layer)) return this.resolve(layer, into(search, merge, i), path);
    if (layer.resolved !== undefined) return layer.resolved;
    const fold = new Fold();
    const rest = restOf(merge, i, fold);
    this.limits.spend(fold.cost);
    return this.resolve(layer, replaced(search, merge, rest), path);
  }
}
