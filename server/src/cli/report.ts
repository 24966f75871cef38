import type { Coverage, Severity } from '../service';

/** The result of `check`, which every reporter prints; positions are zero-based UTF-16, as in LSP. */
export interface CheckReport {
  readonly cantonVersion: string;
  readonly edition: string;
  /** The project files that counted, with the codes of the rules that they switch off. */
  readonly projects: readonly { readonly path: string; readonly off: readonly string[] }[];
  readonly files: readonly ReportedFile[];
  /** How many problems are left out, because a baseline has them; undefined without a baseline. */
  readonly baselined?: number;
  /** How far the set values were looked at. */
  readonly coverage: Coverage;
  /** How many files of which kind were checked: `hocon`, or the language around it. */
  readonly kinds: Readonly<Record<string, number>>;
}

export interface ReportedFile {
  /** Relative to the working directory where it is below it, with `/`. */
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

interface Position {
  readonly line: number;
  readonly character: number;
}

/** Gravest first. */
export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'information', 'hint'];

export interface ReportOptions {
  readonly colors: boolean;
  /** Whether there are only problems, and no line about anything else. */
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
