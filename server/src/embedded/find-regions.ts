import { type CarrierLanguage, carrierOf } from './carriers';
import { findEnvFileRegions } from './env-file';
import { findMarkdownRegions } from './markdown';
import type { Finders } from './nested';
import type { EmbeddedRegion } from './region';
import { findRstRegions } from './rst';
import { findShellRegions } from './shell';
import { findTemplateRegions } from './template-file';
import { findYamlRegions } from './yaml';

const FINDERS: Readonly<Record<CarrierLanguage, (text: string, finders: Finders) => EmbeddedRegion[]>> = {
  dockercompose: (text, finders) => findYamlRegions(text, finders, true),
  yaml: (text, finders) => findYamlRegions(text, finders, false),
  markdown: findMarkdownRegions,
  restructuredtext: findRstRegions,
  shellscript: findShellRegions,
  dotenv: findEnvFileRegions,
  gotmpl: findTemplateRegions,
};

/** The maximum nesting, such as a script in a YAML file in a script. */
const MAX_DEPTH = 4;

/**
 * The HOCON in a document of another language, in the order of the text; none for languages that cannot contain HOCON.
 * Never throws, and takes time proportional to the text.
 *
 * @param isCanton whether a text is Canton configuration; called for blocks without any other evidence
 */
export function findRegions(languageId: string, text: string, isCanton: (text: string) => boolean): EmbeddedRegion[] {
  const carrier = carrierOf(languageId);
  const isExample = carrier === 'markdown' || carrier === 'restructuredtext';
  const finders = (depth: number, isExpanded = false): Finders => ({
    isCanton,
    isExample,
    isExpanded,
    yaml: (inner, expands) => (depth === 0 ? [] : findYamlRegions(inner, finders(depth - 1, expands), false)),
    shell: (inner) => (depth === 0 ? [] : findShellRegions(inner, finders(depth - 1))),
  });
  return carrier === undefined ? [] : FINDERS[carrier](text, finders(MAX_DEPTH));
}
