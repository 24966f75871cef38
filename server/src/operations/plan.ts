import type { TextChange } from '../model/diagnostic';
import type { MadeFrom } from './made-from';
import type { Outlook } from './trouble/outlook';

/** The outcome of planning a procedure on one node: what `canton-kms plan --format json` prints. */
export interface Plan {
  readonly procedure: string;
  /** `participants.p1` */
  readonly node: string;
  readonly cantonVersion: string;
  readonly possible: boolean;
  /** The reasons why it is not possible; empty if it is possible. */
  readonly reasons: readonly string[];
  readonly warnings: readonly string[];
  /** The storage of the node's keys before the first step; undefined if it is not known. */
  readonly vault?: VaultState | undefined;
  /** The data that `plan --verify` compares; undefined if they are not needed. */
  readonly madeFrom?: MadeFrom | undefined;
  /** The failures that are possible afterwards, and the signals to watch. */
  readonly outlook?: Outlook | undefined;
  readonly steps: readonly Step[];
  readonly rollback: readonly Step[];
}

/** The option that selects a launch set by its ID or name. */
export const LAUNCH_SET = 'launch-set';

export type StepKind = 'confirm' | 'backup' | 'edit' | 'console' | 'restart' | 'verify' | 'external';

export interface Step {
  readonly title: string;
  readonly kind: StepKind;
  /** Markdown. */
  readonly text: string;
  /** Canton console lines, in order. */
  readonly console: readonly string[];
  /** The information about a line of `console` that a script needs, by its index. */
  readonly guards?: Readonly<Record<number, LineGuard>>;
  /** The storage of the keys from this step on; unchanged if absent. */
  readonly leaves?: VaultState | undefined;
  readonly edits: readonly PlannedEdit[];
  readonly pointOfNoReturn: boolean;
}

/** Stored without encryption, encrypted by the KMS, or in the KMS. */
export type VaultState = 'clear' | 'wrapped' | 'external';

/** Conditions are Scala expressions. */
export interface LineGuard {
  /** The description of a line that is a condition; the script stops if the condition is false. */
  readonly holds?: string;
  /** A condition that is true if the line has already taken effect, so that it is skipped. */
  readonly done?: string;
  /** The condition that the script waits for: after a command or value, or before a condition or a line that prints something. */
  readonly until?: string;
  /** The way in which another part or run gets the value of a `val`: by the same query, or from a file. */
  readonly value?: 'query' | 'text' | 'texts' | 'number' | 'counts' | 'signing-key' | 'encryption-key';
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
  /** The change of the HOCON, if the file encloses it in another notation. */
  readonly inside?: TextChange | undefined;
}

/** The latest time to go back, as a sentence; undefined if going back is always possible. */
export function lastMoment({ steps, rollback }: Plan): string | undefined {
  const index = steps.findIndex(({ pointOfNoReturn }) => pointOfNoReturn);
  if (index < 0 || rollback.length === 0) return undefined;
  return `Going back is possible until step ${index + 1}, '${steps[index]?.title}', is begun.`;
}
