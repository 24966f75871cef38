/** The declarations of a Scala file that configurations consist of: classes with parameters, families, constants. */
export interface Declaration {
  /** The name with the enclosing objects: `KmsConfig.Aws`. */
  readonly name: string;
  readonly kind: 'class' | 'object' | 'family' | 'alias';
  /** Its members are in the same file, and are read by the word in `type`. */
  readonly isSealed: boolean;
  /** The parameters of a case class, in order. */
  readonly parameters: readonly Parameter[];
  /** The class that it extends, without type parameters. */
  readonly parents: readonly string[];
  /** The target of an alias. */
  readonly target: string;
}

export interface Parameter {
  readonly name: string;
  readonly type: string;
  /** The source text on one line. */
  readonly default: string | undefined;
}

/** The moves of old keys that Canton applies before it reads an object (`DeprecatedConfigUtils.scala`). */
export interface Deprecations {
  /** The class or trait whose keys they are. */
  readonly of: string;
  readonly moved: Readonly<Record<string, readonly string[]>>;
  /** The removed keys with the release that removed them, and the required value, if only one value was affected. */
  readonly dropped: Readonly<Record<string, string>>;
}

export interface ScalaSource {
  readonly declarations: readonly Declaration[];
  /** Constants with the objects that they are in: `KmsConfig.defaultRetries`. */
  readonly constants: ReadonlyMap<string, string>;
  readonly deprecations: readonly Deprecations[];
  /** Families that are read from one word. */
  readonly enumerations: ReadonlySet<string>;
  /** Names that are imported as others. */
  readonly renamed: ReadonlyMap<string, string>;
}

const HEAD =
  /\b(?:case\s+class|case\s+object|sealed\s+trait|sealed\s+abstract\s+class|object|trait|class|type|val)\s+(\w+)|[{}]/g;

/** Reads declarations by their words and brackets; other text is skipped. */
export function readScala(source: string): ScalaSource {
  const text = withoutComments(source);
  const declarations: Declaration[] = [];
  const constants = new Map<string, string>();
  /** For each open brace the object that it opens, if any. */
  const scopes: (string | undefined)[] = [];
  let pending: string | undefined;
  HEAD.lastIndex = 0;
  for (let found = HEAD.exec(text); found !== null; found = HEAD.exec(text)) {
    const [words, name] = found;
    if (words === '{') scopes.push(pending);
    if (words === '}') scopes.pop();
    pending = undefined;
    if (name === undefined) continue;
    const outer = scopes.filter((scope) => scope !== undefined);
    const full = [...outer, name].join('.');
    const at = HEAD.lastIndex;
    if (words.startsWith('val')) {
      const constant = /^\s*(?::[^=\n]+)?=\s*([^\n}]+)/.exec(text.slice(at, at + 400))?.[1];
      if (constant !== undefined && scopes.every((scope) => scope !== undefined))
        constants.set(full, inOneLine(constant));
    } else if (words.startsWith('type')) {
      const target = /^\s*=\s*([\w.]+)/.exec(text.slice(at))?.[1];
      if (target !== undefined)
        declarations.push({ name: full, kind: 'alias', parameters: [], parents: [], target, isSealed: false });
    } else {
      const afterTypes = text[at] === '[' ? closing(text, at) : at;
      const hasParameters = text[afterTypes] === '(';
      const end = hasParameters ? closing(text, afterTypes) : afterTypes;
      const header =
        /^[^{}]*?(?=[{}]|\n\s*\n|\n\s*(?:@|final|sealed|object|case|private|import|def|val)|$)/.exec(
          text.slice(end),
        )?.[0] ?? '';
      declarations.push({
        name: full,
        kind: words.includes('object') ? 'object' : /trait|abstract/.test(words) ? 'family' : 'class',
        parameters: words.startsWith('case class') ? parametersOf(text.slice(afterTypes + 1, end - 1)) : [],
        parents: [...header.matchAll(/\b(?:extends|with)\s+([\w.]+)/g)].map(([, parent = '']) => parent),
        target: '',
        isSealed: words.startsWith('sealed'),
      });
      HEAD.lastIndex = end;
      if (/^[^{}\n]*(\n[^{}\n]*)*?\{/.test(header + text.slice(end + header.length, end + header.length + 1)))
        pending = name;
    }
  }
  const renamed = new Map(
    [...text.matchAll(/\b(\w+)\s+(?:as|=>)\s+(\w+)\s*[,}]/g)].map(([, from = '', to = '']) => [to, from]),
  );
  const enumerations = new Set(
    [...text.matchAll(/deriveEnumeration(?:Reader|Convert)\[\s*([\w.]+)\s*\]/g)].map(([, name = '']) => lastOf(name)),
  );
  return { declarations, constants, deprecations: deprecationsIn(text), enumerations, renamed };
}

const STRING = /"([^"]*)"/g;

function deprecationsIn(text: string): readonly Deprecations[] {
  return [...text.matchAll(/new DeprecatedFieldsFor\[([\w.]+)\]\s*(?=\{)/g)].map((found) => {
    const start = found.index + found[0].length;
    const body = text.slice(start, closing(text, start));
    const moved: Record<string, readonly string[]> = {};
    const dropped: Record<string, string> = {};
    for (const call of body.matchAll(/\b(Moved|Deprecated)ConfigPath(?:\[[\w.]+\])?\(/g)) {
      const open = call.index + call[0].length - 1;
      const inside = body.slice(open, closing(body, open));
      const since = /since\s*=\s*"([^"]*)"/.exec(inside)?.[0] ?? '';
      const [path = '', ...others] = [
        ...inside
          .replace(since, '')
          .replace(/Some\(.*/, '')
          .matchAll(STRING),
      ].map(([, one = '']) => one);
      const release = /"([^"]*)"/.exec(since)?.[1] ?? others[0] ?? '';
      const value = /Some\("?(\w+)"?\)/.exec(inside)?.[1];
      if (call[1] === 'Moved') moved[path] = others;
      else dropped[path] = value === undefined ? release : `${release} if ${value}`;
    }
    return { of: lastOf(found[1] ?? ''), moved, dropped };
  });
}

/** `B` of `A.B`. */
export function lastOf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

function withoutComments(source: string): string {
  return source.replace(/"(?:[^"\\\n]|\\.)*"|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, (part) =>
    part.startsWith('"') ? part : ' ',
  );
}

function inOneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** The offset after the bracket that closes the one at `start`. */
function closing(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    if ('([{'.includes(text[at] ?? '')) depth++;
    if (')]}'.includes(text[at] ?? '') && --depth === 0) return at + 1;
  }
  return text.length;
}

function parametersOf(text: string): Parameter[] {
  return splitTop(text, ',').flatMap((part) => {
    const plain = part.replace(/@\w+\([^)]*\)|@\w+/g, '').trim();
    const [, name, rest] =
      /^(?:(?:override|private|protected|implicit|val)\s+)*(\w+)\s*:\s*([\s\S]+)$/.exec(plain) ?? [];
    if (name === undefined || rest === undefined) return [];
    const [type = '', ...value] = splitTop(rest, '=');
    return { name, type: inOneLine(type), default: value.length === 0 ? undefined : inOneLine(value.join('=')) };
  });
}

/** The parts between separators outside brackets; an arrow is not a separator. */
function splitTop(text: string, separator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const one = text[at] ?? '';
    if ('([{'.includes(one)) depth++;
    if (')]}'.includes(one)) depth--;
    if (one === separator && depth === 0 && !/^(=>|==)/.test(text.slice(at)) && !'=!<>'.includes(text[at - 1] ?? '')) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  return [...parts, text.slice(from)].filter((part) => part.trim() !== '');
}
