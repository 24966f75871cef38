import { findRegions } from '../../../server/src/embedded/find-regions';
import type { EmbeddedRegion } from '../../../server/src/embedded/region';
import { assertFaithful } from './faithful';

/** Stands for the check of the whole program: what a test means as Canton's says so. */
export const isCanton = (text: string) => /^\s*canton\b/m.test(text);

/** All regions of a document, each checked character by character. */
export function regionsOf(languageId: string, host: string): EmbeddedRegion[] {
  const regions = findRegions(languageId, host, isCanton);
  for (const region of regions) assertFaithful(host, region);
  return regions;
}

export function applyHostEdit(host: string, edit: { range: { start: number; end: number }; newText: string }): string {
  return host.slice(0, edit.range.start) + edit.newText + host.slice(edit.range.end);
}
