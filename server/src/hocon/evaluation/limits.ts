import type { ConfigUnknown } from '../values/config-value';
import type { ObjectValue, Value } from './deferred-value';
import type { ProblemLog } from './problem-log';

/** The depth to which resolving may call itself; the stack of a server has room for it. */
const MAX_DEPTH = 1200;

/** The number of steps in all, so that references to references to references end. */
const MAX_STEPS = 50_000;
const STEPS_PER_CHARACTER = 2;

/** The number of entries that are copied or visited in one step. */
const ENTRIES_PER_STEP = 16;

const MAX_SIZE = 5_000_000;
const MAX_TEXT = 1 << 24;

/** Bounds for substitutions: a few lines can request more than there is memory and time for. */
export class Limits {
  depth = 0;
  private steps = 0;
  private readonly maxSteps: number;
  /** The size of all values that references brought: with the text, a bound for the size of the whole. */
  private brought = 0;
  private exhausted: ConfigUnknown | undefined = undefined;

  constructor(
    private readonly log: ProblemLog,
    /** The number of characters that the configuration was read from. */
    private readonly size: number,
  ) {
    this.maxSteps = MAX_STEPS + STEPS_PER_CHARACTER * size;
  }

  /** Takes a step; false where that is one too many. */
  step(): boolean {
    return this.steps++ <= this.maxSteps && this.depth <= MAX_DEPTH;
  }

  /** Counts what is done in one go, in entries. */
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

  /** Too deep or too much: said once. */
  giveUp({ origin }: Value): ConfigUnknown {
    const message = 'The substitutions cannot be resolved, because the result would be too deep or too large.';
    this.exhausted ??= this.log.fail('hocon/too-large', message, origin);
    return this.exhausted;
  }
}

/**
 * The size of a resolved value: the number of values in it, itself included, and more for long texts. What it holds
 * twice counts twice.
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

/** The resolved object with `instead` of its largest values, so that no more than `size` is left. */
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
