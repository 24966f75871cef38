import { createTwoFilesPatch } from 'diff';
import type { ChangedFile } from './named-files';

/** A unified diff of the files, which `patch -p1` and `git apply` read. */
export function patchOf(files: readonly ChangedFile[]): string {
  return files
    .map(({ name, before, after }) => {
      const shown = name.replace(/^\//, '');
      // The line of signs above the names is that of another tool.
      return createTwoFilesPatch(`a/${shown}`, `b/${shown}`, before, after).replace(/^=+\n/, '');
    })
    .join('');
}
