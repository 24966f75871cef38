import { URI, Utils } from 'vscode-uri';
import type { ProjectFile, ProjectIssue, RuleSetting } from '../../../schemas/project';
import { PROJECT_FILE_NAME } from '../../../schemas/project-name';
import { isFileName, type Mount } from '../hocon/evaluation/include-files';
import type { Environment } from '../hocon/source';
import type { FieldNode, SyntaxTree, ValueNode } from '../hocon/syntax/syntax';
import type { Diagnostic, Severity } from '../model/diagnostic';
import { globPattern } from '../text/glob';
import type { TextRange } from '../text/location';
import { nearest } from '../text/nearest';
import type { Documents } from './documents';
import { FreshCache, Freshness } from './freshness';
import { enclosingOf } from './regions';

/** A `canton-kms.json` and what it refers to. */
export interface Project {
  readonly uri: string;
  readonly file: NonNullable<ProjectReading['project']> | undefined;
  readonly problems: readonly Diagnostic[];
  readonly environment: Environment;
  /** Codes of the rules that are switched off everywhere. */
  readonly off: ReadonlySet<string>;
  /** Codes of the rules that no comment in a file can silence. */
  readonly noInline: ReadonlySet<string>;
  /** True if the file is checked only when it is named explicitly. */
  isExcluded(uri: string): boolean;
  /** The severity of the rule for the file; undefined for its default, `off` for none. */
  severityAt(code: string, uri: string): Severity | 'off' | undefined;
  /** The files at the absolute paths of a container. */
  readonly mounts: readonly Mount[];
  /** JSON Schemas by name of the KMS driver. */
  readonly driverSchemas: ReadonlyMap<string, unknown>;
}

export interface FoundProject {
  readonly project: Project | undefined;
  readonly freshness: Freshness;
}

/** The maximum number of parent folders that are searched for a project file. */
const MAX_DEPTH = 40;

/** Finds and reads project files. */
export class Projects {
  private readonly cache = new FreshCache<Project | undefined>();

  constructor(
    private readonly documents: Documents,
    private readonly ruleCodes: readonly string[],
    private readonly rootOf?: (folder: string) => Promise<string>,
  ) {}

  /** The nearest project file next to the document or above it. */
  async find(uri: string): Promise<FoundProject> {
    const folder = Utils.dirname(URI.parse(uri));
    const key = folder.toString();
    const known = this.cache.get(key);
    if (known !== undefined) return { project: known.value, freshness: known.freshness };
    const freshness = new Freshness(this.documents);
    const project = await this.search(folder, freshness);
    this.cache.set(key, freshness, project);
    return { project, freshness };
  }

  private async search(folder: URI, freshness: Freshness): Promise<Project | undefined> {
    const root = await this.rootOf?.(folder.toString());
    for (let depth = 0; depth < MAX_DEPTH; depth++) {
      const uri = Utils.joinPath(folder, PROJECT_FILE_NAME).toString();
      freshness.note(uri);
      const text = await this.documents.read(uri);
      if (text !== undefined) return this.load(uri, text, freshness);
      const above = Utils.dirname(folder);
      if (above.path === folder.path || folder.toString() === root) return undefined;
      folder = above;
    }
    return undefined;
  }

  private async load(uri: string, text: string, freshness: Freshness): Promise<Project> {
    const tree = this.documents.parse(uri, text);
    const { project: file, problems: faults } = await readProjectFile(tree, this.ruleCodes);
    const problems = [...faults];
    /** The text of a file that the project names at a path of its JSON; a missing file is reported there. */
    const read = async (path: string, ...at: (string | number)[]): Promise<string | undefined> => {
      const named = beside(uri, path);
      if (named !== undefined) freshness.note(named);
      const found = named === undefined ? undefined : await this.documents.read(named);
      if (found === undefined) {
        const refusal = named === undefined ? undefined : await this.documents.refusal(named);
        problems.push(missingFile(uri, path, plainDocument(tree).rangeOf(at), refusal));
      }
      return found;
    };
    for (const [name, files] of Object.entries(file?.launchSets ?? {})) {
      for (const [i, path] of files.entries()) await read(path, 'launchSets', name, i);
    }
    const envFile = file?.envFile === undefined ? undefined : await read(file.envFile, 'envFile');
    const driverSchemas = new Map<string, unknown>();
    for (const [driver, path] of Object.entries(file?.driverSchemas ?? {})) {
      const text = await read(path, 'driverSchemas', driver);
      const schema = text === undefined ? undefined : parseJson(text);
      if (schema !== undefined) driverSchemas.set(driver, schema);
      else if (text !== undefined)
        problems.push(noJson(uri, path, plainDocument(tree).rangeOf(['driverSchemas', driver])));
    }
    const environment = projectEnvironment(file ?? {}, envFile === undefined ? undefined : readEnvFile(envFile));
    const mounts = Object.entries(file?.mounts ?? {}).flatMap(([path, to]) => {
      const mounted = beside(uri, to);
      return mounted === undefined ? [] : [{ path, uri: mounted }];
    });
    return { uri, file, problems, environment, mounts, driverSchemas, ...settingsOf(uri, file) };
  }
}

/** The settings of the project for rules and files. */
function settingsOf(
  project: string,
  file: ProjectFile | undefined,
): Pick<Project, 'off' | 'noInline' | 'isExcluded' | 'severityAt'> {
  const folder = `${Utils.dirname(URI.parse(project)).path.replace(/\/$/, '')}/`;
  const matcher = (globs: readonly string[]) => {
    const whole = globs.map((glob) => glob.replace(/^\.\//, '').replace(/\/$/, ''));
    const patterns = whole.flatMap((glob) => [globPattern(glob), globPattern(`${glob}/**`)]);
    return (uri: string) => {
      const { path } = URI.parse(enclosingOf(uri));
      return path.startsWith(folder) && patterns.some((pattern) => pattern.test(path.slice(folder.length)));
    };
  };
  const rules = Object.entries(file?.rules ?? {});
  const severities = new Map(
    rules.map(([code, { off, severity, paths }]) => {
      const isFor = paths === undefined ? () => true : matcher(paths);
      const there = off === undefined ? severity : 'off';
      return [code, (uri: string) => (isFor(uri) ? there : undefined)] as const;
    }),
  );
  const codesWhere = (holds: (setting: RuleSetting) => boolean) =>
    new Set(rules.filter(([, setting]) => holds(setting)).map(([code]) => code));
  return {
    off: codesWhere(({ off, paths }) => off !== undefined && paths === undefined),
    noInline: codesWhere(({ noInline }) => noInline === true),
    isExcluded: matcher(file?.exclude ?? []),
    severityAt: (code, uri) => severities.get(code)?.(uri),
  };
}

/** The URI of a path that is relative to the folder of the project file; undefined for an invalid path. */
export function beside(project: string, path: string): string | undefined {
  return isFileName(path) ? Utils.resolvePath(Utils.dirname(URI.parse(project)), path).toString() : undefined;
}

function missingFile(uri: string, path: string, range: TextRange, refusal: string | undefined): Diagnostic {
  if (refusal !== undefined) {
    const message = `'${path}' is not read, because it ${refusal}. Problems that depend on it are not reported.`;
    return { code: 'project/unread-file', severity: 'warning', message, uri, range };
  }
  const message = `'${path}' was not found. Paths are relative to ${PROJECT_FILE_NAME}.`;
  return { code: 'project/missing-file', severity: 'error', message, uri, range };
}

function noJson(uri: string, path: string, range: TextRange): Diagnostic {
  const message = `'${path}' is not valid JSON, so nothing is checked against it. It must be a JSON Schema.`;
  return { code: 'project/invalid-schema', severity: 'error', message, uri, range };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The content of `canton-kms.json`; its paths are relative to the file. */
interface ProjectReading {
  /** Undefined if the file is not usable; then `problems` says why. */
  readonly project: ProjectFile | undefined;
  readonly problems: readonly Diagnostic[];
}

/** Reads the tree of a `canton-kms.json`, parsed as JSON. `ruleCodes`: all codes that `rules` may name. */
export async function readProjectFile(tree: SyntaxTree, ruleCodes?: readonly string[]): Promise<ProjectReading> {
  const syntax = tree.problems.map(
    (problem): Diagnostic => ({ ...problem, code: 'project/syntax', severity: 'error' }),
  );
  if (syntax.length > 0 || tree.root.value.kind !== 'object' || tree.root.value.openBrace === undefined) {
    return { project: undefined, problems: syntax.length > 0 ? syntax : [noObject(tree)] };
  }
  const document = plainDocument(tree);
  // Most folders have no such file, so zod is not loaded for them.
  const { checkProjectFile, PROJECT_KEYS } = await import('../../../schemas/project');
  const checked = checkProjectFile(document.value);
  if (!checked.ok) {
    return {
      project: undefined,
      problems: checked.issues.flatMap((issue) => diagnose(tree.uri, document, issue, PROJECT_KEYS)),
    };
  }
  const { project } = checked;
  return { project, problems: unknownRules(tree.uri, document, project, ruleCodes) };
}

/** The variables of the project: those of its env file, overridden by its own. Other variables are unknown. */
export function projectEnvironment(
  project: ProjectFile,
  envFile: ReadonlyMap<string, string> = new Map(),
): Environment {
  return { variables: new Map([...envFile, ...Object.entries(project.environment ?? {})]), closed: false };
}

function noObject({ uri, text }: SyntaxTree): Diagnostic {
  const range = { start: 0, end: Math.min(1, text.length) };
  return {
    code: 'project/syntax',
    severity: 'error',
    message: 'The project file must be a JSON object: {…}.',
    uri,
    range,
  };
}

function diagnose(
  uri: string,
  document: PlainDocument,
  issue: ProjectIssue,
  keys: readonly string[],
): readonly Diagnostic[] {
  const where = issue.path.join('.');
  if (issue.unknownKeys.length > 0) {
    return issue.unknownKeys.map((name) => {
      const suggestion = issue.path.length === 0 ? nearest(name, keys) : undefined;
      const place = where === '' ? 'in the project file' : `in '${where}'`;
      return {
        code: 'project/unknown-key',
        severity: 'error',
        message: `Unknown key '${name}' ${place}.${suggestion === undefined ? '' : ` Did you mean '${suggestion}'?`}`,
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
    const suggestion = nearest(code, codes);
    const hint = suggestion === undefined ? '' : ` Did you mean '${suggestion}'?`;
    return {
      code: 'project/unknown-rule',
      severity: 'warning',
      message: `Unknown rule '${code}'.${hint}`,
      uri,
      range: document.keyRangeOf(['rules', code]),
    };
  });
}

/** A value between quotes, and the comment behind it. */
const QUOTED = /^(?:"((?:[^"\\]|\\.)*)"|'([^']*)')\s*(?:#.*)?$/;

/** Reads `NAME=VALUE` lines; `export`, comments, blank lines and quotes around the value are allowed, as in shell files. */
export function readEnvFile(text: string): ReadonlyMap<string, string> {
  const variables = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const match = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=(.*)$/.exec(line);
    if (match === null) continue;
    const [, name = '', written = ''] = match;
    const value = written.trim();
    const [, double, single] = QUOTED.exec(value) ?? [];
    variables.set(name, double?.replace(/\\(["\\])/g, '$1') ?? single ?? value.replace(/\s#.*$/, '').trimEnd());
  }
  return variables;
}

/** The files and folders that a project file names, with the places of their paths. */
export function namedFiles(tree: SyntaxTree): readonly { readonly path: string; readonly range: TextRange }[] {
  const { value, rangeOf } = plainDocument(tree);
  const found: { path: string; range: TextRange }[] = [];
  const add = (named: unknown, ...at: (string | number)[]) => {
    if (typeof named === 'string') found.push({ path: named, range: rangeOf(at) });
    else if (typeof named === 'object' && named !== null)
      for (const [key, inner] of Object.entries(named)) add(inner, ...at, Array.isArray(named) ? Number(key) : key);
  };
  const { launchSets, envFile, mounts, driverSchemas } = Object(value) as Readonly<Record<string, unknown>>;
  for (const [key, named] of Object.entries({ launchSets, envFile, mounts, driverSchemas })) add(named, key);
  return found;
}

/** A JSON document as plain data, with the location of each part. */
interface PlainDocument {
  readonly value: unknown;
  /** Range of the value at a path, or of the deepest part of the path that exists. */
  rangeOf(path: readonly (string | number)[]): TextRange;
  /** Range of the key that holds the value at a path. */
  keyRangeOf(path: readonly (string | number)[]): TextRange;
}

/** Turns the tree of a JSON text into data; parts that are not JSON become undefined and are among its problems. */
function plainDocument(tree: SyntaxTree): PlainDocument {
  const root = tree.root.value;
  const value = plain(root);
  return {
    value,
    rangeOf: (path) => locate(root, path).value,
    keyRangeOf: (path) => locate(root, path).key,
  };
}

/** Deeper than any project file; deeper parts are ignored. */
const MAX_JSON_DEPTH = 64;

function plain(node: ValueNode | undefined, depth = 0): unknown {
  if (node === undefined || depth > MAX_JSON_DEPTH) return undefined;
  if (node.kind === 'object') {
    const fields = node.entries.filter((entry) => entry.kind === 'field');
    return Object.fromEntries(fields.map((field) => [keyOf(field), plain(field.value, depth + 1)]));
  }
  if (node.kind === 'array') return node.elements.map((element) => plain(element, depth + 1));
  if (node.kind !== 'scalar') return undefined;
  if (node.type === 'null') return null;
  if (node.type === 'boolean') return node.value === 'true';
  return node.type === 'number' ? Number(node.value) : node.value;
}

function keyOf(field: FieldNode): string {
  return field.path.elements.map((element) => element.name).join('.');
}

function locate(root: ValueNode, path: readonly (string | number)[]): { key: TextRange; value: TextRange } {
  let node: ValueNode = root;
  let key: TextRange = { start: root.start, end: Math.min(root.end, root.start + 1) };
  for (const part of path) {
    if (node.kind === 'object') {
      const fields = node.entries.filter((entry) => entry.kind === 'field');
      const field = fields.findLast((candidate) => keyOf(candidate) === part);
      if (field === undefined) break;
      key = field.path;
      if (field.value === undefined) break;
      node = field.value;
    } else if (node.kind === 'array' && typeof part === 'number') {
      const element: ValueNode | undefined = node.elements[part];
      if (element === undefined) break;
      node = element;
      key = element;
    } else break;
  }
  const value = node === root ? key : node;
  return { key: { start: key.start, end: key.end }, value: { start: value.start, end: value.end } };
}
