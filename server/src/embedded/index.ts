export type { PositionMap, Segment, SegmentKind } from '../text/position-map';
export { kindOfFile, languageOfFile, mayHoldRegions } from './carriers';
export { mayHoldCanton, mentionsCanton } from './mentions';
export type { HostEdit } from './notation';
export { toCamelCase } from './notation';
export type { EmbeddedRegion, RegionKind } from './region';
export { withoutTabStops } from './snippet';
