/** Requests of ours beside LSP; client and server import this file, so it holds types and method names only. */

/**
 * The experimental capability of a client that knows these notifications and has the commands of lenses; others are not
 * bothered with them.
 */
export const CLIENT_CAPABILITY = 'cantonKms';

/** What a lens runs where the client has it; its argument are EffectiveParams. */
export const SHOW_EFFECTIVE = 'cantonKms.showEffective';

/** What a second lens and code actions run where the client has it: what need not be asked is in its argument. */
export const PLAN_PROCEDURE = 'cantonKms.planProcedure';
export interface PlanProcedureParams {
  readonly uri: string;
  readonly node: string;
  readonly procedure?: string;
}

/** Is this `.conf` Canton's? Asked by the client before it switches a document's language. */
export const CLASSIFY = 'cantonKms/classify';
export interface ClassifyParams {
  readonly uri: string;
  readonly text: string;
}
export interface ClassifyResult {
  readonly canton: boolean;
}

/** What the document is checked as; the server sends the notification when it changes. */
export const STATUS = 'cantonKms/status';
export const STATUS_CHANGED = 'cantonKms/statusChanged';
export interface StatusParams {
  readonly uri: string;
}
export interface StatusResult {
  readonly cantonVersion: string;
  /** Where the version was chosen. */
  readonly versionSource: 'directive' | 'project' | 'setting' | 'default';
  readonly edition: string;
  readonly launchSet: string;
  /** The same for two documents of one launch set; names need not differ. */
  readonly launchSetId: string;
  /** All launch sets that the document is in; problems are those of all, everything else is of the one above. */
  readonly launchSets: readonly { readonly id: string; readonly name: string }[];
  readonly problems: { readonly errors: number; readonly warnings: number };
}

/** Which launch sets count where a document is in several; the latest choice first. */
export const PREFER_LAUNCH_SETS = 'cantonKms/preferLaunchSets';
export interface PreferLaunchSetsParams {
  readonly ids: readonly string[];
}

/** What is loaded, what not and why, as text for people and for questions to us; without values. */
export const REPORT = 'cantonKms/report';
export interface ReportResult {
  readonly text: string;
}

/** The nodes of the launch set of a document. */
export const NODES = 'cantonKms/nodes';
export interface NodesParams {
  readonly uri: string;
}
export interface NodeSummary {
  /** `participants.p1` */
  readonly id: string;
  readonly kind: 'participants' | 'sequencers' | 'mediators' | 'domains' | 'domain-managers';
  readonly name: string;
  readonly mode: 'none' | 'envelope' | 'external';
  readonly provider: string | undefined;
  readonly uri: string;
  readonly range: { readonly start: Position; readonly end: Position };
}
interface Position {
  readonly line: number;
  readonly character: number;
}

/** The nodes of all launch sets of a document with what a list tells of them; one that several have comes once for each. */
export const NODE_LIST = 'cantonKms/nodeList';
export interface ListedNode extends NodeSummary {
  /** Region, location with key ring, or the name of the driver; absent where it is not known. */
  readonly place?: string;
  /** The wrapper key that the configuration names. */
  readonly wrapperKey?: string;
  /** Anywhere in the node's configuration. */
  readonly problems: { readonly errors: number; readonly warnings: number };
  readonly launchSet: {
    readonly id: string;
    readonly name: string;
    /** `Canton 3.5 enterprise` */
    readonly checkedAs: string;
    /** Of all its files. */
    readonly problems: ListedNode['problems'];
  };
}

/** The place that a key's definition overrides, or is overridden by; null where there is no key. */
export const OTHER_DEFINITION = 'cantonKms/otherDefinition';
export interface OtherDefinitionParams {
  readonly uri: string;
  readonly position: Position;
  readonly direction: 'previous' | 'next';
}
export interface OtherDefinitionResult {
  /** Of the key. */
  readonly path: string;
  /** Null where there is none in this direction. */
  readonly target: {
    readonly uri: string;
    readonly range: { readonly start: Position; readonly end: Position };
  } | null;
  /** Which one of how many the target is, from 1, the one that all others override first. */
  readonly number: number;
  readonly count: number;
}

/** The full paths of the key at a position, for the clipboard. */
export const KEY_PATHS = 'cantonKms/keyPaths';
export interface KeyPathsParams {
  readonly uri: string;
  readonly position: Position;
}

/** Moves the entry at a position by one place, without effect on what Canton reads. */
export const MOVE_ENTRY = 'cantonKms/moveEntry';
export interface MoveEntryParams {
  readonly uri: string;
  readonly position: Position;
  readonly direction: 'up' | 'down';
}
/** Changes of the document and where the cursor goes; or why there is none, in a sentence. */
export type MoveEntryResult =
  | {
      readonly edits: readonly {
        readonly range: { readonly start: Position; readonly end: Position };
        readonly newText: string;
      }[];
      readonly cursor: Position;
    }
  | { readonly refused: string };

/**
 * The crypto section of a node as it is in effect, as HOCON to read; null where the launch set of the document has no such
 * node. To be asked for again after CONFIGURATION_CHANGED.
 */
export const EFFECTIVE = 'cantonKms/effective';
export interface EffectiveParams {
  readonly uri: string;
  readonly node: string;
}
export interface EffectiveResult {
  readonly text: string;
  /** Where the text names a place in a file. */
  readonly links: readonly EffectiveLink[];
}
export interface EffectiveLink {
  readonly range: { readonly start: Position; readonly end: Position };
  readonly uri: string;
  readonly line: number;
}

/** Something of what nodes are configured with may be another now. */
export const CONFIGURATION_CHANGED = 'cantonKms/configurationChanged';

/**
 * The procedures that the Canton version of a node has, in the order in which an operator meets them; those last that are
 * not possible for the node.
 */
export const PROCEDURES = 'cantonKms/procedures';
export interface ProceduresParams {
  readonly uri: string;
  readonly node: string;
  readonly options?: Readonly<Record<string, string>>;
}
export interface ProcedureSummary {
  readonly name: string;
  readonly title: string;
  /** One line for lists. */
  readonly summary: string;
  /** Why it is not possible, whatever is answered; null where it may be. */
  readonly reason: string | null;
}

/** A plan for a procedure on a node, see `operations/plan.ts`. */
export const PLAN = 'cantonKms/plan';
export interface PlanParams {
  readonly uri: string;
  readonly procedure: string;
  readonly node: string;
  readonly options: Readonly<Record<string, string>>;
}

/**
 * What a procedure still has to know, given the answers so far in `options`; null when nothing is missing. Asked again
 * after every answer, since a provider decides which settings follow. The client knows no procedure and no provider.
 */
export const NEXT_QUESTION = 'cantonKms/nextQuestion';
export interface Question {
  /** The key of the answer in `options`. */
  readonly option: string;
  readonly title: string;
  readonly placeholder: string;
  /** Pick one of these; empty: any text. */
  readonly choices: readonly { readonly value: string; readonly label: string; readonly detail: string }[];
  /** Answers that many give; any other text is one, too. */
  readonly suggestions: readonly { readonly value: string; readonly label: string; readonly detail: string }[];
  /** May be left empty, which is then the answer. */
  readonly optional: boolean;
}

/** What is wrong with an answer, asked while it is typed; null when nothing is. */
export const ANSWER_FAULT = 'cantonKms/answerFault';
export interface AnswerFaultParams extends PlanParams {
  readonly option: string;
  readonly answer: string;
}
export interface AnswerFault {
  /** With a warning the answer can be given all the same. */
  readonly severity: 'error' | 'warning';
  readonly message: string;
}

/** The runbook of a plan for people to read. */
export const RUNBOOK = 'cantonKms/runbook';
export interface RunbookResult {
  readonly markdown: string;
  /** What of it is run on the Canton console, as a script. */
  readonly console: string;
}

/** The page of a rule, for clients that show it themselves; null for a code without a page. */
export const RULE_PAGE = 'cantonKms/rulePage';
export interface RulePageParams {
  readonly code: string;
}
export interface RulePageResult {
  readonly markdown: string;
}

/** Those of some files that cannot be written, by their URIs; VS Code does not tell extensions. */
export const READ_ONLY_FILES = 'cantonKms/readOnlyFiles';
export interface ReadOnlyFilesParams {
  readonly uris: readonly string[];
}

/** The least rights of a node at its KMS, as a policy of its provider or for Terraform. */
export const POLICY = 'cantonKms/policy';
export interface PolicyParams {
  readonly uri: string;
  readonly node: string;
  /** Undefined: that of the provider. */
  readonly format?: 'terraform' | undefined;
  /** Who makes the keys; undefined: as the configuration suggests. */
  readonly keys?: 'created' | 'existing' | undefined;
  /** The launch set, where several have the node. */
  readonly options?: Readonly<Record<string, string>>;
}
export type PolicyResult =
  | {
      readonly kind: 'policy';
      readonly text: string;
      /** Of a file that it is saved in. */
      readonly ending: string;
      /** One sentence each, without a full stop. */
      readonly warnings: readonly string[];
    }
  | { readonly kind: 'none'; readonly reason: string };

/** Asked of a client whose files the server cannot reach, such as a browser. `text` is null where there is no file. */
export const READ_FILE = 'cantonKms/readFile';
export interface ReadFileParams {
  readonly uri: string;
}
export interface ReadFileResult {
  readonly text: string | null;
}

/** The URIs of the `.conf`, `.json` and `.properties` files below a folder, asked of the same clients. */
export const LIST_FILES = 'cantonKms/listFiles';
export interface ListFilesParams {
  readonly folder: string;
}
