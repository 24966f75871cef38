import assert from 'node:assert/strict';
import { join } from 'node:path';
import { applyChanges } from '../../../server/src/edits/changes';
import { evaluate } from '../../../server/src/hocon/evaluation/evaluate';
import { parse } from '../../../server/src/hocon/syntax/parse';
import { withHoconFixes } from '../../../server/src/rules/hocon-fixes';
import { uriOf } from '../../kit/fixture';
import { MUTATIONS, MUTATIONS_OF_JSON } from '../../kit/mutations';
import { assertRecorded } from '../../kit/recorded';
import { workbench } from '../../kit/service';
import { TYPING_MISTAKES } from '../hocon/typing-mistakes';
import { contextOf } from './check-text';
import { shown } from './shown';

/** Makes a file one of Canton's. */
const OURS = 'canton.participants {}\n';

/** The text after the fix with a matching title, for the problem with this code. */
async function fixed(text: string, code: string, title: RegExp): Promise<string> {
  const { service, fixture } = workbench(OURS + text);
  const { uri } = fixture.main;
  const problem = (await service.diagnostics(uri)).find((one) => one.code === code);
  assert.ok(problem !== undefined, `no ${code}`);
  const fix = problem.fixes.find((one) => title.test(one.title));
  assert.ok(fix !== undefined, `no ${title} among ${problem.fixes.map((one) => one.title)}`);
  const after = applyChanges(fixture.main.text, fix.edits);
  service.update(uri, after);
  const left = (await service.diagnostics(uri)).filter((one) => one.code.startsWith('hocon/'));
  assert.deepEqual(
    left.map(({ message }) => message),
    [],
  );
  return after.slice(OURS.length);
}

describe('fixes of faults of the text', () => {
  const cases: [title: string, text: string, code: string, fix: RegExp, after: string][] = [
    [
      'close a brace',
      'canton {\n  a {\n    b = 1 # c\n  d = 2\n}\n',
      'hocon/unclosed',
      /Add '}'/,
      'canton {\n  a {\n    b = 1 # c\n  }\n  d = 2\n}\n',
    ],
    ['close a bracket at the end', 'canton.a = [1, 2', 'hocon/unclosed', /Add ']'/, 'canton.a = [1, 2 ]'],
    ['close an empty brace', 'canton {', 'hocon/unclosed', /Add/, 'canton { }'],
    ['remove a brace that closes nothing', 'canton.a = 1\n}\n', 'hocon/unbalanced', /Remove '}'/, 'canton.a = 1\n\n'],
    [
      'remove a brace that closes an object too early',
      'canton {\n  a {\n    b = 1 }\n    c = 2\n  }\n}\n',
      'hocon/unbalanced',
      /Remove '}'/,
      'canton {\n  a {\n    b = 1 \n    c = 2\n  }\n}\n',
    ],
    [
      'remove a brace that opens nothing',
      'canton { {\n  a = 1\n}\n',
      'hocon/unbalanced',
      /Remove '{'/,
      'canton { \n  a = 1\n}\n',
    ],
    [
      'open a brace',
      'canton {\n  a # c\n    b = 1\n  }\n  d = 2\n}\n',
      'hocon/unopened',
      /Add '{'/,
      'canton {\n  a { # c\n    b = 1\n  }\n  d = 2\n}\n',
    ],
    [
      'open a brace behind a separator',
      'canton {\n  a =\n    b = 1\n  }\n  d = 2\n}\n',
      'hocon/unopened',
      /Add '{'/,
      'canton {\n  a = {\n    b = 1\n  }\n  d = 2\n}\n',
    ],
    [
      'open a brace before an element',
      'canton.a = [\n  b = 1 }\n  { c = 2 }\n]\n',
      'hocon/unopened',
      /Add '{'/,
      'canton.a = [\n  { b = 1 }\n  { c = 2 }\n]\n',
    ],
    ['end a text', 'canton.a = "b c\nd = 1\n', 'hocon/bad-string', /quote/, 'canton.a = "b c"\nd = 1\n'],
    ['end a text before a comma', 'canton.a = "b ,\nd = 1\n', 'hocon/bad-string', /quote/, 'canton.a = "b" ,\nd = 1\n'],
    [
      'write a backslash as two',
      'canton.a = "C:\\keys\\x\\n"\n',
      'hocon/bad-string',
      /backslash/,
      'canton.a = "C:\\\\keys\\\\x\\n"\n',
    ],
    ['write a tab', 'canton.a = "b\tc"\n', 'hocon/bad-string', /tab/, 'canton.a = "b\\tc"\n'],
    [
      'put an ARN in quotes',
      'canton.a = arn:aws:kms:us-east-1:1:key/x\n',
      'hocon/syntax',
      /quotes/,
      'canton.a = "arn:aws:kms:us-east-1:1:key/x"\n',
    ],
    [
      'put a value in quotes that something follows',
      'canton { a = b@c } # d@e\n',
      'hocon/syntax',
      /quotes/,
      'canton { a = "b@c" } # d@e\n',
    ],
    ['remove a comma', 'canton { a = 1,, b = 2 }\n', 'hocon/syntax', /Remove ','/, 'canton { a = 1, b = 2 }\n'],
    ['remove several commas', 'canton {,, a = 1 }\n', 'hocon/syntax', /Remove ',,'/, 'canton { a = 1 }\n'],
    ['write a separator before a number', 'canton.a 1\n', 'hocon/no-separator', /'='/, 'canton.a = 1\n'],
    ['write a separator before several words', 'canton.a 1 s\n', 'hocon/no-separator', /'='/, 'canton.a = 1 s\n'],
    ['write a separator', 'canton.a ["b"]\n', 'hocon/no-separator', /'='/, 'canton.a = ["b"]\n'],
    ['remove a dot', 'canton..a = 1\n', 'hocon/bad-path', /dot/, 'canton.a = 1\n'],
    [
      'remove a dot of a reference',
      'a.b = 1\ncanton.x = ${?a..b.}\n',
      'hocon/bad-path',
      /dot/,
      'a.b = 1\ncanton.x = ${?a.b}\n',
    ],
    [
      'quote the name of a file',
      'canton { include x.conf }\n-- x.conf --\na = 1',
      'hocon/bad-include',
      /quotes/,
      'canton { include "x.conf" }\n',
    ],
    [
      'refer to a key of nearly the same name',
      'shared.region = x\ncanton.a = ${shared.regoin}\n',
      'hocon/unresolved',
      /Refer/,
      'shared.region = x\ncanton.a = ${shared.region}\n',
    ],
    [
      'write a default of a shell as two entries of an object in one line',
      'canton.a { b = ${X:-us-east-1}, c = 1 }\n',
      'hocon/bad-path',
      /HOCON/,
      'canton.a { b = us-east-1, b = ${?X}, c = 1 }\n',
    ],
    [
      'write a default of a shell on two lines',
      'canton.a {\n  b.c = ${X:-host:80} # d\n}\n',
      'hocon/bad-path',
      /HOCON/,
      'canton.a {\n  b.c = "host:80"\n  b.c = ${?X} # d\n}\n',
    ],
    ['write a bare variable of a shell', 'canton.a = $X_1\n', 'hocon/syntax', /HOCON/, 'canton.a = ${X_1}\n'],
    [
      'write a variable of a shell that must be set',
      'canton.a = ${X:?not set}\n',
      'hocon/syntax',
      /HOCON/,
      'canton.a = ${X}\n',
    ],
    [
      'write a default of a shell without a colon',
      'canton.a { b = ${AWS_REGION-us-east-1} }\n',
      'hocon/unresolved',
      /HOCON/,
      'canton.a { b = us-east-1, b = ${?AWS_REGION} }\n',
    ],
    ['write what replaces a value for a shell', 'canton.a = ${X:+y}\n', 'hocon/syntax', /HOCON/, 'canton.a = ${X}\n'],
    [
      'write a part of a value for a shell',
      'canton.a = ${X_Y%-eu}\n',
      'hocon/unresolved',
      /HOCON/,
      'canton.a = ${X_Y}\n',
    ],
    [
      'write the rest of a value for a shell',
      'canton.a = ${X##*/}\n',
      'hocon/unclosed-substitution',
      /HOCON/,
      'canton.a = ${X}\n',
    ],
    ['make a reference optional', 'canton.a = ${x.y}\n', 'hocon/unresolved', /Leave/, 'canton.a = ${?x.y}\n'],
    [
      'make a reference optional whose name has a dash, as no variable of a shell has',
      'canton.a = ${x-eu}\n',
      'hocon/unresolved',
      /Leave/,
      'canton.a = ${?x-eu}\n',
    ],
  ];
  for (const [title, text, code, fix, after] of cases) {
    it(title, async () => assert.equal(await fixed(text, code, fix), after));
  }

  it('write a comma between entries of JSON', async () => {
    const text = '{\n  "canton": { "participants": {} }\n  "b": 1\n}\n';
    const { service } = workbench(`include "a"\n-- a.json --\n${text}`);
    const uri = uriOf('a.json');
    const [problem] = await service.diagnostics(uri);
    assert.equal(problem?.code, 'hocon/no-comma');
    const after = applyChanges(text, problem.fixes[0]?.edits ?? []);
    assert.equal(after, text.replace('} }', '} },'));
  });

  it('make a missing file an error, where it was left out without a word', async () => {
    const { service, fixture } = workbench('canton { include file("x.conf") }\n', {}, []);
    const [problem] = (await service.diagnostics(fixture.main.uri)).filter(
      ({ code }) => code === 'hocon/include-not-found',
    );
    const fix = problem?.fixes[0];
    if (fix !== undefined)
      assert.match(applyChanges(fixture.main.text, fix.edits), /include required\(file\("x\.conf"\)\)/);
    const { service: other, fixture: main } = workbench('canton { include "x" }\n');
    const [missing] = (await other.diagnostics(main.main.uri)).filter(({ code }) => code === 'hocon/include-not-found');
    assert.equal(applyChanges(main.main.text, missing?.fixes[0]?.edits ?? []), 'canton { include required("x") }\n');
  });

  it('are not made up where nobody can know', async () => {
    for (const text of [
      'canton.a = """b',
      'canton.a =\n',
      'canton.a =\ncanton.b {}\n',
      '<<<<<<< a\ncanton.a = 1\n',
      'canton.a = ${}\n',
      'canton.a = ${.}\n',
      'canton { "a".."b" = 1 }\n',
      'canton { include }\n',
      'canton { include # b.conf\n}\n',
      'canton { include required("a" }\n',
    ]) {
      const { service, fixture } = workbench(OURS + text);
      const problems = await service.diagnostics(fixture.main.uri);
      assert.deepEqual(
        problems.filter(({ code }) => code.startsWith('hocon/')).flatMap(({ fixes }) => fixes),
        [],
      );
    }
  });
});

/** The mistakes are made at every place of these texts. */
const CONF = `node {
  keys = [
    { id = "a", use = sign }
  ]
  names = [one, two]
  storage { hosts = "h1" }
  path = \${node.names}
}
`;
const JSON_TEXT = `{
  "node": {
    "port": 5,
    "keys": [ { "id": "a" }, "b" ]
  },
  "after": 2
}
`;

const SHELL = ['X', 'X-a', 'X:-a', 'X:=a b', 'X=a', 'X?', 'X:?not set', 'X+a', 'X%a', 'X##*/', 'X:-', 'x:-a', 'X:-"a"'];
const AROUND: readonly ((value: string) => string)[] = [
  (value) => `a = ${value}`,
  (value) => `a = ${value}\n`,
  (value) => `a {\n  b.c : ${value} # d\n  e = 1\n}\r\n`,
  (value) => `a { b = ${value}, c = 1 }\n`,
  (value) => `a = x${value}\n`,
  (value) => `a = ${value} y\n`,
  (value) => `a = [${value}, 1]\n`,
  (value) => `a += ${value}\n`,
];

const TEXTS: readonly string[] = [
  ...SHELL.flatMap((inside) => AROUND.map((around) => around(`\${${inside}}`))),
  ...['$X', '$X_1-y', '$1', '$', '"$X"', '$x/y', '$X$Y', 'x$'].map((value) => `a = ${value}\n`),
  ...['"b\\c', '"b\\c"', '"b\tc"', '"b , ', '"b\\"', '"\\u00zz"', '"""b', '"b\nc = 1', '"', '", '].map(
    (value) => `a = ${value}`,
  ),
  ...[
    'a:b',
    'a=b',
    'b+c',
    'b`c, d',
    'a*b # c',
    'b?c//d',
    'x@y { z }',
    'http://x?y=1',
    'b!"c"',
    'b\\c${d}',
    'b^c [d]',
  ].map((value) => `a = ${value}\n`),
  ...[
    'a..b = 1',
    '.a = 1',
    'a. = 1',
    'a."b"..c = 1',
    '. = 1',
    'a = ${b..c}',
    'a = ${?.b}',
    'a = ${b.}',
    '..a..b.. { }',
  ],
  ...[
    'include b.conf',
    'include file(b.conf)',
    'include required(b.conf)',
    'include required(file(b.conf))',
    'include  url(http://x)',
    'include',
    'include required',
    'include [b]',
    'include "b.conf"',
    'include required("b.conf")',
    'x {\n  include   file("b.conf")\n}',
  ],
  ...[
    'b.c = 1\na = ${b.d}',
    'b.c = 1\na = ${x.c}',
    'bcd.efg = 1\na = ${bce.efh}',
    'bcd.efg = 1\na = ${bcd.efh}',
    'bcd.efg = 1\na = ${?bcd.efh}',
    'bcd = 1\na = ${bcd.efg}',
    'bcd."e fg" = 1\na = ${bcd.efg}',
    'bcd.efg = 1\nstorage { a = ${bcd.efh} }',
    'bcd.efg = 1\na.storage.b = [${bcd.efh}]',
    'bcd.efg = 1\na = ${_x.efh}',
    'storage.efg = 1\na = ${storage.efh}',
    'bcd { efg.h = 1 }\na = x${bcd.efh.h}y',
    'a = ${b} { c = ${d.e} }',
    'a = ${a.b} ${a.c}\na.d = 1',
    'a = ${b}\nb = ${a}',
  ],
  ...[
    'x = 1\na = ${A:-b}${B:-c}',
    'a = [,]',
    'a = [1,,2]',
    'a = [1,]}',
    '{ a = 1,, }',
    'a = 1,,,\nb = 2',
    '[1 2',
    'a b',
    'a { b }',
    'a {}} ]',
  ],
];

/** A text, and below it each of its problems. */
function problemsIn(text: string, uri: string): string[] {
  const tree = parse(uri, text);
  const sources = { get: (one: string) => (one === uri ? tree : undefined), lookedFor: new Set([uri]) };
  const { root, problems } = evaluate([{ uri }], sources, { variables: new Map(), closed: true });
  const context = { tree: (one: string) => (one === uri ? tree : undefined), config: root };
  const lines = problems.map((problem) => `  ${shown(text, withHoconFixes(problem, context))}`);
  return lines.length === 0 ? [] : [[JSON.stringify(text), ...lines].join('\n')];
}

describe('every fix of a fault of the text', () => {
  const recorded = (name: string) => join(__dirname, 'recorded', name);

  it('is recorded for a configuration', () => {
    const mistakes = MUTATIONS.flatMap(({ make }) => [...make(CONF)].map(({ text }) => text));
    const texts = new Set([...TEXTS, ...TYPING_MISTAKES.map(({ text }) => text), ...mistakes]);
    const lines = [...texts].flatMap((text) => problemsIn(text, 'file:///node.conf'));
    assertRecorded(recorded('hocon-fixes.txt'), lines, '\n\n');
  });

  it('is recorded for JSON', () => {
    const mistakes = MUTATIONS_OF_JSON.flatMap(({ make }) => [...make(JSON_TEXT)].map(({ text }) => text));
    const own = [
      '{"a": b:c}',
      '{"a": "b\\c"}',
      '{"a": [1,]}',
      '{"a": 1,}',
      '{a: 1}',
      '{"a" 1}',
      '{"a": ${b}}',
      '{"a": 1 "b": 2}',
    ];
    const lines = [...new Set([...own, ...mistakes])].flatMap((text) => problemsIn(text, 'file:///node.json'));
    assertRecorded(recorded('hocon-fixes-in-json.txt'), lines, '\n\n');
  });

  it('is shown for properties, and with the line ends of Windows', () => {
    const properties = problemsIn('a = \\u00zz', 'file:///node.properties');
    assert.match(properties.join(), /hocon\/bad-escape .* \| Write a backslash as two!: "a = \\\\\\\\u00zz"$/);
    const windows = problemsIn('a = ${A:-b}\r\nc = 1\r\n', 'file:///node.conf');
    assert.match(windows.join(), /\| Write it for HOCON!: "a = b\\r\\na = \$\{\?A\}\\r"$/);
  });

  it('needs the text of the file', () => {
    const range = { start: 0, end: 1 };
    const problem = { code: 'hocon/unbalanced', severity: 'error', message: '', uri: 'file:///a.conf', range } as const;
    const { config } = contextOf(new Map());
    assert.equal(withHoconFixes(problem, { tree: () => undefined, config }), problem);
  });
});
