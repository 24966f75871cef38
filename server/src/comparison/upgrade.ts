import type { Release } from '../../../schemas/version';
import type { PlannedEdit } from '../operations/plan';
import type { ChangedProcedure } from './procedures';

/** The effect of another Canton version on a launch set. */
export interface Upgrade {
  /** Name of the launch set. */
  readonly launchSet: string;
  readonly from: Release;
  readonly to: Release;
  readonly changes: readonly UpgradeChange[];
  readonly procedures: readonly NodeProcedures[];
  /** The number of errors that both versions report. */
  readonly alreadyRefused: number;
}

export interface UpgradeChange {
  /**
   * `refused`: an error of the other version only; `moved`: it still accepts the key, in an old place; `default`: a key
   * that is not set has another value; `notice`: a new warning or advice; `accepted`: an error of the current version
   * disappears.
   */
  readonly kind: 'refused' | 'moved' | 'default' | 'notice' | 'accepted';
  /** `participants.p1`; undefined for a change outside nodes. */
  readonly node: string | undefined;
  /** `canton.participants.p1.parameters`, if it is about a key. */
  readonly configPath: string | undefined;
  readonly message: string;
  /** The rule; undefined for defaults. */
  readonly code: string | undefined;
  readonly place: { readonly uri: string; readonly line: number } | undefined;
  /** The fix, in the syntax of the file. */
  readonly edits: readonly PlannedEdit[];
}

/** Nodes for which the same procedures change in the same way. */
export interface NodeProcedures {
  readonly nodes: readonly string[];
  readonly changed: readonly ChangedProcedure[];
}

export const UPGRADE_KINDS = {
  refused: 'Refused',
  moved: 'Moved',
  default: 'Changed defaults',
  notice: 'New to know',
  accepted: 'No longer refused',
} as const satisfies Readonly<Record<UpgradeChange['kind'], string>>;

/** True if the other version changes anything. */
export function isEmpty({ changes, procedures }: Upgrade): boolean {
  return changes.length === 0 && procedures.length === 0;
}
