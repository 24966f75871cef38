import type { EvaluateOptions } from '../../../server/src/hocon/evaluation/evaluate';

/** The files of one launch, with everything that decides what is made of them. */
export interface OutcomeCase {
  readonly files: Readonly<Record<string, string>>;
  /** The first file by default. */
  readonly roots?: readonly string[];
  /** Files that exist and are not read. */
  readonly refused?: readonly string[];
  /** The variables of a process that is known; without them, there may be others. */
  readonly variables?: Readonly<Record<string, string>>;
  readonly options?: EvaluateOptions;
}

const repeated = (count: number, line: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => line(i)).join('');
const numbers = (count: number): string => `[${repeated(count, (i) => `${i},`)}]`;

/** One file; everything is known. */
const known = (text: string, variables: Readonly<Record<string, string>> = {}): OutcomeCase => ({
  files: { 'a.conf': text },
  variables,
});
/** One file; variables may be set. */
const half = (text: string, options?: EvaluateOptions): OutcomeCase => ({
  files: { 'a.conf': text },
  ...(options && { options }),
});
const both = (text: string): readonly OutcomeCase[] => [known(text), half(text), half(text, { mayLackFiles: true })];

/** Around the number at which lists are no longer copied, and objects are merged from the oldest up. */
const MANY: readonly OutcomeCase[] = [16, 17].flatMap((count) => [
  known(`x { z = 1 }\n${repeated(count, (i) => `a { k${i} = ${i} }\n`)}a = \${x}\na { last = 1 }`),
  half(`a = \${?x}\n${repeated(count, (i) => `a { k${i} = 1, same = ${i} }\n`)}`, { mayLackFiles: true }),
  known(`${repeated(count, (i) => `a { k${i} = 1 }\na = \${?b}\n`)}b { c = \${a.k1} }`),
  known(`${repeated(count, (i) => `a { k${i} = \${?a.k${i - 1}}x }\na = \${a} { n = ${i} }\n`)}`),
  half(
    `a { ${repeated(count, (i) => `m = \${?x${i}}\n`)} }\na = \${?c}\na { ${repeated(count, (i) => `m = \${?y${i}}\n`)} }\na { m = \${z} }\na { n = \${a.m} }\nz = 1`,
  ),
  known(
    `c { m = 0 }\na = \${c}\na { ${repeated(count, (i) => `m = \${?y${i}}\n`)} }\na { m = \${z} }\na { n = \${a.m}, o = \${a.p} }\nz = 1\na.p = \${a.n}`,
  ),
  known(`a = ${numbers(count)}\nb = \${a} [x] \${a} [y] ${numbers(count)} [z]`),
  known(`b = 1\na = ${numbers(count)} [\${b}] [\${?c}] ${numbers(count)} [\${b}]\na += \${b}\nd = \${a} [x]`),
  known(`a = []\n${repeated(count, (i) => `a += ${i}\n`)}b = \${a}\nb += x`),
]);

const LIST_INSIDE: readonly OutcomeCase[] = [
  ...both('l = [{ include "m", y { z = 1 } }, [{ include "n" }], 5]'),
  ...both('l = [1, { p = a, p = ${l}b }, 2]'),
  ...both('b = z\nl = [1, { p = a, p = ${l.1}${b} }, 2]'),
  ...both('b { c = 1 }\nl = [{ p { x = 1 }, p = ${b}, p { y = ${l} } }]'),
  ...both('b { c = 1 }\nl = [[{ p { x = 1 }, p = ${b} }], [{ p = ${b}, p = ${b} }]]'),
  ...both('b = v\na = [0] { "0" = ${?b}, "0" = ${c}, "2" = x, "1" = ${a} }\nc = w'),
  ...both('a = { "1" = x, "0" = y, "01" = z, b = 1 } [t]\nb = [t] { "-1" = x, c = y }\nc = { a = 1 } [x]'),
  ...both('a = ${?b} { "10" = ten, "9" = nine } ["x"]'),
  ...both('a = [${?b}, ${?c}, ${d}, [${?b}], { e = ${?b} }]\nd = 1'),
  ...both('a = [1]\na = ${a} [2]\na = ${a} ${?n} [3]\nb = ${a}\nb = ${b} { x = 1 }'),
];

const MERGES: readonly OutcomeCase[] = [
  ...both('a { b = 1 }\na = ${c}\na { d = 2 }\nc { b = 3, e = ${a.b} }'),
  ...both('a { b { c = 1 } }\na.b = ${x}\na.b.d = ${a.b.c}\nx { e = 1 }'),
  ...both('a { b = 1 }\na = 5\na { c = ${?d} }\na = null\na.e = 1'),
  ...both('a { b = 1, c = ${b} }\na { b = 2, c { d = 1 } }\nb { d = 0, e = 0 }'),
  ...both('a = ${b} { c = 1 }\nb = ${d} { e = 2 }\nd { c = 0, e = 0, f = 0 }'),
  ...both('a = ${b}\nb = ${c}\nc = ${a}'),
  ...both('a = ${?a}\nb = ${?c}\nc = ${?b}\nd = x${?d}'),
  ...both('a { b = ${a.c}, c = ${a.d}, d = 1 }\na = ${a} { e = ${a.b} }'),
  ...both('a = 1\na = ${a}x\na = ${a}y\nb = ${a}\na = ${?b}'),
  ...both('a.b = ${a.c}\na.c = ${?x}\na.c.d = 1\na = ${?a.c}'),
  ...both('a = ${b} text\nb { c = 1 }'),
  ...both('a = text ${b}\nb { c = 1 }\nd = [1] text { }\ne = { } [1]\nf = 1 [2]\ng = "x" {}'),
  ...both('b = 1\na = { x = 1 } ${b}\nc = { x = 1 }\n  ${b}\nd = [\n1\n] """\nx"""'),
  ...both('a { x = 1\n}\na {\n\ny = 2 }\nb = ${a} "t"'),
  ...both('a = ${?x}\nb = ${a}\nc = ${?a}y'),
  ...both('a = ${?b} """x\ny""" { c = 1 }'),
  ...both('a = { x = 1 } { x = 2, y = ${?n} } { z = ${a.x} }'),
  ...both('a = ${?b} ${?c}\nb { x = 1 }\nd = ${a} ${?e} { y = 1 }'),
  ...both('a = x ${?B}\na = ${?C} [1]\nb = ${?D} { c = 1 }\nc = ${D} { c = 1 } ${?E}\nd = 1 ${?F}'),
  ...both('a = yes true null 1.50 ${b} 1e3\nb = no'),
  ...both('a = [1] x\nb = { c = 1 } x y\nc = { d = 1 } "x"\nd = [1] 5\ne = [1] x ${?n}'),
  ...both('a += 1\na += { b += 2 }\nc = [{ d += 1 }]\ne.f += ${?g}\ne = 1\ne.f += 2'),
  ...both('a = ${b.c.d}\nb = ${e}\ne { c = ${f} }\nf { d = ${g} }\ng = deep'),
  ...both('a = ${"b.c"."d e"}\n"b.c" { "d e" = 1 }\nf = ${?x."y z"} ${nope."y z"._-1}'),
  ...both('a = ${x}\nx = ${x}\ny = ${?y}1'),
  ...both('a { b = ${a} }'),
  ...both('a { b = ${?a}, c = ${?a.b}, c = ${?a.c} }'),
  ...both('a = ${b}\nb { c = ${a.d}, d = ${b.c} }'),
  ...both('o { a = ${p.b}, p { b = ${o.a} } }\np = ${o.p}'),
  ...both('b { y = 1 }\nc = 5\nc { x = 1 }\na = ${b} ${c}'),
  ...both('a = ${b}\na { x = ${y}, p = 1 }\nb { include "m" }\ny = 1\nc = ${?a.q}'),
  ...both('a = ${p} { q = 1 }\na = ${r} { s = ${a.q} }\np { q = 0 }\nr { s = 0 }\na.q = ${a.s}'),
  known('a = ${HOME}/${x.y}\nb = ${?x}\nc = ${x.z}\nx.z = own', { HOME: '/h', 'x.y': 'dotted', 'x.z': 'v', x: 'top' }),
  known('a = ${N}\nb = [${?N}]\nN = ${?M}', { N: '1', M: '2' }),
];

const INCLUDES: readonly OutcomeCase[] = [
  { files: { 'a.conf': 'x = 1' }, roots: ['none.conf'] },
  { files: { 'a.conf': 'include url("file:///conf/b.txt")', 'b.txt': 'b = 1\nc = ${b}' } },
  {
    files: { 'x/a.conf': 'include file("b.conf")\ninclude required(file("c"))\ninclude required(file("${X}d"))' },
    options: { workingDirectory: 'file:///conf' },
  },
  { files: { 'a.conf': 'x = 1' }, roots: ['none.conf'], variables: {} },
  { files: { 'a.conf': 'x = ${y}' }, roots: ['a.conf', 'b.conf'], refused: ['b.conf'] },
  { files: { 'a.conf': 'include "b"\nx = ${y}', 'b.json': '{ "y": { "z": 1 } }' }, refused: ['b.conf'] },
  { files: { 'a.conf': 'include "b.conf"\ninclude required("c")\nx = ${?y}' }, refused: ['b.conf', 'c.properties'] },
  {
    files: {
      'a.conf': 'a { include "b"\n k = 0 }',
      'b.conf': 'b = 1, include "c.conf"',
      'c.conf': 'include required("d")',
    },
    variables: {},
  },
  {
    files: { 'a.conf': 'include "b.conf"', 'b.conf': 'b = 1, include "c"', 'c.conf': 'c = 1, include required("d")' },
    variables: {},
  },
  { files: { 'a.conf': 'include "b.conf"', 'b.conf': 'b = 1, include required("d")' }, variables: {} },
  { files: { 'a.conf': 'include "/app/b.conf"\ninclude file("/app/b")\ninclude required("/app/c.conf")\nx { }' } },
  { files: { 'a.conf': 'include url("file:/app/b.conf")\ninclude "file:///app/c.conf"\ninclude "file:d.conf"' } },
  {
    files: {
      'x/a.conf': 'include required("b.conf")\ninclude required("c.conf")\ninclude "b.conf"',
      'b.conf': 'b = 1',
    },
  },
  {
    files: {
      'x/a.conf': 'include required("b.conf")\ninclude file("b.conf")\ninclude required(file("c"))',
      'b.conf': 'b = 1',
    },
    variables: {},
  },
  {
    files: {
      'x/a.conf': 'include file("b.conf")\ninclude file("c")\ninclude required(file("/conf/c"))',
      'c.json': '{"c":1}',
      'b.conf': 'include "c.json"\nb = 1',
    },
    options: { workingDirectory: 'file:///conf' },
    variables: {},
  },
  {
    files: {
      'a.conf':
        'include "/etc/canton/b.conf"\ninclude file("/etc/canton/sub/c.conf")\ninclude "file:/etc/canton.conf"\ninclude url("file:/etc/canton/b.conf")\ninclude "/etc/cantonx/b.conf"\ninclude "/etc/one.conf"',
      'mounted/b.conf': 'b = 1',
      'inner/c.conf': 'c = 1',
      'mounted/sub/c.conf': 'c = 2',
      'one.conf': 'one = 1',
    },
    options: {
      mounts: [
        { path: '/etc/canton', uri: 'file:///conf/mounted' },
        { path: '/etc/canton/sub', uri: 'file:///conf/inner' },
        { path: '/etc/one.conf', uri: 'file:///conf/one.conf' },
      ],
    },
  },
  {
    files: { 'a.conf': 'include "C:/conf/b.conf"\ninclude file("c:\\\\conf\\\\b.conf")\ninclude "C:b.conf"' },
    variables: {},
  },
  {
    files: {
      'a.conf':
        'include "file://h/conf/b%20c.conf"\ninclude "file:///conf/b%20c.conf"\ninclude "file:///conf/%zz.conf"\ninclude "file:////conf/b%20c.conf"\ninclude "jar:file:x!/y"\ninclude "http://h:8/x"\ninclude "http://[::1]:8/x"',
      'b c.conf': 'b = 1',
      'b%20c.conf': 'b = 2',
      '%zz.conf': 'z = 1',
    },
  },
  {
    files: {
      'a.conf': 'include "b"\ninclude "b.conf"\ninclude "b.json"',
      'b.conf': 'x = c, k = 1',
      'b.json': '{"x": "j"}',
      'b.properties': 'x=p\ny.z=1\ny=2',
    },
  },
  {
    files: {
      'a.conf': 'o { p { include "b" } }\no.x = 5',
      'b.conf': 'x = 1, y = ${x}, z = ${?o.x}, w = ${v}, o.x = 3',
      'v.conf': 'v = 1',
    },
    roots: ['a.conf', 'v.conf'],
    variables: {},
  },
  {
    files: {
      'a.conf': 'l = [{ include "b" }]\nm = [{ include "c" }]\nx = 1',
      'b.conf': 'y = ${x}',
      'c.conf': 'y = 1\nz += 2',
    },
  },
  {
    files: { 'a.conf': 'a { x = ${b.x}\ninclude "b" }\nb = ${a} { c = 1 }', 'b.conf': 'x = 1\nb { x = 7 }' },
    variables: {},
  },
  {
    files: {
      'a.conf':
        'include "missing"\nl = [{ x = 1 }, [{ y { z = ${u} } }]]\nm = ${l} [${m0}]\nn = ${o}\nn { p = 1 }\nq = ${n.r}',
    },
  },
  {
    files: {
      'a.conf':
        'a { include "m1", include "m2", b { include "m1", c { d = 1 } } }\nx = ${a.b}\ny = ${a.b.c.e}\nz = ${a.q}',
    },
  },
  {
    files: {
      'a.conf':
        'include "${DIR}/b.conf"\ninclude file("$X/b.conf")\ninclude required("${Y}b")\ninclude classpath("x")\ninclude required(classpath("x"))\ninclude url("${Y}")',
    },
  },
  {
    files: {
      'a.conf':
        'include "${DIR}/b.conf"\ninclude file("$X/b.conf")\ninclude required("${Y}b")\ninclude classpath("x")\ninclude required(classpath("x"))\ninclude url("https:x")',
    },
    variables: {},
  },
  {
    files: {
      'a.conf': 'include "b"',
      'b.conf': 'include "c"\ninclude "b.properties"',
      'c.conf': 'include "b"',
      'b.properties': 'p=1',
    },
    variables: {},
  },
  {
    files: { 'a.conf': 'a { b { include "b" }, c = ${a.b} }\na.b.x = 2', 'b.conf': 'x = 1\ny { z = [${x}] }' },
    options: { isPart: true },
  },
  {
    files: { 'a.conf': 'a = ${b}\na { c = 1 }\nk { a { } }\nl = [{ a = 1 }]', 'b.conf': 'k { b { c = ${x} } }' },
    roots: ['a.conf', 'b.conf'],
    options: { isPart: true, mayLackFiles: true, isWhole: (key) => key === 'a' },
  },
  {
    files: { 'a.conf': 'a { }\na { x = 1 }\nb = [1', 'b.conf': 'a = [', 'c.json': '[1]' },
    roots: ['a.conf', 'b.conf', 'c.json'],
    variables: {},
  },
];

/** One fault each, on a line that Canton counts in its own way. */
const LINES: readonly OutcomeCase[] = [
  'a = """\n\n"""\nb = {\n} t\n',
  'a = ["""\n""",\n1]\nb = [\n1] t\n',
  'include\n"x"\n\nb = {} t',
  'a\n{ }\nb =\n[] "t"',
  'a {\n b =\n\n c\n}\nd = [ ]"x"\n',
  'a = 1\n\nl = [\n\n{ d +=\n 1 }]',
  'x = {} """\n"""\ny = 1',
  '\nx = """\n""" {}\ny = 1',
  'a =\n1\ninclude url(\n"x")',
  'a =\n\n${?b}\nl = [{ x = \n{ c += 1 } }]',
  'a { b = 1\n}\na {\n\n}\nc =\n${a} t',
  'a\n=\n{\nb\n=\n{\n}\n"t" }',
  'a = t\nb = ${a}\n\nc = ${a} {\n}',
  '[\n1, {} \n]',
].map((text) => known(text));

const FAULTS: readonly OutcomeCase[] = [
  known('x = 1\na =\nb {\n  c = 1\n}\n'),
  known('x = 1\na =\n"b".c {\n  c = 1\n}\n'),
  known('a =\n\n\nb.c {\n  c = { x = 1 } t\n}\nd = {\n} t\n'),
  known('a =\n\n\n\nb.c {\n c = [\n{ d += 1 }] }'),
  known('a : \n[ { } t\n]\nb = """\n\n""" {}\nc = 1\n\n\nd = { } t'),
  known('a.\nb. = 1\nc.d\ne.f.g = 2\n.h = 1\na.b.c'),
  known('include "a"\nkms.\nkms { x = 1\ny\n}'),
  known('[1, 2]'),
  known('a = ${b\nc = ${}\nd = ${ }\ne = ${a b}\nf = ${a..b}\ng = ${[x]}\nh = ${?"x".}\n'),
];

/** Values that are made from each other in ways that nobody writes, and that only one way through the evaluation takes. */
const TANGLES: readonly OutcomeCase[] = [
  ...both('a = { a = { }\na = ${a} [] }\na = { }'),
  ...both('a = ${?a} { "1" = ${?a}\n"1" = ${?a} }'),
  ...both('a = { c = ${?a}\nc = ${?a} } ${?a}'),
  ...both('a = ${a}\na.b.c = 1'),
  ...both('a = ${a}\na.c = 1\na.b = []'),
  ...both('a = ${?a}\na.b = []\na.c = 1'),
  ...both('a = { a.c = ${?a} } { a.c = ${a} }'),
  ...both('a = ${a}\na.b = 1\na.b.c = ${a} ${a.b}'),
  ...both('a = ${MIXIN} { b { c = 1 } }'),
  ...both('a = ${MIXIN}\na { b { c = 1 } }'),
  ...both('a = ${?MIXIN} ${b}\nb { c { d = 1 } }'),
  ...[
    ['', 'a = [{ b = ${a}\nb.c = 1 }]'],
    ['a.b.c = ${?a}', 'a = ${?a}\na = [{ a = ${a.b} } ${a}]'],
    ['a = { a = { }\na = ${a} [] }', 'a = { }'],
    ['a.b.c = ${?a}', 'a.b.c = ${a}\na = ${a}'],
    ['', 'a = [{ a.c = ${?a} } { a.b.c = ${?a}\na.c += ${a} }]'],
    ['a = 1\na = { a = ${?a} }', 'a = { a = ${?a} }\na += ${a}'],
    ['"1" = ${a}', '"1" = { a = 1\na += 1 }'],
    ['b = ${?a}\nb.c = { } [] ${a}', 'b.c = { }'],
  ].map(([a = '', b = '']) => ({ files: { 'a.conf': a, 'b.conf': b }, roots: ['a.conf', 'b.conf'], variables: {} })),
];

export const OUTCOME_CASES: readonly OutcomeCase[] = [
  ...MANY,
  ...LIST_INSIDE,
  ...MERGES,
  ...INCLUDES,
  ...LINES,
  ...FAULTS,
  ...TANGLES,
];
