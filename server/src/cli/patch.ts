import { createTwoFilesPatch } from 'diff';
import type { ChangedFile } from './named-files';

/** A unified diff of the files, which `patch -p1` and `git apply` read. */
export function patchOf(files: readonly ChangedFile[]): string {
  return files
    .map(({ name, before, after }) => {
      const shown = name.replace(/^\//, '');
      // The separator line above the names is not part of the format.
      return createTwoFilesPatch(`a/${shown}`, `b/${shown}`, before, after).replace(/^=+\n/, '');
    })
    .join('');
}
