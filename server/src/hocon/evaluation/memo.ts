import type { Value } from './deferred-value';

/** What the resolver remembers with a value: it stays the same for the whole evaluation. */
export abstract class Memo {
  /** The resolved value. */
  resolved: Value | undefined = undefined;
  /** Results of resolving only what lies on a path. */
  partial: Map<string, Value> | undefined = undefined;
}
