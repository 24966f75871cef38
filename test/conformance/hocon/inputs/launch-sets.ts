import type { FilesInput, Input } from '../case';

/** Files `1.conf`, `2.conf`, … in their order. */
function set(...texts: string[]): FilesInput {
  const files = Object.fromEntries(texts.map((text, i) => [`${i + 1}.conf`, text]));
  return { files, roots: Object.keys(files) };
}

const KEYS = [
  'a = 1',
  'a = {b=1}',
  'a = {c=2}',
  'a.b = 3',
  'a = [1]',
  'a += 2',
  'a = ${b}',
  'a = ${a}',
  'a = ${?a} x',
  'a = ${a} {d=1}',
  'b = {e=1}',
  'b = ${a}',
  'a = null',
  'a.b = ${a.b} y',
  'a = ${?c}',
];

const PAIRS = KEYS.flatMap((first) => KEYS.map((second) => set(first, second)));

const MORE: Input[] = [
  set('', ''),
  set('a = 1', ''),
  set('', 'a = 1'),
  set('a = 1', 'a = 2', 'a = 3'),
  set('a = {x=1}', 'a = 2', 'a = {y=3}'),
  set('a = {x=1}', 'a = null', 'a = {y=3}'),
  set('a = {x=1}', 'a = ${b}', 'a = {y=3}\nb = {z=4}'),
  set('a = ${b}', 'b = 1'),
  set('a = ${b}\nb = 1', 'b = 2'),
  set('a = ${b}\nb = 1', 'b = ${c}', 'c = 3'),
  set('a = ${b}', 'c = ${a}', 'b = 5'),
  set('a = 1', 'a = ${a}2', 'a = ${a}3'),
  set('a = [1]', 'a += 2', 'a += 3'),
  set('a = [1]', 'a = ${a} [2]', 'a = ${a} [3]'),
  set('path = base', 'path = ${path}":x"', 'path = ${?path}":y"'),
  set('canton.parameters { x = 1, y = ${canton.parameters.x} }', 'canton.parameters.x = 2'),
  set(
    'canton { participants { p { s = ${_shared.s} } } }\n_shared { s { t = 1 } }',
    '_shared.s.t = 2',
    'canton.participants.p.s.u = 3',
  ),
  set('common { a = 1 }\np1 = ${common} { b = 1 }', 'common { a = 2 }\np1 { c = ${p1.b} }'),
  set('common { a = ${v} }', 'x = ${common}', 'v = 9'),
  set('a = }', 'b = 1'),
  set('a = 1', 'b = }'),
  set('a = 1', 'b = ${c}'),
  set('a = ${c}\n', '\n\nb = 1'),
  set('\n\na = ${c}', 'a = 1'),
  set('a = {x=${c}}', 'a = 1'),
  set('a = {x=${c}}', 'a = {x=1}'),
  set('a = {x=${c}}', 'a = {y=1}'),
  set('a = ${a}', 'a = 1'),
  set('a = ${a}x', 'a = 1'),
  set('a = ${b}', 'b = ${a}'),
  set('a = ${?b}', 'b = ${?a}'),
  set('a.b = ${a.c}', 'a.c = ${a.b}'),
  set('a = 1', '[1]'),
  set('"a.b" = 1', 'a.b = 2'),
  { files: { '1.json': '{"a": 1}', '2.conf': 'b = ${a}' }, roots: ['1.json', '2.conf'] },
  { files: { '1.conf': 'a = ${b}', '2.json': '{"b": 1}' }, roots: ['1.conf', '2.json'] },
  { files: { '1.conf': 'a = 1', '2.json': '{b: 1}' }, roots: ['1.conf', '2.json'] },
  { files: { '1.conf': 'a = ${b.c}', '2.properties': 'b.c=1' }, roots: ['1.conf', '2.properties'] },
  {
    files: { '1.conf': 'include "3"\na = 1', '2.conf': 'include "3"\nb = 2', '3.conf': 'a = 3\nb = 3\nc += 3' },
    roots: ['1.conf', '2.conf'],
  },
  {
    files: { '1.conf': 'n { include "3" }', '2.conf': 'n { x = 2 }\ny = 3', '3.conf': 'x = 1\nz = ${x}\nw = ${?y}' },
    roots: ['1.conf', '2.conf'],
  },
  { files: { '1.conf': 'a = 1', 'd/2.conf': 'include "3"', 'd/3.conf': 'a = 3' }, roots: ['1.conf', 'd/2.conf'] },
  { files: { '1.conf': 'a = 1' }, roots: ['1.conf', '1.conf'] },
  { files: { '1.conf': 'a += 1' }, roots: ['1.conf', '1.conf'] },
  { files: { '1.conf': 'a = ${?a} 1' }, roots: ['1.conf', '1.conf', '1.conf'] },
  { files: { '1.conf': 'a = ${X}', '2.conf': 'X = file' }, roots: ['1.conf', '2.conf'], env: { X: 'env' } },
  { files: { '1.conf': 'a = 1\na = ${?X}', '2.conf': 'a = ${?Y}' }, roots: ['1.conf', '2.conf'], env: { X: 'env' } },
  { files: { 'plain.txt': 'a = 1', noext: 'b = ${a}' }, roots: ['plain.txt', 'noext'] },
];

export const launchSets: readonly Input[] = [...PAIRS, ...MORE];
