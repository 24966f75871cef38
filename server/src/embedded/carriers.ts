export type CarrierLanguage =
  | 'dockercompose'
  | 'yaml'
  | 'markdown'
  | 'restructuredtext'
  | 'shellscript'
  | 'dotenv'
  | 'gotmpl';

/** A kind of document that may contain HOCON. */
interface Carrier {
  /** IDs of VS Code and its extensions, and file types of Neovim such as `yaml.helm-values`. */
  readonly languageId: RegExp;
  /** The editors' language ID for a file with such a name. */
  readonly files: RegExp;
  readonly language: CarrierLanguage;
}

/** The first match counts. */
const CARRIERS: readonly Carrier[] = [
  {
    languageId: /compose\b/,
    files: /(?:^|\/)(?:docker-)?compose[^/]*\.ya?ml$/i,
    language: 'dockercompose',
  },
  {
    languageId: /^(?:yaml|helm)\b/,
    files: /\.ya?ml$/i,
    language: 'yaml',
  },
  {
    languageId: /^(?:markdown|mdx)\b/,
    files: /\.(?:md|markdown|mdx)$/i,
    language: 'markdown',
  },
  { languageId: /^(?:restructuredtext|rst)$/, files: /\.rst$/i, language: 'restructuredtext' },
  {
    languageId: /^(?:shellscript|sh|bash|zsh)$/,
    files: /\.(?:sh|bash|zsh)$/i,
    language: 'shellscript',
  },
  {
    languageId: /^(?:dotenv|env)$/,
    files: /(?:^|\/)(?:\.env(?:\.[\w.-]+)?|[\w.-]+\.env)$/i,
    language: 'dotenv',
  },
  {
    languageId: /^(?:gotmpl|go-template|jinja\S*|ansible-jinja)$/,
    files: /\.(?:tpl|tmpl|gotmpl|j2|jinja2?)$/i,
    language: 'gotmpl',
  },
];

/**
 * The IDs of these languages in VS Code and its extensions, which the client serves and which start it. Unlike the
 * server, it has no patterns for languages.
 */
export const ENCLOSING_LANGUAGES: readonly string[] = [
  'dockercompose',
  'yaml',
  'helm',
  'markdown',
  'mdx',
  'restructuredtext',
  'shellscript',
  'dotenv',
  'gotmpl',
  'jinja',
];

/** The language id of editors for a file with this name; undefined if it cannot contain HOCON. */
export function languageOfFile(path: string): string | undefined {
  return CARRIERS.find(({ files }) => files.test(path))?.language;
}

const HOCON_FILE = /\.(?:conf|hocon|json)$/i;

/** The kind of a file by its name: the language that holds HOCON, or `hocon`; undefined if it is neither. */
export function kindOfFile(path: string): string | undefined {
  return languageOfFile(path) ?? (HOCON_FILE.test(path) ? 'hocon' : undefined);
}

/** Whether files of this language can hold HOCON. */
export function mayHoldRegions(languageId: string): boolean {
  return CARRIERS.some((carrier) => carrier.languageId.test(languageId));
}

/** The kind of document for a language ID; undefined for documents that cannot contain HOCON. */
export function carrierOf(languageId: string): CarrierLanguage | undefined {
  return CARRIERS.find((carrier) => carrier.languageId.test(languageId))?.language;
}
