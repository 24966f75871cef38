import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { type NodeSummary, PLAN, type PlanParams } from '../../../server/src/lsp/protocol';
import type { Plan } from '../../../server/src/operations/plan';
import { CANTON_CONF } from '../language';
import { type Draft, nextQuestion, type OpenQuestion } from './questions';
import { showRunbook } from './runbook';
import { BACK, Wizard } from './wizard';

const SHOW_PLAN = 'Show the Plan';

export interface Planned {
  readonly params: PlanParams;
  readonly plan: Plan;
}

/** What need not be asked: a command that is run on a node of the view knows the node. */
export interface Start {
  readonly node?: NodeSummary | undefined;
  readonly procedure?: string;
}

/**
 * Leads through the questions to a plan. Undefined when the user gave up, or when the procedure is not possible for the
 * node, which is then said; nothing has been changed.
 */
export async function planProcedure(
  client: BaseLanguageClient,
  title: string,
  { node, procedure }: Start,
): Promise<Planned | undefined> {
  const uri = node?.uri ?? activeConfiguration();
  if (uri === undefined) {
    void vscode.window.showErrorMessage(`${title}: open the Canton configuration of the node first.`);
    return undefined;
  }
  const wizard = new Wizard(title);
  try {
    const planned = await askAndPlan(client, { uri, node: node?.id, procedure, options: {} }, wizard);
    if (planned === undefined || wizard.cancelled) return undefined;
    if (planned.plan.possible) return planned;
    void refuse(client, planned, title);
  } catch (error) {
    void vscode.window.showErrorMessage(`${title}: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    wizard.dispose();
  }
  return undefined;
}

function activeConfiguration(): string | undefined {
  const document = vscode.window.activeTextEditor?.document;
  return document?.languageId === CANTON_CONF ? document.uri.toString() : undefined;
}

async function askAndPlan(client: BaseLanguageClient, start: Draft, wizard: Wizard): Promise<Planned | undefined> {
  const drafts = [start];
  for (;;) {
    const draft = drafts.at(-1) as Draft;
    const open = await nextQuestion(client, draft);
    if (open === undefined) return planOf(client, draft as PlanParams);
    const answer = await ask(open, wizard, drafts.length > 1);
    if (answer === undefined) return undefined;
    if (answer === BACK) drafts.pop();
    else drafts.push(open.answered(answer));
  }
}

async function planOf(client: BaseLanguageClient, params: PlanParams): Promise<Planned> {
  const plan = await client.sendRequest<Plan | null>(PLAN, params);
  if (plan === null) throw new Error('it could not be planned; the output channel "Canton KMS" has the reason.');
  return { params, plan };
}

async function ask(
  { question }: OpenQuestion,
  wizard: Wizard,
  canGoBack: boolean,
): Promise<string | typeof BACK | undefined> {
  const { title, placeholder, choices, optional } = question;
  if (choices.length === 0) return wizard.text(title, { placeholder, optional, canGoBack });
  const items = choices.map(({ value, label, detail }) => ({ label, detail, value }));
  const picked = await wizard.pick(title, items, canGoBack);
  return picked === BACK ? BACK : picked?.value;
}

async function refuse(client: BaseLanguageClient, planned: Planned, title: string): Promise<void> {
  const { node, reasons } = planned.plan;
  const message = `${title}: not possible for ${node}. ${reasons.join(' ')}`;
  // A message with a button is shown in full.
  const choice = await vscode.window.showErrorMessage(message, SHOW_PLAN);
  if (choice === SHOW_PLAN) await showRunbook(client, planned);
}
