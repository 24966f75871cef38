import type { Diagnostic, Fix } from '../../model/diagnostic';
import type { TextRange } from '../../text/location';
import { nearest } from '../../text/nearest';
import type { Rule } from '../rule';
import type { Suppression } from '../suppression';

/** Found by `check` itself after all rules have run; see `unusedSuppressions`. */
export const unusedSuppression: Rule = {
  code: 'advice/unused-suppression',
  severity: 'information',
  title: 'Unused suppression comment',
  docs: `\`# canton-kms-ignore-next-line CODE reason\` suppresses diagnostics with this code on the next line that is neither blank
nor a comment. Separate several codes with commas. Remove the comment when the diagnostic is gone. HOCON syntax errors cannot be
suppressed.`,
  source: 'this product',
  examples: {
    bad: {
      text: `# canton-kms-ignore-next-line advice/audit-logging the cloud logs it
canton.participants.p1.crypto { provider = kms, kms { type = aws, region = us-east-1, audit-logging = true } }`,
    },
    good: {
      text: `# canton-kms-ignore-next-line advice/audit-logging the cloud logs it
canton.participants.p1.crypto { provider = kms, kms { type = aws, region = us-east-1 } }`,
    },
  },
  check: () => [],
};

export function unusedSuppressions(
  suppressions: readonly Suppression[],
  used: ReadonlySet<object>,
  known: ReadonlySet<string>,
  noInline: ReadonlySet<string> = new Set(),
): readonly Diagnostic[] {
  return suppressions.flatMap((suppression) => {
    const { codes, uri, range, line } = suppression;
    if (codes.length === 0)
      return [unused(uri, range, 'This comment names no rule. Add the code of a rule and a reason.', [])];
    return codes
      .filter((one) => !used.has(one))
      .map(({ code, range: at }) => {
        const suggestion = known.has(code) ? undefined : nearest(code, known);
        const message = noInline.has(code) ? forbidden(code) : complaint(code, known, suggestion);
        const isAlone = codes.every((one) => !used.has(one));
        const title = isAlone ? 'Remove the comment' : `Remove '${code}' from the comment`;
        const taken = isAlone ? line : withComma(codes, at);
        const removal = { title, edits: [{ uri, range: taken, newText: '' }], preferred: suggestion === undefined };
        if (suggestion === undefined) return unused(uri, at, message, [removal]);
        const rename = {
          title: `Change to '${suggestion}'`,
          edits: [{ uri, range: at, newText: suggestion }],
          preferred: true,
        };
        return unused(uri, at, message, [rename, removal]);
      });
  });
}

function forbidden(code: string): string {
  return `'${code}' cannot be suppressed in a file, because canton-kms.json sets 'noInline' for it.`;
}

function complaint(code: string, known: ReadonlySet<string>, suggestion: string | undefined): string {
  if (known.has(code)) return `'${code}' is not reported on the next line. This suppression is not needed.`;
  if (code.startsWith('hocon/')) return `'${code}' is a HOCON syntax error, which a comment cannot suppress.`;
  return suggestion === undefined ? `Unknown rule '${code}'.` : `Unknown rule '${code}'. Did you mean '${suggestion}'?`;
}

/** A code and the comma that separates it from another. */
function withComma(codes: Suppression['codes'], { start, end }: TextRange): TextRange {
  const index = codes.findIndex(({ range }) => range.start === start);
  const next = codes[index + 1];
  return next === undefined ? { start: codes[index - 1]?.range.end ?? start, end } : { start, end: next.range.start };
}

function unused(uri: string, range: Suppression['range'], message: string, fixes: readonly Fix[]): Diagnostic {
  const { code, severity } = unusedSuppression;
  return { code, severity, message, uri, range, tags: ['unnecessary'], fixes };
}
