import { version } from '../../../../package.json';
import { jsonText } from '../../text/encoders/json';
import type { Range, ReportedDiagnostic, Reporter } from '../report';

const LEVELS = { error: 'error', warning: 'warning', information: 'note', hint: 'note' } as const;

/** The SARIF description of a rule, which the caller provides. */
export interface SarifRule {
  readonly code: string;
  readonly title: string;
  readonly docs: string;
}

/** SARIF 2.1.0, for code scanning services. */
export function sarif(rules: readonly SarifRule[]): Reporter {
  return (report) => {
    const results = report.files.flatMap(({ path, diagnostics }) => diagnostics.map((one) => result(path, one)));
    const used = [...new Set(results.map(({ ruleId }) => ruleId))];
    const driver = {
      name: 'canton-kms',
      version,
      semanticVersion: version,
      rules: used.map((code) => describe(code, rules)),
    };
    const run = {
      tool: { driver },
      columnKind: 'utf16CodeUnits',
      results: results.map((one) => ({ ...one, ruleIndex: used.indexOf(one.ruleId) })),
    };
    const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] };
    return `${jsonText(log)}\n`;
  };
}

function describe(code: string, rules: readonly SarifRule[]) {
  const rule = rules.find((one) => one.code === code);
  if (rule === undefined) return { id: code };
  return { id: code, shortDescription: { text: rule.title }, help: { text: rule.docs, markdown: rule.docs } };
}

function result(path: string, { code, severity, message, range, related }: ReportedDiagnostic) {
  return {
    ruleId: code,
    level: LEVELS[severity],
    message: { text: message },
    locations: [location(path, range)],
    relatedLocations: distinct(
      related.map((one) => ({ ...location(one.path, one.range), message: { text: one.message } })),
    ),
  };
}

function location(path: string, { start, end }: Range) {
  const region = {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
  return { physicalLocation: { artifactLocation: { uri: uriOf(path) }, region } };
}

/**
 * A file URI for an absolute path, also on Windows; otherwise a relative reference, in which a colon would end a
 * scheme.
 */
function uriOf(path: string): string {
  const escaped = (text: string) => encodeURI(text.replace(/\p{Cs}/gu, '\ufffd')).replace(/[?#]/g, encodeURIComponent);
  if (/^[A-Za-z]:\//.test(path)) return `file:///${escaped(path)}`;
  return path.startsWith('/') ? `file://${escaped(path)}` : escaped(path).replaceAll(':', '%3A');
}

/** SARIF does not allow the same related location twice. */
function distinct<T>(locations: readonly T[]): T[] {
  return [...new Map(locations.map((one) => [JSON.stringify(one), one])).values()];
}
