import type { TextRange } from '../text/location';
import { type MappedText, MappedTextBuilder } from '../text/mapped-text';

/** An expression of another language inside HOCON text, whose value is known only later. */
export interface Expression {
  /** The range in the region's text; empty if the host's expression leaves no trace in it. */
  readonly range: TextRange;
  readonly host: TextRange;
  /** The text in the host. */
  readonly source: string;
}

/** The templates of the document that lie in the text; `templates` are in order. */
export function templatesIn(mapped: MappedText, host: string, templates: readonly TextRange[]): Expression[] {
  let low = 0;
  let high = templates.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((templates[middle] as TextRange).start < mapped.map.host.start) low = middle + 1;
    else high = middle;
  }
  const found: Expression[] = [];
  for (let i = low; i < templates.length; i++) {
    const template = templates[i] as TextRange;
    const start = mapped.map.toRegion(template.start);
    const end = mapped.map.toRegion(template.end);
    if (start === undefined || end === undefined) break;
    found.push({ range: { start, end }, host: template, source: host.slice(template.start, template.end) });
  }
  return found;
}

/** Kubernetes replaces `$(NAME)` in variables with the values of other variables of the container. */
export function kubernetesVariables(mapped: MappedText): Expression[] {
  return [...mapped.text.matchAll(/\$\([A-Za-z_][\w.-]*\)/g)].map((match) => expressionAt(mapped, match));
}

/**
 * Placeholders in documentation for omitted parts, or for a name or value that the reader chooses: `...`,
 * `<participant>`, `{participant}`, `YOUR_PROJECT`, `[participant]` or `*` or `${NAME}` as a name, `[key = value]` for a line that may
 * be left out.
 */
export function elisions(mapped: MappedText): Expression[] {
  return [...mapped.text.matchAll(ELISION)].map((match) => expressionAt(mapped, match));
}

const ELISION = new RegExp(
  [
    // A comment of MDX; a path that is not written to its end; a line that may be left out.
    String.raw`\{\/\*[\s\S]*?\*\/\}`,
    String.raw`^[ \t]*[\w.<>"-]*\w(?:\.{3}|…)[ \t]*$`,
    String.raw`^[ \t]*\[[\w.-]+[ \t]*[=:][^[\]\n]*\][ \t]*$`,
    String.raw`(?<![\w.…-])(?:\.{3}|…)(?![\w.…-])`,
    String.raw`<[A-Za-z][\w. |/,:'-]*>`,
    String.raw`\{\{[^{}\n]*\}\}`,
    String.raw`(?<=[=:][ \t]*)(?:\|[\w -]+\||[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|[A-Z](?:-[a-z]+)*)(?=[ \t]*(?:[,}#]|$))`,
    // A placeholder for a name.
    String.raw`(?<=\w\.)(?:\*|\|[\w -]+\||\[[A-Za-z][\w -]*\]|\$?\{\w[\w-]*\})(?=[.\s={])`,
    String.raw`(?<=[=:][ \t]*)\{[A-Za-z][\w-]*\}(?=[ \t]*(?:[,}#]|$))`,
    String.raw`(?<=^[ \t]*)(?:\*|\[[A-Za-z][\w -]*\]|\$\{\w+\})(?=[ \t]*[.={])`,
  ].join('|'),
  'gm',
);

/** `${NAME}`, which may be `${NAME:-default}` and the like, or `$NAME`; `$$` is a dollar sign. */
const COMPOSE = /\$(?:\$|[A-Za-z_]\w*|\{(?:[^{}\n]|\{[^{}\n]*\})*\})/g;
/** The same in a here-document, where a backslash escapes, and arguments, commands and arithmetic may occur. */
const SHELL =
  /\\[\\$`]|\$(?:[A-Za-z_]\w*|\d|\{(?:[^{}\n]|\{[^{}\n]*\})*\}|\((?:[^()\n]|\((?:[^()\n]|\([^()\n]*\))*\))*\))|`[^`\n]*`/g;

/** The HOCON text after one of these tools has processed it, and the variables that only the tool knows. */
interface Substituted {
  readonly mapped: MappedText;
  readonly variables: Expression[];
}

/** Compose replaces `${NAME}` in every value of a file with variables of its own environment; `$$` becomes `$`. */
export function composeVariables(mapped: MappedText, host: string): Substituted {
  return substituted(mapped, host, COMPOSE, (source) => (source === '$$' ? '$' : undefined));
}

/** A shell does the same in a here-document; `\$` becomes `$`. */
export function shellVariables(mapped: MappedText, host: string): Substituted {
  return substituted(mapped, host, SHELL, (source) => (source.startsWith('\\') ? source.slice(1) : undefined));
}

/** @param escaped the text that an escape represents; undefined for variables */
function substituted(
  mapped: MappedText,
  host: string,
  pattern: RegExp,
  escaped: (source: string) => string | undefined,
): Substituted {
  const builder = new MappedTextBuilder(host);
  const found: TextRange[] = [];
  let at = 0;
  for (const { 0: source, index } of mapped.text.matchAll(pattern)) {
    builder.append(mapped, { start: at, end: index });
    at = index + source.length;
    const plainText = escaped(source);
    if (plainText !== undefined) {
      const { start, end } = mapped.map.toHostRange({ start: index, end: at });
      builder.encoded(plainText, start, end);
    } else {
      found.push({ start: builder.offset, end: builder.offset + source.length });
      builder.append(mapped, { start: index, end: at });
    }
  }
  builder.append(mapped, { start: at, end: mapped.text.length });
  const unescaped = builder.build(mapped.map.host);
  return { mapped: unescaped, variables: found.map((range) => expressionOf(unescaped, range)) };
}

/** Expressions of two languages as one list; if they overlap, those of the first language win. */
export function inOrder(first: readonly Expression[], second: readonly Expression[]): Expression[] {
  const all = [...first, ...second].sort((a, b) => a.range.start - b.range.start);
  const own = new Set(first);
  return all.filter((expression, i) => {
    if (own.has(expression)) return true;
    const next = all[i + 1];
    const previous = all[i - 1];
    return (
      (next === undefined || next.range.start >= expression.range.end) &&
      (previous === undefined || previous.range.end <= expression.range.start)
    );
  });
}

function expressionAt(mapped: MappedText, { 0: source, index }: RegExpExecArray): Expression {
  return expressionOf(mapped, { start: index, end: index + source.length });
}

function expressionOf(mapped: MappedText, range: TextRange): Expression {
  return { range, host: mapped.map.toHostRange(range), source: mapped.text.slice(range.start, range.end) };
}
