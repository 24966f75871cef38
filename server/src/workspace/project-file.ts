import { checkProjectFile, PROJECT_KEYS, type ProjectFile, type ProjectIssue } from '../../../schemas/project';
import type { Environment, RootFile } from '../hocon/source';
import type { SyntaxTree } from '../hocon/syntax/syntax';
import { type PlainDocument, plainDocument } from '../model/binding/json-value';
import type { Diagnostic } from '../model/diagnostic';
import { nearest } from '../model/facts/nearest';

/** What `canton-kms.json` says; paths in it are relative to the file. */
export interface ProjectReading {
  /** Undefined where the file is not usable; then `problems` says why. */
  readonly project: ProjectFile | undefined;
  readonly problems: readonly Diagnostic[];
}

/** Reads the tree of a `canton-kms.json`, parsed as JSON. `ruleCodes`: all codes that `rules` may name. */
export function readProjectFile(tree: SyntaxTree, ruleCodes?: readonly string[]): ProjectReading {
  const syntax = tree.problems.map(
    (problem): Diagnostic => ({ ...problem, code: 'project/syntax', severity: 'error' }),
  );
  if (syntax.length > 0 || tree.root.value.kind !== 'object' || tree.root.value.openBrace === undefined) {
    return { project: undefined, problems: syntax.length > 0 ? syntax : [noObject(tree)] };
  }
  const document = plainDocument(tree);
  const checked = checkProjectFile(document.value);
  if (!checked.ok) {
    return { project: undefined, problems: checked.issues.flatMap((issue) => diagnose(tree.uri, document, issue)) };
  }
  const { project } = checked;
  return { project, problems: unknownRules(tree.uri, document, project, ruleCodes) };
}

/** The roots of a declared launch set; `resolve` turns a path of the file into a URI. */
export function launchSetRoots(files: readonly string[], resolve: (path: string) => string): readonly RootFile[] {
  return files.map((file) => ({ uri: resolve(file) }));
}

/** The variables of the project: those of its env file, overridden by those it writes itself. Others are unknown. */
export function projectEnvironment(
  project: ProjectFile,
  envFile: ReadonlyMap<string, string> = new Map(),
): Environment {
  return { variables: new Map([...envFile, ...Object.entries(project.environment ?? {})]), closed: false };
}

function noObject({ uri, text }: SyntaxTree): Diagnostic {
  const range = { start: 0, end: Math.min(1, text.length) };
  return { code: 'project/syntax', severity: 'error', message: 'A project file is one JSON object: {…}.', uri, range };
}

function diagnose(uri: string, document: PlainDocument, issue: ProjectIssue): readonly Diagnostic[] {
  const where = issue.path.join('.');
  if (issue.unknownKeys.length > 0) {
    return issue.unknownKeys.map((name) => {
      const guess = issue.path.length === 0 ? nearest(name, PROJECT_KEYS) : undefined;
      const place = where === '' ? 'of a project file' : `of '${where}'`;
      return {
        code: 'project/unknown-key',
        severity: 'error',
        message: `'${name}' is no key ${place}${guess === undefined ? '.' : `; did you mean '${guess}'?`}`,
        uri,
        range: document.keyRangeOf([...issue.path, name]),
      };
    });
  }
  const range = document.rangeOf(issue.path);
  return [{ code: 'project/invalid-value', severity: 'error', message: `'${where}': ${issue.message}.`, uri, range }];
}

function unknownRules(
  uri: string,
  document: PlainDocument,
  project: ProjectFile,
  codes: readonly string[] | undefined,
): readonly Diagnostic[] {
  if (codes === undefined) return [];
  const unknown = Object.keys(project.rules ?? {}).filter(
    (code) => !codes.includes(code) && !code.startsWith('hocon/'),
  );
  return unknown.map((code) => {
    const guess = nearest(code, codes);
    const hint = guess === undefined ? '' : `; did you mean '${guess}'?`;
    return {
      code: 'project/unknown-rule',
      severity: 'warning',
      message: `There is no rule '${code}'${hint === '' ? '.' : hint}`,
      uri,
      range: document.keyRangeOf(['rules', code]),
    };
  });
}
