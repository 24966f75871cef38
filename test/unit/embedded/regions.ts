import { findRegions } from '../../../server/src/embedded/find-regions';
import type { EmbeddedRegion } from '../../../server/src/embedded/region';
import { assertFaithful } from './faithful';

/** Replaces the check of the whole program: texts that a test intends as Canton configuration contain the word. */
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
