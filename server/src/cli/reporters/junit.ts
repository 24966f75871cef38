import { xmlText } from '../../text/encoders/xml';
import type { ReportedDiagnostic, ReportedFile, Reporter } from '../report';

/** JUnit XML: a suite for each file, a failed case for each error or warning, a passed one for a file without. */
export const junit: Reporter = (report) => {
  const suites = report.files.map(suite);
  const tests = suites.reduce((sum, { tests }) => sum + tests, 0);
  const failures = suites.reduce((sum, { failures }) => sum + failures, 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="canton-kms" tests="${tests}" failures="${failures}">`,
    ...suites.map(({ xml }) => xml),
    '</testsuites>',
    '',
  ].join('\n');
};

function suite({ path, diagnostics }: ReportedFile): { tests: number; failures: number; xml: string } {
  const grave = diagnostics.filter(({ severity }) => severity === 'error' || severity === 'warning');
  const cases =
    grave.length === 0
      ? [`    <testcase name="check" classname="${xmlText(path)}"/>`]
      : grave.map((one) => failed(path, one));
  const body = [
    `  <testsuite name="${xmlText(path)}" tests="${cases.length}" failures="${grave.length}" errors="0">`,
    ...cases,
    '  </testsuite>',
  ];
  return { tests: cases.length, failures: grave.length, xml: body.join('\n') };
}

function failed(path: string, { code, severity, message, range }: ReportedDiagnostic): string {
  const place = `${path}:${range.start.line + 1}:${range.start.character + 1}`;
  return [
    `    <testcase name="${xmlText(`${code} at ${place}`)}" classname="${xmlText(path)}">`,
    `      <failure type="${severity}" message="${xmlText(message)}">${xmlText(`${place}: ${severity} ${code}: ${message}`)}</failure>`,
    '    </testcase>',
  ].join('\n');
}
