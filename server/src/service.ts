import type {
  CodeAction,
  DocumentSymbol,
  FoldingRange,
  FormattingOptions,
  SelectionRange,
  SemanticTokens,
  TextEdit,
} from 'vscode-languageserver';
import { PROJECT_FILE_NAME } from '../../schemas/project';
import { procedureActions } from './features/requests/code-action/procedure-actions';
import { type LocatedDiagnostic, locate } from './features/requests/diagnostics';
import { documentSymbols } from './features/requests/document-symbols';
import { foldingRanges } from './features/requests/folding';
import { formatting, onTypeFormatting } from './features/requests/formatting';
import { selectionRange } from './features/requests/selection-ranges';
import { semanticTokens } from './features/requests/semantic-tokens';
import { keyAt } from './features/shared/occurrences';
import type { VersionChoice } from './model/facts/version-choice';
import type { PlanRequest } from './operations/facts';
import type { Plan } from './operations/plan';
import type { AnswerFault, OfferedProcedure } from './operations/planner';
import type { Question } from './operations/procedure';
import { rules } from './rules';
import { pageFor } from './rules/page';
import { linesIn } from './service/navigation';
import { type ListedNode, listedNodes } from './service/node-list';
import { Overview } from './service/overview';
import { planRequest } from './service/planning';
import type { PolicyAnswer, PolicyRequest } from './service/policies';
import type { Position, Range } from './text/positions';
import { normalize } from './workspace/documents';
import type { FileSet } from './workspace/launch-sets';
import type { Project } from './workspace/projects';
import { linesOf, type Snapshot } from './workspace/snapshot';

export type { EffectiveDocument, EffectiveLink } from './features/requests/effective/effective-document';
export type { Refusal } from './features/requests/rename';
export type { NodeSummary } from './features/shared/nodes';
export type { Plan, PlannedEdit } from './operations/plan';
export type { AnswerFault } from './operations/planner';
export type { Question } from './operations/procedure';
export type { OtherDefinition } from './service/navigation';
export type { ListedNode } from './service/node-list';
export type { PolicyAnswer, PolicyRequest } from './service/policies';
export type { MovedEntry } from './service/rewriting';
export type { Settings } from './workspace/evaluator';
export type { FileSet } from './workspace/launch-sets';
export type { ServiceHost } from './workspace/workspace';

/** What a document is checked as. */
export interface Status {
  readonly choice: VersionChoice;
  readonly launchSet: string;
  readonly launchSetId: string;
  /** All launch sets that the document is in. */
  readonly launchSets: readonly Pick<FileSet, 'id' | 'name'>[];
  readonly problems: { readonly errors: number; readonly warnings: number };
}

/** A procedure on a node of the launch set of a document, with the answers so far. */
export interface ProcedureRequest extends Pick<PlanRequest, 'procedure' | 'node' | 'options'> {
  readonly uri: string;
}

/** The problems of files, and what they were checked as. */
export interface CheckResult {
  readonly choice: VersionChoice;
  readonly files: ReadonlyMap<string, CheckedFile>;
}

export interface CheckedFile {
  readonly text: string;
  readonly diagnostics: readonly LocatedDiagnostic[];
}

/** The only door to the engine: documents go in, answers come out. */
export class LanguageService extends Overview {
  /** The problems of the document in every launch set that it is part of. */
  async diagnostics(uri: string): Promise<readonly LocatedDiagnostic[]> {
    const key = normalize(uri);
    if (key.endsWith(`/${PROJECT_FILE_NAME}`)) return this.projectDiagnostics(key);
    return (await this.classify(key)) ? located(key, await this.snapshots(key)) : [];
  }

  private async projectDiagnostics(uri: string): Promise<readonly LocatedDiagnostic[]> {
    const { project } = await this.projects.find(uri);
    const [faulty] = await this.checkProject(project?.uri === uri ? project : undefined);
    return faulty?.[1].diagnostics ?? [];
  }

  /** Checks whole launch sets: the problems of every file that they read, and of their project files. */
  async check(sets: readonly FileSet[]): Promise<CheckResult> {
    const snapshots = await Promise.all(sets.map((set) => this.snapshotOf(set)));
    const uris = new Set(snapshots.flatMap((snapshot) => snapshot.files));
    const files = [...uris].map((uri) => {
      const tree = snapshots.map(({ sources }) => sources.get(uri)).find((found) => found !== undefined);
      return [uri, { text: tree?.text ?? '', diagnostics: located(uri, snapshots) }] as const;
    });
    const projects = [...new Set(sets.map(({ project }) => project))];
    const faulty = await Promise.all(projects.map((project) => this.checkProject(project)));
    return { choice: snapshots[0]?.choice ?? this.evaluator.choice(), files: new Map([...faulty.flat(), ...files]) };
  }

  /** A project file, where it is faulty. */
  private async checkProject(project: Project | undefined): Promise<readonly (readonly [string, CheckedFile])[]> {
    const tree = project && project.problems.length > 0 ? await this.documents.tree(project.uri) : undefined;
    if (project === undefined || tree === undefined) return [];
    const sets = [{ launchSet: '', diagnostics: project.problems }];
    return [[project.uri, { text: tree.text, diagnostics: locate(project.uri, sets, () => linesOf(tree)) }]];
  }

  async documentSymbols(uri: string): Promise<DocumentSymbol[]> {
    const tree = await this.documents.tree(normalize(uri));
    return tree === undefined ? [] : documentSymbols(tree, linesOf(tree));
  }

  async selectionRanges(uri: string, positions: readonly Position[]): Promise<SelectionRange[]> {
    const tree = await this.documents.tree(normalize(uri));
    if (tree === undefined) return [];
    const lines = linesOf(tree);
    return positions.map((position) => selectionRange(tree, lines, lines.offsetAt(position)));
  }

  /** Of a range, or of the whole document. */
  async semanticTokens(uri: string, range?: Range): Promise<SemanticTokens> {
    const view = await this.view(uri);
    if (view === undefined) return { data: [] };
    const offset = (position: Position) => view.lines.offsetAt(position);
    return semanticTokens(view, range && { start: offset(range.start), end: offset(range.end) });
  }

  async foldingRanges(uri: string): Promise<FoldingRange[]> {
    const tree = await this.documents.tree(normalize(uri));
    return tree === undefined ? [] : foldingRanges(tree, linesOf(tree));
  }

  /** Tidies the document, or the lines of some ranges of it. */
  async formatting(uri: string, options: FormattingOptions, ranges?: readonly Range[]): Promise<TextEdit[]> {
    const tree = await this.documents.tree(normalize(uri));
    return tree === undefined ? [] : formatting(tree, linesOf(tree), options, ranges);
  }

  /** Tidies what a character that was just typed has finished; the position is behind it. */
  async onTypeFormatting(
    uri: string,
    position: Position,
    character: string,
    options: FormattingOptions,
  ): Promise<TextEdit[]> {
    const tree = await this.documents.tree(normalize(uri));
    return tree === undefined ? [] : onTypeFormatting(tree, linesOf(tree), position, character, options);
  }

  /** The nodes of all launch sets of the document, with what a list tells of them. */
  async nodeList(uri: string): Promise<readonly ListedNode[]> {
    return listedNodes(await this.snapshots(uri), normalize(uri));
  }

  /**
   * What can be planned for the node that the cursor is on.
   * @param command what runs it in the editor
   */
  async procedureActions(uri: string, { start }: Range, command: string): Promise<CodeAction[]> {
    if (this.documents.isHost(normalize(uri))) return [];
    const view = await this.view(uri);
    const element = view && keyAt(view.tree, view.lines.offsetAt(start));
    if (view === undefined || element === undefined) return [];
    const { nodes, occurrences } = await this.snapshot(uri);
    const paths = occurrences.at(view.tree.uri, element.start).map(({ path }) => path);
    return procedureActions(normalize(uri), paths, nodes, command);
  }

  /** The procedures that the Canton version of the node has. */
  async procedures(request: Omit<ProcedureRequest, 'procedure'>): Promise<readonly OfferedProcedure[]> {
    const { offeredProcedures } = await planner();
    return offeredProcedures(await this.planRequest({ ...request, procedure: '' }));
  }

  /** A plan for a procedure on a node of the launch set; what stands in the way is among its reasons. */
  async plan(request: ProcedureRequest): Promise<Plan> {
    const { plan } = await planner();
    return plan(await this.planRequest(request));
  }

  /** The same for people: what to do, and what to run on the Canton console. */
  async runbook(request: ProcedureRequest): Promise<{ readonly markdown: string; readonly console: string }> {
    const [{ plan }, { renderConsole, renderMarkdown }] = await Promise.all([planner(), import('./operations/render')]);
    const asked = await this.planRequest(request);
    const made = plan(asked);
    return { markdown: renderMarkdown(made, (uri) => asked.tree(uri)?.text), console: renderConsole(made) };
  }

  /** The least rights of a node of the document's launch sets at its KMS. */
  async policy(uri: string, asked: PolicyRequest): Promise<PolicyAnswer> {
    const { policyOf } = await import('./service/policies');
    return policyOf(await this.snapshots(uri), asked, await this.chosenSet(uri));
  }

  /** What is wrong with an answer to a question, while it is being typed. */
  async answerFault(request: ProcedureRequest, option: string, answer: string): Promise<AnswerFault | undefined> {
    const { answerFault } = await planner();
    return answerFault(await this.planRequest(request), option, answer);
  }

  /** What the procedure still has to know; undefined where nothing is missing. */
  async nextQuestion(request: ProcedureRequest): Promise<Question | undefined> {
    const { nextQuestion } = await planner();
    return nextQuestion(await this.planRequest(request));
  }

  private async planRequest({ uri, ...asked }: ProcedureRequest): Promise<PlanRequest> {
    return this.planRequestOf(await this.snapshots(uri), asked, await this.chosenSet(uri));
  }

  /** @param snapshots at least one; those that have the node count */
  planRequestOf(snapshots: readonly Snapshot[], asked: Omit<ProcedureRequest, 'uri'>, chosen?: FileSet): PlanRequest {
    return planRequest(snapshots, asked, (snapshot, changes) => this.evaluator.revised(snapshot, changes), chosen);
  }

  /** The page of a rule, as Markdown; undefined for a code without one. */
  rulePage(code: string): string | undefined {
    return pageFor(code, rules);
  }

  async status(uri: string): Promise<Status> {
    const { choice, set } = await this.snapshot(uri);
    const diagnostics = await this.diagnostics(uri);
    const count = (severity: string) => diagnostics.filter((one) => one.severity === severity).length;
    const problems = { errors: count('error'), warnings: count('warning') };
    const launchSets = (await this.setsOf(uri)).map(({ id, name }) => ({ id, name }));
    return { choice, launchSet: set.name, launchSetId: set.id, launchSets, problems };
  }
}

/** Loaded when a plan is first asked for: it is much code, and most sessions only look at files. */
function planner(): Promise<typeof import('./operations/planner')> {
  return import('./operations/planner');
}

function located(uri: string, snapshots: readonly Snapshot[]): LocatedDiagnostic[] {
  const holding = snapshots.filter(({ sources }) => sources.get(uri) !== undefined);
  const sets = holding.map(({ set, diagnostics }) => ({ launchSet: set.name, diagnostics }));
  return locate(uri, sets, linesIn(holding));
}
