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
  /** All is read. */
  Done,
}

/** Places where the text can break the grammar. */
export enum GrammarError {
  /** No entry can begin with this token. */
  Entry,
  /** A key is followed by something else than a separator or an object. */
  AfterKey,
  /** There is no value after the separator. */
  NoValue,
  /** An entry is followed by something else than a comma, a newline or the closing brace. */
  AfterEntry,
  /** No element can begin with this token. */
  Element,
  AfterElement,
  /** Something follows the closed root. */
  AfterRoot,
  /** A key such as `a..b`. */
  EmptyPathElement,
  Include,
  /** JSON: the same key twice in an object. */
  DuplicateKey,
  /** JSON: the document has no root value. */
  NoRoot,
}

/** The reaction to a syntax error, in which the two passes over a text differ. */
export interface ErrorHandler {
  /** False as in the reference, whose `${` takes everything up to the next `}`. */
  readonly endsSubstitutionAtNewline: boolean;
  /** Called before a new entry or element is read; may close containers whose end is missing. */
  beforeItem(parser: Parser): void;
  /** True if the current `}` or `]` ends the container around it; otherwise it has been handled. */
  closes(parser: Parser): boolean;
  /**
   * Called for `${` without `}`, with the parser where it breaks off.
   * @param token the `${`, or what breaks it off before its line ends
   * @returns what is wrong with the substitution, where the grammar has nothing against it
   */
  openSubstitution(parser: Parser, token: number): Problem | undefined;
  /** Called with the parser at the token that does not fit; returns how to go on. */
  error(parser: Parser, error: GrammarError, token: number): State;
}
