import type { BaseLanguageClient } from 'vscode-languageclient';
import { offerEdits } from './apply-edits';
import { planProcedure, type Start } from './procedure';
import { showRunbook } from './runbook';

/** Asks which procedure on which node, opens its runbook, and offers its edits for a look before anything is changed. */
export async function planAnyProcedure(client: BaseLanguageClient, start: Start): Promise<void> {
  const planned = await planProcedure(client, 'Plan a Procedure', start);
  if (planned === undefined) return;
  await showRunbook(client, planned);
  await offerEdits(client, planned);
}
