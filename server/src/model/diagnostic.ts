import type { KeyPath } from '../hocon/values/config-value';
import type { Location, TextRange } from '../text/location';

export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** A finding for the user, before it is turned into an LSP diagnostic or a line of a report. */
export interface Diagnostic {
  /** Stable: `read/unknown-key`, `hocon/unterminated-string`, … */
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly uri: string;
  readonly range: TextRange;
  /** `canton.participants.p1.crypto.kms.region`, if it is about a value. */
  readonly configPath?: string;
  /** The same as names. */
  readonly path?: KeyPath;
  /** Name of the launch set in which it holds. */
  readonly launchSet?: string;
  readonly related?: readonly { readonly location: Location; readonly message: string }[];
  readonly tags?: readonly ('unnecessary' | 'deprecated')[];
  readonly fixes?: readonly Fix[];
}

/** A fault of this product. It is reported where it occurred and does not affect anything else. */
export const INTERNAL_FAULT = 'internal/fault';

/** @param subject the failed action, as the beginning of a sentence */
export function internalFault(subject: string, error: unknown, uri: string): Diagnostic {
  const message = `${subject}: ${errorText(error)}. This is a bug in canton-kms. Please report it.`;
  return { code: INTERNAL_FAULT, severity: 'warning', message, uri, range: { start: 0, end: 0 } };
}

function errorText(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

/** A change that resolves the diagnostic. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly TextChange[];
  /** True for the fix to apply without asking. */
  readonly preferred?: boolean;
  /**
   * True if it contains a placeholder value that a person must check, so that it is not applied together with others.
   */
  readonly draft?: boolean;
}

/** Needs no decision, and has no value to fill in. */
export function isPlainFix({ preferred, draft }: Fix): boolean {
  return preferred === true && draft !== true;
}

export interface TextChange {
  readonly uri: string;
  readonly range: TextRange;
  readonly newText: string;
}
