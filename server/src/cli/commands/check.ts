import { resolve } from 'node:path';
import { URI } from 'vscode-uri';
import { diskFiles } from '../../fs/node';
import type { Severity } from '../../model/diagnostic';
import { rules } from '../../rules';
import type { CheckedFile, FileSet, ServiceHost } from '../../service';
import { DocumentService } from '../../service/document-service';
import { withHosts } from '../../workspace/region-uri';
import { type Command, choice, parse } from '../command';
import { ENVIRONMENT_HELP, ENVIRONMENT_OPTIONS, environmentOf } from '../environment-options';
import { type ExitCode, type Io, UsageError } from '../io';
import { type Report, type Reporter, SEVERITIES } from '../report';
import { github } from '../reporters/github';
import { json } from '../reporters/json';
import { junit } from '../reporters/junit';
import { pretty } from '../reporters/pretty';
import { sarif } from '../reporters/sarif';
import { findTargets, readNamed, shown, type Target } from '../targets';
import { VERSION_HELP, VERSION_OPTIONS, versionWish } from '../version-options';

const REPORTERS: Readonly<Record<string, Reporter>> = { pretty, json, sarif: sarif(rules), github, junit };
const THRESHOLDS = [...SEVERITIES, 'never'] as const;

export const check: Command = {
  name: 'check',
  usage: '[OPTION...] [PATH...]',
  summary: 'Reports what Canton would refuse in configuration files, folders and globs; by default in this folder.',
  options: [
    ['--set', 'The files, in order, are one launch set; by default each is one, or as canton-kms.json says'],
    ...VERSION_HELP,
    ...ENVIRONMENT_HELP,
    ['--format F', `${Object.keys(REPORTERS).join(', ')}; pretty by default`],
    ['--fail-on S', `Exit with 1 from this severity on: ${THRESHOLDS.join(', ')}; error by default`],
    ['--no-color', 'No colours'],
    ['--stdin', 'Check standard input'],
    ['--stdin-path P', 'Where standard input would be a file, for its includes and its project file'],
  ],
  async run(args, io) {
    const { values, positionals } = parse(args, {
      ...VERSION_OPTIONS,
      ...ENVIRONMENT_OPTIONS,
      set: { type: 'boolean' },
      format: { type: 'string', default: 'pretty' },
      'fail-on': { type: 'string', default: 'error' },
      'no-color': { type: 'boolean' },
      stdin: { type: 'boolean' },
      'stdin-path': { type: 'string' },
    });
    const format = choice(values.format, Object.keys(REPORTERS), '--format') as string;
    const threshold = choice(values['fail-on'], THRESHOLDS, '--fail-on') as (typeof THRESHOLDS)[number];
    if (values.stdin === true && positionals.length > 0) throw new UsageError('--stdin and paths exclude each other');

    const checking = new Checking(io);
    const environment = await environmentOf(values, io.cwd);
    checking.service.configure({ force: versionWish(values), environment });
    const targets =
      values.stdin === true ? await checking.takeInput(values['stdin-path']) : await checking.take(positionals);
    const report = await checking.report(targets, values.set === true);
    io.out((REPORTERS[format] as Reporter)(report, { colors: io.colors && values['no-color'] !== true }));
    return exitCode(report, threshold);
  },
};

function exitCode(report: Report, threshold: Severity | 'never'): ExitCode {
  if (threshold === 'never') return 0;
  const grave = SEVERITIES.slice(0, SEVERITIES.indexOf(threshold) + 1);
  return report.files.some((file) => file.diagnostics.some(({ severity }) => grave.includes(severity))) ? 1 : 0;
}

/** One run of `check`. */
class Checking {
  readonly service: DocumentService;
  private known: readonly string[] = [];

  constructor(private readonly io: Io) {
    const host: ServiceHost = { files: diskFiles, list: async () => this.known };
    this.service = new DocumentService(host);
  }

  /** The files to check; those met in folders only if they are Canton's. */
  async take(args: readonly string[]): Promise<readonly string[]> {
    const found = await findTargets(args.length > 0 ? args : ['.'], this.io.cwd);
    this.known = found.map(uriOf);
    const targets: string[] = [];
    for (const target of found) {
      const uri = uriOf(target);
      if (target.named) this.service.update(uri, await readNamed(target.path, this.io.cwd));
      else if (!(await this.service.classify(uri))) continue;
      targets.push(uri);
    }
    return targets;
  }

  async takeInput(path = 'stdin.conf'): Promise<readonly string[]> {
    const input = await this.io.readInput();
    if (input.kind !== 'text') throw new UsageError(`standard input ${input.reason}`);
    const uri = uriOf({ path: resolve(this.io.cwd, path), named: true });
    this.service.update(uri, input.text);
    return [uri];
  }

  async report(targets: readonly string[], asOneSet: boolean): Promise<Report> {
    const sets = asOneSet ? [await this.service.setOf(targets)] : await this.setsOf(targets);
    const { choice, files } = await this.service.check(sets);
    return {
      cantonVersion: choice.version,
      edition: choice.edition,
      files: [...files].map(([uri, file]) => this.reported(uri, file)),
    };
  }

  private async setsOf(targets: readonly string[]): Promise<readonly FileSet[]> {
    const sets = new Map<string, FileSet>();
    for (const uri of targets) for (const set of await this.service.setsOf(uri)) sets.set(set.id, set);
    return [...sets.values()];
  }

  private reported(uri: string, { text, diagnostics }: CheckedFile) {
    const path = (of: string) => shown(URI.parse(of).fsPath, this.io.cwd);
    return {
      path: path(uri),
      text,
      diagnostics: withHosts(diagnostics).map((one) => ({
        ...one,
        related: one.related.map(({ uri, range, message }) => ({ path: path(uri), range, message })),
      })),
    };
  }
}

function uriOf({ path }: Target): string {
  return URI.file(path).toString();
}
