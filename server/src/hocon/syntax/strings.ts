import { hexEscape } from './lexer';

/** The decoded text of a quoted string from `start` to `end`; invalid escapes stay as they are. */
export function decodeQuoted(text: string, start: number, end: number): string {
  let result = '';
  let from = start + 1;
  const last = text.charCodeAt(end - 1) === 0x22 && end - 1 > start ? end - 1 : end;
  for (let i = from; i < last; i++) {
    if (text.charCodeAt(i) !== 0x5c) continue;
    const decoded = decodeEscape(text, i + 1);
    if (decoded === undefined) continue;
    result += text.slice(from, i) + decoded;
    i += text.charCodeAt(i + 1) === 0x75 ? 5 : 1;
    from = i + 1;
  }
  return result + text.slice(from, last);
}

function decodeEscape(text: string, i: number): string | undefined {
  switch (text[i]) {
    case '"':
    case '\\':
    case '/':
      return text[i];
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    case 'u': {
      const code = hexEscape(text, i + 1);
      return code === -1 ? undefined : String.fromCharCode(code);
    }
    default:
      return undefined;
  }
}

/** Describes what is wrong with a faulty quoted string. */
export function explainBadQuoted(text: string, start: number, end: number): string {
  if (text.startsWith('"""', start)) return 'Missing `"""` at the end of the string.';
  for (let i = start + 1; i < end; i++) {
    const c = text.charCodeAt(i);
    if (c === 0x5c) {
      if (decodeEscape(text, i + 1) === undefined) {
        if (text[i + 1] === 'u') {
          return `"${text.slice(i, i + 6)}" is not a valid escape. Write \\u and four hexadecimal digits.`;
        }
        if (i + 1 >= end) break;
        return `"\\${text[i + 1]}" is not a valid escape. Write \\\\ for a backslash, or use a triple-quoted string.`;
      }
      i++;
    } else if (c < 0x20) {
      const name = c === 0x09 ? 'tab' : `control character 0x${c.toString(16)}`;
      return `A quoted string must not contain a ${name}. Write ${c === 0x09 ? '\\t' : 'an escape such as \\n'} instead.`;
    }
  }
  return 'Missing closing quote. Add `"` on this line.';
}
