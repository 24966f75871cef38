import * as vscode from 'vscode';
import { POLICY, type PolicyParams } from '../../../server/src/lsp/protocol';
import { reportErrors, WRITE_POLICY } from '../infrastructure/commands';
import { showNewDocument } from '../infrastructure/documents';
import type { Server } from '../infrastructure/language-server';
import { BACK, Wizard } from '../infrastructure/wizard';
import { nodeChoices } from '../infrastructure/workspace-nodes';
import { draftOf, type Given } from '../plan-procedure/plan-procedure';

const TITLE = vscode.l10n.t('Write a Least-Privilege Policy');

interface Choice extends vscode.QuickPickItem {
  readonly value: Partial<PolicyParams>;
}

const FORMATS: readonly Choice[] = [
  {
    label: vscode.l10n.t("The KMS's own format"),
    detail: vscode.l10n.t('AWS IAM policy (JSON) or Google Cloud custom role (YAML)'),
    value: {},
  },
  {
    label: 'Terraform',
    detail: vscode.l10n.t('The same policy as Terraform configuration'),
    value: { format: 'terraform' },
  },
];
const KEYS: readonly Choice[] = [
  {
    label: vscode.l10n.t('As the configuration suggests'),
    detail: vscode.l10n.t('Keys that the configuration names were created beforehand'),
    value: {},
  },
  {
    label: vscode.l10n.t('Canton creates the keys'),
    detail: vscode.l10n.t('With the permissions to create and tag keys'),
    value: { keys: 'created' },
  },
  {
    label: vscode.l10n.t('The keys were created beforehand'),
    detail: vscode.l10n.t('Without the permission to create keys'),
    value: { keys: 'existing' },
  },
];
const QUESTIONS = [
  { prompt: vscode.l10n.t('In which format?'), choices: FORMATS },
  { prompt: vscode.l10n.t('Who creates the keys?'), choices: KEYS },
] as const;

export function writePolicies(server: Server): vscode.Disposable {
  return vscode.commands.registerCommand(WRITE_POLICY, (given: Given) => writePolicy(server, given));
}

/** Opens the permissions that a node needs at its KMS as a document. */
async function writePolicy(server: Server, given: Given): Promise<void> {
  await reportErrors(TITLE, async () => {
    const wizard = new Wizard(TITLE);
    try {
      const params = await ask(server, wizard, given);
      if (params === undefined || wizard.cancelled) return;
      wizard.dispose();
      await show(server, params);
    } finally {
      wizard.dispose();
    }
  });
}

async function ask(server: Server, wizard: Wizard, given: Given): Promise<PolicyParams | undefined> {
  const { uri, node, options } = draftOf(given);
  const isGiven = uri !== undefined && node !== undefined;
  const nodes = isGiven ? [{ label: node, uri, node }] : await nodeChoices(server);
  const nodeQuestion = {
    prompt: vscode.l10n.t('Which node?'),
    choices: nodes.map((one): Choice => ({ ...one, value: { uri: one.uri, node: one.node } })),
  };
  const questions = [nodeQuestion, ...QUESTIONS];
  const first = nodes.length === 1 ? 1 : 0;
  const answers: Choice[] = nodeQuestion.choices.slice(0, first);
  /** Answers by question, which a step back keeps. */
  const former = new Map<number, Choice>();
  for (let at = first; at < questions.length; ) {
    const { prompt, choices } = questions[at] as (typeof questions)[number];
    const preselected = former.get(at) ?? choices[0];
    const answer = await wizard.pick(choices, { prompt, canGoBack: at > first, preselected });
    if (answer === undefined) return undefined;
    if (answer !== BACK) {
      former.set(at, answer);
      answers[at] = answer;
    }
    at += answer === BACK ? -1 : 1;
  }
  return Object.assign({ uri: '', node: '', options }, ...answers.map(({ value }) => value));
}

async function show(server: Server, params: PolicyParams): Promise<void> {
  const result = await server.request(POLICY, params);
  if (result === null)
    throw new Error(vscode.l10n.t('No policy could be written. See the output channel "Canton KMS" for the reason.'));
  if (result.kind === 'none') throw new Error(result.reason);
  const base = `${params.node.split('.').at(-1)}-kms-policy`;
  await showNewDocument({ beside: params.uri, base, ending: result.ending }, result.text);
  if (result.warnings.length > 0) {
    void vscode.window.showWarningMessage(`${TITLE}: ${result.warnings.map((warning) => `${warning}.`).join(' ')}`);
  }
}
