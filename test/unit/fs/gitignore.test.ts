import assert from 'node:assert/strict';
import { readIgnores } from '../../../server/src/fs/list';

describe('a .gitignore', () => {
  const { decide } = readIgnores('# x\n*.log\r\n!keep.log\n/build\nout/\na/b\n\\#c\n\n');
  const cases: readonly (readonly [path: string, isFolder: boolean, decision: boolean | undefined])[] = [
    ['x.log', false, true],
    ['d/x.log', false, true],
    ['d/keep.log', false, false],
    ['build', true, true],
    ['d/build', true, undefined],
    ['out', true, true],
    ['d/out', true, true],
    ['out', false, undefined],
    ['a/b', false, true],
    ['d/a/b', false, undefined],
    ['#c', false, true],
    ['# x', false, undefined],
  ];
  for (const [path, isFolder, decision] of cases) {
    it(`says ${decision} of ${path}${isFolder ? '/' : ''}`, () => assert.equal(decide(path, isFolder), decision));
  }
});
