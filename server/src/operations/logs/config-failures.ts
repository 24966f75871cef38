import type { Match } from './explain-log';

/** Failures of reading a configuration: HOCON that cannot be parsed or resolved, and values that PureConfig refuses. */

const COMMON = { keys: [], rules: [] } as const;

const READ = /^[^\S\n]*(?:at '(?<named>[^'\n]*)':|- (?:\((?<file>[^()\n]*?): (?<line>\d+)\) )?(?<words>[^\s'].*)$)/gm;

/**
 * ```
 * at 'canton.participants.p1.crypto.kms':
 *   - (p1.conf: 2) Key not found: 'type'.
 * ```
 */
export function readFailures(text: string): Match[] {
  const found: Match[] = [];
  let path: readonly string[] | undefined;
  for (const { index: offset, groups: { named, file, line, words } = {} } of text.matchAll(READ)) {
    if (named !== undefined) path = namesOf(named);
    else if (path?.[0] === 'canton' && words !== undefined) {
      const at = file === undefined ? {} : { at: { file: lastName(file), line: Number(line) } };
      found.push({ ...COMMON, offset, path, ...at, ...described(path, words) });
    }
  }
  return found;
}

type Described = Pick<Match, 'id' | 'cause' | 'remedy' | 'words' | 'source'> & Partial<Pick<Match, 'missing'>>;

function described(path: readonly string[], words: string): Described {
  const key = path.join('.');
  const common = { words: `at '${key}': ${words}`, source: 'PureConfig through ConfigErrors.scala:133 3.3 to 3.6' };
  const [, missing] = /^Key not found: '([^']*)'/.exec(words) ?? [];
  if (missing !== undefined) {
    return {
      ...common,
      id: 'read/missing-key',
      missing,
      cause: `'${key}' has no key '${missing}', which is required.`,
      remedy: `Add '${missing}', or correct the key that was meant by it.`,
    };
  }
  if (/^Unknown key/.test(words)) {
    return {
      ...common,
      id: 'read/unknown-key',
      cause: `This version of Canton has no key '${key}'.`,
      remedy: 'Correct the key, or move it to the section that has it.',
    };
  }
  if (/^Expected type /.test(words)) {
    return {
      ...common,
      id: 'read/wrong-type',
      cause: `The value of '${key}' has the wrong type.`,
      remedy: 'Write a value of the type that Canton expects.',
    };
  }
  return {
    ...common,
    id: 'read/invalid-value',
    cause: `Canton does not accept the value of '${key}'.`,
    remedy: 'Write one of the allowed values: `canton-kms check` lists them.',
  };
}

/** A path as PureConfig prints it; keys with dots are in double quotes. */
function namesOf(path: string): readonly string[] {
  return [...path.matchAll(/"((?:[^"\\]|\\.)*)"|[^.]+/g)].map(([all, quoted]) => quoted ?? all);
}

function lastName(path: string): string {
  return path.replace(/^.*[/\\]/, '');
}

/** `ConfigException$Parse: p1.conf: 4: expecting a close parentheses` */
const HOCON =
  /com\.typesafe\.config\.ConfigException\$(?<kind>\w+): (?<file>[^\n]*?): (?<line>\d+)(?:-\d+)?: (?<words>[^\n]*)/g;

/** Other software has the same library, so Canton's own words must be there. */
const CANTONS =
  /CONFIG_SUBSTITUTION_ERROR\(|CANNOT_PARSE_CONFIG_FILES\(|Failed to read config at startup|parse the Canton config files/;

export function hoconFailures(text: string): Match[] {
  if (!CANTONS.test(text)) return [];
  return [...text.matchAll(HOCON)].map((found) => {
    const { groups: { kind = '', file = '', line = '', words: all = '' } = {} } = found;
    const words = all.replace(/\)*, (?:location|com\.typesafe).*$/, '').replace(/\){2,}$/, '');
    const at = { file: lastName(file), line: Number(line) };
    const [, variable] = /\$\{\??([^}]*)\}/.exec(words) ?? [];
    const common = { ...COMMON, offset: startOf(text, found.index), at, words: `${at.file}: ${line}: ${words}` };
    if (kind === 'UnresolvedSubstitution' && variable !== undefined) {
      return {
        ...common,
        rules: ['hocon/unresolved'],
        id: 'hocon/unresolved-substitution',
        cause: `"\${${variable}}" in ${at.file} cannot be resolved: no key and no environment variable has this name.`,
        remedy: `Set ${variable} in the environment of the node, or correct its name.`,
        source: 'ConfigErrors.scala:113-119 3.3 to 3.6',
      };
    }
    return {
      ...common,
      rules: ['hocon/'],
      id: 'hocon/syntax',
      cause: `${at.file} is not valid HOCON: ${words}`,
      remedy: 'Correct the line; often a bracket or a quote is missing before it.',
      source: 'ConfigErrors.scala:101-119 3.3 to 3.6',
    };
  });
}

/** The line that contains it: the exception is at the end of Canton's message. */
function startOf(text: string, index: number): number {
  return text.lastIndexOf('\n', index) + 1;
}
