import { githubData, githubProperty } from '../../text/encoders/ci';
import type { ReportedDiagnostic, Reporter } from '../report';

const COMMANDS = { error: 'error', warning: 'warning', information: 'notice', hint: 'notice' } as const;

/** Workflow commands of GitHub Actions, which shows them at the lines of a pull request. */
export const github: Reporter = (report) =>
  report.files.flatMap(({ path, diagnostics }) => diagnostics.map((one) => `${command(path, one)}\n`)).join('');

function command(path: string, { severity, range, code, message }: ReportedDiagnostic): string {
  const { start, end } = range;
  const properties = [
    `file=${githubProperty(path)}`,
    `line=${start.line + 1}`,
    `endLine=${end.line + 1}`,
    // GitHub does not support columns for a range of several lines.
    ...(start.line === end.line ? [`col=${start.character + 1}`, `endColumn=${end.character + 1}`] : []),
    `title=${githubProperty(code)}`,
  ];
  return `::${COMMANDS[severity]} ${properties.join(',')}::${githubData(message)}`;
}
