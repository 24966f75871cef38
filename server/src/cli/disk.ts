/** Access to files, loaded with `import()` when it is used, which `--version` and `--help` never do. */
export { filesIn, isGlob, matching } from '../fs/list';
export { diskFiles, kindOf, rootOf } from '../fs/node';
export { readTextFile, readTextStream, searchTextFile } from '../fs/text-file';
