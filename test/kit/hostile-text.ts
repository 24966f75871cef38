import fc from 'fast-check';

/** Fragments with a special meaning in one of the languages into which texts are written. */
export const HOSTILE_PIECES = [
  ...[
    '\n',
    '\r',
    '\r\n',
    '\t',
    '\u0000',
    '\u0007',
    '\b',
    '\f',
    '\u001b[31m',
    '\u001b]8;;http://x.example\u0007',
    '\u007f',
  ],
  ...['\u0085', '\u009b2J', '\u2028', '\u2029', '\u202e', '\u2066', '\ufeff', '\ud83d', '\udd11', '🔑', 'é', '\ufffe'],
  ...[
    '"',
    "'",
    '`',
    '```',
    '~~~',
    '\\',
    '\\u000a',
    '\\n',
    '"""',
    '$',
    '${',
    '${x}',
    '$(id)',
    '%{',
    '%',
    '#',
    '//',
    '/*',
    '*/',
  ],
  ...[
    '::stop-commands::x',
    '\n::error::x',
    '##[command]',
    '##vso[task.x]',
    '--',
    ';',
    '&',
    '&lt;',
    '<',
    '>',
    ']]>',
    '<!--',
  ],
  ...[
    '![x](http://x.example/y.png)',
    '[x](http://x.example)',
    '<img src=x>',
    'http://x.example',
    'www.x.example',
    'a@x.example',
  ],
  ...[
    '|',
    '- ',
    '1. ',
    '# ',
    '> ',
    '=',
    ':',
    ',',
    '{',
    '}',
    '[',
    ']',
    '(',
    ')',
    '!',
    '*',
    '_',
    ' ',
    'true',
    'null',
    'include',
  ],
  ...['a', 'key-1', 'eu-west-1', '0'],
] as const;

/** Texts that try to break out of their context. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.array(fc.constantFrom(...HOSTILE_PIECES), { maxLength: 8 }).map((pieces) => pieces.join('')),
  fc.string({ unit: 'binary', maxLength: 20 }),
);

/** Characters that no terminal, console or log may receive. */
export const OBEYED =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the expression searches for them.
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/;
