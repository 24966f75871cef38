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
      ? [`    <testcase name="check" classname="${xml(path)}"/>`]
      : grave.map((one) => failed(path, one));
  const body = [
    `  <testsuite name="${xml(path)}" tests="${cases.length}" failures="${grave.length}" errors="0">`,
    ...cases,
    '  </testsuite>',
  ];
  return { tests: cases.length, failures: grave.length, xml: body.join('\n') };
}

function failed(path: string, { code, severity, message, range }: ReportedDiagnostic): string {
  const place = `${path}:${range.start.line + 1}:${range.start.character + 1}`;
  return [
    `    <testcase name="${xml(`${code} at ${place}`)}" classname="${xml(path)}">`,
    `      <failure type="${severity}" message="${xml(message)}">${xml(`${place}: ${severity} ${code}: ${message}`)}</failure>`,
    '    </testcase>',
  ].join('\n');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\r': '&#13;',
  '\t': '&#9;',
};

function xml(text: string): string {
  // XML 1.0 has no way to write the other control characters.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  const legal = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd');
  return legal.replace(/[&<>"\n\r\t]/g, (character) => ENTITIES[character] as string);
}
