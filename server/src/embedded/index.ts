import { findEnvFileRegions } from './env-file';
import { findMarkdownRegions } from './markdown';
import type { Finders } from './nested';
import type { EmbeddedRegion } from './region';
import { findRstRegions } from './rst';
import { findShellRegions } from './shell';
import { findTemplateRegions } from './template-file';
import { findYamlRegions } from './yaml';

export type { PositionMap, Segment, SegmentKind } from '../text/position-map';
export { mentionsCanton } from './mentions';
export type { HostEdit } from './notation';
export type { EmbeddedRegion, RegionKind } from './region';
export { withoutTabStops } from './snippet';
export { toCamelCase } from './splice';

/** A kind of document that HOCON may stand in. */
interface Carrier {
  /** Ids of VS Code, of its extensions, and file types of Neovim such as `yaml.helm-values`. */
  readonly languageId: RegExp;
  /** What editors call the language of a file with such a name. */
  readonly files: RegExp;
  readonly language: string;
  find(text: string, finders: Finders): EmbeddedRegion[];
}

/** The first one that fits counts. */
const CARRIERS: readonly Carrier[] = [
  {
    languageId: /compose\b/,
    files: /(?:^|\/)(?:docker-)?compose[^/]*\.ya?ml$/i,
    language: 'dockercompose',
    find: (text, finders) => findYamlRegions(text, finders, true),
  },
  {
    languageId: /^(?:yaml|helm)\b/,
    files: /\.ya?ml$/i,
    language: 'yaml',
    find: (text, finders) => findYamlRegions(text, finders, false),
  },
  {
    languageId: /^(?:markdown|mdx)\b/,
    files: /\.(?:md|markdown|mdx)$/i,
    language: 'markdown',
    find: findMarkdownRegions,
  },
  { languageId: /^(?:restructuredtext|rst)$/, files: /\.rst$/i, language: 'restructuredtext', find: findRstRegions },
  {
    languageId: /^(?:shellscript|sh|bash|zsh)$/,
    files: /\.(?:sh|bash|zsh)$/i,
    language: 'shellscript',
    find: findShellRegions,
  },
  {
    languageId: /^(?:dotenv|env)$/,
    files: /(?:^|\/)(?:\.env(?:\.[\w.-]+)?|[\w.-]+\.env)$/i,
    language: 'dotenv',
    find: findEnvFileRegions,
  },
  {
    languageId: /^(?:gotmpl|go-template|jinja\S*|ansible-jinja)$/,
    files: /\.(?:tpl|tmpl|gotmpl|j2|jinja2?)$/i,
    language: 'gotmpl',
    find: findTemplateRegions,
  },
];

/** What editors call the language of a file with this name; undefined where it cannot hold HOCON. */
export function languageOfFile(path: string): string | undefined {
  return CARRIERS.find(({ files }) => files.test(path))?.language;
}

/** Whether files of this language can hold HOCON. */
export function mayHoldRegions(languageId: string): boolean {
  return CARRIERS.some((carrier) => carrier.languageId.test(languageId));
}

/** A script in a YAML file in a script: deeper, nobody writes. */
const MAX_DEPTH = 4;

/**
 * The HOCON in a document of another language, in the order of the text; none for languages that hold no HOCON. Never
 * throws, and takes time in proportion to the text.
 *
 * @param isCanton whether a text is Canton's configuration, asked about blocks that nothing else tells of
 */
export function findRegions(languageId: string, text: string, isCanton: (text: string) => boolean): EmbeddedRegion[] {
  const finders = (depth: number): Finders => ({
    isCanton,
    yaml: (inner) => (depth === 0 ? [] : findYamlRegions(inner, finders(depth - 1), false)),
    shell: (inner) => (depth === 0 ? [] : findShellRegions(inner, finders(depth - 1))),
  });
  return CARRIERS.find((carrier) => carrier.languageId.test(languageId))?.find(text, finders(MAX_DEPTH)) ?? [];
}
