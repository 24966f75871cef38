import type { CodeLens, InlayHint } from 'vscode-languageserver';
import { URI, Utils } from 'vscode-uri';
import { codeLenses, type LensCommands } from '../features/requests/code-lens';
import { type EffectiveDocument, effectiveDocument } from '../features/requests/effective/effective-document';
import { defaultHints, inlayHints } from '../features/requests/inlay-hints';
import { type NodeSummary, nodeSummaries } from '../features/shared/nodes';
import type { Range } from '../text/positions';
import { normalize } from '../workspace/documents';
import { hostOf } from '../workspace/region-uri';
import type { Snapshot } from '../workspace/snapshot';
import { Editing } from './editing';
import { report } from './report';

export interface WantedHints {
  /** What Canton takes for keys that are absent. */
  readonly defaults: boolean;
  /** What `${…}` stands for. */
  readonly substitutions: boolean;
}

/** What is seen of nodes at a glance. */
export abstract class Overview extends Editing {
  /** @param commands what clicks on lenses do, where the editor has something to do */
  async codeLenses(uri: string, commands?: LensCommands): Promise<CodeLens[]> {
    const snapshot = await this.snapshot(uri);
    const { nodes, diagnostics } = snapshot;
    return codeLenses(normalize(uri), nodes, diagnostics, (other) => snapshot.lines(other), commands);
  }

  /** Of a range of the document. */
  async inlayHints(uri: string, { start, end }: Range, wanted: WantedHints): Promise<InlayHint[]> {
    const view = await this.view(uri);
    if (view === undefined) return [];
    const { occurrences, nodes } = await this.snapshot(uri);
    const range = { start: view.lines.offsetAt(start), end: view.lines.offsetAt(end) };
    return [
      ...(wanted.defaults ? defaultHints(view, nodes, range) : []),
      ...(wanted.substitutions ? inlayHints(view, occurrences, range) : []),
    ];
  }

  /** The nodes of the launch set of the document. */
  async nodes(uri: string): Promise<readonly NodeSummary[]> {
    const snapshot = await this.snapshot(uri);
    return nodeSummaries(snapshot.nodes, normalize(uri), (other) => snapshot.lines(other));
  }

  /** What is in effect for a node of the launch set of the document; undefined where there is no such node. */
  async effective(uri: string, id: string): Promise<EffectiveDocument | undefined> {
    const snapshot = await this.holding(uri, id);
    const node = snapshot?.nodes.find((one) => one.id === id);
    if (snapshot === undefined || node === undefined) return undefined;
    const { config, choice, set, diagnostics, context, sources } = snapshot;
    return effectiveDocument({
      node,
      view: context.view.nodes.find((one) => one.id === id),
      config,
      isSecret: snapshot.isSecret,
      version: choice.version,
      edition: choice.edition,
      launchSet: set.name,
      diagnostics,
      file: (other) => {
        const [text, lines] = [sources.get(other)?.text, snapshot.lines(other)];
        return text === undefined || lines === undefined ? undefined : { text, lines };
      },
      nameOf: namesIn(snapshot),
    });
  }

  /** What is loaded of the open documents and the workspace; names, no values. */
  async report(): Promise<string> {
    return report(this, await this.candidates(), (uri) => {
      const parsed = URI.parse(uri);
      return parsed.scheme === 'file' ? parsed.fsPath : parsed.toString(true);
    });
  }

  /** Of the launch sets of the document, the first that has the node; the chosen one comes before the others. */
  private async holding(uri: string, node: string): Promise<Snapshot | undefined> {
    const snapshots = [await this.snapshot(uri), ...(await this.snapshots(uri))];
    return snapshots.find(({ nodes }) => nodes.some(({ id }) => id === node));
  }
}

/** Files named from the folder of the project file, or of the first file where there is none. */
function namesIn({ set }: Snapshot): (uri: string) => string {
  const folder = Utils.dirname(URI.parse(hostOf(set.project?.uri ?? set.roots[0]?.uri ?? ''))).path.replace(
    /\/?$/,
    '/',
  );
  return (uri) => {
    const { path } = URI.parse(hostOf(uri));
    return (path.startsWith(folder) ? path.slice(folder.length) : path).replace(/\s/g, ' ');
  };
}
