export { FILE_GLOBS, kindOfFile, languageOfFile, mayHoldRegions } from './carriers';
export { mayHoldCanton, mentionsCanton } from './mentions';
export { toCamelCase } from './notation';
export type { EmbeddedRegion, RegionKind } from './region';
export { withoutTabStops } from './snippet';
