import { NotificationType, type Position, RequestType } from 'vscode-languageserver-protocol';
import type {
  AnswerFault,
  EffectiveDocument,
  ListedNode,
  MovedEntry,
  NodeSummary,
  OtherDefinition,
  Plan,
  PlannedEdit,
  PolicyAnswer,
  PolicyRequest,
  ProcedureRequest,
  ProcedureSummary,
  Question,
  Refusal,
} from '../service';

/**
 * The requests and notifications in addition to LSP, with one type for client and server. Only types are imported from
 * the service, so that the client's bundle contains no server code.
 */

export type {
  AnswerFault,
  EffectiveLink,
  ListedNode,
  NodeSummary,
  Plan,
  PlannedEdit,
  ProcedureSummary,
  Question,
} from '../service';

/**
 * The experimental capability of a client that knows these notifications and has the commands of lenses; other clients
 * are sent neither.
 */
export const CLIENT_CAPABILITY = 'cantonKms';

/** The command that a lens runs if the client has it; its argument is EffectiveParams. */
export const SHOW_EFFECTIVE = 'cantonKms.showEffective';

/** The command of a second lens and of code actions; its argument contains the answers that are already known. */
export const PLAN_PROCEDURE = 'cantonKms.planProcedure';

interface DocumentParams {
  readonly uri: string;
}
interface PositionParams extends DocumentParams {
  readonly position: Position;
}

/** Describes whether a `.conf` document is Canton's; asked by the client before it switches the document's language. */
export const CLASSIFY = new RequestType<ClassifyParams, ClassifyResult, never>('cantonKms/classify');
export interface ClassifyParams extends DocumentParams {
  readonly text: string;
}
export interface ClassifyResult {
  readonly canton: boolean;
}

/**
 * The time after the last keystroke during which the problems of the current word are held back, in milliseconds: long
 * enough to type the next letter, short enough to see a mistake while still looking at it.
 */
export const TYPING_PAUSE_MS = 1000;

/**
 * The position of the cursor in an edited document. When it has left a word, the problems of the word are no longer
 * held back.
 */
export const CURSOR_MOVED = new NotificationType<PositionParams>('cantonKms/cursorMoved');

/**
 * Returns the version and launch set that the document is checked against; the server sends the notification when they
 * change.
 */
export const STATUS = new RequestType<StatusParams, StatusResult | null, never>('cantonKms/status');
export const STATUS_CHANGED = new NotificationType<StatusParams>('cantonKms/statusChanged');
export type StatusParams = DocumentParams;
export interface StatusResult {
  readonly cantonVersion: string;
  /** The release of that line, if it is specified. */
  readonly cantonRelease?: string;
  /** The source of the version. */
  readonly versionSource: 'directive' | 'project' | 'setting' | 'image' | 'default';
  readonly edition: string;
  readonly launchSet: string;
  /** Equal for two documents of one launch set; names need not be unique. */
  readonly launchSetId: string;
  /** All launch sets that the document is in; problems come from all of them, everything else from the one above. */
  readonly launchSets: readonly { readonly id: string; readonly name: string }[];
  readonly problems: { readonly errors: number; readonly warnings: number };
}

/** Chooses the launch sets to use for documents in several; the latest choice comes first. */
export const PREFER_LAUNCH_SETS = new RequestType<PreferLaunchSetsParams, null, never>('cantonKms/preferLaunchSets');
export interface PreferLaunchSetsParams {
  readonly ids: readonly string[];
}

/** Returns a report of what is loaded, what is not, and why, as text without values of the configuration. */
export const DOCTOR = new RequestType<object, DoctorResult | null, never>('cantonKms/doctor');
export interface DoctorResult {
  readonly text: string;
}

/** Explains the failures in a log of Canton, as Markdown with links to the lines of the configuration. */
export const EXPLAIN_LOG = new RequestType<ExplainLogParams, ExplainLogResult | null, never>('cantonKms/explainLog');
export interface ExplainLogParams {
  readonly text: string;
  /** A document of the launch set that Canton was started with; without it, no line is named. */
  readonly uri?: string | undefined;
}
export interface ExplainLogResult {
  readonly markdown: string;
  /** False: nothing in the log is known. */
  readonly isKnown: boolean;
}

/** Lists the nodes of the launch set of a document. */
export const NODES = new RequestType<NodesParams, readonly NodeSummary[], never>('cantonKms/nodes');
export type NodesParams = DocumentParams;

/** Lists the nodes of all launch sets of a document with details; a node in several sets is listed once for each. */
export const NODE_LIST = new RequestType<NodesParams, readonly ListedNode[], never>('cantonKms/nodeList');

/** Finds the definition that a key's definition overrides, or is overridden by; null where there is no key. */
export const OTHER_DEFINITION = new RequestType<OtherDefinitionParams, OtherDefinitionResult | null, never>(
  'cantonKms/otherDefinition',
);
export interface OtherDefinitionParams extends PositionParams {
  readonly direction: 'previous' | 'next';
}
export type OtherDefinitionResult = OtherDefinition;

/** Lists the full paths of the key at a position, for the clipboard. */
export const KEY_PATHS = new RequestType<KeyPathsParams, readonly string[], never>('cantonKms/keyPaths');
export type KeyPathsParams = PositionParams;

/** Moves the entry at a position past a neighbor, without effect on what Canton reads. */
export const MOVE_ENTRY = new RequestType<MoveEntryParams, MoveEntryResult, never>('cantonKms/moveEntry');
export interface MoveEntryParams extends PositionParams {
  readonly direction: 'up' | 'down';
}
/** The changes of the document and the new position of the cursor, or a sentence with the reason why there are none. */
export type MoveEntryResult = MovedEntry | Refusal;

/**
 * Returns the effective crypto section of a node as readable HOCON; null if the launch set of the document has no such
 * node. Clients request it again after CONFIGURATION_CHANGED.
 */
export const EFFECTIVE = new RequestType<EffectiveParams, EffectiveResult | null, never>('cantonKms/effective');
export interface EffectiveParams extends DocumentParams {
  readonly node: string;
}
export type EffectiveResult = EffectiveDocument;

/** The configuration of any node may have changed. */
export const CONFIGURATION_CHANGED = new NotificationType<object>('cantonKms/configurationChanged');

/**
 * Lists the procedures that the Canton version of a node has, in the order in which an operator needs them; those that
 * are not possible for the node come last.
 */
export const PROCEDURES = new RequestType<ProceduresParams, readonly ProcedureSummary[], never>('cantonKms/procedures');
export interface ProceduresParams extends DocumentParams {
  readonly node: string;
  readonly options?: Readonly<Record<string, string>>;
}

/** Plans a procedure on a node. */
export const PLAN = new RequestType<PlanParams, Plan | null, never>('cantonKms/plan');
export type PlanParams = ProcedureRequest;

/**
 * Returns the next question of a procedure for the answers so far in `options`; null if none is open. Clients request
 * it after every answer, because the KMS type decides which settings follow. The client has no knowledge of procedures
 * or KMS types.
 */
export const NEXT_QUESTION = new RequestType<PlanParams, Question | null, never>('cantonKms/nextQuestion');

/** Checks an answer while it is typed; null if it is valid. */
export const ANSWER_FAULT = new RequestType<AnswerFaultParams, AnswerFault | null, never>('cantonKms/answerFault');
export interface AnswerFaultParams extends PlanParams {
  readonly option: string;
  readonly answer: string;
}

/** Renders the runbook of a plan for people to read. */
export const RUNBOOK = new RequestType<PlanParams, RunbookResult | null, never>('cantonKms/runbook');
export interface RunbookResult {
  readonly markdown: string;
  /** The first script for the Canton console, with a list of the others. */
  readonly console: string;
  /** The separate scripts; each ends at a manual step. */
  readonly parts: readonly string[];
}

/** Returns the page of a rule, for clients that show it themselves; null for a code without a page. */
export const RULE_PAGE = new RequestType<RulePageParams, RulePageResult | null, never>('cantonKms/rulePage');
export interface RulePageParams {
  readonly code: string;
}
export interface RulePageResult {
  readonly markdown: string;
}

/** Returns the URIs of the files that cannot be written, which VS Code does not tell extensions. */
export const READ_ONLY_FILES = new RequestType<ReadOnlyFilesParams, readonly string[], never>(
  'cantonKms/readOnlyFiles',
);
export interface ReadOnlyFilesParams {
  readonly uris: readonly string[];
}

/** Returns the least privileges of a node at its KMS, as a policy of its cloud or for Terraform. */
export const POLICY = new RequestType<PolicyParams, PolicyResult | null, never>('cantonKms/policy');
export interface PolicyParams extends DocumentParams, PolicyRequest {}
export type PolicyResult = PolicyAnswer;

/**
 * Returns the effect of another Canton version on a document's launch sets; `edits` rename and move keys for that
 * version.
 */
export const UPGRADE = new RequestType<UpgradeParams, UpgradeResult | null, never>('cantonKms/upgrade');
export interface UpgradeParams extends DocumentParams {
  /** A release line, such as `3.5`, or one of its releases. */
  readonly to: string;
}
export interface UpgradeResult {
  readonly markdown: string;
  readonly edits: readonly PlannedEdit[];
}

/** Sent to a client whose files the server cannot access, such as a browser. `text` is null if there is no file. */
export const READ_FILE = new RequestType<ReadFileParams, ReadFileResult, never>('cantonKms/readFile');
export interface ReadFileParams {
  readonly uri: string;
}
export interface ReadFileResult {
  readonly text: string | null;
}

/** Sent by a server in a web worker: a file of the extension's `dist/data/configuration`. */
export const READ_DATA = new RequestType<ReadDataParams, ReadFileResult | null, never>('cantonKms/readData');
export interface ReadDataParams {
  readonly name: string;
}

/** Lists the URIs of the `.conf`, `.json` and `.properties` files below a folder; sent to the same clients. */
export const LIST_FILES = new RequestType<ListFilesParams, readonly string[], never>('cantonKms/listFiles');
export interface ListFilesParams {
  readonly folder: string;
}
