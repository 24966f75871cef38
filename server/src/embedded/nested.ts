import { type MappedText, MappedTextBuilder } from '../text/mapped-text';
import type { HostEdit, Notation } from './notation';
import type { EmbeddedRegion } from './region';

/** A text of another language inside a document, such as a script in a YAML file, and how to write into it. */
export interface WrittenText extends MappedText {
  readonly notation: Notation;
}

/**
 * Finds regions in texts inside a document of another language, which may contain further languages. Each function
 * handles a single text and returns offsets in it.
 */
export interface Finders {
  /** Whether a text is Canton configuration; called for texts without any other evidence. */
  isCanton(text: string): boolean;
  /** True if the texts are documentation, which omits parts and uses placeholders. */
  readonly isExample: boolean;
  /** True if a shell replaces `$NAME` in the texts before another language reads them. */
  readonly isExpanded: boolean;
  /** @param isExpanded whether a shell replaces `$NAME` in the text */
  yaml(text: string, isExpanded?: boolean): EmbeddedRegion[];
  shell(text: string): EmbeddedRegion[];
}

/** Keys of Compose, Kubernetes and charts, with which no line of a Canton configuration begins. */
const YAML_LINE =
  /^[ \t]*(?:-[ \t]+)?(?:(?:services|environment|apiVersion|additionalEnvVars|stringData)[ \t]*:|name:[ \t]*"?ADDITIONAL_CONFIG|kms:[ \t]*\n[ \t]+\w+:)/m;

/** A here-document of a shell: `<<EOF`, `<<-EOF`, `<< 'EOF'`, `<<\\EOF`; `<<<` is a here-string. */
export const HEREDOC = /(?<!<)<<(-?)[ \t]*(?:(["'])([\w.-]+)\2|(\\?)([A-Za-z_][\w.-]*))/g;

/**
 * The language of a text without a label, if it is not HOCON: YAML that may contain Canton configuration, or a script
 * with a here-document. Each may contain the other, so the first evidence counts.
 */
export function languageOfText(text: string): 'yaml' | 'shell' | undefined {
  const yaml = text.search(YAML_LINE);
  const heredoc = text.search(HEREDOC);
  if (heredoc >= 0 && (yaml < 0 || heredoc < yaml)) return 'shell';
  return yaml < 0 ? undefined : 'yaml';
}

/** The regions of a text inside a document as regions of that document. */
export function nestedRegions(outer: WrittenText, host: string, inner: readonly EmbeddedRegion[]): EmbeddedRegion[] {
  return inner.map((region) => {
    const builder = new MappedTextBuilder(host);
    for (const { start, length, hostStart, hostLength, kind } of region.map.slice({
      start: 0,
      end: region.map.length,
    })) {
      const range = { start: hostStart, end: hostStart + hostLength };
      const place = outer.map.toHostRange(range);
      if (kind === 'exact') builder.append(outer, range);
      else builder[kind](region.text.slice(start, start + length), place.start, place.end);
    }
    const toHost = (edit: HostEdit | undefined) => {
      if (edit === undefined || !outer.map.isEditable(edit.range)) return undefined;
      const start = outer.map.toHost(edit.range.start);
      return outer.notation({ range: { start, end: outer.map.toHost(edit.range.end) }, newText: edit.newText });
    };
    const { addVariable } = region;
    return {
      ...region,
      ...(addVariable && { addVariable: (name: string, written: string) => toHost(addVariable(name, written)) }),
      ...(region.scalars && { scalars: region.scalars.map((range) => outer.map.toHostRange(range)) }),
      group: outer.map.toHost(region.group),
      map: builder.build(outer.map.toHostRange(region.map.host)).map,
      toHostEdit: (range, newText) => toHost(region.toHostEdit(range, newText)),
    };
  });
}
