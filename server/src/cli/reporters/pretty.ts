import type { Severity } from '../../service';
import { counted } from '../../text/counted';
import { terminalFrame, terminalLines, terminalText } from '../../text/encoders/terminal';
import { type CheckReport, type ReportedDiagnostic, type ReportedFile, type Reporter, summarize } from '../report';

const BOLD = 1;
const DIM = 2;
const COLORS: Readonly<Record<Severity, number>> = { error: 31, warning: 33, information: 34, hint: 36 };

type Paint = (style: number, text: string) => string;

/** Human-readable output: the problem, the line with the place underlined, and a summary. */
export const pretty: Reporter = (report, { colors, quiet }) => {
  const paint: Paint = (style, text) => (colors ? `\u001b[${style}m${text}\u001b[0m` : text);
  const problems = report.files.flatMap((file) => file.diagnostics.map((one) => problem(file, one, paint)));
  if (quiet) return problems.join('\n');
  const { errors, warnings, infos, hints } = summarize(report);
  const counts = [
    counted(errors, 'error'),
    counted(warnings, 'warning'),
    ...(infos > 0 ? [counted(infos, 'information')] : []),
    ...(hints > 0 ? [counted(hints, 'hint')] : []),
  ];
  const as = `Canton ${report.cantonVersion} ${report.edition}`;
  const checked = `${counted(report.files.length, 'file')}${kindsText(report)} checked as ${as}`;
  const summary = `${checked}: ${counts.join(', ')}\n${coverageText(report)}`;
  const known = report.baselined === undefined ? '' : `${counted(report.baselined, 'problem')} in the baseline\n`;
  const more = problems.length > 0 ? `${paint(DIM, 'Run `canton-kms explain CODE` for details.')}\n` : '';
  return [...problems, summary + known + report.projects.map(projectLine).join('') + more].join('\n');
};

/** ` (3 hocon, 1 yaml)`, if there is more than one kind. */
function kindsText({ kinds }: CheckReport): string {
  const list = Object.entries(kinds).map(([kind, count]) => `${count} ${kind}`);
  return list.length > 1 ? ` (${list.join(', ')})` : '';
}

/** Nobody reads more names than this. */
const SHOWN_MISSING = 5;

function coverageText({ coverage: { checked, unknown, notLookedAt, missing } }: CheckReport): string {
  const all = checked + unknown + notLookedAt;
  if (all === 0) return '';
  const more = missing.length > SHOWN_MISSING ? ', …' : '';
  const names = missing.length === 0 ? '' : ` (${terminalText(missing.slice(0, SHOWN_MISSING).join(', '))}${more})`;
  return `${counted(all, 'value')}: ${checked} checked, ${unknown} unknown${names}, ${notLookedAt} not checked\n`;
}

/** A project file can switch errors off, wherever it is. */
function projectLine({ path, off }: CheckReport['projects'][number]): string {
  const rules =
    off.length === 0 ? 'no rules are disabled' : `${counted(off.length, 'rule')} disabled: ${off.join(', ')}`;
  return `Project file ${terminalText(path)}: ${terminalText(rules)}\n`;
}

function problem(
  file: ReportedFile,
  { severity, code, message, range, related }: ReportedDiagnostic,
  paint: Paint,
): string {
  const place = (path: string, { start }: ReportedDiagnostic['range']) =>
    terminalText(`${path}:${start.line + 1}:${start.character + 1}`);
  const lines = [
    `${paint(BOLD, place(file.path, range))} ${paint(COLORS[severity], severity)} ${terminalLines(message).replaceAll('\n', '\n    ')} ${paint(DIM, terminalText(code))}`,
    ...frame(file.text, range, severity, paint),
    ...related.map((one) => `    ${paint(DIM, place(one.path, one.range))} ${terminalText(one.message)}`),
  ];
  return `${lines.join('\n')}\n`;
}

/** Long lines are cut, so that a minified file does not fill the screen. */
const FRAME_WIDTH = 120;

function frame(text: string, { start, end }: ReportedDiagnostic['range'], severity: Severity, paint: Paint): string[] {
  const line = linesOf(text)[start.line];
  if (line === undefined || line.trim() === '') return [];
  const from = Math.max(0, Math.min(start.character - FRAME_WIDTH / 2, line.length - FRAME_WIDTH));
  // One place for each character, because the marks must be below the marked characters.
  const shown = terminalFrame(line.slice(from, from + FRAME_WIDTH));
  const last = end.line === start.line ? end.character : line.length;
  const width = Math.max(1, Math.min(last, from + FRAME_WIDTH) - start.character);
  const gutter = String(start.line + 1);
  return [
    `    ${paint(DIM, `${gutter} |`)} ${shown}`,
    `    ${paint(DIM, `${' '.repeat(gutter.length)} |`)} ${' '.repeat(start.character - from)}${paint(COLORS[severity], '^'.repeat(width))}`,
  ];
}

/** Of the last text alone: the problems of a file are printed together. */
let split: { readonly text: string; readonly lines: readonly string[] } | undefined;

function linesOf(text: string): readonly string[] {
  if (split?.text !== text) split = { text, lines: text.split(/\r?\n/) };
  return split.lines;
}
