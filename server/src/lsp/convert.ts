import type { Diagnostic } from 'vscode-languageserver';
import type { LocatedDiagnostic } from '../features/requests/diagnostics';
import { DIAGNOSTIC_TAG, SEVERITY } from '../features/shared/lsp-kinds';
import { withHosts } from '../workspace/region-uri';
import type { RuleLink } from './rule-links';

export function toLsp(
  { code, severity, message, range, related, tags }: LocatedDiagnostic,
  linkTo: RuleLink,
): Diagnostic {
  const href = linkTo(code);
  return withHosts({
    code,
    ...(href !== undefined && { codeDescription: { href } }),
    severity: SEVERITY[severity],
    source: 'canton-kms',
    message,
    range,
    relatedInformation: related.map((one) => ({
      location: { uri: one.uri, range: one.range },
      message: one.message,
    })),
    tags: tags.map((tag) => DIAGNOSTIC_TAG[tag]),
  });
}
