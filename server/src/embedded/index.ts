import { findMarkdownRegions } from './markdown';
import type { EmbeddedRegion } from './region';
import { findShellRegions } from './shell';
import { findYamlRegions } from './yaml';

export type { PositionMap, Segment, SegmentKind } from '../text/position-map';
export { mentionsCanton } from './mentions';
export type { HostEdit } from './notation';
export type { EmbeddedRegion, RegionKind } from './region';
export { withoutTabStops } from './snippet';
export { toCamelCase } from './splice';

/** Language ids of VS Code, of its extensions for Helm and Compose, and file types of Neovim such as `yaml.helm-values`. */
const YAML = /^(?:yaml|helm|docker-?compose)\b/;
const COMPOSE = /compose/;
const MARKDOWN = /^(?:markdown|mdx)\b/;
const SHELL = /^(?:shellscript|sh|bash)$/;

const YAML_FILE = /\.ya?ml$/i;
const COMPOSE_FILE = /(?:^|\/)(?:docker-)?compose[^/]*$/i;
const SHELL_FILE = /\.(?:sh|bash)$/i;
const MARKDOWN_FILE = /\.(?:md|markdown|mdx)$/i;

/** What editors call the language of a file with this name; undefined where it cannot hold HOCON. */
export function languageOfFile(path: string): string | undefined {
  if (YAML_FILE.test(path)) return COMPOSE_FILE.test(path) ? 'dockercompose' : 'yaml';
  if (SHELL_FILE.test(path)) return 'shellscript';
  return MARKDOWN_FILE.test(path) ? 'markdown' : undefined;
}

/** Whether files of this language can hold HOCON. */
export function mayHoldRegions(languageId: string): boolean {
  return YAML.test(languageId) || MARKDOWN.test(languageId) || SHELL.test(languageId);
}

/**
 * The HOCON in a document of another language, in the order of the text; none for languages that hold no HOCON. Never
 * throws, and takes time in proportion to the text.
 *
 * @param isCanton whether a text is Canton's configuration, asked about blocks that nothing else tells of
 */
export function findRegions(languageId: string, text: string, isCanton: (text: string) => boolean): EmbeddedRegion[] {
  if (YAML.test(languageId)) return findYamlRegions(text, isCanton, COMPOSE.test(languageId));
  if (SHELL.test(languageId)) return findShellRegions(text, isCanton);
  return MARKDOWN.test(languageId) ? findMarkdownRegions(text, isCanton) : [];
}
