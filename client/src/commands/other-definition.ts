import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  OTHER_DEFINITION,
  type OtherDefinitionParams,
  type OtherDefinitionResult,
} from '../../../server/src/lsp/protocol';
import { cantonEditor, cursorOf, mention, rangeOf } from './place';

/** Goes to what the definition at the cursor overrides, or to what overrides it. */
export async function goToOtherDefinition(
  client: BaseLanguageClient,
  direction: OtherDefinitionParams['direction'],
): Promise<void> {
  const editor = cantonEditor();
  if (editor === undefined) return;
  const params: OtherDefinitionParams = { ...cursorOf(editor), direction };
  const found = await client.sendRequest<OtherDefinitionResult | null>(OTHER_DEFINITION, params);
  if (found === null) return mention('There is no key here that is in effect.');
  const { path, target, number, count } = found;
  if (target === null) {
    return mention(
      direction === 'next' ? `Nothing overrides this definition of ${path}.` : `${path} has no earlier definition.`,
    );
  }
  const options = { selection: rangeOf(target.range) };
  await vscode.commands.executeCommand('vscode.open', vscode.Uri.parse(target.uri), options);
  mention(`Definition ${number} of ${count} of ${path}`);
}
