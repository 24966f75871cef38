import * as vscode from 'vscode';
import { NEXT_QUESTION, PROCEDURES, type ProcedureSummary, type Question } from '../../../server/src/lsp/protocol';
import type { Server } from '../infrastructure/language-server';
import { nodeChoices } from '../infrastructure/workspace-nodes';

/** The answers given so far for a plan. */
export interface Draft {
  /** A document of the node's launch set. */
  readonly uri?: string | undefined;
  /** `participants.p1` */
  readonly node?: string | undefined;
  readonly procedure?: string | undefined;
  readonly options: Readonly<Record<string, string>>;
}

type Choice = Question['choices'][number] & { readonly description?: string | undefined };

/** A question, and the draft that follows from its answer. */
export interface OpenQuestion {
  /** Identifies a question across drafts, so that its answer can be shown again after a step back. */
  readonly id: string;
  readonly question: Omit<Question, 'option' | 'choices'> & { readonly choices: readonly Choice[] };
  /** The name of the procedure's option; undefined if the question is not one of a procedure. */
  readonly option: string | undefined;
  /** True if choosing the first choice with Enter has no consequences for the keys. */
  readonly isHarmless: boolean;
  answered(answer: string): Draft;
}

/** Undefined if no answer is missing. Throws an error of one sentence if there are no choices. */
export async function nextQuestion(server: Server, draft: Draft): Promise<OpenQuestion | undefined> {
  const { uri, node, options } = draft;
  if (uri === undefined || node === undefined) {
    const nodes = await nodeChoices(server);
    const choices = nodes.map(({ label, description, detail = '' }, i) => ({
      value: `${i}`,
      label,
      description,
      detail,
    }));
    return asked('node', vscode.l10n.t('Which node?'), choices, (i) => {
      const chosen = nodes[Number(i)] ?? nodes[0];
      return { ...draft, uri: chosen.uri, node: chosen.node };
    });
  }
  const { procedure } = draft;
  if (procedure === undefined) {
    const procedures = await offeredProcedures(server, { uri, node, options });
    if (procedures.length === 0)
      throw new Error(vscode.l10n.t('No procedure supports the Canton version of {0}.', node));
    const choices = procedures.map(({ name, title, summary, reason }) => ({
      value: name,
      label: title,
      // Other plans and the command line mention it by its name.
      description: name,
      detail: reason === null ? summary : vscode.l10n.t('Not possible: {0}', reason),
    }));
    const title = vscode.l10n.t('Which procedure for {0}?', node);
    return asked('procedure', title, choices, (name) => ({ ...draft, procedure: name }));
  }
  const question = await server.request(NEXT_QUESTION, { uri, node, procedure, options });
  if (question === null) return undefined;
  const { option } = question;
  const answered = (answer: string) => ({ ...draft, options: { ...options, [option]: answer } });
  return { id: `option ${option}`, question, option, isHarmless: false, answered };
}

export function offeredProcedures(
  server: Server,
  draft: Draft & { readonly uri: string; readonly node: string },
): Promise<readonly ProcedureSummary[]> {
  return server.request(PROCEDURES, draft);
}

function asked(
  id: string,
  title: string,
  choices: readonly Choice[],
  answered: OpenQuestion['answered'],
): OpenQuestion {
  const question = { title, placeholder: '', choices, suggestions: [], optional: false };
  return { id, question, option: undefined, isHarmless: true, answered };
}
