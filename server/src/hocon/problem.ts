import type { Location, TextRange } from '../text/location';

/** The effect in Lightbend config 1.4.3: `error` if it throws, `warning` if it stays silent. */
export type ProblemSeverity = 'error' | 'warning';

/** A fault of the text or of its evaluation, found without any knowledge of Canton. */
export interface Problem {
  /** Stable code, begins with `hocon/`. */
  readonly code: `hocon/${string}`;
  readonly severity: ProblemSeverity;
  /** One or two sentences: the problem, with the value in quotes, then the correction. */
  readonly message: string;
  readonly uri: string;
  readonly range: TextRange;
  /** The line, from 1, that the reference library names for this fault; absent where `range` begins on it. */
  readonly line?: number;
  /** Other places that explain this one (the other end of a cycle, the including file). */
  readonly related?: readonly { readonly location: Location; readonly message: string }[];
}
