import type { CodeAction, CompletionItem, SemanticTokens, TextEdit } from 'vscode-languageserver';
import { inChartNotation } from '../deployments/chart-messages';
import { inFoldedText } from '../deployments/folded-lines';
import { type RegionKind, toCamelCase, withoutTabStops } from '../embedded';
import { type LocatedDiagnostic, MAX_DIAGNOSTICS } from '../features/requests/diagnostics';
import { AS_IS, COMPLETION, SNIPPET_FORMAT } from '../features/shared/lsp-kinds';
import { secretsOf, starred } from '../model/facts/secret-values';
import { LineIndex } from '../text/line-index';
import type { TextRange } from '../text/location';
import type { Position } from '../text/positions';
import { normalize } from '../workspace/documents';
import { enclosingOf, type Region, type RegionLines, regionOf, withoutRegions } from '../workspace/regions';
import type { Workspace } from '../workspace/workspace';
import { type CheckedFile, countProblems } from './checking';
import type { HoconService } from './hocon-service';

/**
 * A service for documents of any language: a request about an open document with embedded HOCON is sent to the region
 * at the position, or to all regions. Answers are in positions of the enclosing document, and no answer names a region.
 */
export function withEmbedded(inner: HoconService, { documents }: Workspace): HoconService {
  /** Requests about the document, or about all HOCON inside it. */
  async function inEach<T>(
    uri: string,
    ask: (uri: string, kind?: RegionKind) => Promise<readonly T[]>,
    most = Infinity,
    isOnDisk = false,
  ): Promise<T[]> {
    const key = normalize(uri);
    if (!documents.mayEnclose(key)) return [...(await ask(uri))];
    if (!isOnDisk && !documents.isOpen(key)) return [];
    const answers: T[] = [];
    for (const region of await documents.regions(key)) {
      answers.push(...(await ask(region.uri, region.kind)));
      if (answers.length >= most) break;
    }
    return answers.slice(0, most);
  }

  async function regionAt(uri: string, position: Position): Promise<Region | undefined> {
    const key = normalize(uri);
    const regions = documents.isOpen(key) ? await documents.regions(key) : [];
    return regions.find(({ lines }) => lines.contains(position));
  }

  /** The text that a question about a position is for. */
  async function at(uri: string, position: Position): Promise<string> {
    return (await regionAt(uri, position))?.uri ?? uri;
  }

  const problemsOf = async (uri: string) => inRegion(uri, await inner.diagnostics(uri));
  const diagnostics = (uri: string) => inEach(uri, problemsOf, MAX_DIAGNOSTICS);

  /** The problems of a text in the words of the language around it. */
  async function inRegion(uri: string, found: readonly LocatedDiagnostic[]): Promise<readonly LocatedDiagnostic[]> {
    const id = regionOf(uri);
    const region = id && (await documents.regions(id.enclosing))[id.index];
    if (region?.kind !== 'yaml-splice-kms' && region?.kind !== 'yaml-block') return found;
    const text = (await documents.read(id?.enclosing ?? uri)) ?? '';
    const lines = new LineIndex(text);
    return found.map((one) => {
      const range = { start: lines.offsetAt(one.range.start), end: lines.offsetAt(one.range.end) };
      if (region.kind === 'yaml-block') return inFoldedText(one, region, text, range);
      const scalar = region.scalars?.find(({ start, end }) => range.start >= start && range.start < end);
      const textOf = ({ start, end }: TextRange) => text.slice(start, end);
      return inChartNotation(one, textOf(range), scalar && textOf(scalar), textOf(region.map.host));
    });
  }

  /** The text of a document, with asterisks in place of the secrets in its regions. */
  async function starredAround(uri: string, given: string | undefined): Promise<string> {
    const secrets: TextRange[] = [];
    for (const region of await documents.regions(uri)) {
      const tree = await documents.tree(region.uri);
      if (tree !== undefined) secrets.push(...secretsOf(tree).map((secret) => region.map.toHostRange(secret)));
    }
    return starred(given ?? (await documents.read(uri)) ?? '', secrets);
  }

  const service: HoconService = {
    ...inner,
    diagnostics,
    diagnosticsOnDisk: (uri) => inEach(uri, problemsOf, MAX_DIAGNOSTICS, true),
    status: async (uri) => ({ ...(await inner.status(uri)), problems: countProblems(await diagnostics(uri)) }),

    async check(uris, asOneSet, onProgress) {
      const { files, ...result } = await inner.check(uris, asOneSet, onProgress);
      const joined = new Map<string, CheckedFile>();
      for (const [uri, { text, diagnostics }] of files) {
        const enclosing = enclosingOf(uri);
        const known = joined.get(enclosing);
        const given = enclosing === uri ? text : undefined;
        const whole = known?.text ?? (documents.mayEnclose(enclosing) ? await starredAround(enclosing, given) : text);
        const own = withoutRegions(await inRegion(uri, diagnostics));
        joined.set(enclosing, { text: whole, diagnostics: [...(known?.diagnostics ?? []), ...own].sort(byPosition) });
      }
      return { ...result, files: joined };
    },

    async completion(uri, position, options) {
      const region = await regionAt(uri, position);
      const items = await inner.completion(region?.uri ?? uri, position, options);
      return region === undefined ? items : items.flatMap((item) => toEnclosingItem(region.lines, item) ?? []);
    },

    codeActions: async (uri, range, context) =>
      joinActions(await inEach(uri, (one) => inner.codeActions(one, range, context))),
    hover: async (uri, position) => inner.hover(await at(uri, position), position),
    definition: async (uri, position) => inner.definition(await at(uri, position), position),
    references: async (uri, position, withDefinitions) =>
      inner.references(await at(uri, position), position, withDefinitions),

    async semanticTokens(uri, range) {
      if (!documents.mayEnclose(normalize(uri))) return inner.semanticTokens(uri, range);
      return joinTokens(await inEach(uri, async (one) => [await inner.semanticTokens(one, range)]));
    },

    // Maps of YAML are folded by the editor's own support for YAML.
    foldingRanges: (uri) =>
      inEach(uri, async (one, kind) => (kind === 'yaml-splice-kms' ? [] : inner.foldingRanges(one))),
    inlayHints: (uri, range, requested) => inEach(uri, (one) => inner.inlayHints(one, range, requested)),
    documentLinks: (uri) => inEach(uri, inner.documentLinks),

    // Procedures edit HOCON files only.
    codeLenses(uri, commands) {
      const fitting = commands && documents.mayEnclose(normalize(uri)) ? { ...commands, plan: undefined } : commands;
      return inEach(uri, (one) => inner.codeLenses(one, fitting));
    },
    procedureActions: async (uri, range, command) =>
      documents.mayEnclose(normalize(uri)) ? [] : inner.procedureActions(uri, range, command),

    async effective(uri, node) {
      const [found] = await inEach(uri, async (one) => {
        const document = await inner.effective(one, node);
        return document === undefined ? [] : [document];
      });
      return found;
    },
  };
  return mapAnswers(service, withoutRegions);
}

/** The same functions, each answer passed through `map`. */
function mapAnswers<T extends object>(service: T, map: (answer: unknown) => unknown): T {
  const mapped = Object.entries(service).map(([name, ask]: [string, (...given: unknown[]) => unknown]) => [
    name,
    (...given: unknown[]) => {
      const answer = ask(...given);
      return answer instanceof Promise ? answer.then(map) : map(answer);
    },
  ]);
  return Object.fromEntries(mapped) as T;
}

/** Joins the actions for whole documents: an editor applies only one action of an answer. */
function joinActions(actions: readonly CodeAction[]): CodeAction[] {
  const joined: CodeAction[] = [];
  const byTitle = new Map<string, CodeAction>();
  for (const action of actions) {
    const same = action.kind?.startsWith('source.') ? byTitle.get(action.title) : undefined;
    if (same === undefined) {
      joined.push(action);
      byTitle.set(action.title, action);
    } else same.edit = { changes: { ...same.edit?.changes, ...action.edit?.changes } };
  }
  return joined;
}

function byPosition({ range: a }: LocatedDiagnostic, { range: b }: LocatedDiagnostic): number {
  return a.start.line - b.start.line || a.start.character - b.start.character;
}

/** Stands for a tab of a snippet: YAML has no tabs in its indentation. */
const INDENT = '  ';

/** A completion of HOCON in the notation of its enclosing document; undefined if that cannot express it. */
function toEnclosingItem(lines: RegionLines, item: CompletionItem): CompletionItem | undefined {
  const { textEdit, additionalTextEdits = [] } = item;
  if (textEdit === undefined || !('range' in textEdit)) return undefined;
  const main = toEnclosingEdit(lines, textEdit, item.insertTextFormat === SNIPPET_FORMAT);
  const additional = additionalTextEdits.map((edit) => toEnclosingEdit(lines, edit, false));
  if (main === undefined || additional.includes(undefined)) return undefined;
  return {
    ...item,
    ...namesOf(lines, item),
    textEdit: main,
    ...(additional.length > 0 && { additionalTextEdits: additional as TextEdit[] }),
    // The lines are completely indented; if an editor added indentation, the block would end.
    insertTextMode: AS_IS,
  };
}

/** @param edit of HOCON, its range in the enclosing document, for an editor that indents further lines as the first */
function toEnclosingEdit(lines: RegionLines, { range, newText }: TextEdit, isSnippet: boolean): TextEdit | undefined {
  const within = lines.within(range);
  const snippet = isSnippet ? withoutTabStops(newText) : { text: newText, restore: (text: string) => text };
  if (within === undefined || snippet === undefined) return undefined;
  const { text } = lines.region;
  const line = text.slice(text.lastIndexOf('\n', within.start - 1) + 1, within.start);
  const indent = /^[ \t]*/.exec(line)?.[0] ?? '';
  const indented = snippet.text.replaceAll('\t', INDENT).replaceAll('\n', `\n${indent}`);
  const edit = lines.editOf(within, indented);
  return edit && { range: edit.range, newText: snippet.restore(edit.newText) };
}

const KEYS: ReadonlySet<number> = new Set([COMPLETION.property, COMPLETION.module, COMPLETION.snippet]);

/** Keys as they are written there, which editors also compare with the typed text. */
function namesOf({ region }: RegionLines, { label, kind, filterText }: CompletionItem): Partial<CompletionItem> {
  if (region.kind !== 'yaml-splice-kms' || kind === undefined || !KEYS.has(kind)) return {};
  return { label: toCamelCase(label), ...(filterText !== undefined && { filterText: toCamelCase(filterText) }) };
}

interface Token {
  readonly line: number;
  readonly character: number;
  readonly length: number;
  readonly type: number;
  readonly modifiers: number;
}

/** The tokens of the regions of one document as its own; those that overlap others have no position of their own there. */
function joinTokens(regions: readonly SemanticTokens[]): SemanticTokens {
  const data: number[] = [];
  let line = 0;
  let character = 0;
  let end = 0;
  for (const token of regions.flatMap(({ data }) => tokensOf(data))) {
    if (token.line < line || (token.line === line && token.character < end)) continue;
    const sameLine = token.line === line;
    data.push(token.line - line, sameLine ? token.character - character : token.character);
    data.push(token.length, token.type, token.modifiers);
    line = token.line;
    character = token.character;
    end = token.character + token.length;
  }
  return { data };
}

/** Decodes tokens, whose positions are relative to the previous token. */
function tokensOf(data: readonly number[]): Token[] {
  const tokens: Token[] = [];
  let line = 0;
  let character = 0;
  for (let i = 0; i + 4 < data.length; i += 5) {
    const [lines = 0, characters = 0, length = 0, type = 0, modifiers = 0] = data.slice(i, i + 5);
    line += lines;
    character = lines === 0 ? character + characters : characters;
    tokens.push({ line, character, length, type, modifiers });
  }
  return tokens;
}
