import { MappedTextBuilder } from '../text/mapped-text';
import { elisions } from './expressions';
import { maySetCanton } from './mentions';
import { type Finders, nestedRegions } from './nested';
import { prefixedLines } from './notation';
import { createRegion, type EmbeddedRegion } from './region';
import { hasHeredoc } from './shell';
import { withUnknowns } from './unknowns';

/** Labels whose language can only be ours; text under any other one must look like Canton's first. */
const OWN_LANGUAGES = new Set(['hocon', 'canton-conf']);
/** Programs that may name keys of a configuration; at most a here-document in them is one. */
const PROGRAMS =
  /^(?:scala|sc|java|kotlin|groovy|daml|haskell|hs|py|python|js|javascript|ts|typescript|go|rust|rs|sql|diff)$/;
const SHELL = /^(?:bash|sh|shell|zsh|shellsession|shell-session|console|terminal)$/;
const YAML = /^(?:ya?ml|helm|docker-?compose)$/;
/** Keys of Compose, of Kubernetes and of charts, which no configuration of Canton begins a line with. */
const YAML_LINE =
  /^[ \t]*(?:-[ \t]+)?(?:(?:services|environment|apiVersion|additionalEnvVars|stringData)[ \t]*:|name:[ \t]*"?ADDITIONAL_CONFIG|kms:[ \t]*\n[ \t]+\w+:)/m;

/** A block of code in a text for people. */
export interface CodeBlock {
  /** The name of its language, in small letters; may be empty. */
  readonly label: string;
  readonly lines: readonly CodeLine[];
  /** The text that each new line begins with. */
  readonly prefix: string;
  /** The start of the first line, and the end of the last one. */
  readonly start: number;
  readonly end: number;
}

export interface CodeLine {
  /** Behind what every line of the block begins with. */
  readonly start: number;
  readonly end: number;
  /** Behind the line end. */
  readonly next: number;
}

/** The HOCON in a block of code, by its label or by what it says. What an example leaves out (`...`) is unknown. */
export function regionsOfBlock(text: string, block: CodeBlock, finders: Finders): readonly EmbeddedRegion[] {
  const { label, prefix, start, end } = block;
  const isOwn = OWN_LANGUAGES.has(label);
  if (!isOwn && !maySetCanton(text.slice(start, end))) return [];
  const builder = new MappedTextBuilder(text);
  for (const line of block.lines) {
    builder.exact(line.start, line.end);
    if (line.next - line.end === 2) builder.encoded('\n', line.end, line.next);
    else builder.exact(line.end, line.next);
  }
  const written = builder.build({ start, end });
  const outer = { ...written, notation: prefixedLines(text, written.map.host, prefix) };
  if (!isOwn) {
    const isYaml = YAML_LINE.test(written.text);
    if (isYaml || YAML.test(label)) {
      const found = finders.yaml(written.text);
      if (isYaml || found.length > 0) return nestedRegions(outer, text, found);
    }
    const isScript = hasHeredoc(written.text) || PROGRAMS.test(label);
    if (isScript || SHELL.test(label)) {
      const found = finders.shell(written.text);
      if (isScript || found.length > 0) return nestedRegions(outer, text, found);
    }
  }
  const known = withUnknowns(written, elisions(written), text);
  if (!isOwn && !finders.isCanton(known.text)) return [];
  return [createRegion({ kind: 'code-block', label }, known, outer.notation)];
}
