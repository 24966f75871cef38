/** The code that most runs of a command do not need, in a separate bundle: load it with `import()`. */
export { Baseline, shownEntry } from './baseline';
export { patchOf } from './patch';
export { github } from './reporters/github';
export { gitlab } from './reporters/gitlab';
export { json } from './reporters/json';
export { junit } from './reporters/junit';
export { sarif } from './reporters/sarif';
