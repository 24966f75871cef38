import type { Field, FieldModel } from '../../../../../schemas/model';
import { pathText, type Style } from '../../../edits/hocon-text';
import { Snippet } from './snippet';

/** How the text around is written, and whether the editor has tab stops. */
export interface SkeletonStyle {
  readonly style: Style;
  readonly snippets: boolean;
  /** The blanks that the line begins with, for editors that do not indent. */
  readonly indent: string;
}

/**
 * A section in braces with all keys that Canton requires of it, ready to be filled in.
 * @param path its key; empty where only the braces are wanted
 * @param type the alternative, where there are some
 */
export function sectionText(
  path: readonly string[],
  model: FieldModel,
  type: string | undefined,
  as: SkeletonStyle,
): string {
  const snippet = new Snippet(as.snippets);
  const { style } = as;
  const key = path.length === 0 ? '' : `${snippet.text(pathText(path, style))}${style.beforeBrace}`;
  // Without tab stops nobody could choose the alternative.
  const isOpen = model.kind === 'union' && model.options.size > 1 && type === undefined && !as.snippets;
  const lines = isOpen ? [] : requiredLines(model, type, new Set(), snippet, style);
  if (lines.length === 0) return as.snippets ? `${key}{\n\t$0\n}` : `${key}{`;
  return laidOut(`${key}{${indented(`\n${lines.join(lineEnd(style))}`)}\n}${snippet.end()}`, as);
}

/** The required keys that a section lacks, to be written where the others are. */
export function missingText(
  model: FieldModel,
  type: string | undefined,
  present: ReadonlySet<string>,
  oneLine: boolean,
  as: SkeletonStyle,
): string {
  const lines = requiredLines(model, type, present, new Snippet(as.snippets), as.style);
  return laidOut(lines.join(oneLine ? ', ' : lineEnd(as.style)), as);
}

/** The keys that Canton requires of a section and that it lacks. */
export function requiredFields(
  model: FieldModel,
  type: string | undefined,
  present: ReadonlySet<string>,
): readonly Field[] {
  if (model.kind === 'union') {
    const option = type === undefined && model.options.size > 1 ? undefined : (type ?? [...model.options.keys()][0]);
    const chosen = model.options.get(option ?? '');
    if (chosen === undefined) return present.has('type') ? [] : [model.discriminator];
    return requiredFields(chosen, option, present);
  }
  if (model.kind !== 'object') return [];
  return [...model.fields.values()].filter(({ name, required }) => required && !present.has(name));
}

function requiredLines(
  model: FieldModel,
  type: string | undefined,
  present: ReadonlySet<string>,
  snippet: Snippet,
  style: Style,
): string[] {
  return requiredFields(model, type, present).map((field) => {
    const key = snippet.text(pathText([field.name], style));
    if (isSection(field.model) || field.model.kind === 'raw') {
      return `${key}${style.beforeBrace}{\n\t${snippet.stop('')}\n}`;
    }
    const given =
      field.name === 'type' && type !== undefined ? snippet.text(valueText(type, field.model, style)) : undefined;
    return `${key}${style.separator}${given ?? valueStop(field, snippet, style)}`;
  });
}

export function isSection({ kind }: FieldModel): boolean {
  return kind === 'object' || kind === 'union' || kind === 'map';
}

/** The example or the default to begin with; where there are few values, all of them. */
function valueStop({ model, meta }: Field, snippet: Snippet, style: Style): string {
  const first = meta.example ?? meta.default;
  const text = (value: string) => valueText(value, model, style);
  const choices = model.kind === 'enum' ? [...model.values.keys()] : model.kind === 'boolean' ? ['true', 'false'] : [];
  if (choices.length === 0) return snippet.stop(text(first ?? ''));
  return snippet.choice([...new Set([...(first === undefined ? [] : [first]), ...choices])].map(text));
}

/** JSON has its texts in quotes. */
export function valueText(value: string, { kind }: FieldModel, { json }: Pick<Style, 'json'>): string {
  const isText = kind === 'enum' || kind === 'string' || kind === 'duration';
  return json && isText && !value.startsWith('"') ? JSON.stringify(value) : value;
}

function lineEnd({ json }: Style): string {
  return json ? ',\n' : '\n';
}

function indented(text: string): string {
  return text.replaceAll('\n', '\n\t');
}

/** Editors indent snippets; for the others it is done here. */
function laidOut(text: string, { style, snippets, indent }: SkeletonStyle): string {
  if (snippets) return text;
  return text.replaceAll('\n', `${style.eol}${indent}`).replaceAll('\t', style.indent);
}
