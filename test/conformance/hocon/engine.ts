import { evaluate } from '../../../server/src/hocon/evaluation/evaluate';
import { loadSources } from '../../../server/src/hocon/evaluation/load';
import type { Problem } from '../../../server/src/hocon/problem';
import { toJson } from '../../../server/src/hocon/values/config-value';
import { type FilesInput, isFiles, type TextInput } from './case';

/** The result of our engine for a launch set. */
export interface Outcome {
  readonly json?: unknown;
  /** The first error, with the line that it represents. */
  readonly error?: { readonly line: number; readonly file: string; readonly message: string };
}

const FOLDER = 'file:///case/';

/** Reads an input the way Canton reads files: parse each, merge, resolve once with just these variables. */
export async function askEngine(input: TextInput | FilesInput): Promise<Outcome> {
  const files = isFiles(input) ? input.files : { [`input.${input.syntax ?? 'conf'}`]: input.input };
  const names = isFiles(input) ? input.roots : Object.keys(files);
  // As with every file reader, a byte order mark is not part of the text.
  const texts = new Map(
    Object.entries(files).map(([name, text]) => [FOLDER + encodeURI(name), text.replace(/^\ufeff/, '')]),
  );
  const roots = names.map((name) => ({ uri: FOLDER + encodeURI(name) }));
  const options = { workingDirectory: isFiles(input) && input.cwd ? FOLDER.slice(0, -1) : 'file:///elsewhere' };
  const access = { read: async (uri: string) => texts.get(uri) };
  const sources = await loadSources(roots, access, options);
  const environment = { variables: new Map(Object.entries(input.env ?? {})), closed: true };
  const { root, problems } = evaluate(roots, sources, environment, options);
  const first = problems.find((problem) => problem.severity === 'error');
  return first === undefined ? { json: toJson(root) } : { error: locate(first, texts) };
}

function locate(problem: Problem, texts: ReadonlyMap<string, string>): NonNullable<Outcome['error']> {
  const before = texts.get(problem.uri)?.slice(0, problem.range.start) ?? '';
  const line = problem.line ?? before.split('\n').length;
  return { line, file: decodeURI(problem.uri.slice(problem.uri.lastIndexOf('/') + 1)), message: problem.message };
}
