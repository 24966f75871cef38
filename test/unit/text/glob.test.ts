import assert from 'node:assert/strict';
import { globPattern } from '../../../server/src/text/glob';

describe('a glob', () => {
  const fits: readonly (readonly [glob: string, path: string])[] = [
    ['*.conf', 'a.conf'],
    ['**/*.conf', 'a.conf'],
    ['**/*.conf', 'a/b/c.conf'],
    ['a/**', 'a/b/c'],
    ['a/**/d', 'a/d'],
    ['a/**/d', 'a/b/c/d'],
    ['?[0-9][!x].{md,mdx}', 'a1b.mdx'],
    ['\\*+(x)', '*+(x)'],
    ['[', '['],
    ['{a', '{a'],
  ];
  for (const [glob, path] of fits) it(`${glob} takes ${path}`, () => assert.match(path, globPattern(glob)));

  const others: readonly (readonly [glob: string, path: string])[] = [
    ['*.conf', 'a/b.conf'],
    ['*.conf', 'aXconf'],
    ['a/**', 'a'],
    ['a/**', 'ab/c'],
    ['?', '/'],
    ['[!x]', '/'],
    ['\\*', 'a'],
  ];
  for (const [glob, path] of others) it(`${glob} leaves ${path}`, () => assert.doesNotMatch(path, globPattern(glob)));
});
