import type { Field } from '../../../../../schemas/model';
import { PROJECT_FILE_NAME } from '../../../../../schemas/project';
import type { ConfigEntry, ConfigValue, Definition } from '../../../hocon/values/config-value';
import type { DocumentView } from '../../shared/document-view';
import { durationReading } from '../../shared/duration-reading';
import { MASKED } from '../../shared/secrets';
import { textOf } from '../effective/effective';
import { code, list, place } from './markdown';
import { namesOf, openVariable, referredBy, substitutionsOf, writtenText, writtenValue } from './source';

type Path = readonly string[];

/** A key may be written as often as a file has lines. */
const MAX_PLACES = 8;

/** The value in effect, and the places that wrote the key, the winner first. */
export function provenance(view: DocumentView, path: Path, { value, definitions }: ConfigEntry, field?: Field): string {
  const secret = view.isSecret(path);
  const all = [...definitions].reverse();
  // What an unknown variable may set stands on top; below is what holds otherwise.
  const firm = all.findIndex((one) => openVariable(view, one) === undefined);
  const [open, rest] = firm < 0 ? [all, []] : [all.slice(0, firm), all.slice(firm)];
  const [winner, ...losers] = rest;
  if (value.kind === 'object') return list(sections(view, path, all));
  const lines = [`Effective value: ${effectiveText(view, value, open, winner, secret, field)}`];
  for (const one of open) {
    const variable = code(openVariable(view, one) ?? '');
    lines.push(`The environment variable ${variable} overrides it where it is set: ${place(view, one, path)}`);
  }
  if (winner !== undefined && (all.length > 1 || isElsewhere(view, winner, path))) {
    lines.push(`Set in ${place(view, winner, path)}${origins(view, winner)}`);
  }
  for (const one of losers.slice(0, MAX_PLACES)) {
    lines.push(`Overridden: ${writtenText(view, one, secret)} in ${place(view, one, path)}`);
  }
  if (losers.length > MAX_PLACES) lines.push(`and ${losers.length - MAX_PLACES} more`);
  return list(lines);
}

function effectiveText(
  view: DocumentView,
  value: ConfigValue,
  open: readonly Definition[],
  winner: Definition | undefined,
  secret: boolean,
  field: Field | undefined,
): string {
  if (secret && value.kind !== 'unknown') return MASKED;
  const [first] = open;
  if (value.kind !== 'unknown' || first === undefined || winner === undefined) return shown(value, field);
  return `${writtenText(view, winner, secret)}, unless ${code(openVariable(view, first) ?? '')} is set`;
}

/** A value with what people call it. */
export function shown(value: ConfigValue, field?: Field): string {
  if (value.kind === 'unknown') return unknown(value.reason);
  const text = code(textOf(value));
  const name = value.kind === 'string' ? field?.meta.known?.[value.value] : undefined;
  const isDuration = field?.model.kind === 'duration' && value.kind === 'string';
  const reading = isDuration ? durationReading(value.value) : name;
  return reading === undefined || reading === '' ? text : `${text}, ${reading}`;
}

function unknown({ cause, subject }: { readonly cause: string; readonly subject: string }): string {
  switch (cause) {
    case 'environment':
      return `not known here: it comes from the environment variable ${code(subject)}`;
    case 'include':
    case 'url':
      return `not known here: it comes from ${code(subject)}, which could not be read`;
    case 'rest':
      return 'not known here: it comes from configuration that this is merged with';
    default:
      return 'not known because of a problem in the file';
  }
}

/** Where a section is put together from. */
function sections(view: DocumentView, path: Path, definitions: readonly Definition[]): string[] {
  const telling = definitions.length > 1 || definitions.some((one) => isElsewhere(view, one, path));
  if (!telling) return [];
  const lines = definitions
    .slice(0, MAX_PLACES)
    .map((one) => `Written in ${place(view, one, path)}${origins(view, one)}`);
  return definitions.length > MAX_PLACES ? [...lines, `and ${definitions.length - MAX_PLACES} more`] : lines;
}

/** What is written is not all: another file, an include or a substitution has a part in it. */
function isElsewhere(view: DocumentView, definition: Definition, path: Path): boolean {
  const { uri } = definition;
  const isOther = uri !== view.tree.uri || view.includeSites.siteOf(uri, path) !== undefined;
  return isOther || substitutionsOf(writtenValue(view, definition)).length > 0;
}

/** The keys and variables that the value is copied from. */
function origins(view: DocumentView, definition: Definition): string {
  const texts = substitutionsOf(writtenValue(view, definition)).flatMap((node) => {
    const names = namesOf(node);
    const { entry, path, variable } = referredBy(view, definition.uri, names);
    const last = entry?.definitions.at(-1);
    const written = code(`\${${names.join('.')}}`);
    if (last !== undefined) return [`${written}, which is set in ${place(view, last, path)}`];
    return variable !== undefined && view.variables.has(variable)
      ? [`the environment variable ${code(variable)} (${PROJECT_FILE_NAME})`]
      : [];
  });
  return texts.length === 0 ? '' : ` from ${texts.join(' and ')}`;
}
