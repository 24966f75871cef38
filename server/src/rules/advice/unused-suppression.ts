import type { Diagnostic, Fix } from '../../canton/diagnostic';
import type { Rule } from '../rule';
import type { Suppression } from '../suppression';

/** Found by `check` itself, after all rules have spoken; see `unusedSuppressions`. */
export const unusedSuppression: Rule = {
  code: 'advice/unused-suppression',
  severity: 'information',
  title: 'A suppression comment that silences nothing',
  docs: `\`# canton-kms-ignore-next-line CODE reason\` silences the findings with this code on the next line that is neither blank nor
a comment. Several codes are joined by commas. When the finding is gone, the comment should go, too. Faults of the HOCON text
itself cannot be silenced.`,
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
): readonly Diagnostic[] {
  return suppressions.flatMap((suppression) => {
    const { codes, uri, range } = suppression;
    if (codes.length === 0) return [unused(uri, range, 'This comment names no rule; write its code and a reason.', [])];
    return codes
      .filter((one) => !used.has(one))
      .map(({ code, range: at }) => {
        const message = known.has(code)
          ? `'${code}' is not reported on the next line; this comment is of no use any more.`
          : `There is no rule '${code}'.`;
        const edits = codes.length === 1 ? [{ uri, range, newText: '' }] : [];
        return unused(uri, at, message, edits.length > 0 ? [{ title: 'Remove the comment', edits }] : []);
      });
  });
}

function unused(uri: string, range: Suppression['range'], message: string, fixes: readonly Fix[]): Diagnostic {
  const { code, severity } = unusedSuppression;
  return { code, severity, message, uri, range, tags: ['unnecessary'], ...(fixes.length > 0 && { fixes }) };
}
