/**
 * HOCON, RESOLVE, READ and CRASH are the results of the libraries themselves; VALIDATE and START are our model of
 * Canton's rules; LOADS is neither.
 */
export type Verdict = 'HOCON' | 'RESOLVE' | 'READ' | 'CRASH' | 'VALIDATE' | 'START' | 'LOADS';

/** One configuration, as `MatrixCase.text`, and its result, by lines joined with blanks: `"3.3 3.4"`. */
export interface Recorded {
  readonly text: string;
  readonly outcomes: Readonly<Record<string, Outcome>>;
}

export type Outcome = readonly [verdict: Verdict, ...failures: Failure[]];

/** Canton's message, and for READ the path that it is reported at, shortened as statements are. */
export type Failure = readonly [message: string, path?: string];
