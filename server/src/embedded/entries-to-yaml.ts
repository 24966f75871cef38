import { toCamelCase } from './key-case';
import { isTabStop, withoutMarks } from './snippet';

const FIELD = /^([\w-]+(?:\.[\w-]+)*)\s*[=:]\s*([^{}]*)$/;
const SECTION = /^([\w-]+(?:\.[\w-]+)*)\s*[=:]?\s*\{$/;
const BARE_KEY = /^[\w-]+$/;

/**
 * HOCON entries, one on a line as completions and fixes write them, as YAML in camelCase; undefined for anything else.
 * Comments and the marks of tab stops stay.
 *
 * @param indent of the map that they become part of, in blanks; the first line is taken to stand there already
 */
export function entriesToYaml(hocon: string, indent: number): string | undefined {
  const lines: string[] = [];
  let depth = 0;
  /** How many levels each open brace has opened. */
  const open: number[] = [];
  for (const line of hocon.split('\n').map((each) => each.trim())) {
    // A tab stop behind the last brace is where an editor leaves the cursor anyway.
    if (withoutMarks(line) === '}') {
      const levels = open.pop();
      if (levels === undefined) return undefined;
      depth -= levels;
    } else if (line === '') {
      lines.push('');
    } else if (line.startsWith('#') || isTabStop(line)) {
      lines.push(blanks(indent, depth) + line);
    } else if (BARE_KEY.test(line)) {
      lines.push(blanks(indent, depth) + toCamelCase(line));
    } else {
      const field = FIELD.exec(line);
      const names = (field ?? SECTION.exec(line))?.[1]?.split('.');
      if (names === undefined) return undefined;
      for (const [i, name] of names.entries()) {
        const value = field !== null && i === names.length - 1 ? ` ${field[2]}` : '';
        lines.push(`${blanks(indent, depth + i)}${toCamelCase(name)}:${value}`);
      }
      if (field === null) {
        open.push(names.length);
        depth += names.length;
      }
    }
  }
  const text = lines.join('\n');
  return hocon.startsWith('\n') ? text : text.trimStart();
}

function blanks(indent: number, depth: number): string {
  return ' '.repeat(indent + 2 * depth);
}
