import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  type ListedNode,
  NEXT_QUESTION,
  NODE_LIST,
  type NodeSummary,
  PROCEDURES,
  type Question,
} from '../../../server/src/lsp/protocol';

/** What is known of a plan that is being asked for. */
export interface Draft {
  readonly uri: string;
  readonly node?: string | undefined;
  readonly procedure?: string | undefined;
  readonly options: Readonly<Record<string, string>>;
}

type Choice = Question['choices'][number] & { readonly description?: string };

/** A question, and what is known with its answer. */
export interface OpenQuestion {
  readonly question: Omit<Question, 'option' | 'choices'> & { readonly choices: readonly Choice[] };
  /** What the procedure calls the answer; undefined where no procedure asks. */
  readonly option: string | undefined;
  answered(answer: string): Draft;
}

/** Undefined when nothing is missing. Throws, with one sentence, when there is nothing to choose from. */
export async function nextQuestion(client: BaseLanguageClient, draft: Draft): Promise<OpenQuestion | undefined> {
  const { uri, node, options } = draft;
  if (node === undefined) {
    const listed = await client.sendRequest(NODE_LIST, { uri });
    const nodes = [...new Map(listed.map((one) => [one.id, one])).values()];
    if (nodes.length === 0) throw new Error('no node is configured in this file or its launch set.');
    const choices = nodes.map((one) => ({ value: one.id, label: one.id, detail: inWords(one) }));
    return asked('Which node?', choices, (id) => ({ ...draft, node: id }));
  }
  const { procedure } = draft;
  if (procedure === undefined) {
    const procedures = await client.sendRequest(PROCEDURES, { uri, node, options });
    if (procedures.length === 0) throw new Error(`there is no procedure for the Canton version of ${node}.`);
    const choices = procedures.map(({ name, title, summary, reason }) => ({
      value: name,
      label: title,
      // Other plans and the command line speak of it by its name.
      description: name,
      detail: reason === null ? summary : `Not here: ${reason}`,
    }));
    return asked(`Which procedure on ${node}?`, choices, (name) => ({ ...draft, procedure: name }));
  }
  const question = await client.sendRequest(NEXT_QUESTION, { uri, node, procedure, options });
  if (question === null) return undefined;
  const { option } = question;
  return { question, option, answered: (answer) => ({ ...draft, options: { ...options, [option]: answer } }) };
}

function inWords({ problems: { errors }, ...node }: ListedNode): string {
  return errors === 0
    ? modeOf(node)
    : `${modeOf(node)}; Canton refuses its configuration (${errors === 1 ? '1 error' : `${errors} errors`})`;
}

/** In words for a list: `envelope, aws`. */
export function modeOf({ mode, provider }: Pick<NodeSummary, 'mode' | 'provider'>): string {
  return mode === 'none' ? 'no KMS' : `${mode}, ${provider ?? 'provider not known'}`;
}

function asked(title: string, choices: readonly Choice[], answered: OpenQuestion['answered']): OpenQuestion {
  const question = { title, placeholder: '', choices, suggestions: [], optional: false };
  return { question, option: undefined, answered };
}
