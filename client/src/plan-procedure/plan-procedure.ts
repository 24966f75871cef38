import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { ANSWER_FAULT, type ListedNode, type PlanParams } from '../../../server/src/lsp/protocol';
import {
  CONFIGURE_KMS,
  ENABLE_ENVELOPE,
  ENABLE_EXTERNAL,
  OPEN_CONSOLE_SCRIPT,
  PLAN_PROCEDURE,
  PREVIEW_EDITS,
  ROTATE_EXTERNAL_KEYS,
  ROTATE_WRAPPER_KEY,
  WRITE_POLICY,
} from '../infrastructure/commands';
import { CANTON_CONF } from '../infrastructure/documents';
import { writePolicy } from '../write-policy/write-policy';
import { editsInWords, makeEdits, previewEdits } from './edits';
import { type Draft, nextQuestion, type OpenQuestion } from './questions';
import { type Planned, planFor, Runbooks } from './runbooks';
import { BACK, Wizard } from './wizard';

/** Commands for the procedures that people look for by name, and one for all of them. */
const PROCEDURES: readonly (readonly [command: string, title: string, procedure: string | undefined])[] = [
  [CONFIGURE_KMS, 'Configure a KMS for a Node', 'configure'],
  [ENABLE_ENVELOPE, 'Enable Envelope Encryption', 'enable-envelope'],
  [ENABLE_EXTERNAL, 'Enable External Keys on a New Node', 'enable-external'],
  [ROTATE_WRAPPER_KEY, 'Rotate the Wrapper Key', 'rotate-wrapper-key'],
  [ROTATE_EXTERNAL_KEYS, 'Rotate External Keys', 'rotate-external-keys'],
  [PLAN_PROCEDURE, 'Plan a Procedure', undefined],
];

/** A row of the view has a node; lenses and code actions say what need not be asked; from the palette comes nothing. */
type Given = { readonly node: ListedNode } | Start | undefined;

export function planProcedures(client: BaseLanguageClient): vscode.Disposable {
  const runbooks = new Runbooks();
  const { registerCommand } = vscode.commands;
  return vscode.Disposable.from(
    runbooks,
    ...PROCEDURES.map(([command, title, procedure]) =>
      registerCommand(command, (given: Given) =>
        runProcedure(client, runbooks, title, { ...startOf(given), ...(procedure && { procedure }) }),
      ),
    ),
    registerCommand(WRITE_POLICY, (given: Given) => writePolicy(client, startOf(given))),
    registerCommand(PREVIEW_EDITS, () => telling('Preview the Edits', () => previewEdits(client, runbooks.current()))),
    registerCommand(OPEN_CONSOLE_SCRIPT, () =>
      telling('Open the Console Script', () => runbooks.showConsole(runbooks.current())),
    ),
  );
}

function startOf(given: Given): Start {
  if (given === undefined || given.node === undefined || typeof given.node === 'string') return (given ?? {}) as Start;
  const { uri, id, launchSet } = given.node;
  return { uri, node: id, options: { 'launch-set': launchSet.id } };
}

const SHOW_PLAN = 'Show the Reasons';

/** What need not be asked: a command that is run on a node knows the node. */
export interface Start {
  /** A document of the launch set. */
  readonly uri?: string | undefined;
  /** `participants.p1` */
  readonly node?: string | undefined;
  readonly procedure?: string | undefined;
  readonly options?: Readonly<Record<string, string>> | undefined;
}

/** What the user wants to be done with the edits of a plan. */
type Carry = 'preview' | 'make' | 'none';

const CARRY: readonly (vscode.QuickPickItem & { readonly carry: Carry })[] = [
  { label: 'Preview the edits', detail: 'Each one is ticked before anything is changed', carry: 'preview' },
  { label: 'Make the edits', detail: 'In one step, which can be undone; nothing is saved', carry: 'make' },
  { label: 'Only open the runbook', detail: 'It has a button for the edits', carry: 'none' },
];

/** Leads through the questions to a plan, opens its runbook and makes its edits. Nothing is changed before all is answered. */
export async function runProcedure(
  client: BaseLanguageClient,
  runbooks: Runbooks,
  title: string,
  start: Start,
): Promise<void> {
  await telling(title, async () => {
    const { node, procedure, options = {} } = start;
    const uri = start.uri ?? activeConfiguration();
    if (uri === undefined) throw new Error('open the Canton configuration of the node first.');
    const wizard = new Wizard(title);
    try {
      const asked = await askAndPlan(client, { uri, node, procedure, options }, wizard);
      if (asked === undefined || wizard.cancelled) return;
      wizard.dispose();
      if (asked.planned.plan.possible) await carryOut(client, runbooks, asked);
      else void refuse(runbooks, asked.planned, title);
    } finally {
      wizard.dispose();
    }
  });
}

/** Says in one sentence what went wrong. */
export async function telling(title: string, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    void vscode.window.showErrorMessage(`${title}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

export function activeConfiguration(): string | undefined {
  const document = vscode.window.activeTextEditor?.document;
  return document?.languageId === CANTON_CONF ? document.uri.toString() : undefined;
}

interface Asked {
  readonly planned: Planned;
  readonly carry: Carry;
}

async function askAndPlan(client: BaseLanguageClient, start: Draft, wizard: Wizard): Promise<Asked | undefined> {
  const drafts = [start];
  for (;;) {
    const draft = drafts.at(-1) as Draft;
    const open = await nextQuestion(client, draft);
    const canGoBack = drafts.length > 1;
    const answer =
      open === undefined
        ? await finish(client, draft, wizard, canGoBack)
        : await ask(client, open, draft, wizard, canGoBack);
    if (answer === undefined) return undefined;
    if (answer === BACK) drafts.pop();
    else if (typeof answer !== 'string') return answer;
    else if (open !== undefined) drafts.push(open.answered(answer));
  }
}

/** The plan, and what is to be done with its edits where it has any. */
async function finish(
  client: BaseLanguageClient,
  draft: Draft,
  wizard: Wizard,
  canGoBack: boolean,
): Promise<Asked | typeof BACK | undefined> {
  const planned = await planFor(client, draft as PlanParams);
  const { plan } = planned;
  const edits = editsInWords(plan);
  if (!plan.possible || edits === undefined) return { planned, carry: 'none' };
  const picked = await wizard.pick(`${plan.node}: ${edits}`, CARRY, canGoBack);
  return picked === BACK || picked === undefined ? picked : { planned, carry: picked.carry };
}

async function ask(
  client: BaseLanguageClient,
  { question, option }: OpenQuestion,
  draft: Draft,
  wizard: Wizard,
  canGoBack: boolean,
): Promise<string | typeof BACK | undefined> {
  const { title, placeholder, choices, suggestions, optional } = question;
  if (choices.length > 0) {
    const picked = await wizard.pick(title, choices.map(toItem), canGoBack);
    return picked === BACK ? BACK : picked?.value;
  }
  const check = async (answer: string) => {
    const { uri, node, procedure, options } = draft;
    if (option === undefined || node === undefined || procedure === undefined) return undefined;
    return (await client.sendRequest(ANSWER_FAULT, { uri, node, procedure, options, option, answer })) ?? undefined;
  };
  const details = { placeholder, optional, canGoBack, check };
  return suggestions.length > 0 ? wizard.suggest(title, suggestions.map(toItem), details) : wizard.text(title, details);
}

function toItem({ label, detail, value, description = '' }: OpenQuestion['question']['choices'][number]) {
  return { label, detail, value, description };
}

async function carryOut(client: BaseLanguageClient, runbooks: Runbooks, { planned, carry }: Asked): Promise<void> {
  if (carry !== 'make') {
    await runbooks.show(planned);
    if (carry === 'preview') await previewEdits(client, planned);
    return;
  }
  await makeEdits(client, planned);
  await runbooks.show(planned, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true });
}

async function refuse(runbooks: Runbooks, planned: Planned, title: string): Promise<void> {
  const { node, reasons } = planned.plan;
  const message = `${title}: not possible for ${node}. ${reasons.join(' ')}`;
  // A message with a button is shown in full.
  const choice = await vscode.window.showErrorMessage(message, SHOW_PLAN);
  if (choice === SHOW_PLAN) await telling(title, () => runbooks.show(planned));
}
