import { dirname, resolve } from 'node:path';
import { URI } from 'vscode-uri';
import {
  type CheckedFile,
  createLanguageService,
  INTERNAL_FAULT,
  kindOfFile,
  type LanguageService,
  listRules,
  mentionsCanton,
  type Severity,
} from '../../service';
import { type Command, choice, LAUNCH_HELP, LAUNCH_OPTIONS, launchSettings, parse } from '../command';
import { type ExitCode, type Io, UsageError } from '../io';
import { isYamlStream, pipedDocuments } from '../piped-documents';
import { type CheckReport, type ReportedDiagnostic, type ReportedFile, type Reporter, SEVERITIES } from '../report';
import { github } from '../reporters/github';
import { json } from '../reporters/json';
import { junit } from '../reporters/junit';
import { pretty } from '../reporters/pretty';
import { sarif } from '../reporters/sarif';
import { findTargets, readNamed, shown, type Target } from '../targets';

const REPORTERS: Readonly<Record<string, Reporter>> = { pretty, json, sarif: sarif(listRules()), github, junit };
const THRESHOLDS = [...SEVERITIES, 'never'] as const;

export const check: Command = {
  name: 'check',
  usage: '[OPTION...] [PATH...]',
  summary: 'Reports problems in configuration files, folders and globs; in the current folder by default.',
  options: [
    [
      '--set',
      'Check the files, in this order, as one launch set; by default as canton-kms.json declares, or each file alone',
    ],
    ...LAUNCH_HELP,
    ['--format F', `Output format: ${Object.keys(REPORTERS).join(', ')}; pretty by default`],
    ['--fail-on S', `Exit with 1 for problems of this severity or higher: ${THRESHOLDS.join(', ')}; error by default`],
    ['--no-color', 'Print without colors'],
    ['-, --stdin', 'Check standard input: HOCON, or YAML from helm template or kubectl'],
    ['--stdin-path P', 'Resolve includes and the project file as if standard input were this file'],
  ],
  async run(args, io) {
    const { values, positionals } = parse(args, {
      ...LAUNCH_OPTIONS,
      set: { type: 'boolean' },
      format: { type: 'string', default: 'pretty' },
      'fail-on': { type: 'string', default: 'error' },
      'no-color': { type: 'boolean' },
      stdin: { type: 'boolean' },
      'stdin-path': { type: 'string' },
    });
    const format = choice(values.format, Object.keys(REPORTERS), '--format') as string;
    const threshold = choice(values['fail-on'], THRESHOLDS, '--fail-on') as (typeof THRESHOLDS)[number];
    const isPiped = values.stdin === true || positionals.includes('-');
    if (isPiped && positionals.some((path) => path !== '-')) {
      throw new UsageError('standard input cannot be combined with paths');
    }

    const checking = new Checking(io);
    const settings = await launchSettings(values, io);
    const workingDirectory = URI.file(io.cwd).toString();
    checking.service.configure({ ...settings, workingDirectory });
    const targets = isPiped
      ? await checking.takeInput(values['stdin-path'])
      : await checking.take(positionals.length > 0 ? positionals : ['.'], values.set === true);
    const report = await checking.report(targets, values.set === true);
    io.out((REPORTERS[format] as Reporter)(report, { colors: io.colors && values['no-color'] !== true }));
    return exitCode(report, threshold);
  },
};

function exitCode(report: CheckReport, threshold: Severity | 'never'): ExitCode {
  const found = report.files.flatMap(({ diagnostics }) => diagnostics);
  // A file that could not be checked counts as a failure.
  if (found.some(({ code }) => code === INTERNAL_FAULT)) return 2;
  if (threshold === 'never') return 0;
  const grave = SEVERITIES.slice(0, SEVERITIES.indexOf(threshold) + 1);
  return found.some(({ severity }) => grave.includes(severity)) ? 1 : 0;
}

/** Waiting for one file after the other takes longer than reading them. */
const READ_AT_ONCE = 64;

/** The working directory may be the whole disk. */
const MOST_AROUND = 10_000;

/** One run of `check`. */
class Checking {
  readonly service: LanguageService;
  private known: readonly string[] = [];
  /** Documents of a stream, which has no name of its own. */
  private stream: string | undefined;
  private readonly repositories = new Map<string, Promise<readonly string[]>>();

  constructor(private readonly io: Io) {
    this.service = createLanguageService({
      files: io.disk.files,
      list: async () => this.known,
      around: (uri) => this.around(uri),
      rootOf: (folder) => io.disk.rootOf(folder, io.cwd),
    });
  }

  /** The files to check: those that are Canton's, of which every folder and pattern has to have one. */
  async take(args: readonly string[], asOneSet: boolean): Promise<readonly string[]> {
    const found = await findTargets(args, this.io);
    this.known = found.map(uriOf);
    const targets: string[] = [];
    const fruitful = new Set<string>();
    for (const target of await this.worthwhile(found)) {
      const uri = uriOf(target);
      if (target.named) this.service.update(uri, await readNamed(target.path, this.io));
      // A file that cannot be read is checked as well, so that the report contains the reason.
      const isCantons = asOneSet || (await this.service.classify(uri, undefined, target.named).catch(() => true));
      if (isCantons || target.named) for (const argument of target.arguments) fruitful.add(argument);
      if (isCantons) {
        targets.push(uri);
        continue;
      }
      const reason = target.named ? 'is not Canton configuration' : await this.io.disk.files.refusal?.(uri);
      if (reason !== undefined) this.io.err(`"${shown(target.path, this.io.cwd)}" ${reason}, so it is not checked`);
    }
    const barren = args.find((arg) => !fruitful.has(arg));
    if (barren !== undefined) throw new UsageError(`no Canton configuration found in "${barren}"`);
    return targets;
  }

  /** The files of the repository or working directory that a file is in, which it may be launched with. */
  private async around(uri: string): Promise<readonly string[]> {
    const folder = await this.io.disk.rootOf(URI.file(dirname(URI.parse(uri).fsPath)).toString(), this.io.cwd);
    const known = this.repositories.get(folder);
    const files = known ?? this.io.disk.filesIn(URI.parse(folder).fsPath, MOST_AROUND);
    this.repositories.set(folder, files);
    return (await files).map((path) => uriOf({ path }));
  }

  private async worthwhile(targets: readonly Target[]): Promise<readonly Target[]> {
    const found: Target[] = [];
    for (let start = 0; start < targets.length; start += READ_AT_ONCE) {
      const some = targets.slice(start, start + READ_AT_ONCE);
      const worth = await Promise.all(some.map((one) => one.named || this.isWorthIt(one.path, uriOf(one))));
      found.push(...some.filter((_, i) => worth[i]));
    }
    return found;
  }

  /** Most files of a folder are classified once, and none is kept in memory. */
  private async isWorthIt(path: string, uri: string): Promise<boolean> {
    if (await this.service.isExcluded(uri)) return false;
    if (/\.(?:conf|hocon)$/i.test(path)) return true;
    const file = await this.io.disk.read(path);
    return file.kind !== 'text' || mentionsCanton(file.text);
  }

  async takeInput(path?: string): Promise<readonly string[]> {
    const input = await this.io.readInput();
    if (input.kind !== 'text') throw new UsageError(`standard input ${input.reason}`);
    const name = path ?? (isYamlStream(input.text) ? 'stdin.yaml' : 'stdin.conf');
    const uri = uriOf({ path: resolve(this.io.cwd, name) });
    if (path === undefined && name.endsWith('.yaml')) this.stream = uri;
    this.service.update(uri, input.text);
    const isNone = kindOfFile(name) !== 'hocon' && !(await this.service.classify(uri));
    if (isNone) throw new UsageError('there is no Canton configuration in standard input');
    return [uri];
  }

  async report(targets: readonly string[], asOneSet: boolean): Promise<CheckReport> {
    const { choice, files, projects, coverage } = await this.service.check(targets, asOneSet);
    const kinds: Record<string, number> = {};
    for (const uri of files.keys()) {
      const kind = kindOfFile(uri) ?? 'hocon';
      kinds[kind] = (kinds[kind] ?? 0) + 1;
    }
    return {
      coverage,
      kinds,
      cantonVersion: choice.version,
      edition: choice.edition,
      projects: projects.map(({ uri, off }) => ({ path: shown(URI.parse(uri).fsPath, this.io.cwd), off })),
      files: [...files].flatMap(([uri, file]) =>
        uri === this.stream ? byDocument(this.reported(uri, file)) : [this.reported(uri, file)],
      ),
    };
  }

  private reported(uri: string, { text, diagnostics }: CheckedFile) {
    const path = (of: string) => shown(URI.parse(of).fsPath, this.io.cwd);
    return {
      path: path(uri),
      text,
      diagnostics: diagnostics.map((one) => ({
        ...one,
        related: one.related.map(({ uri, range, message }) => ({ path: path(uri), range, message })),
      })),
    };
  }
}

/** The problems of a stream of documents, under the kind and name of each. */
function byDocument(file: ReportedFile): readonly ReportedFile[] {
  const found = new Map<string, ReportedDiagnostic[]>();
  const documents = pipedDocuments(file.text);
  for (const diagnostic of file.diagnostics) {
    const { name } = documents.find(({ endLine }) => diagnostic.range.start.line < endLine) ?? {};
    const path = name ?? file.path;
    found.set(path, [...(found.get(path) ?? []), diagnostic]);
  }
  if (found.size === 0) return [file];
  return [...found].map(([path, diagnostics]) => ({ path, text: file.text, diagnostics }));
}

function uriOf({ path }: Pick<Target, 'path'>): string {
  return URI.file(path).toString();
}
