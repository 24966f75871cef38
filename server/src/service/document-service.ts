import type {
  CodeAction,
  CodeLens,
  CompletionItem,
  DocumentLink,
  FoldingRange,
  Hover,
  InlayHint,
  Location,
  SemanticTokens,
} from 'vscode-languageserver';
import type { RegionKind } from '../embedded';
import type { LensCommands } from '../features/requests/code-lens';
import type { CompletionOptions } from '../features/requests/completion/completion';
import { type LocatedDiagnostic, MAX_DIAGNOSTICS } from '../features/requests/diagnostics';
import type { EffectiveDocument } from '../features/requests/effective/effective-document';
import { type CheckedFile, type CheckResult, LanguageService } from '../service';
import type { Position, Range } from '../text/positions';
import { normalize } from '../workspace/documents';
import type { Region } from '../workspace/hosts';
import type { FileSet } from '../workspace/launch-sets';
import { hostOf } from '../workspace/region-uri';
import type { CodeActionsContext } from './editing';
import { toHostItem } from './host-completion';
import { joinTokens } from './host-tokens';
import type { WantedHints } from './overview';

/**
 * The service for documents of any language: for those that are open and that HOCON stands in, a question goes to the HOCON
 * at its place, or to all of it. Answers are in places of the host; they may name regions, which `withHosts` turns into hosts.
 */
export class DocumentService extends LanguageService {
  override async diagnostics(uri: string): Promise<readonly LocatedDiagnostic[]> {
    return this.inEach(uri, (one) => super.diagnostics(one), MAX_DIAGNOSTICS);
  }

  override async check(sets: readonly FileSet[]): Promise<CheckResult> {
    const { choice, files } = await super.check(sets);
    const joined = new Map<string, CheckedFile>();
    for (const [uri, { text, diagnostics }] of files) {
      const host = hostOf(uri);
      const known = joined.get(host)?.diagnostics ?? [];
      const whole = host === uri ? text : ((await this.documents.read(host)) ?? '');
      joined.set(host, { text: whole, diagnostics: [...known, ...diagnostics].sort(byPlace) });
    }
    return { choice, files: joined };
  }

  override async completion(uri: string, position: Position, options: CompletionOptions): Promise<CompletionItem[]> {
    const region = await this.regionAt(uri, position);
    const items = await super.completion(region?.uri ?? uri, position, options);
    return region === undefined ? items : items.flatMap((item) => toHostItem(region.lines, item) ?? []);
  }

  override async codeActions(uri: string, range: Range, context: CodeActionsContext): Promise<CodeAction[]> {
    return together(await this.inEach(uri, (one) => super.codeActions(one, range, context)));
  }

  override async hover(uri: string, position: Position): Promise<Hover | undefined> {
    return super.hover(await this.at(uri, position), position);
  }

  override async definition(uri: string, position: Position): Promise<Location[]> {
    return super.definition(await this.at(uri, position), position);
  }

  override async references(uri: string, position: Position, withDefinitions: boolean): Promise<Location[]> {
    return super.references(await this.at(uri, position), position, withDefinitions);
  }

  override async semanticTokens(uri: string, range?: Range): Promise<SemanticTokens> {
    if (!this.documents.isHost(normalize(uri))) return super.semanticTokens(uri, range);
    return joinTokens(await this.inEach(uri, async (one) => [await super.semanticTokens(one, range)]));
  }

  /** Maps of YAML are folded by whoever folds YAML. */
  override foldingRanges(uri: string): Promise<FoldingRange[]> {
    return this.inEach(uri, async (one, kind) => (kind === 'yaml-splice-kms' ? [] : super.foldingRanges(one)));
  }

  override inlayHints(uri: string, range: Range, wanted: WantedHints): Promise<InlayHint[]> {
    return this.inEach(uri, (one) => super.inlayHints(one, range, wanted));
  }

  /** What is planned is planned for files of their own. */
  override codeLenses(uri: string, commands?: LensCommands): Promise<CodeLens[]> {
    const fitting = commands && this.documents.isHost(normalize(uri)) ? { ...commands, plan: undefined } : commands;
    return this.inEach(uri, (one) => super.codeLenses(one, fitting));
  }

  override async effective(uri: string, node: string): Promise<EffectiveDocument | undefined> {
    const [found] = await this.inEach(uri, async (one) => {
      const document = await super.effective(one, node);
      return document === undefined ? [] : [document];
    });
    return found;
  }

  override documentLinks(uri: string): Promise<DocumentLink[]> {
    return this.inEach(uri, (one) => super.documentLinks(one));
  }

  /** Asks about the document, or about all HOCON that stands in it. */
  private async inEach<T>(
    uri: string,
    ask: (uri: string, kind?: RegionKind) => Promise<readonly T[]>,
    most = Infinity,
  ): Promise<T[]> {
    const key = normalize(uri);
    if (!this.documents.isHost(key)) return [...(await ask(uri))];
    if (!this.documents.isOpen(key)) return [];
    const answers: T[] = [];
    for (const region of await this.documents.regions(key)) {
      answers.push(...(await ask(region.uri, region.kind)));
      if (answers.length >= most) break;
    }
    return answers.slice(0, most);
  }

  /** The document that a question about a place is for. */
  private async at(uri: string, position: Position): Promise<string> {
    return (await this.regionAt(uri, position))?.uri ?? uri;
  }

  private async regionAt(uri: string, position: Position): Promise<Region | undefined> {
    const key = normalize(uri);
    const regions = this.documents.isOpen(key) ? await this.documents.regions(key) : [];
    return regions.find(({ lines }) => lines.contains(position));
  }
}

/** What is for whole documents is for all regions at once: an editor makes no change after another from the same answer. */
function together(actions: readonly CodeAction[]): CodeAction[] {
  const joined: CodeAction[] = [];
  for (const action of actions) {
    const same = joined.find(({ kind, title }) => kind?.startsWith('source.') && title === action.title);
    if (same === undefined) joined.push(action);
    else same.edit = { changes: { ...same.edit?.changes, ...action.edit?.changes } };
  }
  return joined;
}

function byPlace({ range: a }: LocatedDiagnostic, { range: b }: LocatedDiagnostic): number {
  return a.start.line - b.start.line || a.start.character - b.start.character;
}
