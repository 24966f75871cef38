import { MappedTextBuilder } from '../text/mapped-text';
import { elisions } from './expressions';
import { maySetCanton, ROOT_NAME } from './mentions';
import { type Finders, languageOfText, nestedRegions } from './nested';
import { prefixedLines } from './notation';
import { createRegion, type EmbeddedRegion } from './region';
import { withUnknowns } from './unknowns';

/** Labels that can only mean HOCON; text under any other label must look like Canton configuration. */
const OWN_LANGUAGES = new Set(['hocon', 'canton-conf']);
/** Languages of programs that may mention keys of a configuration; only a here-document in them can be one. */
const PROGRAMS =
  /^(?:scala|sc|java|kotlin|groovy|daml|haskell|hs|py|python|js|javascript|ts|typescript|go|rust|rs|sql|diff)$/;
const SHELL = /^(?:bash|sh|shell|zsh|shellsession|shell-session|console|terminal)$/;
const YAML = /^(?:ya?ml|helm|docker-?compose)$/;
/** `canton.participants.p1.…`, `canton {`, and everything inside. */
const ROOT_SETTING = new RegExp(String.raw`^${ROOT_NAME}(?:\.[\w-]+)*\s*[.{=:]`);

/** HOCON that was labeled as a program for its colors: paths of Canton's, and no call, arrow or semicolon. */
function isOnlySettings(text: string): boolean {
  const bare = text.replace(/"(?:[^"\\\n]|\\.)*"/g, '""').replace(/(?:#|\/\/).*$/gm, '');
  const first = bare.split('\n').filter((line) => /^\w/.test(line));
  return first.length > 0 && first.every((line) => ROOT_SETTING.test(line)) && !/[();]|=>|->|\bdef\b/.test(bare);
}

/** A block of code in a document. */
export interface CodeBlock {
  /** The name of its language, in lowercase; may be empty. */
  readonly label: string;
  readonly lines: readonly CodeLine[];
  /** The text that each new line begins with. */
  readonly prefix: string;
  /** The start of the first line, and the end of the last one. */
  readonly start: number;
  readonly end: number;
}

export interface CodeLine {
  /** The end of the common prefix of the block's lines. */
  readonly start: number;
  /** The offset after the line end. */
  readonly next: number;
}

/**
 * The HOCON in a block of code, recognized by its label or its content. Parts that an example leaves out (`...`) are
 * unknown.
 */
export function regionsOfBlock(text: string, block: CodeBlock, finders: Finders): readonly EmbeddedRegion[] {
  const { label, prefix, start, end } = block;
  const isOwn = OWN_LANGUAGES.has(label);
  if (!isOwn && !maySetCanton(text.slice(start, end))) return [];
  const builder = new MappedTextBuilder(text);
  for (const line of block.lines) builder.lines(line.start, line.next);
  const written = builder.build({ start, end });
  const outer = { ...written, notation: prefixedLines(text, written.map.host, prefix) };
  if (!isOwn) {
    const language = languageOfText(written.text);
    const holdsYaml = language === 'yaml';
    if (holdsYaml || YAML.test(label)) {
      const found = finders.yaml(written.text);
      if (holdsYaml || found.length > 0) return nestedRegions(outer, text, found);
    }
    const isScript = language === 'shell' || (PROGRAMS.test(label) && !isOnlySettings(written.text));
    if (isScript || SHELL.test(label)) {
      const found = finders.shell(written.text);
      if (isScript || found.length > 0) return nestedRegions(outer, text, found);
    }
  }
  const known = withUnknowns(written, elisions(written), text);
  if (!isOwn && !finders.isCanton(known.text)) return [];
  return [createRegion({ kind: 'code-block', label }, known, outer.notation)];
}
