import type { Problem } from '../problem';
import type { PathElement } from './syntax';
import { DocumentTree, FieldTree, ObjectTree, type ParsedTree, PathTree, ScalarTree } from './tree';

/**
 * Reads a Java properties file: logical lines with continuations, `=`, `:` or a blank between key and value, backslash
 * escapes, every dot of a key a separator.
 */
export function parseProperties(uri: string, text: string): ParsedTree {
  const root = new DocumentTree(text.length);
  const object = new ObjectTree(root, 0, false);
  object.end = text.length;
  root.value = object;
  const reader = new PropertiesReader(uri, text, object);
  reader.run();
  const { problems } = reader;
  return {
    uri,
    text,
    syntax: 'properties',
    root,
    problems,
    tokens: undefined,
    missedValues: new Map(),
    grammarProblems: problems.length,
  };
}

class PropertiesReader {
  readonly problems: Problem[] = [];
  private at = 0;

  constructor(
    private readonly uri: string,
    private readonly text: string,
    private readonly object: ObjectTree,
  ) {}

  run(): void {
    while (this.at < this.text.length) {
      const c = this.text[this.at];
      if (isBlank(c) || isLineEnd(c)) this.at++;
      else if (this.isLastBackslash()) this.entry();
      else if (this.skipContinuation()) continue;
      else if (c === '#' || c === '!') this.skipLine();
      else this.entry();
    }
  }

  /** Java reads a backslash before the last line end as an entry without key and value. */
  private isLastBackslash(): boolean {
    const { at, text } = this;
    return text[at] === '\\' && isLineEnd(text[at + 1]) && at + 2 === text.length;
  }

  private skipLine(): void {
    while (this.at < this.text.length && !isLineEnd(this.text[this.at])) this.at++;
  }

  private entry(): void {
    const start = this.at;
    const key = this.read((c) => c === '=' || c === ':' || isBlank(c));
    const keyEnd = this.at;
    this.skipBlanks();
    const c = this.text[this.at];
    const field = new FieldTree(this.object, start, keyEnd);
    field.path = new PathTree(field, start, keyEnd, pathElements(key, this.text, start, keyEnd));
    if (c === '=' || c === ':') {
      field.separator = c;
      field.separatorStart = this.at++;
      this.skipBlanks();
    }
    const valueStart = this.at;
    const value = this.read(() => false);
    field.value = new ScalarTree(field, valueStart, this.at, 'unquoted', 'string', value, false);
    field.end = this.at;
    this.object.add(field);
  }

  private skipBlanks(): void {
    for (;;) {
      if (isBlank(this.text[this.at])) this.at++;
      else if (!this.skipContinuation()) return;
    }
  }

  /** Skips a backslash at the end of a line, the line end, and the blanks at the start of the next line. */
  private skipContinuation(): boolean {
    const { text } = this;
    if (text[this.at] !== '\\' || !isLineEnd(text[this.at + 1])) return false;
    this.at += text[this.at + 1] === '\r' && text[this.at + 2] === '\n' ? 3 : 2;
    while (isBlank(text[this.at])) this.at++;
    return true;
  }

  /** Reads and decodes text up to the end of the logical line, or to the first character for which `isEnd` is true. */
  private read(isEnd: (c: string | undefined) => boolean): string {
    const parts: string[] = [];
    const { text } = this;
    while (this.at < text.length) {
      const c = text[this.at] as string;
      if (isLineEnd(c) || isEnd(c)) break;
      if (c !== '\\') {
        parts.push(c);
        this.at++;
      } else if (!this.skipContinuation()) {
        parts.push(this.escape());
      }
    }
    return parts.join('');
  }

  private escape(): string {
    const start = this.at;
    const c = this.text[start + 1];
    this.at = Math.min(start + 2, this.text.length);
    switch (c) {
      case undefined:
        return '';
      case 't':
        return '\t';
      case 'n':
        return '\n';
      case 'r':
        return '\r';
      case 'f':
        return '\f';
      case 'u': {
        let digits = '';
        while (digits.length < 4) {
          const digit = this.skipContinuation() ? '' : (this.text[this.at] ?? '');
          if (digit === '' && this.at >= this.text.length) break;
          if (digit !== '' && !/[0-9a-fA-F]/.test(digit)) break;
          digits += digit;
          this.at += digit.length;
        }
        if (digits.length === 4) return String.fromCharCode(Number.parseInt(digits, 16));
        const message = `"\\u${digits}" is not a valid escape. Write \\u and four hexadecimal digits.`;
        const range = { start, end: this.at };
        this.problems.push({ code: 'hocon/bad-escape', severity: 'error', message, uri: this.uri, range });
        return '';
      }
      default:
        return c;
    }
  }
}

/** Quotes have no meaning in these keys. The ranges are correct if the key has no escapes. */
function pathElements(key: string, text: string, start: number, end: number): PathElement[] {
  const isVerbatim = text.slice(start, end) === key;
  let from = start;
  return key.split('.').map((name) => {
    const element = {
      start: isVerbatim ? from : start,
      end: isVerbatim ? from + name.length : end,
      name,
      quoted: false,
    };
    from += name.length + 1;
    return element;
  });
}

function isBlank(c: string | undefined): boolean {
  return c === ' ' || c === '\t' || c === '\f';
}

function isLineEnd(c: string | undefined): boolean {
  return c === '\n' || c === '\r';
}
