import type { BaseLanguageClient } from 'vscode-languageclient';
import { planProcedure, type Start } from './procedure';
import { showRunbook } from './runbook';

/** Shows the steps of a rotation with the console commands for the node at hand; the operator runs them. */
export async function rotateWrapperKey(client: BaseLanguageClient, start: Start): Promise<void> {
  const planned = await planProcedure(client, 'Rotate the Wrapper Key', { ...start, procedure: 'rotate-wrapper-key' });
  if (planned !== undefined) await showRunbook(client, planned);
}
