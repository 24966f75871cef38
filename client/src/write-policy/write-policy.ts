import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { POLICY, type PolicyParams } from '../../../server/src/lsp/protocol';
import { showNewDocument } from '../infrastructure/documents';
import { activeConfiguration, type Start, telling } from '../plan-procedure/plan-procedure';
import { nextQuestion } from '../plan-procedure/questions';
import { BACK, Wizard } from '../plan-procedure/wizard';

const TITLE = 'Write a Least-Privilege Policy';

interface Choice extends vscode.QuickPickItem {
  readonly value: Partial<PolicyParams>;
}

const FORMATS: readonly Choice[] = [
  { label: 'Of the provider', detail: 'AWS IAM policy (JSON), or custom role of Google Cloud (YAML)', value: {} },
  { label: 'Terraform', detail: 'The same as a Terraform configuration', value: { format: 'terraform' } },
];
const KEYS: readonly Choice[] = [
  { label: 'As the configuration suggests', detail: 'A key that it names was made beforehand', value: {} },
  { label: 'Canton makes the keys', detail: 'With the rights to create and tag keys', value: { keys: 'created' } },
  { label: 'The keys were made beforehand', detail: 'Without the right to create', value: { keys: 'existing' } },
];
const QUESTIONS = [
  { title: 'In which form?', choices: FORMATS },
  { title: 'Who makes the keys?', choices: KEYS },
] as const;

/** Opens the least rights of a node at its KMS as a document. */
export async function writePolicy(client: BaseLanguageClient, start: Start): Promise<void> {
  await telling(TITLE, async () => {
    const uri = start.uri ?? activeConfiguration();
    if (uri === undefined) throw new Error('open the Canton configuration of the node first.');
    const wizard = new Wizard(TITLE);
    try {
      const params = await ask(client, wizard, { uri, node: start.node, options: start.options ?? {} });
      if (params === undefined || wizard.cancelled) return;
      wizard.dispose();
      await show(client, params);
    } finally {
      wizard.dispose();
    }
  });
}

async function ask(
  client: BaseLanguageClient,
  wizard: Wizard,
  start: {
    readonly uri: string;
    readonly node: string | undefined;
    readonly options: Readonly<Record<string, string>>;
  },
): Promise<PolicyParams | undefined> {
  const answers: Partial<PolicyParams>[] = start.node === undefined ? [] : [{ node: start.node }];
  const first = answers.length;
  while (answers.length < QUESTIONS.length + 1) {
    const canGoBack = answers.length > first;
    const answer =
      answers.length === 0
        ? await pickNode(client, wizard, start)
        : await pickFrom(wizard, QUESTIONS[answers.length - 1] as (typeof QUESTIONS)[number], canGoBack);
    if (answer === undefined) return undefined;
    if (answer === BACK) answers.pop();
    else answers.push(answer);
  }
  const { uri, options } = start;
  return Object.assign({ uri, node: '', options }, ...answers);
}

async function pickNode(
  client: BaseLanguageClient,
  wizard: Wizard,
  { uri, options }: { uri: string; options: PolicyParams['options'] },
) {
  const open = await nextQuestion(client, { uri, options: options ?? {} });
  const items =
    open?.question.choices.map(({ value, label, detail }) => ({ label, detail, value: { node: value } })) ?? [];
  const picked = await wizard.pick(open?.question.title ?? '', items, false);
  return picked === BACK ? BACK : picked?.value;
}

async function pickFrom(wizard: Wizard, { title, choices }: (typeof QUESTIONS)[number], canGoBack: boolean) {
  const picked = await wizard.pick(title, choices, canGoBack);
  return picked === BACK ? BACK : picked?.value;
}

async function show(client: BaseLanguageClient, params: PolicyParams): Promise<void> {
  const result = await client.sendRequest(POLICY, params);
  if (result === null) throw new Error('the output channel "Canton KMS" has the reason why there is none.');
  if (result.kind === 'none') throw new Error(result.reason);
  const base = `${params.node.split('.').at(-1)}-kms-policy`;
  await showNewDocument({ beside: params.uri, base, ending: result.ending }, result.text);
  if (result.warnings.length > 0) {
    void vscode.window.showWarningMessage(`${TITLE}: ${result.warnings.map((warning) => `${warning}.`).join(' ')}`);
  }
}
