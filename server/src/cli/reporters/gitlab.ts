import { createHash } from 'node:crypto';
import { jsonText } from '../../text/encoders/json';
import { identityOf } from '../baseline';
import type { Reporter } from '../report';

const SEVERITIES = { error: 'critical', warning: 'major', information: 'minor', hint: 'info' } as const;

/**
 * A Code Quality report of GitLab. The fingerprint of a problem does not depend on its line, so that a merge request
 * shows only new problems; the fingerprints in a report are unique. docs.gitlab.com/ci/testing/code_quality, GitLab 18
 */
export const gitlab: Reporter = (report) => {
  const counts = new Map<string, number>();
  const issues = report.files.flatMap((file) =>
    file.diagnostics.map((diagnostic) => {
      const { code, severity, message, range } = diagnostic;
      const identity = JSON.stringify([file.path, identityOf(file, diagnostic)]);
      const count = counts.get(identity) ?? 0;
      counts.set(identity, count + 1);
      return {
        description: message,
        check_name: code,
        fingerprint: createHash('sha256').update(`${identity}${count}`).digest('hex'),
        severity: SEVERITIES[severity],
        location: { path: file.path, lines: { begin: range.start.line + 1 } },
      };
    }),
  );
  return `${jsonText(issues)}\n`;
};
