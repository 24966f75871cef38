import type { Coverage, Severity } from '../service';

/** The result of `check`, which every reporter prints; positions are zero-based UTF-16, as in LSP. */
export interface CheckReport {
  readonly cantonVersion: string;
  readonly edition: string;
  /** The project files that applied, with the codes of the rules that they switch off. */
  readonly projects: readonly { readonly path: string; readonly off: readonly string[] }[];
  readonly files: readonly ReportedFile[];
  /** The number of problems that are left out because they are in a baseline; undefined without a baseline. */
  readonly baselined?: number;
  /** The number of set values that were checked. */
  readonly coverage: Coverage;
  /** The number of checked files by kind: `hocon`, or the enclosing language. */
  readonly kinds: Readonly<Record<string, number>>;
}

export interface ReportedFile {
  /** Relative to the working directory if it is below it, with `/`. */
  readonly path: string;
  readonly text: string;
  readonly diagnostics: readonly ReportedDiagnostic[];
}

export interface ReportedDiagnostic {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly range: Range;
  readonly configPath: string | undefined;
  readonly launchSet: string | undefined;
  readonly related: readonly { readonly path: string; readonly range: Range; readonly message: string }[];
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

export interface Position {
  readonly line: number;
  readonly character: number;
}

/** Gravest first. */
export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'information', 'hint'];

export interface ReportOptions {
  readonly colors: boolean;
  /** Whether to print only problems. */
  readonly quiet?: boolean;
}

/** Renders a report, its last line ended. */
export type Reporter = (report: CheckReport, options: ReportOptions) => string;

export interface Summary {
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  readonly hints: number;
}

export function summarize(report: CheckReport): Summary {
  const count = (severity: Severity) =>
    report.files.reduce((sum, file) => sum + file.diagnostics.filter((one) => one.severity === severity).length, 0);
  return { errors: count('error'), warnings: count('warning'), infos: count('information'), hints: count('hint') };
}
