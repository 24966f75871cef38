import { globPattern } from '../text/glob';

/** The patterns of a `.gitignore`: the last one that fits decides. `git-scm.com/docs/gitignore`, Git 2.4x. */
export interface Ignores {
  /** @param path relative to the folder of the file, with `/`; undefined if no pattern fits. */
  decide(path: string, isFolder: boolean): boolean | undefined;
}

export function readIgnores(text: string): Ignores {
  const patterns = text.split(/\r?\n/).flatMap((line) => {
    const written = line.replace(/(?<!\\)\s+$/, '');
    if (written === '' || written.startsWith('#')) return [];
    const isNegated = written.startsWith('!');
    const body = (isNegated ? written.slice(1) : written).replace(/^\\(?=[#!])/, '');
    const name = body.replace(/\/$/, '');
    const isAnchored = name.includes('/');
    const pattern = globPattern(isAnchored ? name.replace(/^\//, '') : `**/${name}`);
    return [{ pattern, isIgnored: !isNegated, onlyFolders: body.endsWith('/') }];
  });
  return {
    decide: (path, isFolder) =>
      patterns.findLast(({ pattern, onlyFolders }) => (isFolder || !onlyFolders) && pattern.test(path))?.isIgnored,
  };
}
