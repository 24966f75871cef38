/** A failure that Canton prints, and its cause. */
export interface KnownFailure {
  /** Stable: `crypto/kms-missing`. */
  readonly id: string;
  /** The words that Canton prints. Named groups replace `{name}` in the sentences. */
  readonly pattern: RegExp;
  /** Whole sentences. */
  readonly cause: string;
  /** The single thing to do. */
  readonly remedy: string;
  /** The keys below the node that the failure is about, the most likely first; the first one that is set is shown. */
  readonly keys?: readonly string[];
  /** Rules that report the same problem in the configuration, and so provide the location. */
  readonly rules?: readonly string[];
  /** It is the consequence of another failure: it counts only if no other failure is found. */
  readonly isSymptom?: true;
  /** Canton's files, with line and version. */
  readonly source: string;
}

/** The words of Canton's validations, which name the node in one of three ways. */
export const NODE = String.raw`(?<kind>participant|sequencer|mediator|domain manager|domain) (?<node>[\w-]+)`;
