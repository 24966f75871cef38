import { resolve } from 'node:path';
import { URI } from 'vscode-uri';
import { INTERNAL_FAULT, listRules, type Severity } from '../../service';
import { counted } from '../../text/counted';
import { type Command, choice, LAUNCH_HELP, LAUNCH_OPTIONS, launchSettings, parse } from '../command';
import { type ExitCode, type Io, UsageError } from '../io';
import { NamedFiles, shownPatch } from '../named-files';
import { type CheckReport, type Reporter, SEVERITIES } from '../report';

/** Loaded when they are selected. */
const REPORTERS: Readonly<Record<string, () => Promise<Reporter>>> = {
  pretty: async () => (await import('../reporters/pretty')).pretty,
  json: async () => (await import('../on-request')).json,
  sarif: async () => (await import('../on-request')).sarif(listRules()),
  github: async () => (await import('../on-request')).github,
  junit: async () => (await import('../on-request')).junit,
  gitlab: async () => (await import('../on-request')).gitlab,
};
const FORMATS = Object.keys(REPORTERS);
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
    ['--baseline FILE', 'Problems that this file records do not count'],
    ['--update-baseline', 'Record the current problems in that file'],
    ['--format F', `${FORMATS.join(', ')}; pretty by default`, FORMATS],
    ['--output FILE', 'Write the report to this file'],
    ['--fail-on S', `Exit with 1 from: ${THRESHOLDS.join(', ')}`, THRESHOLDS],
    ['--quiet', 'Report only what --fail-on counts, without a summary'],
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
      baseline: { type: 'string' },
      'update-baseline': { type: 'boolean', default: false },
      format: { type: 'string', default: 'pretty' },
      output: { type: 'string' },
      quiet: { type: 'boolean', default: false },
      'fail-on': { type: 'string', default: 'error' },
      'no-color': { type: 'boolean' },
      stdin: { type: 'boolean' },
      'stdin-path': { type: 'string' },
    });
    const { set: asOneSet, fix, diff, baseline, quiet, output } = values;
    const format = choice(values.format, FORMATS, '--format') as string;
    const threshold = choice(values['fail-on'], THRESHOLDS, '--fail-on') as Threshold;
    const isPiped = values.stdin === true || positionals.includes('-');
    if (isPiped && positionals.some((path) => path !== '-')) {
      throw new UsageError('standard input cannot be combined with paths');
    }
    if (diff && !fix) throw new UsageError('--diff shows what --fix changes; use both');
    if (isPiped && fix && !diff) throw new UsageError('standard input cannot be changed; use --fix with --diff');
    if (values['update-baseline'] && (baseline === undefined || diff)) {
      throw new UsageError('--update-baseline requires --baseline FILE, and cannot be combined with --diff');
    }

    const files = new NamedFiles(io, 'checked', quiet);
    const settings = await launchSettings(values, io);
    files.service.configure({ ...settings, workingDirectory: URI.file(io.cwd).toString() });
    const targets = isPiped
      ? await files.takeInput(values['stdin-path'])
      : await files.take(positionals.length > 0 ? positionals : ['.'], asOneSet);
    if (output !== undefined && targets.includes(URI.file(resolve(io.cwd, output)).toString())) {
      throw new UsageError(`--output would overwrite "${output}", which is checked`);
    }
    if (diff) return showFixes(files, targets, asOneSet, { threshold, output, quiet }, io);
    const isWritten = !fix || (await applyFixes(files, targets, asOneSet, quiet, io));
    const all = await files.report(targets, asOneSet);
    const rest = baseline === undefined ? all : await beyondBaseline(baseline, all, values['update-baseline'], io);
    const report = quiet ? counting(rest, threshold) : rest;
    const reporter = await REPORTERS[format]?.();
    const colors = io.colors && values['no-color'] !== true && output === undefined;
    await print(reporter?.(report, { colors, quiet }) ?? '', output, io);
    return isWritten ? exitCode(rest, threshold) : 2;
  },
};

async function print(text: string, output: string | undefined, io: Io): Promise<void> {
  if (output === undefined) {
    io.out(text);
    return;
  }
  const reason = await io.writer.write(resolve(io.cwd, output), text);
  if (reason !== undefined) throw new UsageError(`"${output}" ${reason}`);
}

/** The number of entries that a message names. */
const SHOWN_GONE = 5;

/** The problems that are not in the baseline; with `update`, the baseline now has all of them. */
async function beyondBaseline(file: string, report: CheckReport, update: boolean, io: Io): Promise<CheckReport> {
  const { Baseline, shownEntry } = await import('../on-request');
  const before = await Baseline.read(file, io, update);
  if (update) {
    await before.update(report);
    return (await (await Baseline.read(file, io, false)).compare(report)).report;
  }
  const { report: rest, gone } = await before.compare(report);
  if (gone.length > 0) {
    const count = gone.reduce((sum, entry) => sum + entry.count, 0);
    const more = gone.length > SHOWN_GONE ? ', …' : '';
    const list = `${gone.slice(0, SHOWN_GONE).map(shownEntry).join(', ')}${more}`;
    io.err(`"${file}" has ${counted(count, 'problem')} no longer found: ${list}. --update-baseline removes them`);
  }
  return rest;
}

type Threshold = Severity | 'never';

/** The report with only the problems that affect the exit code, or with all of them if none does. */
function counting(report: CheckReport, threshold: Threshold): CheckReport {
  if (threshold === 'never') return report;
  const counts = (severity: Severity) => SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(threshold);
  return {
    ...report,
    files: report.files.map((file) => ({
      ...file,
      diagnostics: file.diagnostics.filter(({ code, severity }) => code === INTERNAL_FAULT || counts(severity)),
    })),
  };
}

/** Changes the files; false if one of them could not be written. */
async function applyFixes(
  files: NamedFiles,
  targets: readonly string[],
  asOneSet: boolean,
  quiet: boolean,
  io: Io,
): Promise<boolean> {
  const fixed = await files.fix(targets, asOneSet);
  const isWritten = await files.write(fixed.files);
  if (isWritten && !quiet && fixed.fixes > 0) {
    io.err(`fixed ${counted(fixed.fixes, 'problem')} in ${counted(fixed.files.length, 'file')}`);
  }
  return isWritten;
}

/** Prints the changes. The exit code is that of the unchanged files. */
async function showFixes(
  files: NamedFiles,
  targets: readonly string[],
  asOneSet: boolean,
  { threshold, output, quiet }: { threshold: Threshold; output: string | undefined; quiet: boolean },
  io: Io,
): Promise<ExitCode> {
  const present = await files.report(targets, asOneSet);
  const fixed = await files.fix(targets, asOneSet);
  await print(await shownPatch(fixed.files, io.terminal && output === undefined), output, io);
  if (quiet) return exitCode(present, threshold);
  const left = (await files.report(targets, asOneSet)).files.reduce((sum, file) => sum + file.diagnostics.length, 0);
  const would = `${counted(fixed.fixes, 'problem')} in ${counted(fixed.files.length, 'file')}`;
  io.err(`--fix would fix ${would}; ${left} would remain`);
  return exitCode(present, threshold);
}

function exitCode(report: CheckReport, threshold: Threshold): ExitCode {
  const found = report.files.flatMap(({ diagnostics }) => diagnostics);
  // A file that could not be checked counts as a failure.
  if (found.some(({ code }) => code === INTERNAL_FAULT)) return 2;
  if (threshold === 'never') return 0;
  const grave = SEVERITIES.slice(0, SEVERITIES.indexOf(threshold) + 1);
  return found.some(({ severity }) => grave.includes(severity)) ? 1 : 0;
}
