import { resolve } from 'node:path';
import { URI } from 'vscode-uri';
import { type Environment, evaluateHocon, type FileAccess, type HoconError } from '../../service';
import { type Command, parse } from '../command';
import { type ExitCode, type Io, UsageError } from '../io';
import { shown } from '../targets';

/** Joins the files of one launch set on a line of `--batch`. */
const SEPARATOR = '|';

export const hocon: Command = {
  name: 'hocon',
  usage: '[--no-resolve] FILE...  |  --batch',
  summary: 'Merges files in order, resolves them, and prints them as JSON.',
  options: [
    ['--no-resolve', 'Merge only, without resolving substitutions'],
    ['--batch', 'Read lines of files, separated by |; print a line for each'],
  ],
  examples: ['canton-kms hocon shared.conf participant1.conf'],
  async run(args, io) {
    const { values, positionals } = parse(args, { 'no-resolve': { type: 'boolean' }, batch: { type: 'boolean' } });
    const resolves = values['no-resolve'] !== true;
    if (values.batch === true) {
      if (positionals.length > 0) throw new UsageError('--batch reads the paths from standard input');
      return batch(new Reader(io, resolves), io);
    }
    if (positionals.length === 0) throw new UsageError('no file given');
    const { json, errors, unreadable } = await new Reader(io, resolves).evaluate(positionals);
    if (unreadable !== undefined) throw new UsageError(unreadable);
    for (const { file, line, message } of errors) io.err(`${file}:${line}: ${message}`);
    if (errors.length > 0) return 1;
    io.out(`${JSON.stringify(json, null, 2)}\n`);
    return 0;
  },
};

async function batch(reader: Reader, io: Io): Promise<ExitCode> {
  for await (const line of io.inputLines()) {
    const file = line.trim();
    if (file !== '') io.out(`${await batchLine(file, reader)}\n`);
  }
  return 0;
}

/** The failure of one line must not affect the others. */
async function batchLine(file: string, reader: Reader): Promise<string> {
  try {
    const { json, errors } = await reader.evaluate(file.split(SEPARATOR));
    if (errors.length === 0) return JSON.stringify({ file, ok: true, json });
    return JSON.stringify({ file, ok: false, errors: errors });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return JSON.stringify({ file, ok: false, errors: [{ message, line: 1 }] });
  }
}

interface Fault {
  readonly file: string;
  readonly message: string;
  /** One-based. */
  readonly line: number;
}

interface Outcome {
  /** Undefined if there are errors. */
  readonly json: unknown;
  readonly errors: readonly Fault[];
  /** The reason why a named file could not be read. */
  readonly unreadable: string | undefined;
}

/** Evaluates files with the environment and the working directory of this process, as Canton does. */
class Reader {
  private environment: Environment | undefined;
  private readonly workingDirectory: string;

  constructor(
    private readonly io: Io,
    private readonly resolves: boolean,
  ) {
    this.workingDirectory = URI.file(io.cwd).toString();
  }

  async evaluate(paths: readonly string[]): Promise<Outcome> {
    const refusals = new Map<string, string>();
    const roots = paths.map((path) => ({
      uri: URI.file(resolve(this.io.cwd, path)).toString(),
      bareName: !/[\\/]/.test(path),
    }));
    const { workingDirectory, resolves } = this;
    this.environment ??= { variables: await this.io.variables(), closed: true };
    const { environment } = this;
    const named = new Set(roots.map(({ uri }) => uri));
    const result = await evaluateHocon(roots, filesNoting(this.io, named, refusals), {
      environment,
      workingDirectory,
      resolves,
    });
    const refused = roots.findIndex(({ uri }) => refusals.has(uri));
    if (refused >= 0) {
      const file = paths[refused] as string;
      const message = `"${file}" ${refusals.get(roots[refused]?.uri ?? '')}`;
      return { json: undefined, errors: [{ file, message, line: 1 }], unreadable: message };
    }
    return { json: result.json, errors: result.errors.map((error) => this.fault(error)), unreadable: undefined };
  }

  private fault({ uri, line, message }: HoconError): Fault {
    return { file: shown(URI.parse(uri).fsPath, this.io.cwd), message, line };
  }
}

/** Files on disk; the reason why a named one could not be read is recorded by its URI. */
function filesNoting({ disk }: Io, named: ReadonlySet<string>, refusals: Map<string, string>): FileAccess {
  return {
    async read(uri) {
      if (!named.has(uri)) return disk.files.read(uri);
      const file = await disk.read(URI.parse(uri).fsPath);
      if (file.kind === 'text') return file.text;
      refusals.set(uri, file.reason);
      return undefined;
    },
  };
}
