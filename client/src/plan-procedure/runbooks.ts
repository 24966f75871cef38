import * as vscode from 'vscode';
import { PLAN, type Plan, type PlanParams, RUNBOOK, type RunbookResult } from '../../../server/src/lsp/protocol';
import { PREVIEW_EDITS, reportErrors, WRITE_POLICY } from '../infrastructure/commands';
import { mention, showNewDocument, showRange } from '../infrastructure/documents';
import type { Server } from '../infrastructure/language-server';
import { fileName } from '../infrastructure/workspace-nodes';

/** A plan, its input and its text, stored because the files may change later. */
export interface Planned {
  readonly params: PlanParams;
  readonly plan: Plan;
  readonly runbook: RunbookResult;
}

/** Throws an error of one sentence if the server had no answer. */
export async function planFor(server: Server, params: PlanParams): Promise<Planned> {
  const [plan, runbook] = await Promise.all([server.request(PLAN, params), server.request(RUNBOOK, params)]);
  if (plan === null || runbook === null) {
    throw new Error(
      vscode.l10n.t('The procedure could not be planned. See the output channel "Canton KMS" for the reason.'),
    );
  }
  return { params, plan, runbook };
}

/** Context keys for menus: which documents are runbooks, and whether there is a plan to continue. */
const RUNBOOKS = 'cantonKms.runbooks';
const HAS_PLAN = 'cantonKms.hasPlan';

/** The commands of the buttons above the steps, which nothing else uses. */
const TICK_STEP = 'cantonKms.tickStep';
const SHOW_EDIT = 'cantonKms.showEdit';
const COPY_COMMANDS = 'cantonKms.copyCommands';

/** Kept in the workspace: the plans of runbooks by their URI, and the ticked steps by plan. */
const PLANS = 'runbooks.plans';
const TICKS = 'runbooks.ticks';
const MOST_REMEMBERED = 50;

const STEP = /^- \[([ xX])\] (\*\*\d+\. .*)$/;
const ROLLBACK = /^## The way back/;
const PERMISSIONS = /\bkms:[A-Z]|\bcloudkms\.|\bpermissions?\b|\brights\b/;

/** The runbooks that were opened, with buttons over their steps, so that their plans can be continued. */
export class Runbooks implements vscode.CodeLensProvider, vscode.Disposable {
  private readonly plans: Map<string, PlanParams>;
  private readonly planned = new Map<string, Planned>();
  private last: PlanParams | undefined;
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.changed.event;
  private readonly disposables: vscode.Disposable[];

  constructor(
    private readonly server: Server,
    private readonly memory: vscode.Memento,
  ) {
    this.plans = new Map(memory.get<[string, PlanParams][]>(PLANS, []));
    this.disposables = [
      this.changed,
      vscode.languages.registerCodeLensProvider({ language: 'markdown' }, this),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.rememberTicks(document)),
      vscode.workspace.onDidCloseTextDocument((document) => this.closed(document)),
      vscode.commands.registerCommand(TICK_STEP, tickStep),
      vscode.commands.registerCommand(SHOW_EDIT, showRange),
      vscode.commands.registerCommand(COPY_COMMANDS, copyCommands),
    ];
    this.updateMenus();
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  /**
   * The plan of the runbook in the active editor, or the last one that was created. Throws an error of one sentence if
   * there is none.
   */
  async current(): Promise<Planned> {
    const active = vscode.window.activeTextEditor?.document.uri.toString() ?? '';
    const params = this.plans.get(active) ?? this.last;
    if (params === undefined) throw new Error(vscode.l10n.t('Plan a procedure first.'));
    return planFor(this.server, params);
  }

  /** Opens the plan as Markdown with check boxes; it is saved next to the configuration. */
  async show(planned: Planned, options: vscode.TextDocumentShowOptions = {}): Promise<void> {
    const { params, runbook } = planned;
    const { text, number } = withTicks(runbook.markdown, this.ticks.get(keyOf(params)) ?? []);
    const document = await showNewDocument(nameOf(params, 'md'), text, options);
    this.last = params;
    this.planned.set(document.uri.toString(), planned);
    this.plans.set(document.uri.toString(), params);
    this.plansChanged();
    if (number > 0) mention(`$(checklist) ${vscode.l10n.t('{0} steps were checked off earlier.', number)}`);
  }

  /** Opens the console commands of the plan as a script; if there are several parts, the user picks one. */
  async showConsole({ params, runbook: { console, parts } }: Planned): Promise<void> {
    if (parts.length < 2) return void (await showNewDocument(nameOf(params, 'canton'), console));
    const items = parts.map((text, i) => ({ label: vscode.l10n.t('Part {0} of {1}', i + 1, parts.length), text }));
    const placeHolder = vscode.l10n.t('A manual step ends each part');
    const picked = await vscode.window.showQuickPick(items, { placeHolder });
    if (picked !== undefined) await showNewDocument(nameOf(params, 'canton'), picked.text);
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    const uri = document.uri.toString();
    const params = this.plans.get(uri);
    if (params === undefined) return [];
    const { plan } = this.planned.get(uri) ?? (await planFor(this.server, params));
    return stepsIn(document).flatMap(({ line, isTicked, index, isRollback }) => {
      const step = (isRollback ? plan.rollback : plan.steps)[index];
      const commands = [
        tickCommand(uri, line, isTicked),
        ...(step === undefined ? [] : buttons(step, params, isRollback)),
      ];
      return commands.map((command) => new vscode.CodeLens(new vscode.Range(line, 0, line, 0), command));
    });
  }

  private get ticks(): Map<string, readonly string[]> {
    return new Map(this.memory.get<[string, string[]][]>(TICKS, []));
  }

  /**
   * Ticked steps are restored when the same plan is opened again, until all of them are ticked and the plan is done.
   */
  private rememberTicks(document: vscode.TextDocument): void {
    const params = this.plans.get(document.uri.toString());
    // An emptied document is about to be closed.
    const steps = params === undefined ? [] : stepsIn(document);
    if (params === undefined || steps.length === 0) return;
    const ticked = steps.filter(({ isTicked }) => isTicked).map(({ id }) => id);
    const isDone = steps.every(({ isTicked, isRollback }) => isTicked || isRollback);
    const ticks = this.ticks;
    const key = keyOf(params);
    if ((ticks.get(key) ?? []).join('\n') === (isDone ? '' : ticked.join('\n'))) return;
    ticks.delete(key);
    if (!isDone && ticked.length > 0) ticks.set(key, ticked);
    void this.memory.update(TICKS, [...ticks].slice(-MOST_REMEMBERED));
  }

  /** A saved runbook becomes a file, which has another URI. */
  private closed(document: vscode.TextDocument): void {
    const uri = document.uri.toString();
    const params = this.plans.get(uri);
    this.planned.delete(uri);
    if (params === undefined || document.uri.scheme !== 'untitled') return;
    this.plans.delete(uri);
    const saved = vscode.workspace.textDocuments.find(
      (one) => one.uri.scheme !== 'untitled' && one.languageId === 'markdown' && one.getText() === document.getText(),
    );
    if (saved !== undefined) this.plans.set(saved.uri.toString(), params);
    this.plansChanged();
  }

  private plansChanged(): void {
    void this.memory.update(PLANS, [...this.plans].slice(-MOST_REMEMBERED));
    this.updateMenus();
    this.changed.fire();
  }

  private updateMenus(): void {
    void vscode.commands.executeCommand('setContext', RUNBOOKS, [...this.plans.keys()]);
    void vscode.commands.executeCommand('setContext', HAS_PLAN, this.last !== undefined);
  }
}

/** `participant1-rotate-wrapper-key.md` */
function nameOf({ uri, node, procedure }: PlanParams, ending: string) {
  return { beside: uri, base: `${node.split('.').at(-1)}-${procedure}`, ending };
}

/** The same for the same answers. */
function keyOf({ uri, node, procedure, options }: PlanParams): string {
  return JSON.stringify([uri, node, procedure, Object.entries(options).sort()]);
}

interface StepLine {
  readonly line: number;
  readonly isTicked: boolean;
  /** Into the steps of the plan, or into those of the way back. */
  readonly index: number;
  readonly isRollback: boolean;
  readonly id: string;
}

function stepsIn(document: vscode.TextDocument): StepLine[] {
  return stepsOf(document.getText().split(/\r?\n/));
}

function stepsOf(lines: readonly string[]): StepLine[] {
  const found: StepLine[] = [];
  let isRollback = false;
  let index = 0;
  lines.forEach((text, line) => {
    if (ROLLBACK.test(text)) {
      isRollback = true;
      index = 0;
    }
    const [, box, title] = STEP.exec(text) ?? [];
    if (box === undefined || title === undefined) return;
    found.push({ line, isTicked: box !== ' ', index: index++, isRollback, id: `${isRollback ? 'back ' : ''}${title}` });
  });
  return found;
}

function withTicks(markdown: string, ticked: readonly string[]): { readonly text: string; readonly number: number } {
  const lines = markdown.split('\n');
  const steps = stepsOf(lines).filter(({ id }) => ticked.includes(id));
  for (const { line } of steps) lines[line] = (lines[line] ?? '').replace('- [ ]', '- [x]');
  return { text: lines.join('\n'), number: steps.length };
}

function tickCommand(uri: string, line: number, isTicked: boolean): vscode.Command {
  const title = isTicked
    ? `$(circle-large-outline) ${vscode.l10n.t('Not done yet')}`
    : `$(check) ${vscode.l10n.t('Done')}`;
  return { title, command: TICK_STEP, arguments: [uri, line, !isTicked] };
}

type Step = Plan['steps'][number];

/** The buttons of a step: what the operator can open or copy for it. */
function buttons({ kind, text, console, edits }: Step, params: PlanParams, isRollback: boolean): vscode.Command[] {
  const found: vscode.Command[] = [];
  // The locations of inverse edits refer to files that have not been changed yet.
  if (!isRollback) {
    for (const file of new Set(edits.map((edit) => edit.file))) {
      const edit = edits.find((one) => one.file === file);
      found.push({
        title: `$(go-to-file) ${vscode.l10n.t('Open {0} at the edit', fileName(file))}`,
        command: SHOW_EDIT,
        arguments: [file, edit?.range],
      });
    }
    if (edits.length > 0)
      found.push({ title: `$(diff) ${vscode.l10n.t('Preview the edits')}`, command: PREVIEW_EDITS });
  }
  if (console.length > 0) {
    const title = `$(copy) ${vscode.l10n.t('Copy the commands')}`;
    found.push({ title, command: COPY_COMMANDS, arguments: [console.join('\n')] });
  }
  if (kind !== 'console' && PERMISSIONS.test(text)) {
    const { uri, node, options } = params;
    const title = `$(shield) ${vscode.l10n.t('Open the policy')}`;
    found.push({ title, command: WRITE_POLICY, arguments: [{ uri, node, options }] });
  }
  return found;
}

async function tickStep(uri: string, line: number, isTicked: boolean): Promise<void> {
  await reportErrors(vscode.l10n.t('Check Off a Step'), async () => {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(line, 3, line, 4), isTicked ? 'x' : ' ');
    await vscode.workspace.applyEdit(edit);
  });
}

async function copyCommands(commands: string): Promise<void> {
  await vscode.env.clipboard.writeText(commands);
  mention(`$(copy) ${vscode.l10n.t('Copied the commands of the step.')}`);
}
