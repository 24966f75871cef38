import { doubleQuoted } from './controls';

/** The inside of an HCL string: `${` and `%{` begin no template, and nothing ends the string or its line. */
export function insideHclString(text: string): string {
  return doubleQuoted(text)
    .slice(1, -1)
    .replace(/\\[bf]/g, (one) => (one === '\\b' ? '\\u0008' : '\\u000c'))
    .replace(/([$%])\{/g, '$1$1{');
}

/** A string without templates, which stands for exactly this text. */
export function hclString(text: string): string {
  return `"${insideHclString(text)}"`;
}

/** A name for a block or an attribute, made of a text: other characters than letters and digits become `_`. */
export function hclName(text: string): string {
  return text.replace(/[^A-Za-z0-9]/g, '_').replace(/^(?=[0-9]|$)/, '_');
}
