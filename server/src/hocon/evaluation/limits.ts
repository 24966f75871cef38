import type { ConfigUnknown } from '../values/config-value';
import type { ObjectValue, Value } from './deferred-value';
import type { ProblemLog } from './problem-log';

/** The maximum depth of recursion; the stack of a server has room for it. */
const MAX_DEPTH = 1200;

/** The total number of steps, so that chains of references end. */
const MAX_STEPS = 50_000;
const STEPS_PER_CHARACTER = 2;

/** The number of entries that are copied or visited in one step. */
const ENTRIES_PER_STEP = 16;

const MAX_SIZE = 5_000_000;
const MAX_TEXT = 1 << 24;

/** Limits for substitutions: a few lines can require more memory and time than there is. */
export class Limits {
  depth = 0;
  private steps = 0;
  private readonly maxSteps: number;
  /** The size of all values that references added. Together with the text, it bounds the size of the configuration. */
  private brought = 0;
  private exhausted: ConfigUnknown | undefined = undefined;

  constructor(
    private readonly log: ProblemLog,
    /** The number of characters that the configuration was read from. */
    private readonly size: number,
  ) {
    this.maxSteps = MAX_STEPS + STEPS_PER_CHARACTER * size;
  }

  /** Counts a step; false if it exceeds the limit. */
  step(): boolean {
    return this.steps++ <= this.maxSteps && this.depth <= MAX_DEPTH;
  }

  /** Counts the entries that one step handles. */
  spend(entries: number): void {
    this.steps += entries / ENTRIES_PER_STEP;
  }

  /** The value of a reference, unless it is too large. */
  bring(value: Value, reference: Value): Value {
    const size = sizeOf(value);
    this.brought += size;
    return size > MAX_SIZE ? this.giveUp(reference) : value;
  }

  /** The joined value, unless it is too long a text. */
  text(value: Value, joined: Value): Value {
    return value.kind === 'string' && value.value.length > MAX_TEXT ? this.giveUp(joined) : value;
  }

  whole(root: ObjectValue): ObjectValue {
    if (this.size + this.brought <= MAX_SIZE || sizeOf(root) <= MAX_SIZE) return root;
    return cutTo(MAX_SIZE, root, (value) => this.giveUp(value));
  }

  /** Reports an exceeded limit, once. */
  giveUp({ origin }: Value): ConfigUnknown {
    const message = 'The substitutions cannot be resolved, because the result would be too deep or too large.';
    this.exhausted ??= this.log.fail('hocon/too-large', message, origin);
    return this.exhausted;
  }
}

/**
 * The size of a resolved value: the number of values in it, including itself, and more for long texts. Values that
 * occur twice count twice.
 */
function sizeOf(value: Value): number {
  if (value.kind === 'object') {
    if (value.size === 0) {
      let size = 1;
      for (const entry of value.open.values()) size += sizeOf(entry.value);
      value.size = size;
    }
    return value.size;
  }
  if (value.kind === 'list') {
    if (value.size === 0) value.size = value.sum(sizeOf);
    return value.size;
  }
  return value.kind === 'string' ? 1 + (value.value.length >> 6) : 1;
}

/** The resolved object, with its largest values replaced by `instead` until the size is at most `size`. */
function cutTo(size: number, object: ObjectValue, instead: (value: Value) => Value): ObjectValue {
  const smallestFirst = [...object.open].sort(([, a], [, b]) => sizeOf(a.value) - sizeOf(b.value));
  const entries = new Map(object.open);
  let left = size - 1;
  for (const [key, { value, definitions, order }] of smallestFirst) {
    const needed = sizeOf(value);
    if (needed <= left) {
      left -= needed;
      continue;
    }
    const part = value.kind === 'object' && left > 1 ? cutTo(left, value, instead) : instead(value);
    entries.set(key, { value: part, definitions, order });
    left = 0;
  }
  return object.resolvedTo(entries);
}
