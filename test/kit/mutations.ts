/** One mistake in a correct text. */
export interface Mutated {
  readonly text: string;
  /** The position in the mutated text. */
  readonly at: number;
}

export interface Mutation {
  readonly name: string;
  /** The mistake at every possible place of the text. */
  make(text: string): Iterable<Mutated>;
}

/** Replaces matches outside comments with the result of `other`. */
function replace(name: string, found: RegExp, other: (match: RegExpExecArray) => string): Mutation {
  return {
    name,
    *make(text) {
      for (const match of text.matchAll(found)) {
        const at = match.index;
        if (isInComment(text, at)) continue;
        const newText = other(match as RegExpExecArray);
        // A line that is put in begins behind the newline.
        const indentEnd = newText.lastIndexOf('\n') + 1;
        yield { text: text.slice(0, at) + newText + text.slice(at + match[0].length), at: at + indentEnd };
      }
    },
  };
}

const remove = (what: string, found: RegExp): Mutation => replace(`${what} is missing`, found, () => '');

/** Inserts a text after a line. */
const append = (what: string): Mutation => replace(`"${what}" at the end of a line`, /(?=\n)/g, () => ` ${what}`);

/** Inserts a line, indented like the next one. */
const line = (written: string): Mutation =>
  replace(`the line \`${written}\``, /\n( *)(?=\S)/g, ([all, indent]) => `\n${indent}${written}${all}`);

function isInComment(text: string, at: number): boolean {
  return /#|\/\//.test(text.slice(text.lastIndexOf('\n', at - 1) + 1, at));
}

const VALUE = /(?<== ?)[^\s{["$][^\n{[$]*/g;

/** Mistakes that are possible in JSON as well. */
export const MUTATIONS_OF_JSON: readonly Mutation[] = [
  remove('an opening brace', /\{/g),
  remove('a closing brace', /\}/g),
  remove('an opening quote', /"(?=[^"\n]*")/g),
  remove('a closing quote', /(?<="[^"\n]*)"(?=[^"\n]*\n)/g),
  remove('a closing bracket', /\]/g),
  append('}'),
  append('{'),
  append(']'),
  append('['),
  append('"'),
];

/** Typing mistakes, and incomplete texts. */
export const MUTATIONS: readonly Mutation[] = [
  ...MUTATIONS_OF_JSON,
  replace('a separator is missing', / ?[=:] (?! *\n)/g, () => ' '),
  remove('a value', VALUE),
  remove('a separator and its value', / = ?[^\s{["$][^\n{[$]*/g),
  append(',,'),
  line('fresh'),
  line('fresh ='),
  line('fresh = "eu'),
  line('fresh = ${'),
  line('fresh = ${?a.b'),
  line('fresh {'),
  line('fresh = ['),
  line('fresh.'),
  line('.fresh = 1'),
  line('include'),
  line('include "x'),
  line('include required('),
  line('@fresh = 1'),
  line('- fresh'),
  replace('a value with "@"', VALUE, ([value]) => `a@${value}`),
  replace('a value with a backslash', VALUE, () => '"C:\\keys"'),
  replace('a value with ":"', VALUE, () => 'http://x:80/y'),
  replace('a long string without end', VALUE, () => '"""abc'),
  replace('a quote before a key', /(?<=\n *)(?=[a-z-]+(?:\.[a-z-]+)* [={])/g, () => '"'),
];
