import * as vscode from 'vscode';
import { ANSWER_FAULT, type ListedNode, type PlanParams } from '../../../server/src/lsp/protocol';
import {
  CONFIGURE_KMS,
  ENABLE_ENVELOPE,
  ENABLE_EXTERNAL,
  OPEN_CONSOLE_SCRIPT,
  PLAN_PROCEDURE,
  PREVIEW_EDITS,
  Refusal,
  ROTATE_EXTERNAL_KEYS,
  ROTATE_WRAPPER_KEY,
  reportErrors,
  succeeded,
} from '../infrastructure/commands';
import type { Server } from '../infrastructure/language-server';
import { BACK, Wizard } from '../infrastructure/wizard';
import { type EditPreviews, editsInWords, makeEdits, previewEdits } from './edits';
import { type Draft, nextQuestion, type OpenQuestion, offeredProcedures } from './questions';
import { type Planned, planFor, type Runbooks } from './runbooks';

/** Commands for the procedures that people look for by name, and one for all of them. */
const PROCEDURES: readonly (readonly [command: string, title: string, procedure: string | undefined])[] = [
  [CONFIGURE_KMS, vscode.l10n.t('Configure a KMS for a Node'), 'configure'],
  [ENABLE_ENVELOPE, vscode.l10n.t('Enable Envelope Encryption'), 'enable-envelope'],
  [ENABLE_EXTERNAL, vscode.l10n.t('Enable External Keys on a New Node'), 'enable-external'],
  [ROTATE_WRAPPER_KEY, vscode.l10n.t('Rotate the Wrapper Key'), 'rotate-wrapper-key'],
  [ROTATE_EXTERNAL_KEYS, vscode.l10n.t('Rotate External Keys'), 'rotate-external-keys'],
  [PLAN_PROCEDURE, vscode.l10n.t('Plan a Procedure'), undefined],
];

const ROTATION = /^rotate-/;

/** A row of the view passes a node, lenses and code actions pass known answers, and the palette passes nothing. */
export type Given = { readonly node: ListedNode } | Partial<Draft> | undefined;

/** Answers that are known before any question: a command that is run on a node knows the node. */
export function draftOf(given: Given): Draft {
  if (given === undefined || given.node === undefined || typeof given.node === 'string') {
    return { options: {}, ...(given as Partial<Draft> | undefined) };
  }
  const { uri, id, launchSet } = given.node;
  return { uri, node: id, options: { 'launch-set': launchSet.id } };
}

/** The services that procedures need. */
interface Planning {
  readonly server: Server;
  readonly runbooks: Runbooks;
  readonly previews: EditPreviews;
}

export function planProcedures(server: Server, runbooks: Runbooks, previews: EditPreviews): vscode.Disposable {
  const planning = { server, runbooks, previews };
  const { registerCommand } = vscode.commands;
  return vscode.Disposable.from(
    ...PROCEDURES.map(([command, title, procedure]) =>
      registerCommand(command, (given: Given) =>
        runProcedure(planning, title, { ...draftOf(given), ...(procedure && { procedure }) }),
      ),
    ),
    registerCommand(PREVIEW_EDITS, () =>
      reportErrors(vscode.l10n.t('Preview the Edits'), async () => {
        await previewEdits(server, previews, (await runbooks.current()).params);
      }),
    ),
    registerCommand(OPEN_CONSOLE_SCRIPT, () =>
      reportErrors(vscode.l10n.t('Open the Console Script'), async () =>
        runbooks.showConsole(await runbooks.current()),
      ),
    ),
  );
}

/** The choices for the edits of a plan. */
type Carry = 'preview' | 'make' | 'none';

const CARRY: readonly (vscode.QuickPickItem & { readonly carry: Carry })[] = [
  {
    label: vscode.l10n.t('Preview the edits'),
    detail: vscode.l10n.t('Shows a diff, in which you choose the edits to apply'),
    carry: 'preview',
  },
  {
    label: vscode.l10n.t('Apply the edits'),
    detail: vscode.l10n.t('In one step that you can undo, without saving'),
    carry: 'make',
  },
  {
    label: vscode.l10n.t('Open the runbook only'),
    detail: vscode.l10n.t('You can apply the edits from there'),
    carry: 'none',
  },
];

/**
 * Asks the questions for a plan, opens its runbook and applies its edits. Nothing is changed before all questions are
 * answered.
 */
async function runProcedure(planning: Planning, title: string, start: Draft): Promise<void> {
  await reportErrors(title, async () => {
    const wizard = new Wizard(title);
    try {
      const asked = await askAndPlan(planning.server, start, wizard);
      if (asked === undefined || wizard.cancelled) return;
      wizard.dispose();
      if (!asked.planned.plan.possible) throw await refusal(planning, asked.planned);
      await carryOut(planning, asked);
    } finally {
      wizard.dispose();
    }
  });
}

interface Asked {
  readonly planned: Planned;
  readonly carry: Carry;
}

async function askAndPlan(server: Server, start: Draft, wizard: Wizard): Promise<Asked | undefined> {
  const drafts = [start];
  /** Answers by question, which a step back keeps. */
  const answers = new Map<string, string>();
  for (;;) {
    const draft = drafts.at(-1) as Draft;
    const open = await nextQuestion(server, draft);
    const [only, ...others] = open?.question.choices ?? [];
    if (open?.id === 'node' && only !== undefined && others.length === 0) {
      drafts[drafts.length - 1] = open.answered(only.value);
      continue;
    }
    const canGoBack = drafts.length > 1;
    const answer =
      open === undefined
        ? await finish(server, draft, wizard, canGoBack)
        : await ask(server, open, draft, wizard, { canGoBack, former: answers.get(open.id) });
    if (answer === undefined) return undefined;
    if (answer === BACK) drafts.pop();
    else if (typeof answer !== 'string') return answer;
    else if (open !== undefined) {
      answers.set(open.id, answer);
      drafts.push(open.answered(answer));
    }
  }
}

/** The plan, and the user's decision about its edits if it has any. */
async function finish(
  server: Server,
  draft: Draft,
  wizard: Wizard,
  canGoBack: boolean,
): Promise<Asked | typeof BACK | undefined> {
  const planned = await planFor(server, draft as PlanParams);
  const { plan } = planned;
  const edits = editsInWords(plan);
  if (!plan.possible || edits === undefined) return { planned, carry: 'none' };
  const picked = await wizard.pick(CARRY, { prompt: `${plan.node}: ${edits}`, canGoBack, preselected: CARRY[0] });
  return picked === BACK || picked === undefined ? picked : { planned, carry: picked.carry };
}

async function ask(
  server: Server,
  { question, option, isHarmless }: OpenQuestion,
  draft: Draft,
  wizard: Wizard,
  { canGoBack, former }: { readonly canGoBack: boolean; readonly former: string | undefined },
): Promise<string | typeof BACK | undefined> {
  const { title: prompt, placeholder: example, choices, suggestions, optional } = question;
  if (choices.length > 0) {
    const items = choices.map(toItem);
    const preselected = items.find(({ value }) => value === former) ?? (isHarmless ? items[0] : undefined);
    const picked = await wizard.pick(items, { prompt, canGoBack, preselected });
    return picked === BACK ? BACK : picked?.value;
  }
  const check = async (answer: string) => {
    const { uri, node, procedure, options } = draft;
    if (option === undefined || uri === undefined || node === undefined || procedure === undefined) return undefined;
    return (await server.request(ANSWER_FAULT, { uri, node, procedure, options, option, answer })) ?? undefined;
  };
  const details = { prompt, example, optional, canGoBack, value: former, check };
  return suggestions.length > 0 ? wizard.suggest(suggestions.map(toItem), details) : wizard.text(details);
}

function toItem({ label, detail, value, description = '' }: OpenQuestion['question']['choices'][number]) {
  return { label, detail, value, description };
}

async function carryOut(planning: Planning, { planned, carry }: Asked): Promise<void> {
  const { server, runbooks, previews } = planning;
  const { params } = planned;
  const isConfigured = carry === 'make' && (await makeEdits(server, params));
  const beside = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
  await runbooks.show(planned, carry === 'make' ? beside : {});
  await succeeded(ROTATION.test(params.procedure) ? 'rotate' : 'migrate');
  if (isConfigured || (carry === 'preview' && (await previewEdits(server, previews, params)))) {
    await succeeded('configure');
  }
}

/** Reasons contain the names of procedures between backticks. */
const NAMED_PROCEDURE = /`([a-z]+(?:-[a-z0-9]+)+)`/g;

/** The reasons why the procedure is not possible, and the procedures that resolve them. */
async function refusal(planning: Planning, planned: Planned): Promise<Refusal> {
  const { plan, params } = planned;
  const { uri, node, options } = params;
  const launchSet = options['launch-set'];
  const draft = { uri, node, options: launchSet === undefined ? {} : { 'launch-set': launchSet } };
  const text = plan.reasons.join(' ');
  const named = new Set([...text.matchAll(NAMED_PROCEDURE)].map(([, name]) => name));
  const offered = named.size === 0 ? [] : await offeredProcedures(planning.server, draft);
  const ways = offered
    .filter(({ name, reason }) => named.has(name) && name !== params.procedure && reason === null)
    .map(({ name, title }) => ({ title, run: () => runProcedure(planning, title, { ...draft, procedure: name }) }));
  // A message with a button is shown in full.
  const reasons = { title: vscode.l10n.t('Show the Reasons'), run: () => planning.runbooks.show(planned) };
  return new Refusal(vscode.l10n.t('The procedure is not possible for {0}. {1}', node, text), [...ways, reasons]);
}
