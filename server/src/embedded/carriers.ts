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
  /** The endings of file names, in lowercase. */
  readonly endings: readonly string[];
  /** The file names, if their endings do not decide. */
  readonly names?: RegExp;
  /** The editors' language ID for a file with such a name. */
  readonly language: CarrierLanguage;
}

/** The first match counts. */
const CARRIERS: readonly Carrier[] = [
  {
    languageId: /compose\b/,
    endings: ['yaml', 'yml'],
    names: /(?:^|\/)(?:docker-)?compose[^/]*\.ya?ml$/i,
    language: 'dockercompose',
  },
  { languageId: /^(?:yaml|helm)\b/, endings: ['yaml', 'yml'], language: 'yaml' },
  { languageId: /^(?:markdown|mdx)\b/, endings: ['md', 'markdown', 'mdx'], language: 'markdown' },
  { languageId: /^(?:restructuredtext|rst)$/, endings: ['rst'], language: 'restructuredtext' },
  {
    // Instructions of a Dockerfile have here-documents and variables as a shell has them.
    languageId: /^(?:shellscript|sh|bash|zsh|dockerfile)$/,
    endings: ['sh', 'bash', 'zsh'],
    names: /\.(?:sh|bash|zsh|dockerfile)$|(?:^|\/)(?:Docker|Container)file(?:\.[\w-]+)?$/i,
    language: 'shellscript',
  },
  {
    languageId: /^(?:dotenv|env)$/,
    endings: ['env'],
    names: /(?:^|\/)(?:\.env(?:\.[\w.-]+)?|[\w.-]+\.env)$/i,
    language: 'dotenv',
  },
  {
    languageId: /^(?:gotmpl|go-template|jinja\S*|ansible-jinja)$/,
    endings: ['tpl', 'tmpl', 'gotmpl', 'j2', 'jinja', 'jinja2'],
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
  'dockerfile',
  'dotenv',
  'gotmpl',
  'jinja',
];

/** The language id of editors for a file with this name; undefined if it cannot contain HOCON. */
export function languageOfFile(path: string): string | undefined {
  const ending = /\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
  return CARRIERS.find(({ endings, names }) => names?.test(path) ?? endings.includes(ending))?.language;
}

const ENDINGS = new Set(['conf', 'hocon', 'json', 'properties', ...CARRIERS.flatMap(({ endings }) => endings)]);

/** Globs of all files that may hold HOCON or be included in it; some have a name without its ending: `.env.production`. */
export const FILE_GLOBS: readonly string[] = [
  `**/*.{${[...ENDINGS].join(',')}}`,
  '**/.env*',
  '**/{Dockerfile,Containerfile}*',
  '**/*.dockerfile',
];

const HOCON_FILE = /\.(?:conf|hocon|json)$/i;

/** The kind of a file by its name: the language that holds HOCON, or `hocon`; undefined if it is neither. */
export function kindOfFile(path: string): string | undefined {
  return languageOfFile(path) ?? (HOCON_FILE.test(path) ? 'hocon' : undefined);
}

/** True if files of this language can hold HOCON. */
export function mayHoldRegions(languageId: string): boolean {
  return carrierOf(languageId) !== undefined;
}

/** The kind of document for a language ID; undefined for documents that cannot contain HOCON. */
export function carrierOf(languageId: string): CarrierLanguage | undefined {
  return CARRIERS.find((carrier) => carrier.languageId.test(languageId))?.language;
}
