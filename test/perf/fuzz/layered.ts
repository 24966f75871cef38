import { type Family, lines, repeated } from './family';

/** Values that are merged layer by layer, look back at what they override, or are joined: the most that resolving does. */
export const LAYERED: readonly Family[] = [
  { name: 'keys over a reference', make: (n) => `x {}\na = \${x}\n${lines(n, (i) => `a.k${i} = ${i}`)}` },
  { name: 'nested keys over a reference', make: (n) => `x {}\na = \${x}\n${lines(n, (i) => `a.b.k${i} = ${i}`)}` },
  { name: 'keys over an unset variable', make: (n) => `a = \${?X}\n${lines(n, (i) => `a.k${i} = ${i}`)}` },
  {
    name: 'keys between references',
    make: (n) => `x {}\na = \${x}\n${lines(n, (i) => `a.k${i} = ${i}`)}\na = \${x}`,
  },
  { name: 'references over a reference', make: (n) => `x {}\na = \${x}\n${lines(n, (i) => `a.k${i} = \${x}`)}` },
  {
    name: 'keys over a reference, each read',
    make: (n) => `x {}\na = \${x}\n${lines(n, (i) => `a.k${i} = \${x}\nb${i} = \${a.k${i}}`)}`,
  },
  {
    name: 'a chain of references over a reference',
    make: (n) => `x { k0 = 1 }\na = \${x}\n${lines(n, (i) => `a.k${i + 1} = \${a.k${i}}`)}`,
  },
  { name: 'a reference and keys by turns', make: (n) => `x {}\n${lines(n, (i) => `a = \${x}\na { k${i} = 1 }`)}` },
  {
    name: 'a reference and references by turns',
    make: (n) => `x {}\n${lines(n, (i) => `a = \${x}\na { k${i} = \${x} }\na { l${i} = \${x} }`)}`,
  },
  {
    name: 'overridable keys over a reference',
    make: (n) => `x {}\na = \${x}\n${lines(n, (i) => `a.k${i} { port = 1, port = \${?PORT} }`)}`,
  },
  {
    name: 'overridable keys in a list',
    make: (n) => `a = [\n${lines(n, (i) => `{ port = ${i}, port = \${?PORT} }`)}\n]`,
  },
  { name: 'an object that grows', make: (n) => lines(n, (i) => `a = \${?a} { k${i} = 1 }`) },
  { name: 'an object that grows in front', make: (n) => lines(n, (i) => `a = { k${i} = 1 } \${?a}`) },
  { name: 'a list that grows in front', make: (n) => lines(n, (i) => `a = [${i}] \${?a}`) },
  { name: 'a list that grows on both sides', make: (n) => lines(n, (i) => `a = [${i}] \${?a} [${i}]`) },
  {
    name: 'two objects that grow by each other',
    make: (n) => lines(n, (i) => `a = \${?b} { x${i} = 1 }\nb = \${?a} { y${i} = 1 }`),
  },
  {
    name: 'a reference beside keys that grow',
    make: (n) => lines(n, (i) => `a.b = \${?a.c}\na.c { k${i} = 1 }`),
  },
  {
    name: 'objects side by side',
    make: (n) => `${lines(n, (i) => `b${i} { k${i} = 1 }`)}\na = ${lines(n, (i) => `\${b${i}}`).replaceAll('\n', ' ')}`,
  },
  {
    name: 'objects with a common key side by side',
    make: (n) => `b {}\na = \${b} ${lines(n, (i) => `{ z.k${i} = 1 }`).replaceAll('\n', ' ')}`,
  },
  {
    name: 'numbered objects behind a list',
    make: (n) => `l = [0]\na = \${l} ${lines(n, (i) => `{ "${i}" = 1 }`).replaceAll('\n', ' ')}`,
  },
  ...[
    'a.k = ${?a.k}x\na = ${?b}\n',
    'a.k += 1\na = ${?b}\n',
    'a = {b = ${?a} }\n',
    'a = {b = ${?a} }\na = ${?a}\n',
    'a = [${?a}]\n',
    'a.b = ${?a.c}\na.c = ${?a.b}\n',
    'a = ${?x}\na = {b += 1}\na = {c = 1}\n',
    'a = 1${?x}\na = {b += 1}\na = {a = ${?a}}\n',
    'a = 1${?a} ${?b}\na = {b += 0.1}\n',
    'a += {b.c = ${?d}, c {e = ${?a} }}\na.b = ${?c}\n',
  ].map(repeated),
];
