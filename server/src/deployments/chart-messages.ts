import { fieldModelOf } from '../../../schemas/compile';
import { CANTON_VERSIONS, EDITIONS } from '../../../schemas/version';
import { toCamelCase } from '../embedded';
import type { LocatedDiagnostic } from '../features/requests/diagnostics';
import { fieldsAt } from '../model/binding/lookup';
import { hoconQuoted } from '../text/encoders/hocon';
import { singleQuoted } from '../text/encoders/yaml';

/**
 * A problem of a `kms:` map of the Splice participant chart in the map's own words: keys as they are written there, and
 * two kinds of quotes for a value that needs HOCON quotes, because the chart drops those of YAML.
 *
 * @param written the text of the problem's range in the YAML file
 * @param scalar the YAML value of the map in which the range begins
 * @param map the text of the map
 */
export function inChartNotation(
  diagnostic: LocatedDiagnostic,
  written: string,
  scalar = written,
  map = '',
): LocatedDiagnostic {
  const { code, message } = diagnostic;
  if (NEEDS_QUOTES.test(code) && /[^\w./-]/.test(scalar)) {
    if (scalar.includes('\n')) {
      return {
        ...diagnostic,
        message:
          'The chart writes this value without quotes, so HOCON ends it after its first line. Write it on one line.',
      };
    }
    const value = scalar.replace(/^["']|["']$/g, '');
    const reason = `The chart writes this value without its YAML quotes, but HOCON requires quotes for it.`;
    return { ...diagnostic, message: `${reason} Use both kinds of quotes: ${singleQuoted(hoconQuoted(value))}.` };
  }
  const renamed = message.replace(/'([a-z0-9]+(?:-[a-z0-9]+)+)'/g, (quoted, name: string) => {
    const inCamelCase = toCamelCase(name);
    const isWritten = inCamelCase === written || new RegExp(`\\b${inCamelCase}["']?:`).test(map);
    return kmsKeys().has(name) || isWritten ? `'${inCamelCase}'` : quoted;
  });
  return renamed === message ? diagnostic : { ...diagnostic, message: renamed };
}

const NEEDS_QUOTES = /^hocon\/(?:syntax|concatenation|bad-path|bad-string|no-value|no-separator|unbalanced|unclosed)$/;

let keys: ReadonlySet<string> | undefined;

function kmsKeys(): ReadonlySet<string> {
  keys ??= new Set(
    CANTON_VERSIONS.flatMap((version) => EDITIONS.map((edition) => fieldModelOf(version, edition)))
      .flatMap((model) => fieldsAt(model, ['participants', 'p', 'crypto', 'kms']))
      .map(({ name }) => name),
  );
  return keys;
}
