import { doubleQuoted } from './controls';

/** The inside of an HCL string: `${` and `%{` begin no template, and nothing ends the string or its line. */
export function insideHclString(text: string): string {
  return doubleQuoted(text)
    .slice(1, -1)
    .replace(/\\[bf]/g, (one) => (one === '\\b' ? '\\u0008' : '\\u000c'))
    .replace(/([$%])\{/g, '$1$1{');
}

/** A string without templates, which represents exactly this text. */
export function hclString(text: string): string {
  return `"${insideHclString(text)}"`;
}

/** A name for a block or an attribute, derived from a text: characters other than letters and digits become `_`. */
export function hclName(text: string): string {
  return text.replace(/[^A-Za-z0-9]/g, '_').replace(/^(?=[0-9]|$)/, '_');
}

/** A block with its body, which is indented. */
export function hclBlock(head: string, body: string): string {
  return `${head} {\n${body.replace(/^(?=.)/gm, '  ')}}\n`;
}

/** The values of neighboring lines are aligned, except long ones, as in `terraform fmt`. */
export function hclAttributes(rows: readonly (readonly [string, string])[]): string {
  const short = rows.filter(([, value]) => !value.includes('\n'));
  const long = rows.filter(([, value]) => value.includes('\n'));
  const width = Math.max(0, ...short.map(([name]) => name.length));
  const aligned = short.map(([name, value]) => `${name.padEnd(width)} = ${value}\n`).join('');
  return [aligned, ...long.map(([name, value]) => `${name} = ${value}\n`)].filter((part) => part !== '').join('\n');
}

/** A list of strings; several strings are on separate lines. */
export function hclList(items: readonly string[]): string {
  return items.length === 1
    ? `[${hclString(items[0] as string)}]`
    : `[\n${items.map((item) => `  ${hclString(item)},\n`).join('')}]`;
}
