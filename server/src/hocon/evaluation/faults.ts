import type { Location } from '../../text/location';
import type { Problem } from '../problem';
import type { Sources } from '../source';
import { lineAt } from '../syntax/first-fault';
import type { ParsedTree } from '../syntax/tree';
import type { ConfigUnknown, Unknown } from '../values/config-value';
import { unknownValue, type Value } from './deferred-value';
import type { JoinConflict } from './join';
import { countedLine, referenceLine } from './reference-line';

/** The problems of one evaluation, in the order in which the reference would meet them. */
export class Faults {
  readonly problems: Problem[] = [];

  constructor(private readonly sources: Sources) {}

  add(problem: Problem): void {
    this.problems.push(problem);
  }

  /** Adds an error of which the reference names the line of another offset. */
  addOnLine(problem: Problem, offset: number): void {
    const tree = this.hasErrors ? undefined : this.sources.get(problem.uri);
    const line = tree && lineAt(tree.text, offset);
    this.add(line === undefined ? problem : { ...problem, line });
  }

  /**
   * Adds an error and gives what takes the place of the value that cannot be had.
   * @param culprit what the reference names the line of, if that is not simply where the place begins
   */
  fail(
    code: Problem['code'],
    message: string,
    at: Location,
    culprit?: Value | 'counted',
    related?: Problem['related'],
  ): ConfigUnknown {
    const problem: Problem = {
      code,
      severity: 'error',
      message,
      uri: at.uri,
      range: at.range,
      ...(related !== undefined && { related }),
    };
    this.add(culprit === undefined ? problem : { ...problem, ...this.lineOf(culprit, at) });
    return this.unknown(problem);
  }

  /** Two values side by side that cannot be joined; the reference names the line of the left one. */
  conflict({ left, right }: JoinConflict, at: Location): ConfigUnknown {
    const message = `${nameOf(left)} and ${nameOf(right).toLowerCase()} cannot stand side by side. Separate them by a comma or a newline, or quote the text.`;
    return this.fail('hocon/concatenation', message, at, left);
  }

  unknown(problem: Problem): ConfigUnknown {
    return unknownValue(this.reason(problem));
  }

  reason(problem: Problem): Unknown {
    return { cause: 'problem', subject: problem.code, location: { uri: problem.uri, range: problem.range } };
  }

  private get hasErrors(): boolean {
    return this.problems.some(({ severity }) => severity === 'error');
  }

  /** Only the first error's line is ever compared with the reference's, and to count lines takes time. */
  private lineOf(culprit: Value | 'counted', at: Location): { line?: number } {
    if (this.hasErrors) return {};
    const isCounted = culprit === 'counted';
    const tree = this.sources.get(isCounted ? at.uri : culprit.origin.uri) as ParsedTree | undefined;
    if (tree === undefined) return {};
    const line = isCounted ? countedLine(tree, at.range.start) : referenceLine(tree, culprit);
    const begins = at.uri === tree.uri && lineAt(tree.text, at.range.start) === line;
    return begins ? {} : { line };
  }
}

function nameOf(value: Value): string {
  switch (value.kind) {
    case 'object':
      return 'An object';
    case 'list':
      return 'A list';
    default:
      return 'A text';
  }
}
