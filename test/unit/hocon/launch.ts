import assert from 'node:assert/strict';
import { type EvaluateOptions, type Evaluation, evaluate } from '../../../server/src/hocon/evaluation/evaluate';
import { loadSources } from '../../../server/src/hocon/evaluation/load';
import type { Problem } from '../../../server/src/hocon/problem';
import type { Environment, RootFile, Sources } from '../../../server/src/hocon/source';
import type { ConfigEntry, ConfigValue } from '../../../server/src/hocon/values/config-value';
import type { TextRange } from '../../../server/src/text/location';
import { memoryFiles } from '../../kit/memory-files';

export const FOLDER = 'file:///conf/';

/** The whole environment of the process is known: a missing variable does not exist. */
export function closed(variables: Readonly<Record<string, string>> = {}): Environment {
  return { variables: new Map(Object.entries(variables)), closed: true };
}

/** The node's environment may hold more than is known here. */
export function open(variables: Readonly<Record<string, string>> = {}): Environment {
  return { variables: new Map(Object.entries(variables)), closed: false };
}

/** One evaluation with its texts. */
export interface Launch extends Evaluation {
  readonly sources: Sources;
  /** The value at a dotted path; fails if there is none. */
  at(path: string): ConfigValue;
  entry(path: string): ConfigEntry;
  /** The text in a range of the file with that name. */
  text(range: TextRange, name?: string): string;
}

export interface LaunchOptions extends EvaluateOptions {
  readonly environment?: Environment;
  /** The first file by default. */
  readonly roots?: readonly (string | RootFile)[];
}

/** Evaluates files given by their names below `FOLDER`. */
export async function launch(files: Readonly<Record<string, string>>, options: LaunchOptions = {}): Promise<Launch> {
  const { environment = closed(), roots: wanted = Object.keys(files).slice(0, 1), ...rest } = options;
  const texts = new Map(Object.entries(files).map(([name, text]) => [FOLDER + name, text]));
  const roots = wanted.map((root) => (typeof root === 'string' ? { uri: FOLDER + root } : root));
  const sources = await loadSources(roots, memoryFiles(texts), rest);
  const evaluation = evaluate(roots, sources, environment, rest);
  const [mainFile = ''] = Object.keys(files);
  const entry = (path: string) => entryAt(evaluation.root, path.split('.'));
  return {
    ...evaluation,
    sources,
    entry,
    at: (path) => entry(path).value,
    text: ({ start, end }, name = mainFile) => (files[name] ?? '').slice(start, end),
  };
}

function entryAt(root: ConfigValue, path: readonly string[]): ConfigEntry {
  let value = root;
  let entry: ConfigEntry | undefined;
  for (const key of path) {
    assert.equal(value.kind, 'object', `${path.join('.')} leads through a ${value.kind}`);
    entry = value.kind === 'object' ? value.entries.get(key) : undefined;
    assert.ok(entry, `there is no ${path.join('.')}`);
    value = entry.value;
  }
  assert.ok(entry);
  return entry;
}

export function codes(problems: readonly Problem[]): string[] {
  return problems.map(({ code }) => code);
}

export function errors(problems: readonly Problem[]): Problem[] {
  return problems.filter(({ severity }) => severity === 'error');
}
