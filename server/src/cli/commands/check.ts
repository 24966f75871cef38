import { URI } from 'vscode-uri';
import { INTERNAL_FAULT, listRules, type Severity } from '../../service';
import { type Command, choice, LAUNCH_HELP, LAUNCH_OPTIONS, launchSettings, parse } from '../command';
import { type ExitCode, type Io, UsageError } from '../io';
import { counted, NamedFiles, printPatch } from '../named-files';
import { type CheckReport, type Reporter, SEVERITIES } from '../report';
import { github } from '../reporters/github';
import { json } from '../reporters/json';
import { junit } from '../reporters/junit';
import { pretty } from '../reporters/pretty';
import { sarif } from '../reporters/sarif';

const REPORTERS: Readonly<Record<string, Reporter>> = { pretty, json, sarif: sarif(listRules()), github, junit };
const THRESHOLDS = [...SEVERITIES, 'never'] as const;

export const check: Command = {
  name: 'check',
  usage: '[OPTION...] [PATH...]',
  summary: 'Reports problems in files, folders and globs; . by default.',
  options: [
    ['--set', 'The files, in this order, are one launch set'],
    ...LAUNCH_HELP,
    ['--fix', 'Apply the fixes that need no decision, report the rest'],
    ['--diff', 'With --fix: print a unified diff, and write nothing'],
    ['--format F', `${Object.keys(REPORTERS).join(', ')}; pretty by default`, Object.keys(REPORTERS)],
    ['--fail-on S', `Exit with 1 from: ${THRESHOLDS.join(', ')}`, THRESHOLDS],
    ['--no-color', 'Print without colors'],
    ['-, --stdin', 'Check standard input: HOCON, or YAML of helm or kubectl'],
    ['--stdin-path P', 'The path that standard input stands for'],
  ],
  examples: ['canton-kms check --fix deploy'],
  async run(args, io) {
    const { values, positionals } = parse(args, {
      ...LAUNCH_OPTIONS,
      set: { type: 'boolean', default: false },
      fix: { type: 'boolean', default: false },
      diff: { type: 'boolean', default: false },
      format: { type: 'string', default: 'pretty' },
      'fail-on': { type: 'string', default: 'error' },
      'no-color': { type: 'boolean' },
      stdin: { type: 'boolean' },
      'stdin-path': { type: 'string' },
    });
    const { set: asOneSet, fix, diff } = values;
    const format = choice(values.format, Object.keys(REPORTERS), '--format') as string;
    const threshold = choice(values['fail-on'], THRESHOLDS, '--fail-on') as (typeof THRESHOLDS)[number];
    const isPiped = values.stdin === true || positionals.includes('-');
    if (isPiped && positionals.some((path) => path !== '-')) {
      throw new UsageError('standard input cannot be combined with paths');
    }
    if (diff && !fix) throw new UsageError('--diff shows what --fix changes; use both');
    if (isPiped && fix && !diff) throw new UsageError('standard input cannot be changed; use --fix with --diff');

    const files = new NamedFiles(io);
    const settings = await launchSettings(values, io);
    files.service.configure({ ...settings, workingDirectory: URI.file(io.cwd).toString() });
    const targets = isPiped
      ? await files.takeInput(values['stdin-path'])
      : await files.take(positionals.length > 0 ? positionals : ['.'], asOneSet);
    if (diff) return showFixes(files, targets, asOneSet, threshold, io);
    const isWritten = !fix || (await applyFixes(files, targets, asOneSet, io));
    const report = await files.report(targets, asOneSet);
    io.out((REPORTERS[format] as Reporter)(report, { colors: io.colors && values['no-color'] !== true }));
    return isWritten ? exitCode(report, threshold) : 2;
  },
};

/** Changes the files; false if one of them could not be written. */
async function applyFixes(files: NamedFiles, targets: readonly string[], asOneSet: boolean, io: Io): Promise<boolean> {
  const fixed = await files.fix(targets, asOneSet);
  const isWritten = await files.write(fixed.files);
  if (isWritten && fixed.fixes > 0) {
    io.err(`fixed ${counted(fixed.fixes, 'problem')} in ${counted(fixed.files.length, 'file')}`);
  }
  return isWritten;
}

/** Prints the changes. The exit code is that of the files as they are. */
async function showFixes(
  files: NamedFiles,
  targets: readonly string[],
  asOneSet: boolean,
  threshold: Severity | 'never',
  io: Io,
): Promise<ExitCode> {
  const present = await files.report(targets, asOneSet);
  const fixed = await files.fix(targets, asOneSet);
  await printPatch(fixed.files, io);
  const left = (await files.report(targets, asOneSet)).files.reduce((sum, file) => sum + file.diagnostics.length, 0);
  const would = `${counted(fixed.fixes, 'problem')} in ${counted(fixed.files.length, 'file')}`;
  io.err(`--fix would fix ${would}; ${left === 1 ? '1 would remain' : `${left} would remain`}`);
  return exitCode(present, threshold);
}

function exitCode(report: CheckReport, threshold: Severity | 'never'): ExitCode {
  const found = report.files.flatMap(({ diagnostics }) => diagnostics);
  // A file that could not be checked counts as a failure.
  if (found.some(({ code }) => code === INTERNAL_FAULT)) return 2;
  if (threshold === 'never') return 0;
  const grave = SEVERITIES.slice(0, SEVERITIES.indexOf(threshold) + 1);
  return found.some(({ severity }) => grave.includes(severity)) ? 1 : 0;
}
