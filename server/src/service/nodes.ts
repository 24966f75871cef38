import type { CodeAction } from 'vscode-languageserver';
import { URI, Utils } from 'vscode-uri';
import { PROJECT_FILE_NAME } from '../../../schemas/project-name';
import { procedureActions } from '../features/requests/code-action/procedure-actions';
import { type EffectiveNode, type EffectiveSetting, effectiveNodes } from '../features/requests/effective/effective';
import type { EffectiveDocument } from '../features/requests/effective/effective-document';
import { type NodeDetails, type NodeSummary, nodeDetails, nodeSummaries, problemsIn } from '../features/shared/nodes';
import { keyAt } from '../features/shared/occurrences';
import { MODE_NAMES } from '../model/facts/nodes';
import { counted } from '../text/counted';
import type { Range } from '../text/positions';
import { normalize } from '../workspace/documents';
import type { LaunchSet } from '../workspace/launch-sets';
import { enclosingOf } from '../workspace/regions';
import type { Snapshot } from '../workspace/snapshot';
import type { Workspace } from '../workspace/workspace';

/** A node in one launch set, for lists. */
export interface ListedNode extends NodeSummary, NodeDetails {
  readonly launchSet: {
    readonly id: string;
    readonly name: string;
    /** `Canton 3.5 enterprise` */
    readonly checkedAs: string;
    /** The numbers of diagnostics in all its files. */
    readonly problems: NodeDetails['problems'];
  };
}

/** The crypto section of a node as it is in effect, with the file and zero-based line of each value. */
export interface PlacedNode extends Omit<EffectiveNode, 'settings'> {
  readonly settings: readonly PlacedSetting[];
}

export interface PlacedSetting extends Omit<EffectiveSetting, 'offset'> {
  readonly line: number | undefined;
}

/** The key hierarchy of a node in both forms, or one sentence with the reason why there is none. */
export type DrawnKeys =
  | { readonly kind: 'keys'; readonly text: string; readonly mermaid: string }
  | { readonly kind: 'none'; readonly reason: string };

/** The nodes of launch sets, their effective configuration, and a report of the loaded files. */
export function nodes(workspace: Workspace) {
  const { view, snapshot, snapshots } = workspace;

  /** The first launch set of the document that has the node, starting with the chosen one. */
  async function holding(uri: string, node: string): Promise<Snapshot | undefined> {
    const held = [await snapshot(uri), ...(await snapshots(uri))];
    return held.find(({ nodes }) => nodes.some(({ id }) => id === node));
  }

  return {
    /** The nodes of the launch set of the document. */
    async nodes(uri: string): Promise<readonly NodeSummary[]> {
      const held = await snapshot(uri);
      return nodeSummaries(held.nodes, normalize(uri), (other) => held.lines(other));
    },

    /** The nodes of all launch sets of the document with details; a node in several sets is returned once for each. */
    async nodeList(uri: string): Promise<readonly ListedNode[]> {
      return (await snapshots(uri)).flatMap((held) => listedNodes(held, normalize(uri)));
    },

    /**
     * The procedures for the node that the cursor is on.
     * @param command the editor's command that runs them
     */
    async procedureActions(uri: string, { start }: Range, command: string): Promise<CodeAction[]> {
      const seen = await view(uri);
      const element = seen && keyAt(seen.tree, seen.lines.offsetAt(start));
      if (seen === undefined || element === undefined) return [];
      const { nodes, occurrences } = await snapshot(uri);
      const paths = occurrences.at(seen.tree.uri, element.start).map(({ path }) => path);
      return procedureActions(normalize(uri), paths, nodes, command);
    },

    /** The effective configuration of a node of the document's launch sets; undefined if there is no such node. */
    async effective(uri: string, id: string): Promise<EffectiveDocument | undefined> {
      const held = await holding(uri, id);
      const node = held?.nodes.find((one) => one.id === id);
      if (held === undefined || node === undefined) return undefined;
      const { config, choice, set, diagnostics, context, sources } = held;
      const { drawText, effectiveDocument, keyHierarchy } = await import('./on-demand');
      const hierarchy = keyHierarchy({ config, version: choice.version, edition: choice.edition, node: id });
      const { text, links } = effectiveDocument({
        node,
        view: context.view.nodes.find((one) => one.id === id),
        config,
        isSecret: held.isSecret,
        version: choice.version,
        edition: choice.edition,
        launchSet: set.name,
        diagnostics,
        file: (other) => {
          const [text, lines] = [sources.get(other)?.text, held.lines(other)];
          return text === undefined || lines === undefined ? undefined : { text, lines };
        },
        nameOf: namesIn(held),
      });
      return { text: hierarchy === undefined ? text : `${text}\n${asComments(drawText(hierarchy))}`, links };
    },

    /** The key hierarchy of a node of files that are one launch set, in order, as text and as a Mermaid chart. */
    async keysFiles(uris: readonly string[], node: string): Promise<DrawnKeys> {
      const held = await workspace.snapshotOf(await workspace.setOf(uris));
      const { config, choice } = held;
      const { drawMermaid, drawText, keyHierarchy } = await import('./on-demand');
      const hierarchy = keyHierarchy({ config, version: choice.version, edition: choice.edition, node });
      if (hierarchy !== undefined) {
        return { kind: 'keys', text: drawText(hierarchy), mermaid: drawMermaid(hierarchy) };
      }
      const ids = held.nodes.map(({ id }) => id);
      return { kind: 'none', reason: `unknown node "${node}"; these files configure ${ids.join(', ') || 'no node'}` };
    },

    /** The effective configuration of each node of files that are one launch set, in order. */
    async effectiveNodes(uris: readonly string[]): Promise<readonly PlacedNode[]> {
      const held = await workspace.snapshotOf(await workspace.setOf(uris));
      const found = effectiveNodes(held.nodes, held.isSecret);
      return found.map((node) => ({
        ...node,
        settings: node.settings.map(({ offset, ...setting }) => ({
          ...setting,
          line: held.lines(setting.uri)?.positionAt(offset).line,
        })),
      }));
    },

    /**
     * Reports for each launch set what is loaded, what is not, and why: the first thing to read if a result is
     * unexpected. It contains names of files, nodes and variables, but no values.
     * @param uris the files to look at; without them, the open documents and the workspace
     * @param name returns the display name of a file
     */
    async doctor(uris?: readonly string[], name: (uri: string) => string = pathOf): Promise<string> {
      const sets = new Map<string, LaunchSet>();
      const foreign: string[] = [];
      for (const uri of uris ?? (await workspace.candidates())) {
        // The launch sets name their project file.
        if (uri.endsWith(`/${PROJECT_FILE_NAME}`)) continue;
        if (!(await workspace.classify(uri))) foreign.push(uri);
        else for (const set of await workspace.setsOf(uri)) sets.set(set.id, set);
      }
      const lines: string[] = [];
      for (const set of sets.values()) lines.push(...describe(await workspace.snapshotOf(set), name), '');
      if (sets.size === 0) lines.push('No Canton configuration found.', '');
      if (foreign.length > 0)
        lines.push('Files without Canton configuration:', ...foreign.map((uri) => `  ${name(uri)}`), '');
      return lines.join('\n');
    },
  };
}

function asComments(text: string): string {
  return text.replace(/^(?=.)/gm, '# ');
}

function listedNodes(snapshot: Snapshot, uri: string): ListedNode[] {
  const { set, choice, nodes, diagnostics } = snapshot;
  const details = new Map(nodes.map((node) => [node.id, nodeDetails(node, diagnostics)]));
  const checkedAs = `Canton ${choice.version} ${choice.edition}`;
  const launchSet = { id: set.id, name: set.name, checkedAs, problems: problemsIn(diagnostics) };
  return nodeSummaries(nodes, uri, (other) => snapshot.lines(other)).map((summary) => ({
    ...summary,
    ...(details.get(summary.id) as NodeDetails),
    launchSet,
  }));
}

/** Names files relative to the folder of the project file, or of the first file if there is none. */
function namesIn({ set }: Snapshot): (uri: string) => string {
  const folder = Utils.dirname(URI.parse(enclosingOf(set.project?.uri ?? set.roots[0]?.uri ?? ''))).path.replace(
    /\/?$/,
    '/',
  );
  return (uri) => {
    const { path } = URI.parse(enclosingOf(uri));
    return (path.startsWith(folder) ? path.slice(folder.length) : path).replace(/\s/g, ' ');
  };
}

function pathOf(uri: string): string {
  const parsed = URI.parse(uri);
  return parsed.scheme === 'file' ? parsed.fsPath : parsed.toString(true);
}

function describe(snapshot: Snapshot, name: (uri: string) => string): string[] {
  const { set, choice, sources, diagnostics, nodes } = snapshot;
  const { project } = set;
  const found = snapshot.files.map(name);
  const missing = [...sources.lookedFor].filter((uri) => sources.get(uri) === undefined).map(name);
  const count = (severity: string) => counted(diagnostics.filter((one) => one.severity === severity).length, severity);
  const rows: [string, string][] = [
    ['checked as', `Canton ${choice.version} (${choice.versionSource}), ${choice.edition} (${choice.editionSource})`],
    ['project file', project === undefined ? 'none' : name(project.uri)],
    ['files', found.join(', ') || 'none'],
    ['not found', missing.join(', ') || 'nothing'],
    [
      'variables',
      [...(project?.environment.variables.keys() ?? [])].join(', ') || 'none set; all variables are unknown',
    ],
    ['rules off', [...(project?.off ?? [])].join(', ') || 'none'],
    [
      'nodes',
      nodes
        .map(({ id, mode, kmsType }) => `${id} (${[MODE_NAMES[mode], kmsType].filter(Boolean).join(', ')})`)
        .join(', ') || 'none',
    ],
    ['problems', `${count('error')}, ${count('warning')}`],
  ];
  const problems = (project?.problems ?? []).map(({ message }) => `  project file problem: ${message}`);
  const declared = set.declared ? 'declared in canton-kms.json' : 'inferred';
  return [`Launch set ${set.name} (${declared})`, ...rows.map(([key, value]) => `  ${key}: ${value}`), ...problems];
}
