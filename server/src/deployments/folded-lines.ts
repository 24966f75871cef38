import type { EmbeddedRegion } from '../embedded';
import type { LocatedDiagnostic } from '../features/requests/diagnostics';
import type { TextRange } from '../text/location';

/**
 * A fault of HOCON's grammar behind a line end that YAML has replaced by a blank, with this cause: people write several
 * lines below `>`, in a plain scalar or in quotes, and read them as lines.
 *
 * @param range of the fault in the host document
 */
export function inFoldedText(
  diagnostic: LocatedDiagnostic,
  { text, map }: EmbeddedRegion,
  host: string,
  range: TextRange,
): LocatedDiagnostic {
  const place = map.toRegion(range.start);
  if (!SEPARATION.test(diagnostic.code) || place === undefined) return diagnostic;
  const line = text.lastIndexOf('\n', place - 1) + 1;
  const own = linesIn(text.slice(line, map.toRegion(range.end) ?? place));
  if (linesIn(host.slice(map.toHost(line), range.end)) <= own) return diagnostic;
  const message =
    'YAML joins the lines of this value with blanks, so HOCON reads them as one line. Write the value below "|", or separate its entries with commas.';
  return { ...diagnostic, message };
}

/** The faults of entries that nothing separates. */
const SEPARATION = /^hocon\/(?:syntax|concatenation|no-separator)$/;

function linesIn(text: string): number {
  return text.split('\n').length;
}
