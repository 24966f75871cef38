import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { CANTON_VERSIONS, DEFAULT_CANTON_VERSION } from '../../../schemas/version';
import { STATUS, type StatusResult } from '../../../server/src/lsp/protocol';
import { CANTON_CONF, SETTINGS } from '../language';
import { findProjectFile, projectFileFor, writeDirective, writeProjectVersion } from './version-places';

const TITLE = 'Choose the Canton Version';
type Write = (version: string) => Promise<void>;

/** Lets the user pick a release line and writes it where the present one comes from, so that it takes effect. */
export async function chooseCantonVersion(client: BaseLanguageClient): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (document?.languageId !== CANTON_CONF) {
    void vscode.window.showErrorMessage(`${TITLE}: open a Canton configuration first.`);
    return;
  }
  try {
    const status = await client.sendRequest<StatusResult | null>(STATUS, { uri: document.uri.toString() });
    if (status === null)
      throw new Error('the file could not be checked; the output channel "Canton KMS" has the reason.');
    const version = await pickVersion(status.cantonVersion);
    if (version === undefined) return;
    const write = await pickPlace(status.versionSource, document);
    await write?.(version);
  } catch (error) {
    void vscode.window.showErrorMessage(`${TITLE}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function pickVersion(current: string): Promise<string | undefined> {
  const items = [...CANTON_VERSIONS].reverse().map((version) => {
    const remarks = [version === current ? 'in use' : '', version === DEFAULT_CANTON_VERSION ? 'default' : ''];
    return { label: `Canton ${version}`, description: remarks.filter((remark) => remark !== '').join(', '), version };
  });
  const picked = await vscode.window.showQuickPick(items, { title: TITLE, placeHolder: 'Check as which version?' });
  return picked?.version;
}

/** A directive outranks the project file, and that the setting: a weaker place than the present one is not offered. */
async function pickPlace(
  source: StatusResult['versionSource'],
  document: vscode.TextDocument,
): Promise<Write | undefined> {
  const directive: Write = (version) => writeDirective(document, version);
  if (source === 'directive') return directive;
  const existing = await findProjectFile(document.uri);
  const project = existing ?? projectFileFor(document.uri);
  const inProject: Write = (version) => writeProjectVersion(project as vscode.Uri, version);
  if (source === 'project' && existing !== undefined) return inProject;

  const items: (vscode.QuickPickItem & { write: Write })[] = [];
  if (project !== undefined) {
    const path = vscode.workspace.asRelativePath(project);
    const detail = existing === undefined ? `Creates ${path}` : path;
    items.push({ label: 'In canton-kms.json, for editor and command line', detail, write: inProject });
  }
  items.push({ label: 'In this file, as a comment', detail: 'For this file alone', write: directive });
  if (vscode.workspace.workspaceFolders !== undefined) {
    items.push({ label: 'In the workspace settings', write: setting(vscode.ConfigurationTarget.Workspace) });
  }
  items.push({ label: 'In the user settings', write: setting(vscode.ConfigurationTarget.Global) });
  const picked = await vscode.window.showQuickPick(items, { title: TITLE, placeHolder: 'Where to keep it?' });
  return picked?.write;
}

function setting(target: vscode.ConfigurationTarget): Write {
  return async (version) => vscode.workspace.getConfiguration(SETTINGS).update('cantonVersion', version, target);
}
