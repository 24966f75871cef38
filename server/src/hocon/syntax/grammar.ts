import type { Problem } from '../problem';
import type { Parser } from './parser';

/** The position of the parser within a container. */
export enum State {
  /** Before an entry of an object or an element of an array. */
  Item,
  /** Before the first or next part of a value. */
  Value,
  /** After an entry or element. */
  After,
  /** Everything has been read. */
  Done,
}

/** Places where the text breaks the grammar, so that it is not clear how to read on. */
export enum GrammarError {
  /** No entry can begin with this token. */
  Entry,
  /** A key is followed by something other than a separator or an object. */
  AfterKey,
  /** There is no value after the separator. */
  NoValue,
  /** An entry is followed by something other than a comma, a newline or the closing brace. */
  AfterEntry,
  /** No element can begin with this token. */
  Element,
  AfterElement,
  /** Something follows the closed root. */
  AfterRoot,
  Include,
}

/** Faults of the text before the current token, which can be read all the same. */
export enum GrammarFault {
  /** A key such as `a..b`. */
  EmptyPathElement,
  /** JSON: the same key twice in an object. */
  DuplicateKey,
  /** JSON: the document has no root value. */
  NoRoot,
}

/** The reaction to a syntax error. The two passes over a text differ in it. */
export interface ErrorHandler {
  /** False to behave as the reference, whose `${` extends to the next `}`. */
  readonly endsSubstitutionAtNewline: boolean;
  /** Called before a new entry or element is read; may close containers whose end is missing. */
  beforeItem(parser: Parser): void;
  /** True if the current `}` or `]` ends the container around it; otherwise it has been handled. */
  closes(parser: Parser): boolean;
  /**
   * Called for `${` without `}`, with the parser at the place where it breaks off.
   * @param token the `${`, or the token that breaks it off before its line ends
   * @returns the problem of the substitution, if the grammar accepts it
   */
  openSubstitution(parser: Parser, token: number): Problem | undefined;
  /** Called with the parser at the token that does not fit; returns how to go on. */
  error(parser: Parser, error: GrammarError, token: number): State;
  /** Called with the parser wherever it is; it goes on from there. */
  fault(parser: Parser, fault: GrammarFault, token: number): void;
}
