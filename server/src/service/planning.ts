import type { Launched } from '../edits/effect';
import { parse } from '../hocon/syntax/parse';
import type { SyntaxTree } from '../hocon/syntax/syntax';
import type { TextChange } from '../model/diagnostic';
import { type DriftOptions, type DriftResult, driftFor } from '../operations/drift/drift';
import type { ConfigError, Enclosing, PlanRequest } from '../operations/facts';
import { configurationHash, madeFrom, readMadeFrom, staleness } from '../operations/made-from';
import { LAUNCH_SET, type Plan, type PlannedEdit } from '../operations/plan';
import { type AnswerFault, answerFault, nextQuestion, offeredProcedures, plan } from '../operations/planner';
import type { PolicyFormat } from '../operations/policy/formats';
import { type KeyOrigin, type PolicyOptions, policyFor } from '../operations/policy/policy';
import { type CreateRequest, creationFor } from '../operations/preflight/create';
import type { PreflightOptions } from '../operations/preflight/given-keys';
import { type PreflightResult, preflightFor } from '../operations/preflight/preflight';
import type { Question } from '../operations/procedure';
import { renderMarkdown, type TextOf } from '../operations/render';
import { partCount, renderConsole } from '../operations/script';
import { outlookAfter } from '../operations/trouble/outlook';
import { fileName } from '../text/location';
import type { LaunchSet } from '../workspace/launch-sets';
import { RegionLines, regionKey, regionOf } from '../workspace/regions';
import type { Snapshot } from '../workspace/snapshot';
import type { Workspace } from '../workspace/workspace';

/** A procedure as it is offered for a node. */
export interface ProcedureSummary {
  readonly name: string;
  readonly title: string;
  /** One line for lists. */
  readonly summary: string;
  /** The reason why it is not possible, whatever the answers; null if it may be possible. */
  readonly reason: string | null;
}

/** A procedure on a node of the launch sets of a document, with the answers so far. */
export interface ProcedureRequest extends Pick<PlanRequest, 'procedure' | 'node' | 'options'> {
  readonly uri: string;
}

/** A plan, as data and as text. */
export interface PlannedProcedure {
  readonly plan: Plan;
  readonly markdown: string;
  readonly console: string;
  /** Each part of the script by itself; a manual step ends a part. */
  readonly parts: readonly string[];
}

/** A policy is requested for a node in a launch set of a document. */
export interface PolicyRequest {
  readonly node: string;
  /** Undefined: the format of the KMS type. */
  readonly format?: PolicyFormat | undefined;
  /** The creator of the keys; undefined to follow the configuration. */
  readonly keys?: KeyOrigin | undefined;
  /** The launch set, if several have the node. */
  readonly options?: Readonly<Record<string, string>> | undefined;
}

interface Creates {
  /** Undefined: the script only checks. */
  readonly creates?: Pick<CreateRequest, 'format' | 'imports'> | undefined;
}

/** A policy with its file extension, or the reason why there is none. */
export type PolicyAnswer =
  | {
      readonly kind: 'policy';
      readonly text: string;
      /** The extension of a file that holds it: `json`. */
      readonly ending: string;
      /** One sentence each, without a full stop. */
      readonly warnings: readonly string[];
    }
  | { readonly kind: 'none'; readonly reason: string };

/** Procedures for nodes, and the permissions that nodes need. */
export function planning(workspace: Workspace) {
  const { snapshots, chosenSet } = workspace;

  async function requestFor(
    held: readonly Snapshot[],
    asked: Omit<ProcedureRequest, 'uri'>,
    chosen?: LaunchSet,
  ): Promise<FullRequest> {
    return planRequest(held, asked, workspace.revised, await enclosingTexts(workspace, held), chosen);
  }

  /** The launch sets of the files on the command line. */
  async function namedSets(uris: readonly string[]): Promise<readonly Snapshot[]> {
    const [first, ...others] = uris;
    return first === undefined || others.length > 0
      ? [await workspace.snapshotOf(await workspace.setOf(uris))]
      : snapshots(first);
  }

  function launchedOf({ set, sources }: Snapshot): Launched {
    return { roots: set.roots, sources, environment: workspace.environmentOf(set) };
  }

  async function requestOf({ uri, ...asked }: ProcedureRequest): Promise<FullRequest> {
    return requestFor(await snapshots(uri), asked, await chosenSet(uri));
  }

  return {
    /** The procedures that the Canton version of the node has. */
    async procedures(request: Omit<ProcedureRequest, 'procedure'>): Promise<readonly ProcedureSummary[]> {
      const offered = offeredProcedures(await requestOf({ ...request, procedure: '' }));
      return offered.map(({ procedure: { name, title, summary }, reason }) => ({
        name,
        title,
        summary,
        reason: reason ?? null,
      }));
    },

    /** A plan for a procedure on a node of the launch set; obstacles are among its reasons. */
    async plan(request: ProcedureRequest): Promise<Plan> {
      return plan(await requestOf(request));
    },

    /** The same as text: the runbook, and the commands for the Canton console. */
    async runbook(request: ProcedureRequest): Promise<Omit<PlannedProcedure, 'plan'>> {
      const { plan: _, ...runbook } = await planned(await requestOf(request), launchedOf);
      return runbook;
    },

    /** The problem with an answer to a question, while it is typed. */
    async answerFault(request: ProcedureRequest, option: string, answer: string): Promise<AnswerFault | undefined> {
      return answerFault(await requestOf(request), option, answer);
    },

    /** The next question of the procedure; undefined if none is open. */
    async nextQuestion(request: ProcedureRequest): Promise<Question | undefined> {
      return nextQuestion(await requestOf(request));
    },

    /**
     * A plan for the files on the command line: several files are one launch set, in order; a single file is in the
     * sets that the project file declares with it, otherwise alone.
     */
    async planFiles(uris: readonly string[], asked: Omit<ProcedureRequest, 'uri'>): Promise<PlannedProcedure> {
      return planned(await requestFor(await namedSets(uris), asked), launchedOf);
    },

    /**
     * The reasons why a runbook, console script or plan in JSON is stale for files, in whole sentences; empty if it is
     * still the plan. Undefined for a text that is none of these.
     */
    async verifyPlan(uris: readonly string[], text: string): Promise<readonly string[] | undefined> {
      const made = readMadeFrom(text);
      if (made === undefined) return undefined;
      const holding = (await namedSets(uris)).filter(({ nodes }) => nodes.some(({ id }) => id === made.node));
      const now = await Promise.all(
        holding.map(async (held) => ({ ...held.choice, configuration: await configurationHash(launchedOf(held)) })),
      );
      return staleness(made, now);
    },

    /** The least privileges at its KMS of a node in the document's launch sets. */
    async policy(uri: string, asked: PolicyRequest): Promise<PolicyAnswer> {
      return policyOf(await snapshots(uri), asked, await chosenSet(uri));
    },

    /** The same for files that are one launch set, in order. */
    async policyFiles(
      uris: readonly string[],
      { node, format, ...options }: Omit<PolicyRequest, 'options'> & PolicyOptions,
    ): Promise<PolicyAnswer> {
      const held = await workspace.snapshotOf(await workspace.setOf(uris));
      const answer = await policyIn(held, { node, format }, options);
      const isBroken = held.diagnostics.some(({ severity }) => severity === 'error');
      if (answer.kind === 'none' || !isBroken) return answer;
      const broken = 'the configuration has errors, which canton-kms check shows';
      return { ...answer, warnings: [...answer.warnings, broken] };
    },

    /** Compares a node of files that are one launch set, in order, with its keys and those of its KMS. */
    async driftFiles(
      uris: readonly string[],
      options: DriftOptions & Pick<PolicyRequest, 'node'>,
    ): Promise<DriftResult> {
      const { config, choice } = await workspace.snapshotOf(await workspace.setOf(uris));
      return driftFor({ config, version: choice.version, edition: choice.edition, ...options });
    },

    /**
     * A script that checks the KMS of a node, or creates the node's keys there; the files are one launch set, in order.
     */
    async preflightFiles(
      uris: readonly string[],
      { creates, ...options }: PreflightOptions & Pick<PolicyRequest, 'node'> & Creates,
    ): Promise<PreflightResult> {
      const { config, choice } = await workspace.snapshotOf(await workspace.setOf(uris));
      const request = { config, version: choice.version, edition: choice.edition, ...options };
      return creates === undefined ? preflightFor(request) : creationFor({ ...request, ...creates });
    },
  };
}

/** The texts of the documents that enclose HOCON of the launch sets. */
export async function enclosingTexts(
  { documents }: Workspace,
  held: readonly Snapshot[],
): Promise<ReadonlyMap<string, string>> {
  const enclosing = new Set(held.flatMap(({ set }) => set.roots).map((root) => regionOf(root.uri)?.enclosing));
  const texts = new Map<string, string>();
  for (const uri of enclosing) if (uri !== undefined) texts.set(uri, (await documents.read(uri)) ?? '');
  return texts;
}

export interface FullRequest extends PlanRequest {
  /** The launch set. */
  readonly held: Snapshot;
  /** The version of a file that the plan edits. */
  readonly textOf: TextOf;
}

/**
 * The information that a procedure needs about the launch set of its node. If several have it and the answers select
 * none of them, this is an open question.
 * @param snapshots at least one
 * @param texts of documents that enclose HOCON
 * @param chosen the launch set to use if the answers select none
 */
export function planRequest(
  snapshots: readonly Snapshot[],
  asked: Omit<ProcedureRequest, 'uri'>,
  revised: Workspace['revised'],
  texts: ReadonlyMap<string, string>,
  chosen?: LaunchSet,
): FullRequest {
  const holding = snapshots.filter(({ nodes }) => nodes.some(({ id }) => id === asked.node));
  const requested = asked.options[LAUNCH_SET];
  const named = holding.find(({ set }) =>
    requested === undefined ? set.id === chosen?.id : [set.id, set.name].includes(requested),
  );
  const snapshot = named ?? holding[0] ?? (snapshots[0] as Snapshot);
  const { config, sources, choice, set } = snapshot;
  const isOpen = named === undefined && holding.length > 1;
  const fresh = freshText(snapshot, texts);
  const hasMap = fresh !== undefined && set.roots.some(({ uri }) => isMap(snapshot, uri));
  return {
    ...asked,
    held: snapshot,
    config,
    tree: (uri) => (uri === fresh?.uri ? fresh.tree : sources.get(uri)),
    textOf: (uri) => texts.get(uri) ?? sources.get(uri)?.text,
    lastText:
      (hasMap ? fresh?.uri : undefined) ?? set.roots.findLast(({ uri }) => canGrow(snapshot, uri))?.uri ?? fresh?.uri,
    takes: (uri, section) => {
      if (uri === fresh?.uri) return true;
      if (isMap(snapshot, uri)) return section.length > CRYPTO.length;
      // Next to a map, a new section gets its own variable, not one that concerns other sections.
      return canGrow(snapshot, uri) && (!hasMap || section.length >= CRYPTO.length);
    },
    isChartMap: (uri) => isMap(snapshot, uri),
    enclosing: (uri) => (uri === fresh?.uri ? fresh.enclosing : enclosingAt(snapshot, uri, texts)),
    version: choice.version,
    edition: choice.edition,
    openSets: isOpen ? holding.map(({ set: { id, name } }) => ({ id, name })) : [],
    unresolved: errorsOf(snapshot)
      .filter(isHocon)
      .map(({ place, message }) => `${place}: ${message}`),
    errors: errorsOf(snapshot).filter((error) => !isHocon(error)),
    check: (edits) => errorsOf(revised(snapshot, changesOf(snapshot, edits))),
  };
}

/** The place of a chart's map. */
const CRYPTO = ['canton', 'participants', 'participant', 'crypto'];

function regionAt(snapshot: Snapshot, uri: string): RegionLines | undefined {
  const lines = snapshot.lines(uri);
  return lines instanceof RegionLines ? lines : undefined;
}

/** The `kms:` map of a chart, which cannot contain any other section. */
function isMap(snapshot: Snapshot, uri: string): boolean {
  return regionAt(snapshot, uri)?.region.kind === 'yaml-splice-kms';
}

/** Whether entries can be added to a text, which is not possible if it must stay on one line. */
function canGrow(snapshot: Snapshot, uri: string): boolean {
  const region = regionAt(snapshot, uri)?.region;
  if (region === undefined) return true;
  const end = { start: region.text.length, end: region.text.length };
  return region.kind !== 'yaml-splice-kms' && region.toHostEdit(end, '\nkey = value') !== undefined;
}

/** A new text: another variable of the container, if no existing one can take more entries. */
interface FreshText {
  readonly uri: string;
  readonly tree: SyntaxTree;
  readonly enclosing: Enclosing;
}

function freshText(snapshot: Snapshot, texts: ReadonlyMap<string, string>): FreshText | undefined {
  const { roots } = snapshot.set;
  const regions = roots.flatMap(({ uri }) => regionAt(snapshot, uri)?.region ?? []);
  const enclosing = regionOf(roots.at(-1)?.uri ?? '')?.enclosing;
  const text = enclosing === undefined ? undefined : texts.get(enclosing);
  const { addVariable } = regions.findLast((region) => region.addVariable !== undefined) ?? {};
  const name = freshName(regions.map(({ rank }) => rank));
  if (enclosing === undefined || text === undefined || regions.length < roots.length) return undefined;
  if (addVariable === undefined || text.includes(name)) return undefined;
  const uri = regionKey({ enclosing, index: FRESH });
  const changeOf: Enclosing['changeOf'] = ({ newText }) => {
    const edit = addVariable(name, `${newText.trim()}\n`);
    return edit && { uri: enclosing, ...edit };
  };
  return { uri, tree: parse(uri, '', 'conf'), enclosing: { text, changeOf } };
}

/** The images read variables in the order of their names, and the last one that sets a key counts. */
function freshName(others: readonly string[]): string {
  const name = 'ADDITIONAL_CONFIG_SETTINGS';
  return others.some((other) => other >= name) ? 'ADDITIONAL_CONFIG_ZZ_SETTINGS' : name;
}

/** A number that is not used by any region. */
const FRESH = 1_000_000;

/** The document around a text, and the function that translates a change of the text. */
export function enclosingAt(
  snapshot: Snapshot,
  uri: string,
  texts: ReadonlyMap<string, string>,
): Enclosing | undefined {
  const enclosing = regionOf(uri)?.enclosing;
  const text = enclosing === undefined ? undefined : texts.get(enclosing);
  if (enclosing === undefined || text === undefined) return undefined;
  return {
    text,
    changeOf: ({ range, newText }) => {
      const edit = regionAt(snapshot, uri)?.region.toHostEdit(range, newText);
      return edit && { uri: enclosing, ...edit };
    },
  };
}

function errorsOf(snapshot: Snapshot): ConfigError[] {
  return snapshot.diagnostics
    .filter(({ severity }) => severity === 'error')
    .map(({ code, message, configPath, uri, range }) => {
      const name = fileName(uri);
      const line = snapshot.lines(uri)?.positionAt(range.start).line;
      return { code, message, configPath, place: line === undefined ? name : `${name}, line ${line + 1}` };
    });
}

function isHocon({ code }: ConfigError): boolean {
  return code.startsWith('hocon/');
}

function changesOf(snapshot: Snapshot, edits: readonly PlannedEdit[]): TextChange[] {
  return edits.flatMap(({ file, range, newText, inside }) => {
    if (inside !== undefined) return [inside];
    const lines = snapshot.lines(file);
    if (lines === undefined) return [];
    return [{ uri: file, range: { start: lines.offsetAt(range.start), end: lines.offsetAt(range.end) }, newText }];
  });
}

async function planned(
  { textOf, held, ...request }: FullRequest,
  launchedOf: (held: Snapshot) => Launched,
): Promise<PlannedProcedure> {
  const planned = plan(request);
  const outlook = outlookAfter(request, planned);
  const made = {
    ...planned,
    ...(outlook !== undefined && { outlook }),
    madeFrom: await madeFrom(request, launchedOf(held)),
  };
  return {
    plan: made,
    markdown: renderMarkdown(made, textOf),
    console: renderConsole(made),
    parts: Array.from({ length: partCount(made) }, (_, i) => renderConsole(made, i + 1)),
  };
}

/**
 * @param snapshots the launch sets of a document, at least one
 * @param chosen the one to use if nothing else is specified
 */
async function policyOf(
  snapshots: readonly Snapshot[],
  { node, format, keys, options = {} }: PolicyRequest,
  chosen?: LaunchSet,
): Promise<PolicyAnswer> {
  const holding = snapshots.filter(({ nodes }) => nodes.some(({ id }) => id === node));
  const requested = options[LAUNCH_SET] ?? chosen?.id;
  const snapshot = holding.find(({ set }) => set.id === requested) ?? holding[0] ?? (snapshots[0] as Snapshot);
  return policyIn(snapshot, { node, format }, { keys, keyIds: [], deletesKeys: false });
}

async function policyIn(
  { config, choice: { version, edition }, set }: Snapshot,
  { node, format }: Pick<PolicyRequest, 'node' | 'format'>,
  options: PolicyOptions,
): Promise<PolicyAnswer> {
  const kept = set.project?.file?.keptKeys ?? [];
  const keyIds = [...options.keyIds, ...(Array.isArray(kept) ? kept : (kept[node] ?? []))];
  const made = policyFor({ config, version, edition, node, format, ...options, keyIds });
  if (made.kind === 'none') return made;
  const ending = format === 'terraform' ? 'tf' : made.text.startsWith('{') ? 'json' : 'yaml';
  return { kind: 'policy', text: made.text, ending, warnings: made.warnings };
}
