/** The outcome of planning a procedure on one node: what `canton-kms plan --format json` prints. */
export interface Plan {
  readonly procedure: string;
  /** `participants.p1` */
  readonly node: string;
  readonly cantonVersion: string;
  readonly possible: boolean;
  /** Why it is not possible; empty when it is. */
  readonly reasons: readonly string[];
  readonly warnings: readonly string[];
  readonly steps: readonly Step[];
  readonly rollback: readonly Step[];
}

/** The option that says which launch set is meant, by its id or name. */
export const LAUNCH_SET = 'launch-set';

export type StepKind = 'confirm' | 'backup' | 'edit' | 'console' | 'restart' | 'verify' | 'external';

export interface Step {
  readonly title: string;
  readonly kind: StepKind;
  /** Markdown. */
  readonly text: string;
  /** Canton console lines, in order. */
  readonly console: readonly string[];
  readonly edits: readonly PlannedEdit[];
  readonly pointOfNoReturn: boolean;
}

/** Zero-based UTF-16 positions, as in LSP. */
export interface PlannedEdit {
  /** URI of the file. */
  readonly file: string;
  readonly range: {
    readonly start: { readonly line: number; readonly character: number };
    readonly end: { readonly line: number; readonly character: number };
  };
  readonly newText: string;
}
