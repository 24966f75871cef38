export interface TypingMistake {
  readonly name: string;
  readonly text: string;
  /** The codes of the problems, each with the text that is underlined. */
  readonly says: readonly (readonly [code: string, underlined: string])[];
  /** The values that can still be read; null stands for values that the fault made unknown. */
  readonly gives: unknown;
}

/** Texts with one mistake each. */
export const TYPING_MISTAKES: readonly TypingMistake[] = [
  {
    name: 'a missing closing brace',
    text: 'before = 1\nstorage {\n  type = memory\n  port = 5\nafter = 2\n',
    says: [['hocon/unclosed', '{']],
    gives: { before: 1, storage: { type: 'memory', port: 5 }, after: 2 },
  },
  {
    name: 'a missing closing brace inside another object',
    text: 'a {\n  b {\n    c = 1\n  d = 2\n}\nafter = 3\n',
    says: [['hocon/unclosed', '{']],
    gives: { a: { b: { c: 1 }, d: 2 }, after: 3 },
  },
  {
    name: 'a missing brace at the end of the text',
    text: 'before = 1\na {\n  b = 1\n',
    says: [['hocon/unclosed', '{']],
    gives: { before: 1, a: { b: 1 } },
  },
  {
    name: 'a brace too many',
    text: 'before = 1\na { b = 1 } }\nafter = 2\n',
    says: [['hocon/unbalanced', '}']],
    gives: { before: 1, a: { b: 1 }, after: 2 },
  },
  {
    name: 'a missing closing quote',
    text: 'before = 1\nname = "half\nafter = 2\n',
    says: [['hocon/bad-string', '"half']],
    gives: { before: 1, name: null, after: 2 },
  },
  {
    name: 'a missing closing triple quote',
    text: 'before = 1\nname = """half\nafter = 2\n',
    says: [['hocon/bad-string', '"""half']],
    gives: { before: 1, name: null, after: 2 },
  },
  {
    name: 'an escape that does not exist',
    text: 'before = 1\npath = "C:\\conf"\nafter = 2\n',
    says: [['hocon/bad-string', '"C:\\conf"']],
    gives: { before: 1, path: null, after: 2 },
  },
  {
    name: 'a missing closing bracket',
    text: 'before = 1\nlist = [1, 2\nafter = 2\n',
    says: [['hocon/unclosed', '[']],
    gives: { before: 1, list: null, after: 2 },
  },
  {
    name: 'a missing closing bracket of a list over several lines',
    text: 'o {\n  list = [\n    1\n    2\n  after = 2\n}\nz = 1\n',
    says: [['hocon/unclosed', '[']],
    gives: { o: { list: null, after: 2 }, z: 1 },
  },
  {
    name: 'a missing value',
    text: 'before = 1\nport =\nafter = 2\n',
    says: [['hocon/no-value', 'port =']],
    gives: { before: 1, port: null, after: 2 },
  },
  {
    name: 'a missing value before a brace',
    text: 'o { port = }\nafter = 2\n',
    says: [['hocon/no-value', 'port =']],
    gives: { o: { port: null }, after: 2 },
  },
  {
    name: 'a missing value at the end of the text',
    text: 'before = 1\nport =',
    says: [['hocon/no-value', 'port =']],
    gives: { before: 1, port: null },
  },
  {
    name: 'a missing separator before a list',
    text: 'before = 1\nlist [1]\nafter = 2\n',
    says: [['hocon/no-separator', 'list']],
    gives: { before: 1, list: null, after: 2 },
  },
  {
    name: 'a missing separator before a substitution',
    text: 'before = 1\nport ${before}\nafter = 2\n',
    says: [['hocon/no-separator', 'port']],
    gives: { before: 1, port: null, after: 2 },
  },
  {
    name: 'a key half typed',
    text: 'before = 1\no {\n  sto\n}\nafter = 2\n',
    says: [['hocon/no-value', 'sto']],
    gives: { before: 1, o: { sto: null }, after: 2 },
  },
  {
    name: 'a substitution without its brace',
    text: 'before = 1\nx = ${before\nafter = 2\n',
    says: [['hocon/unclosed-substitution', '${before']],
    gives: { before: 1, x: null, after: 2 },
  },
  {
    name: 'a character that needs quotes',
    text: 'before = 1\nmail = a@b\nafter = 2\n',
    says: [['hocon/syntax', 'a@b']],
    gives: { before: 1, mail: null, after: 2 },
  },
  {
    name: 'two separators',
    text: 'a: b: 1\nafter = 2\n',
    says: [['hocon/syntax', 'b: 1']],
    gives: { a: null, after: 2 },
  },
  {
    name: 'a comma that separates nothing',
    text: 'a = 1,, b = 2\nafter = 3\n',
    says: [['hocon/syntax', ',']],
    gives: { a: 1, b: 2, after: 3 },
  },
  {
    name: 'an include without quotes',
    text: 'before = 1\ninclude shared.conf\nafter = 2\n',
    says: [['hocon/bad-include', 'include ']],
    gives: { before: 1, after: 2 },
  },
  {
    name: 'conflict markers, of which the later side wins',
    text: 'before = 1\n<<<<<<< HEAD\nport = 1\n=======\nport = 2\n>>>>>>> branch\nafter = 2\n',
    says: [
      ['hocon/conflict-marker', '<<<<<<< HEAD'],
      ['hocon/conflict-marker', '======='],
      ['hocon/conflict-marker', '>>>>>>> branch'],
    ],
    gives: { before: 1, port: 2, after: 2 },
  },
  {
    name: 'conflict markers with the common ancestor, inside an object',
    text: 'o {\n<<<<<<< HEAD\n  p = 1\n||||||| base\n  p = 0\n=======\n  p = 2\n>>>>>>> branch\n}\nafter = 2\n',
    says: [
      ['hocon/conflict-marker', '<<<<<<< HEAD'],
      ['hocon/conflict-marker', '||||||| base'],
      ['hocon/conflict-marker', '======='],
      ['hocon/conflict-marker', '>>>>>>> branch'],
    ],
    gives: { o: { p: 2 }, after: 2 },
  },
  {
    name: 'a missing opening brace',
    text: 'before = 1\na # c\n  b = 1\n  c {\n    d = 2\n  }\n}\nafter = 3\n',
    says: [['hocon/unopened', 'a']],
    gives: { before: 1, a: { b: 1, c: { d: 2 } }, after: 3 },
  },
  {
    name: 'a missing opening brace inside another object',
    text: 'o {\n  a.b\n    c = 1\n  }\n  d = 2\n}\nafter = 3\n',
    says: [['hocon/unopened', 'a.b']],
    gives: { o: { a: { b: { c: 1 } }, d: 2 }, after: 3 },
  },
  {
    name: 'a missing opening brace behind a separator',
    text: 'o {\n  a =\n    b = 1\n  }\n  c = 2\n}\nafter = 3\n',
    says: [['hocon/unopened', 'a =']],
    gives: { o: { a: { b: 1 }, c: 2 }, after: 3 },
  },
  {
    name: 'a missing closing brace of an element',
    text: 'list = [\n  { a = 1\n  { b = 2 }\n]\nafter = 3\n',
    says: [['hocon/unclosed', '{']],
    gives: { list: [{ a: 1 }, { b: 2 }], after: 3 },
  },
  {
    name: 'a brace that closes an object too early',
    text: 'o {\n  a = 1 }\n  b = 2\n}\nafter = 3\n',
    says: [['hocon/unbalanced', '}']],
    gives: { o: { a: 1, b: 2 }, after: 3 },
  },
  {
    name: 'a brace that closes an object as soon as it is open',
    text: 'o { }\n  a = 1\n  b = 2\n}\nafter = 3\n',
    says: [['hocon/unbalanced', '}']],
    gives: { o: { a: 1, b: 2 }, after: 3 },
  },
  {
    name: 'a brace too many in a list',
    text: 'o {\n  list = [\n    { a = 1 } }\n    { b = 2 }\n  ]\n}\nafter = 3\n',
    says: [['hocon/unbalanced', '}']],
    gives: { o: { list: null }, after: 3 },
  },
  {
    name: 'a bracket too many',
    text: 'o {\n  a = 1 ]\n  b = 2\n}\nafter = 3\n',
    says: [['hocon/unbalanced', ']']],
    gives: { o: { a: 1, b: 2 }, after: 3 },
  },
  {
    name: 'an opening brace too many',
    text: 'o { {\n  a = 1\n}\nafter = 2\n',
    says: [['hocon/unbalanced', '{']],
    gives: { o: { a: 1 }, after: 2 },
  },
  {
    name: 'an opening brace behind a value',
    text: 'o {\n  a = 1 {\n  b = 2\n}\nafter = 3\n',
    says: [['hocon/unclosed', '{']],
    gives: { o: { a: null, b: 2 }, after: 3 },
  },
  {
    name: 'a list half typed, wrongly indented',
    text: 'o {\n  p {\n    a = 1\n  list = [\n  }\n  b = 2\n}\nafter = 3\n',
    says: [['hocon/unclosed', '[']],
    gives: { o: { p: { a: 1, list: null }, b: 2 }, after: 3 },
  },
  {
    name: 'a missing value before an object',
    text: 'before = 1\na =\nb.c {\n  d = 1\n}\nafter = 2\n',
    says: [['hocon/no-value', 'a =']],
    gives: { before: 1, a: null, b: { c: { d: 1 } }, after: 2 },
  },
  {
    name: 'a missing separator before a number',
    text: 'before = 1\nadmin-api.port 5012\nafter = 2\n',
    says: [['hocon/no-separator', 'admin-api.port']],
    gives: { before: 1, 'admin-api': { port: null }, after: 2 },
  },
  {
    name: 'a path half typed, of what is there already',
    text: 'o {\n  kms.type = aws\n  kms.\n  a = 1\n}\nafter = 2\n',
    says: [['hocon/bad-path', 'kms.']],
    gives: { o: { kms: { type: 'aws' }, a: 1 }, after: 2 },
  },
  {
    name: 'an include half typed',
    text: 'before = 1\ninclude\nafter {\n  a = 1\n}\n',
    says: [['hocon/bad-include', 'include']],
    gives: { before: 1, after: { a: 1 } },
  },
  {
    name: 'a substitution half typed, before a brace that the grammar takes for its end',
    text: 'o {\n  x = ${\n  p {\n    a = 1\n  }\n  b = 2\n}\nafter = 3\n',
    says: [['hocon/unclosed-substitution', '${']],
    gives: { o: { x: null, p: { a: 1 }, b: 2 }, after: 3 },
  },
  {
    name: 'a substitution half typed, in the last line of an object',
    text: 'o {\n  p {\n    a = 1\n    x = ${?a.b\n  }\n  b = 2\n}\nafter = 3\n',
    says: [['hocon/unclosed-substitution', '${?a.b']],
    gives: { o: { p: { a: 1, x: null }, b: 2 }, after: 3 },
  },
  {
    name: 'a quote that is not closed before a key and a brace',
    text: 'o {\n  "a.b {\n    c = 1\n  }\n  d = 2\n}\nafter = 3\n',
    says: [['hocon/bad-string', '"a.b {']],
    gives: { o: { a: { b: { c: 1 } }, d: 2 }, after: 3 },
  },
  {
    name: 'a quote that is not closed before a key and its value',
    text: 'o {\n  "a = 1\n  b = 2\n}\nafter = 3\n',
    says: [['hocon/bad-string', '"a = 1']],
    gives: { o: { a: null, b: 2 }, after: 3 },
  },
  {
    name: 'several commas that separate nothing',
    text: 'o {,,\n  a = 1\n}\nafter = 2\n',
    says: [['hocon/syntax', ',,']],
    gives: { o: { a: 1 }, after: 2 },
  },
  {
    name: 'two mistakes far from each other',
    text: 'a {\n  b =\n}\nok = 1\nc = "open\nafter = 2\n',
    says: [
      ['hocon/no-value', 'b ='],
      ['hocon/bad-string', '"open'],
    ],
    gives: { a: { b: null }, ok: 1, c: null, after: 2 },
  },
];
