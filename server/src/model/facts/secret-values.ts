import { entriesOf, type SyntaxTree, walk } from '../../hocon/syntax/syntax';
import type { ConfigValue } from '../../hocon/values/config-value';
import { lineEnd } from '../../text/lines';
import type { TextRange } from '../../text/location';
import type { Diagnostic } from '../diagnostic';
import { MASKED, namesSecret, withoutCredentials } from './secrets';

/** A value in a file for a key whose name shows that it is a secret. */
interface WrittenSecret extends TextRange {
  readonly value: string;
}

const WORD = /[\p{L}\p{N}]/u;

const known = new WeakMap<SyntaxTree, readonly WrittenSecret[]>();

/** The texts and numbers in a file for secret keys. */
export function secretsOf(tree: SyntaxTree): readonly WrittenSecret[] {
  const found = known.get(tree) ?? collect(tree);
  known.set(tree, found);
  return found;
}

function collect(tree: SyntaxTree): readonly WrittenSecret[] {
  const found: WrittenSecret[] = [];
  let behind = 0;
  for (const entry of entriesOf(tree)) {
    // Every value inside a secret is a part of it.
    if (entry.kind !== 'field' || entry.start < behind) continue;
    const name = entry.path.elements.at(-1)?.name;
    if (name === undefined || !namesSecret(name)) continue;
    const { value } = entry;
    if (value === undefined) found.push(...unreadValue(tree.text, entry.path.end));
    else {
      found.push(...unreadParts(tree, value));
      for (const node of walk(value)) if (node.kind === 'scalar') found.push(node);
    }
    behind = entry.end;
  }
  return found;
}

/**
 * `pass@word`: the parser reads a value up to the sign only. All of its line is a secret then, and messages also quote the
 * text behind the sign, or the range of a problem.
 */
function unreadParts({ text, problems }: SyntaxTree, { start, end }: TextRange): readonly WrittenSecret[] {
  const faults = problems.filter(({ range }) => range.start < end && range.end > start);
  if (faults.length === 0) return [];
  const behind = start + text.slice(start, lineEnd(text, end)).trimEnd().length;
  return [{ start, end: behind }, { start: end, end: behind }, ...faults.map(({ range }) => range)]
    .map((range) => ({ ...range, value: text.slice(range.start, range.end) }))
    .filter(({ value }) => WORD.test(value));
}

const UNREAD = /[ \t]*(?:\+?=|:)[ \t]*([^\r\n]+)/y;

/** A placeholder for the value on the line of a key. */
function unreadValue(text: string, keyEnd: number): readonly WrittenSecret[] {
  UNREAD.lastIndex = keyEnd;
  const line = UNREAD.exec(text)?.[1];
  if (line === undefined) return [];
  const start = UNREAD.lastIndex - line.length;
  const value = line.trimEnd();
  return [{ start, end: start + value.length, value }];
}

const stars = (secret: string) => secret.replace(/[^\r\n]/g, '*');

/** The text with asterisks in place of the ranges and of credentials in URLs. Lengths and line breaks stay the same. */
export function starred(text: string, ranges: readonly TextRange[]): string {
  let result = '';
  let at = 0;
  for (const { start, end } of [...ranges].sort((a, b) => a.start - b.start)) {
    const from = Math.max(start, at);
    result += text.slice(at, from) + stars(text.slice(from, end));
    at = Math.max(at, end);
  }
  return withoutCredentials(result + text.slice(at), stars);
}

/**
 * A diagnostic without the secrets that its message and the titles of its fixes quote: reports and logs are read by more
 * people than the file is.
 * @param treeOf the files that it is about
 * @param value what is in effect where it is about a secret, also where that was written for another key
 */
export function withoutSecrets(
  diagnostic: Diagnostic,
  treeOf: (uri: string) => SyntaxTree | undefined,
  value: ConfigValue | undefined,
): Diagnostic {
  const { uri, range, fixes, related } = diagnostic;
  const texts = new Set(textsOf(value));
  const places = [{ uri, range }, ...(related ?? []).map(({ location }) => location)];
  for (const place of places) for (const text of secretsAt(treeOf(place.uri), place.range)) texts.add(text);
  texts.delete('');
  const hasCredentials = withoutCredentials(diagnostic.message) !== diagnostic.message;
  if (texts.size === 0 && !hasCredentials) return diagnostic;
  // Longer ones first: one may be the beginning of another.
  const longest = [...texts].sort((a, b) => b.length - a.length);
  const masked = (text: string) => longest.reduce(withoutText, withoutCredentials(text));
  return {
    ...diagnostic,
    message: masked(diagnostic.message),
    ...(fixes && { fixes: fixes.map((fix) => ({ ...fix, title: masked(fix.title) })) }),
    ...(related && { related: related.map((one) => ({ ...one, message: masked(one.message) })) }),
  };
}

/** The texts of the secrets at a place, as they are read and as they are written. */
function* secretsAt(tree: SyntaxTree | undefined, range: TextRange): Generator<string> {
  if (tree === undefined) return;
  for (const { start, end, value } of secretsOf(tree)) {
    if (start > range.end || end < range.start) continue;
    const written = tree.text.slice(start, end);
    yield value;
    yield written;
    yield written.replace(/^\W+|\W+$/g, '');
  }
}

function* textsOf(value: ConfigValue | undefined): Generator<string> {
  if (value?.kind === 'string') yield value.value;
  else if (value?.kind === 'number') yield value.text;
  else if (value?.kind === 'list') for (const element of value.elements) yield* textsOf(element);
}

/** The text with `(secret)` in place of a given text, unless that is inside a word. */
function withoutText(text: string, secret: string): string {
  let result = '';
  let at = 0;
  for (let found = text.indexOf(secret); found >= 0; found = text.indexOf(secret, at)) {
    const end = found + secret.length;
    const isInWord =
      (WORD.test(secret.charAt(0)) && WORD.test(text.charAt(found - 1))) ||
      (WORD.test(secret.charAt(secret.length - 1)) && WORD.test(text.charAt(end)));
    result += text.slice(at, found) + (isInWord ? secret : MASKED);
    at = end;
  }
  return result + text.slice(at);
}
