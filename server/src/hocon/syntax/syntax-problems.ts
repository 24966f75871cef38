import type { Problem } from '../problem';
import { leadingIndent } from './layout';
import { endOfLine } from './lexer';
import type { Frame } from './parse-value';
import type { Parser } from './parser';
import { explainBadQuoted } from './strings';
import { isSeparator, TokenKind } from './token';
import type { FieldTree } from './tree';

/** For a text that consists of faults, more would not help. */
const MAX_PROBLEMS = 100;

/** The conflict markers that version control leaves in a file. */
export const CONFLICT_MARKER = /^(?:<{7}|={7}|>{7}|\|{7})(?:\s|$)/;

/** Describes the faults of the grammar. */
export class SyntaxProblems {
  readonly problems: Problem[] = [];

  keyOf(parser: Parser, { path: { start, end } }: FieldTree): string {
    return quoted(parser.tokens.text.slice(start, end));
  }

  reportNoValue(parser: Parser, field: FieldTree): void {
    const message = `${this.keyOf(parser, field)} has no value. Write one after "${field.separator}".`;
    field.broken = this.report(parser, 'no-value', message, field.path.start, field.end);
  }

  reportUnclosed(parser: Parser, frame: Frame): Problem {
    const { start } = frame.node;
    const [open, close] = frame.isArray ? ['[', ']'] : ['{', '}'];
    return this.report(parser, 'unclosed', `"${open}" is not closed. Add "${close}".`, start, start + 1);
  }

  reportJunk(parser: Parser, valueStart: number | undefined, token = parser.at): Problem {
    // A message is made from the rest of the line, and one long line may have a problem at every token.
    const last = this.problems[MAX_PROBLEMS - 1];
    if (last !== undefined) return last;
    const { text } = parser.tokens;
    const start = parser.start(token);
    if (parser.kind(token) === TokenKind.BadQuoted) {
      const end = parser.end(token);
      return this.report(parser, 'bad-string', explainBadQuoted(text, start, end), start, end);
    }
    const lineEnd = endOfLine(text, start);
    const line = text.slice(start, lineEnd).trimEnd();
    if (CONFLICT_MARKER.test(line) && leadingIndent(parser, token) === 0) {
      const message = `Unresolved merge conflict marker "${line.slice(0, 7)}". Keep one side, and remove the marker.`;
      return this.report(parser, 'conflict-marker', message, start, start + line.length);
    }
    const found = text.slice(start, parser.end(token));
    if (valueStart !== undefined && !/[{[]/.test(text[valueStart] as string)) {
      const value = text.slice(valueStart, lineEnd).trimEnd();
      const next = isSeparator(parser.kind(token)) ? ', or add a comma or a newline before the next key' : '';
      const message = `Unexpected "${found}" in an unquoted value. Put all of "${value}" in double quotes${next}.`;
      return this.report(parser, 'syntax', message, valueStart, valueStart + value.length);
    }
    const message = `Unexpected "${found}". Put text with such characters in double quotes.`;
    return this.report(parser, 'syntax', message, start, parser.end(token));
  }

  report(parser: Parser, code: string, message: string, start: number, end: number): Problem {
    const problem = this.problem(parser, code, message, start, end);
    this.add(problem);
    return problem;
  }

  problem({ uri }: Parser, code: string, message: string, start: number, end: number): Problem {
    return { code: `hocon/${code}`, severity: 'error', message, uri, range: { start, end } };
  }

  add(problem: Problem | undefined): void {
    if (problem !== undefined && this.problems.length < MAX_PROBLEMS) this.problems.push(problem);
  }
}

/** A text as it is shown in a message: in quotes, unless it contains some. */
export function quoted(written: string): string {
  return /^"[^"]*"$/.test(written) ? written : `"${written}"`;
}
