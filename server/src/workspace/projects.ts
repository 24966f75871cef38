import { URI, Utils } from 'vscode-uri';
import { PROJECT_FILE_NAME } from '../../../schemas/project';
import type { Environment } from '../hocon/source';
import { plainDocument } from '../model/binding/json-value';
import type { Diagnostic } from '../model/diagnostic';
import type { TextRange } from '../text/location';
import type { Documents } from './documents';
import { readEnvFile } from './env-file';
import { FreshCache, Freshness } from './freshness';
import { type ProjectReading, projectEnvironment, readProjectFile } from './project-file';

/** A `canton-kms.json` and what it refers to. */
export interface Project {
  readonly uri: string;
  readonly file: NonNullable<ProjectReading['project']> | undefined;
  readonly problems: readonly Diagnostic[];
  readonly environment: Environment;
  /** Codes of the rules that are switched off. */
  readonly off: ReadonlySet<string>;
  /** JSON Schemas by name of the KMS driver. */
  readonly driverSchemas: ReadonlyMap<string, unknown>;
}

export interface FoundProject {
  readonly project: Project | undefined;
  readonly freshness: Freshness;
}

/** Above this many folders nobody looks for a project file. */
const MAX_DEPTH = 40;

/** Finds and reads project files. */
export class Projects {
  private readonly cache = new FreshCache<Project | undefined>();

  constructor(
    private readonly documents: Documents,
    private readonly ruleCodes: readonly string[],
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
    for (let depth = 0; depth < MAX_DEPTH; depth++) {
      const uri = Utils.joinPath(folder, PROJECT_FILE_NAME).toString();
      freshness.note(uri);
      const text = await this.documents.read(uri);
      if (text !== undefined) return this.load(uri, text, freshness);
      const above = Utils.dirname(folder);
      if (above.path === folder.path) return undefined;
      folder = above;
    }
    return undefined;
  }

  private async load(uri: string, text: string, freshness: Freshness): Promise<Project> {
    const tree = this.documents.parse(uri, text);
    const { project: file, problems: faults } = readProjectFile(tree, this.ruleCodes);
    const problems = [...faults];
    /** The text of a file that the project names at a path of its JSON; a missing one is a problem there. */
    const read = async (path: string, ...at: (string | number)[]): Promise<string | undefined> => {
      const named = beside(uri, path);
      freshness.note(named);
      const found = await this.documents.read(named);
      if (found === undefined) problems.push(missingFile(uri, path, plainDocument(tree).rangeOf(at)));
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
    return { uri, file, problems, environment, off: new Set(Object.keys(file?.rules ?? {})), driverSchemas };
  }
}

/** The URI of a path that is relative to the folder of the project file. */
export function beside(project: string, path: string): string {
  return Utils.resolvePath(Utils.dirname(URI.parse(project)), path).toString();
}

function missingFile(uri: string, path: string, range: TextRange): Diagnostic {
  const message = `'${path}' is not found; paths are relative to ${PROJECT_FILE_NAME}.`;
  return { code: 'project/missing-file', severity: 'error', message, uri, range };
}

function noJson(uri: string, path: string, range: TextRange): Diagnostic {
  const message = `'${path}' is no JSON, so nothing is checked against it; write a JSON Schema there.`;
  return { code: 'project/invalid-schema', severity: 'error', message, uri, range };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
