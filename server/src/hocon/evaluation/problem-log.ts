import type { Location } from '../../text/location';
import type { Problem } from '../problem';
import type { Sources } from '../source';
import { isWhitespace } from '../syntax/lexer';
import { lineAt } from '../syntax/parse';
import { childrenOf, type SyntaxNode } from '../syntax/syntax';
import type { FieldTree, ParsedTree } from '../syntax/tree';
import type { ConfigUnknown, Unknown } from '../values/config-value';
import { unknownValue, type Value } from './deferred-value';
import type { JoinConflict } from './join';

/** The problems of one evaluation, in the order in which the reference would find them. */
export class ProblemLog {
  readonly problems: Problem[] = [];

  constructor(private readonly sources: Sources) {}

  add(problem: Problem): void {
    this.problems.push(problem);
  }

  /** Adds an error for which the reference names the line of another offset. */
  addOnLine(problem: Problem, offset: number): void {
    const tree = this.hasErrors ? undefined : this.sources.get(problem.uri);
    const line = tree && lineAt(tree.text, offset);
    this.add(line === undefined ? problem : { ...problem, line });
  }

  /**
   * Adds an error and returns the placeholder for the value that cannot be determined.
   * @param culprit the location whose line the reference names, if it is not the start of the place
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

  /** Two adjacent values that cannot be joined; the reference names the line of the left one. */
  conflict({ left, right }: JoinConflict, at: Location): ConfigUnknown {
    const message = `${nameOf(left)} and ${nameOf(right).toLowerCase()} cannot follow each other. Separate them with a comma or a newline, or put the string in quotes.`;
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

  /** Only the line of the first error is ever compared with the reference, and counting lines takes time. */
  private lineOf(culprit: Value | 'counted', at: Location): { line?: number } {
    if (this.hasErrors) return {};
    const isCounted = culprit === 'counted';
    // The line is one of the file that the problem names.
    if (!isCounted && originOf(culprit).uri !== at.uri) return {};
    const tree = this.sources.get(at.uri) as ParsedTree | undefined;
    if (tree === undefined) return {};
    const line = isCounted ? countedLine(tree, at.range.start) : referenceLine(tree, culprit);
    const begins = lineAt(tree.text, at.range.start) === line;
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
      return 'A string';
  }
}

/**
 * The one-based line that the reference stores with a value. For a text, it is the line on which the token ends. For
 * objects and lists, it counts the newlines between entries, but not those between a key and its value.
 */
function referenceLine(tree: ParsedTree, value: Value): number {
  const { start } = originOf(value).range;
  const { text } = tree;
  if (text[start] === '{' || text[start] === '[') return countedLine(tree, start);
  // Blanks in a joined text count as part of the following value.
  let first = start;
  while (isWhitespace(text.charCodeAt(first))) first++;
  const isTriple = text.startsWith('"""', first);
  return lineAt(text, isTriple ? text.indexOf('"""', first + 3) : start);
}

/** The one-based line that the reference has counted when it reaches an offset. */
function countedLine(tree: ParsedTree, offset: number): number {
  return lineAt(tree.text, offset) - uncountedNewlines(tree, offset);
}

function uncountedNewlines(tree: ParsedTree, before: number): number {
  let count = 0;
  const open: SyntaxNode[] = [tree.root.value];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.start >= before) continue;
    if (node.kind === 'field') {
      const end = node.value?.start ?? node.end;
      if (end <= before) count += newlines(tree.text, node.path.start, end);
      // Lightbend config 1.4.3 reads it as the value of the previous entry.
      const missed = tree.missedValues.get(node as FieldTree);
      if (missed !== undefined) count += newlines(tree.text, missed.range.end, node.start);
    } else if (node.kind === 'scalar' || node.kind === 'substitution' || node.kind === 'include') {
      count += newlines(tree.text, node.start, node.end);
    }
    for (const child of childrenOf(node)) open.push(child);
  }
  return count;
}

function newlines(text: string, start: number, end: number): number {
  return lineAt(text.slice(start, end), end) - 1;
}

/** The location that the reference stores with a value. */
function originOf(value: Value): Location {
  return value.kind === 'object' ? value.earliest : value.origin;
}
