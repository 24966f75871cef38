import type { BaseLanguageClient } from 'vscode-languageclient';
import { applyEdits } from './apply-edits';
import { planProcedure, type Start } from './procedure';

/** Asks for node, provider, mode and the provider's settings, and writes the section where it belongs. */
export async function configureKms(client: BaseLanguageClient, start: Start): Promise<void> {
  const planned = await planProcedure(client, 'Configure a KMS for a Node', { ...start, procedure: 'configure' });
  if (planned !== undefined) await applyEdits(client, planned);
}
