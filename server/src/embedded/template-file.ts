import type { TextRange } from '../text/location';
import { MappedTextBuilder } from '../text/mapped-text';
import { templatesIn } from './expressions';
import { maySetCanton } from './mentions';
import { type Finders, languageOfText } from './nested';
import { prefixedLines } from './notation';
import { createRegion, type EmbeddedRegion } from './region';
import { findTemplates } from './template-mask';
import { withUnknowns } from './unknowns';

/**
 * A file from which Helm or Ansible generates a configuration, or a document with some; its expressions are unknown. Each named template in it is
 * included at a place of its own.
 */
export function findTemplateRegions(text: string, finders: Finders): EmbeddedRegion[] {
  if (!maySetCanton(text)) return [];
  const language = languageOfText(text);
  if (language !== undefined) return finders[language](text);
  const templates = findTemplates(text);
  return partsOf(text, templates).flatMap((range) => {
    if (!maySetCanton(text.slice(range.start, range.end))) return [];
    const builder = new MappedTextBuilder(text);
    builder.lines(range.start, range.end);
    const written = builder.build(range);
    const known = withUnknowns(written, templatesIn(written, text, templates), text);
    if (!finders.isCanton(known.text)) return [];
    return [createRegion({ kind: 'template', label: '' }, known, prefixedLines(text, range, ''))];
  });
}

const DEFINE = /^\{\{-?\s*define\b/;
const OPENS = /^\{\{-?\s*(?:define|if|range|with|block)\b/;
const CLOSES = /^\{\{-?\s*end\b/;

/** The bodies of the named templates; the whole text if there are none. */
function partsOf(text: string, templates: readonly TextRange[]): readonly TextRange[] {
  const parts: TextRange[] = [];
  let depth = 0;
  let from = -1;
  for (const { start, end } of templates) {
    const source = text.slice(start, end);
    if (depth === 0 && DEFINE.test(source)) from = end;
    if (OPENS.test(source)) depth++;
    else if (CLOSES.test(source) && depth > 0 && --depth === 0 && from >= 0) {
      parts.push({ start: from, end: start });
      from = -1;
    }
  }
  return parts.length > 0 ? parts : [{ start: 0, end: text.length }];
}
