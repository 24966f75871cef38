import type { CantonVersion, Edition } from '../../../schemas/version';
import { evaluate, mergeUnresolved } from '../hocon/evaluation/evaluate';
import { loadSources } from '../hocon/evaluation/load';
import type { Environment, FileAccess, RootFile } from '../hocon/source';
import { toJson } from '../hocon/values/config-value';
import type { Severity } from '../model/diagnostic';
import { rules } from '../rules';
import { pageFor } from '../rules/page';
import { LineIndex } from '../text/line-index';
import type { KeyPage } from './key-pages';

/** Functions that need no workspace: reference information, and plain HOCON. */

export interface RuleSummary {
  readonly code: string;
  readonly severity: Severity;
  readonly title: string;
  /** The source of the rule: a file of Canton's source code, and the version. */
  readonly source: string;
  /** Markdown. */
  readonly docs: string;
}

export function listRules(): readonly RuleSummary[] {
  return rules.map(({ code, severity, title, source, docs }) => ({ code, severity, title, source, docs }));
}

/** The page of a rule, as Markdown; undefined for a code without one. */
export function rulePage(code: string): string | undefined {
  return pageFor(code, rules);
}

/** Explains a key of the whole configuration; loads the models of all versions. */
export async function explainKey(written: string, version: CantonVersion, edition: Edition): Promise<KeyPage> {
  const { keyPage } = await import('./on-demand');
  return keyPage(written, version, edition);
}

export interface ProcedureDescription {
  readonly name: string;
  readonly title: string;
  /** One line for lists. */
  readonly summary: string;
  readonly versions: readonly CantonVersion[];
  /** The names of its answers in addition to the settings of a `kms` section, with their meanings. */
  readonly answers: Readonly<Record<string, string>>;
}

/** Loads all procedures, which no other command needs. */
export async function listProcedures(): Promise<readonly ProcedureDescription[]> {
  const { procedures, versionsOf } = await import('./on-demand');
  return procedures.map(({ name, title, summary, answers = {}, ...procedure }) => ({
    name,
    title,
    summary,
    versions: versionsOf(procedure),
    answers,
  }));
}

/** The JSON Schema of a resolved configuration. */
export async function jsonSchemaOf(version: CantonVersion, edition: Edition): Promise<unknown> {
  const { cantonJsonSchema } = await import('./on-demand');
  return cantonJsonSchema(version, edition);
}

/** The resolved configuration of files; `json` is undefined if there are errors. */
export interface HoconResult {
  readonly json: unknown;
  readonly errors: readonly HoconError[];
}

export interface HoconError {
  readonly uri: string;
  /** One-based. */
  readonly line: number;
  readonly message: string;
}

export interface HoconOptions {
  readonly environment: Environment;
  /** A URI. */
  readonly workingDirectory: string;
  /** Whether substitutions are resolved, or stay as they are written. */
  readonly resolves: boolean;
}

/** Merges files in order and resolves them, as Canton does with its configuration. */
export async function evaluateHocon(
  roots: readonly RootFile[],
  files: FileAccess,
  { environment, workingDirectory, resolves }: HoconOptions,
): Promise<HoconResult> {
  const paths = { workingDirectory, leavesDots: true };
  const sources = await loadSources(roots, files, paths);
  const { json, problems } = resolves ? resolved() : mergeUnresolved(roots, sources, paths);
  const errors = problems
    .filter(({ severity }) => severity === 'error')
    .map(({ uri, range, line, message }) => ({
      uri,
      message,
      line: line ?? new LineIndex(sources.get(uri)?.text ?? '').positionAt(range.start).line + 1,
    }));
  return { json: errors.length === 0 ? json : undefined, errors };

  function resolved() {
    const { root, problems } = evaluate(roots, sources, environment, paths);
    const isBroken = problems.some(({ severity }) => severity === 'error');
    return { json: isBroken ? undefined : toJson(root), problems };
  }
}
