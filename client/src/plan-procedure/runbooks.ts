import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { PLAN, type Plan, type PlanParams, RUNBOOK, type RunbookResult } from '../../../server/src/lsp/protocol';
import { showNewDocument } from '../infrastructure/documents';

/** A plan, what it was made from, and how it reads: afterwards the files may be others. */
export interface Planned {
  readonly params: PlanParams;
  readonly plan: Plan;
  readonly runbook: RunbookResult;
}

/** Throws, with one sentence, where the server had no answer. */
export async function planFor(client: BaseLanguageClient, params: PlanParams): Promise<Planned> {
  const [plan, runbook] = await Promise.all([client.sendRequest(PLAN, params), client.sendRequest(RUNBOOK, params)]);
  if (plan === null || runbook === null) {
    throw new Error('it could not be planned; the output channel "Canton KMS" has the reason.');
  }
  return { params, plan, runbook };
}

/** Tells menus which documents are runbooks, and that there is a plan to go on with. */
const RUNBOOKS = 'cantonKms.runbooks';
const HAS_PLAN = 'cantonKms.hasPlan';

/** The runbooks that were opened, so that their plans can be gone on with. */
export class Runbooks implements vscode.Disposable {
  private readonly plans = new Map<string, Planned>();
  private last: Planned | undefined;
  private readonly closing: vscode.Disposable;

  constructor() {
    this.closing = vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      if (this.plans.delete(uri.toString())) this.tell();
    });
  }

  dispose(): void {
    this.closing.dispose();
  }

  /** The plan of the runbook in the active editor, or the last one that was made. Throws, with one sentence, without one. */
  current(): Planned {
    const active = vscode.window.activeTextEditor?.document.uri.toString() ?? '';
    const planned = this.plans.get(active) ?? this.last;
    if (planned === undefined) throw new Error('plan a procedure first.');
    return planned;
  }

  /** Opens the plan as Markdown with check boxes; saved, it lies next to the configuration. */
  async show(planned: Planned, options: vscode.TextDocumentShowOptions = {}): Promise<void> {
    const { params, runbook } = planned;
    const document = await showNewDocument(nameOf(params, 'md'), runbook.markdown, options);
    this.last = planned;
    this.plans.set(document.uri.toString(), planned);
    this.tell();
  }

  /** Opens what of the plan is run on the Canton console as a script. */
  async showConsole({ params, runbook }: Planned): Promise<void> {
    await showNewDocument(nameOf(params, 'canton'), runbook.console);
  }

  private tell(): void {
    void vscode.commands.executeCommand('setContext', RUNBOOKS, [...this.plans.keys()]);
    void vscode.commands.executeCommand('setContext', HAS_PLAN, this.last !== undefined);
  }
}

/** `participant1-rotate-wrapper-key.md` */
function nameOf({ uri, node, procedure }: PlanParams, ending: string) {
  return { beside: uri, base: `${node.split('.').at(-1)}-${procedure}`, ending };
}
