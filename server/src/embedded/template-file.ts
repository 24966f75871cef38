import { MappedTextBuilder } from '../text/mapped-text';
import { templatesIn } from './expressions';
import { maySetCanton } from './mentions';
import type { Finders } from './nested';
import { prefixedLines } from './notation';
import { createRegion, type EmbeddedRegion } from './region';
import { findTemplates } from './template-mask';
import { withUnknowns } from './unknowns';

/** A file from which Helm or Ansible generates a configuration; its expressions are unknown. */
export function findTemplateRegions(text: string, finders: Finders): EmbeddedRegion[] {
  if (!maySetCanton(text)) return [];
  const builder = new MappedTextBuilder(text);
  let at = 0;
  for (const { index } of text.matchAll(/\r\n/g)) {
    builder.exact(at, index);
    builder.encoded('\n', index, index + 2);
    at = index + 2;
  }
  builder.exact(at, text.length);
  const range = { start: 0, end: text.length };
  const written = builder.build(range);
  const known = withUnknowns(written, templatesIn(written, text, findTemplates(text)), text);
  if (!finders.isCanton(known.text)) return [];
  return [createRegion({ kind: 'template', label: '' }, known, prefixedLines(text, range, ''))];
}
