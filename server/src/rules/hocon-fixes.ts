import { faultsAfter } from '../edits/changes';
import type { Problem } from '../hocon/problem';
import { type FieldNode, nodeAt, type SyntaxNode, type SyntaxTree } from '../hocon/syntax/syntax';
import type { ConfigObject, ConfigValue } from '../hocon/values/config-value';
import type { Diagnostic, Fix } from '../model/diagnostic';
import { hoconQuoted, hoconString } from '../text/encoders/hocon';
import { lineEnd, lineIndent, lineStart } from '../text/lines';
import type { TextRange } from '../text/location';
import { nearest } from '../text/nearest';
import type { RuleContext } from './rule';

/** The fixes of a syntax problem; `written` is the text in its range. */
type Mend = (at: {
  readonly tree: SyntaxTree;
  readonly range: TextRange;
  readonly written: string;
  readonly config: ConfigObject;
}) => readonly Mended[];

interface Mended {
  readonly title: string;
  readonly range: TextRange;
  readonly newText: string;
  readonly preferred?: boolean;
}

const MENDS: Readonly<Record<string, Mend>> = {
  'hocon/unclosed': closed,
  'hocon/unopened': opened,
  'hocon/unbalanced': ({ range, written }) => [{ title: `Remove '${written}'`, range, newText: '' }],
  'hocon/bad-string': mendedString,
  'hocon/bad-escape': ({ range, written }) => [
    { title: 'Write a backslash as two', range, newText: `\\${written}`, preferred: true },
  ],
  'hocon/syntax': mendedToken,
  'hocon/no-separator': ({ tree, range: { end } }) => {
    const [title, newText] = tree.syntax === 'json' ? ["Add ':'", ':'] : ["Add '='", ' ='];
    return [{ title, range: { start: end, end }, newText, preferred: true }];
  },
  'hocon/no-comma': ({ range: { end } }) => [
    { title: "Add ','", range: { start: end, end }, newText: ',', preferred: true },
  ],
  'hocon/bad-path': singleDots,
  'hocon/bad-include': quotedInclude,
  'hocon/include-not-found': requiredInclude,
  'hocon/unresolved': otherReference,
};

/** `${NAME:-default}`, `$NAME` and the like: what a shell or Compose would replace. */
const SHELL_VARIABLE = /^\$(?:\{([A-Za-z_]\w*)(?::?([-=?+]|[%#/^,@])(.*?))?\}|([A-Za-z_]\w*))/;

const SHELL_FAULTS = new Set(['hocon/bad-path', 'hocon/syntax', 'hocon/unclosed-substitution']);
/** `${AWS_REGION-us-east-1}`, which HOCON reads as the name of a key that no file sets. */
const NAME_WITH_DEFAULT = /^\$\{"?[A-Z][A-Z0-9_]*(?:-|[%/].)/;

/** A variable written for a shell, and the field whose whole value it is. */
interface ShellVariable {
  readonly name: string;
  /** The default that the shell uses if it is not set. */
  readonly fallback: string | undefined;
  readonly range: TextRange;
  readonly field: FieldNode | undefined;
}

function shellVariableAt(tree: SyntaxTree, at: number): ShellVariable | undefined {
  const lineFrom = lineStart(tree.text, at);
  const line = tree.text.slice(lineFrom, lineEnd(tree.text, at));
  // The problem may be at a character inside.
  const from = line.lastIndexOf('$', at - lineFrom);
  const match = from < 0 ? null : SHELL_VARIABLE.exec(line.slice(from));
  if (match === null || lineFrom + from + match[0].length <= at) return undefined;
  const [source, braced, operator, word = '', bare] = match;
  if (bare === undefined && operator === undefined) return undefined;
  const range = { start: lineFrom + from, end: lineFrom + from + source.length };
  const fallback = operator === '-' || operator === '=' ? word : undefined;
  let node: SyntaxNode | undefined = nodeAt(tree, range.start);
  while (node !== undefined && node.kind !== 'field') node = node.parent;
  const before = node === undefined ? '' : tree.text.slice(node.path.end, range.start);
  const isWhole = /^\s*[=:]\s*$/.test(before) && /^[ \t]*(?:[,}#]|\/\/|$)/.test(line.slice(from + source.length));
  return { name: (braced ?? bare) as string, fallback, range, field: isWhole ? node : undefined };
}

/** Puts the note that the text is shell syntax first; the fix writes the HOCON equivalent. */
function withShellVariable(problem: Problem, tree: SyntaxTree): Diagnostic | undefined {
  const variable = shellVariableAt(tree, problem.range.start);
  if (variable === undefined) return undefined;
  const { name, fallback, range, field } = variable;
  const written = tree.text.slice(range.start, range.end);
  const key = field === undefined ? 'key' : tree.text.slice(field.path.start, field.path.end);
  const instead =
    fallback === undefined ? `'\${${name}}'` : `'${key} = ${fallback}' and after it '${key} = \${?${name}}'`;
  const message = `'${written}' is shell syntax, which HOCON does not support. Use ${instead}.`;
  // A text of one line, such as a value in YAML, may have no room for another.
  const isAlone =
    field !== undefined &&
    tree.text.includes('\n') &&
    lineIndent(tree.text, field.start).length === field.start - lineStart(tree.text, field.start);
  const separator = isAlone ? `${/\r?\n/.exec(tree.text)?.[0] ?? '\n'}${lineIndent(tree.text, range.start)}` : ', ';
  const newText =
    fallback === undefined ? `\${${name}}` : field && `${hoconString(fallback)}${separator}${key} = \${?${name}}`;
  const fixes: readonly Fix[] =
    newText === undefined
      ? []
      : [{ title: 'Write it for HOCON', edits: [{ uri: problem.uri, range, newText }], preferred: true }];
  return { ...problem, message, range, fixes };
}

/** A fault of the text and its fix, if the fix is obvious. */
export function withHoconFixes(
  problem: Problem,
  { tree: treeOf, config }: Pick<RuleContext, 'tree' | 'config'>,
): Diagnostic {
  const { code, uri, range } = problem;
  const tree = treeOf(uri);
  if (tree === undefined) return problem;
  const written = tree.text.slice(range.start, range.end);
  const isForShell = SHELL_FAULTS.has(code) || (code === 'hocon/unresolved' && NAME_WITH_DEFAULT.test(written));
  const shell = tree.syntax === 'conf' && isForShell ? withShellVariable(problem, tree) : undefined;
  if (shell !== undefined) return shell;
  const mend = MENDS[code];
  if (mend === undefined) return problem;
  const fixes = mend({ tree, range, written, config }).map(({ title, range: there, newText, preferred }): Fix => {
    const fix = { title, edits: [{ uri, range: there, newText }] };
    return preferred === true ? { ...fix, preferred } : fix;
  });
  // A fix for HOCON may not be valid in JSON.
  const apt =
    tree.syntax === 'conf' ? fixes : fixes.filter(({ edits }) => faultsAfter(tree, edits) < tree.problems.length);
  return { ...problem, fixes: apt };
}

/** The parser has treated the deeper indented lines as content. */
function closed({ tree, range, written }: Parameters<Mend>[0]): readonly Mended[] {
  const { text } = tree;
  let node: SyntaxNode | undefined = nodeAt(tree, range.end);
  while (node !== undefined && (node.start !== range.start || node.kind === 'concatenation')) node = node.parent;
  if (node?.kind !== 'object' && node?.kind !== 'array') return [];
  const bracket = written === '[' ? ']' : '}';
  const inside = node.kind === 'object' ? node.entries : node.elements;
  const end = inside.at(-1)?.end ?? range.end;
  const isOneLine = lineStart(text, end) === lineStart(text, range.start);
  const at = isOneLine ? end : lineEnd(text, end);
  const eol = /\r?\n/.exec(text)?.[0] ?? '\n';
  const newText = isOneLine ? ` ${bracket}` : `${eol}${lineIndent(text, range.start)}${bracket}`;
  return [{ title: `Add '${bracket}'`, range: { start: at, end: at }, newText }];
}

/** After a key that is followed by its object, or before a key in the object. */
function opened({ tree, range: { start, end } }: Parameters<Mend>[0]): readonly Mended[] {
  const isInside = /^[ \t]*[=:]/.test(tree.text.slice(end, lineEnd(tree.text, end)));
  const at = isInside ? start : end;
  return [{ title: "Add '{'", range: { start: at, end: at }, newText: isInside ? '{ ' : ' {', preferred: true }];
}

function mendedString({ range, written }: Parameters<Mend>[0]): readonly Mended[] {
  if (written.startsWith('"""')) return [];
  const escaped = written.replace(/\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})|[\\\t]/g, (part) => {
    return part === '\\' ? '\\\\' : part === '\t' ? '\\t' : part;
  });
  if (escaped !== written) {
    const title = written.includes('\t') ? 'Write the tab as \\t' : 'Escape the backslash';
    return [{ title, range, newText: escaped, preferred: true }];
  }
  const end = range.start + written.replace(/[\s,]+$/, '').length;
  return [{ title: 'Add the closing quote', range: { start: end, end }, newText: '"' }];
}

/** The texts that may follow a value on its line. */
const AFTER_VALUE = /[,#{}[\]"]|(?<!:)\/\/|\$\{/;

function mendedToken({ tree, range, written }: Parameters<Mend>[0]): readonly Mended[] {
  if (/^,+$/.test(written)) return [{ title: `Remove '${written}'`, range, newText: '', preferred: true }];
  if (written === '}' || written === ']') {
    const comma = tree.text.lastIndexOf(',', range.start);
    const there = { start: comma, end: comma + 1 };
    return [{ title: 'Remove the comma before it', range: there, newText: '', preferred: true }];
  }
  const cut = written.search(AFTER_VALUE);
  const value = (cut < 0 ? written : written.slice(0, cut)).trimEnd();
  // Without such a character, the fault is not in the value, or not only there.
  if (!/[$:=+`^?!@*&\\]/.test(value)) return [];
  const there = { start: range.start, end: range.start + value.length };
  return [{ title: 'Put the value in quotes', range: there, newText: hoconQuoted(value), preferred: cut < 0 }];
}

function singleDots({ range, written }: Parameters<Mend>[0]): readonly Mended[] {
  if (written.includes('"')) return [];
  const [, open = '', path = '', close = ''] = /^(\$\{\??)?(.*?)(\})?$/s.exec(written) as RegExpExecArray;
  const single = path.replace(/\.{2,}/g, '.').replace(/^\.|\.$/g, '');
  if (single === path || single === '') return [];
  return [{ title: 'Remove the dot', range, newText: open + single + close, preferred: true }];
}

function quotedInclude({ tree, range }: Parameters<Mend>[0]): readonly Mended[] {
  const line = tree.text.slice(range.start, lineEnd(tree.text, range.start));
  const [, keyword = '', name = ''] =
    /^(include\s+(?:required\(\s*)?(?:(?:file|url|classpath)\(\s*)?)([^\s"()[\]{},#]+)/.exec(line) ?? [];
  if (name === '' || name === 'required') return [];
  const start = range.start + keyword.length;
  const there = { start, end: start + name.length };
  return [{ title: 'Put the file name in quotes', range: there, newText: hoconQuoted(name), preferred: true }];
}

function requiredInclude({ range, written }: Parameters<Mend>[0]): readonly Mended[] {
  const [, keyword = '', target = ''] = /^(include\s+)(.+)$/s.exec(written) ?? [];
  if (target === '' || target.startsWith('required')) return [];
  const there = { start: range.start + keyword.length, end: range.end };
  return [{ title: 'Make Canton refuse to start without it', range: there, newText: `required(${target})` }];
}

/** Offers a key with a similar name, or an optional reference. */
function otherReference({ tree, range, config }: Parameters<Mend>[0]): readonly Mended[] {
  let node: SyntaxNode | undefined = nodeAt(tree, range.start + 2);
  while (node !== undefined && node.kind !== 'substitution') node = node.parent;
  if (node === undefined || node.optional) return [];
  const names = node.path.elements.map(({ name }) => name);
  const mended: Mended[] = [];
  node.path.elements.forEach(({ name, start, end }, i) => {
    const around = objectAt(config, names.slice(0, i));
    const suggestion = around?.entries.has(name) === false ? nearest(name, around.entries.keys()) : undefined;
    const others = [...names.slice(0, i), suggestion ?? name, ...names.slice(i + 1)];
    if (suggestion === undefined || !PLAIN_NAME.test(suggestion) || !isSet(config, others)) return;
    mended.push({ title: `Refer to '${suggestion}'`, range: { start, end }, newText: suggestion, preferred: true });
  });
  // Without the mixin of another file, Canton would start with its keys in memory.
  if (names.some((name) => /^_|^storage$/.test(name)) || keysAround(node).includes('storage')) return mended;
  const mark = { start: node.start + 2, end: node.start + 2 };
  return [...mended, { title: 'Leave it out where nothing is set', range: mark, newText: '?' }];
}

function keysAround(inner: SyntaxNode): readonly string[] {
  const names: string[] = [];
  for (let node: SyntaxNode | undefined = inner; node !== undefined; node = node.parent) {
    if (node.kind === 'field') names.push(...node.path.elements.map(({ name }) => name));
  }
  return names;
}

const PLAIN_NAME = /^[\w-]+$/;

function objectAt(config: ConfigObject, path: readonly string[]): ConfigObject | undefined {
  let object: ConfigObject | undefined = config;
  for (const name of path) {
    const value: ConfigValue | undefined = object?.entries.get(name)?.value;
    object = value?.kind === 'object' ? value : undefined;
  }
  return object;
}

function isSet(config: ConfigObject, path: readonly string[]): boolean {
  return objectAt(config, path.slice(0, -1))?.entries.has(path.at(-1) as string) === true;
}
