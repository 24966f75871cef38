import { type CST, Parser } from 'yaml';
import type { TextRange } from '../text/location';

/** A node of a YAML file with its key; `properties` are the tokens before it, where its anchor is. */
export interface YamlNode {
  readonly token: CST.Token;
  readonly key: CST.Token | undefined;
  readonly properties: readonly CST.SourceToken[];
  readonly parent: Collection | undefined;
}

export type Collection = CST.BlockMap | CST.BlockSequence | CST.FlowCollection;

export function isCollection(token: CST.Token | null | undefined): token is Collection {
  return token?.type === 'block-map' || token?.type === 'block-seq' || token?.type === 'flow-collection';
}

/** The items of a map or list; faulty parts (a list item in a map) are passed on unchanged. */
export function itemsOf(collection: Collection): readonly CST.CollectionItem[] {
  return collection.items as readonly CST.CollectionItem[];
}

/** From the first to the last character of a node; blanks, comments and line ends after it are left out. */
export function extentOf(token: CST.Token): { start: number; end: number } {
  const start = token.offset;
  let end = start;
  for (let node: CST.Token | undefined | null = token; node; ) {
    if (node.type === 'flow-collection') {
      const close: CST.SourceToken | undefined = node.end.find((each) => each.type.startsWith('flow-'));
      if (close !== undefined) return { start, end: close.offset + close.source.length };
    }
    if (!isCollection(node)) {
      const header = node.type === 'block-scalar' ? node.props.map((each) => sourceOf(each)).join('').length : 0;
      return { start, end: node.offset + header + sourceOf(node).length };
    }
    const item: CST.CollectionItem | undefined = itemsOf(node).at(-1);
    for (const each of [...(item?.start ?? []), ...(item?.sep ?? [])]) {
      if (!/space|newline|comment/.test(each.type)) end = each.offset + each.source.length;
    }
    node = item?.value ?? item?.key;
  }
  return { start, end };
}

function sourceOf(token: CST.Token): string {
  return 'source' in token ? token.source : '';
}

/**
 * The documents of a file, each as its nodes in the order of the text. It uses tokens instead of the library's
 * documents: they exist for any text, even with faults, and aliases cannot multiply them. It walks without recursion.
 *
 * @param isWorthIt asked about the text of a document before it is parsed
 */
export function* yamlDocuments(text: string, isWorthIt: (range: TextRange) => boolean): Generator<readonly YamlNode[]> {
  for (const range of documentRanges(text)) if (isWorthIt(range)) yield* nodesOf(text, range);
}

/** A line of three hyphens begins a document everywhere, even inside a string (section 9.1.2). */
function* documentRanges(text: string): Generator<TextRange> {
  let start = 0;
  for (const { index } of text.matchAll(/^---(?=[ \t\r\n]|$)/gm)) {
    if (index > start) yield { start, end: index };
    start = index;
  }
  yield { start, end: text.length };
}

function* nodesOf(text: string, range: TextRange): Generator<readonly YamlNode[]> {
  for (const document of documentTokens(text, range)) {
    if (document.value === undefined) continue;
    const nodes: YamlNode[] = [];
    const pending: YamlNode[] = [
      { token: document.value, key: undefined, properties: document.start, parent: undefined },
    ];
    for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
      nodes.push(node);
      if (!isCollection(node.token)) continue;
      const items = itemsOf(node.token);
      for (let i = items.length - 1; i >= 0; i--) pushItem(pending, node.token, items[i] as CST.CollectionItem);
    }
    yield nodes;
  }
}

/** The parser stops at an unmatched bracket, and is restarted at the next line that is not indented. */
function* documentTokens(text: string, range: TextRange): Generator<CST.Document> {
  for (let start: number | undefined = range.start; start !== undefined && start < range.end; ) {
    const parser = new Parser();
    parser.offset = start;
    let failedAt: number | undefined;
    for (const token of parser.parse(text.slice(start, range.end))) {
      if (token.type === 'document') yield token;
      else if (token.type === 'error') {
        failedAt = token.offset;
        break;
      }
    }
    start = failedAt === undefined ? undefined : nextTopLevelLine(text, failedAt);
  }
}

function nextTopLevelLine(text: string, from: number): number | undefined {
  const pattern = /\n(?=[^\s#])/g;
  pattern.lastIndex = from;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

function pushItem(pending: YamlNode[], parent: Collection, { start, key, sep, value }: CST.CollectionItem): void {
  if (value) pending.push({ token: value, key: key ?? undefined, properties: sep ?? start, parent });
  // A list item in a flow list is a key without a value; keys that are collections may also contain anything.
  if (key && (isCollection(key) || (!value && parent.type !== 'block-map'))) {
    pending.push({ token: key, key: undefined, properties: start, parent });
  }
}
