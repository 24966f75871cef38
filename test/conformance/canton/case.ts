/** The release lines that the oracle reads. */
export const LINES = ['3.3', '3.4', '3.5', '3.6'] as const;
export type Line = (typeof LINES)[number];

/** One configuration of the matrix. */
export interface MatrixCase {
  /** The file it is recorded in. */
  readonly group: string;
  /**
   * The statements, one per line. They are inside the participant `p1`, or at the root if they begin with `canton` or
   * `_`.
   */
  readonly text: string;
  readonly lines: readonly Line[];
}

export function matrixCase(group: string, statements: readonly string[], lines: readonly Line[] = LINES): MatrixCase {
  return { group, text: statements.join('\n'), lines };
}

/** The whole text that is read: a participant's ports have no defaults since 3.4. */
export function configuration(text: string, line: Line): string {
  const ports = ['admin-api.port = 5012', 'ledger-api.port = 5011'];
  if (line !== '3.3') ports.push('http-ledger-api.port = 5013');
  const statements = text
    .split('\n')
    .map((each) => (/^(canton|_)/.test(each) ? each : `canton.participants.p1 { ${each} }`));
  return [`canton.participants.p1 { ${ports.join(', ')} }`, ...statements, ''].join('\n');
}

/** A configuration path, written as a statement would be. */
export function shortPath(path: string): string {
  return path.replace(/^canton\.participants\.p1\./, '');
}
