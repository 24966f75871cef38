import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { CANTON_VERSIONS, DEFAULT_CANTON_VERSION } from '../../../schemas/version';
import { STATUS, type StatusResult } from '../../../server/src/lsp/protocol';
import { CANTON_CONF, exists, PROJECT_FILE, SETTINGS } from '../infrastructure/documents';

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
    const status = await client.sendRequest(STATUS, { uri: document.uri.toString() });
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

/** `# canton-kms: version = 3.4, edition = community`; the first one of a file counts. */
const DIRECTIVE = /^[ \t]*(?:#|\/\/)[ \t]*canton-kms:/;
const VERSION = /\bversion[ \t]*[=:][ \t]*[^,]*/;

/** The project file that governs a document: the nearest one upwards, within the workspace folder. */
async function findProjectFile(document: vscode.Uri): Promise<vscode.Uri | undefined> {
  const root = vscode.workspace.getWorkspaceFolder(document)?.uri;
  if (root === undefined) return undefined;
  for (let folder = parent(document); ; folder = parent(folder)) {
    const candidate = vscode.Uri.joinPath(folder, PROJECT_FILE);
    if (await exists(candidate)) return candidate;
    if (folder.path === root.path || folder.path === '/') return undefined;
  }
}

/** Where a new project file for the document belongs; undefined outside of a workspace folder. */
function projectFileFor(document: vscode.Uri): vscode.Uri | undefined {
  const root = vscode.workspace.getWorkspaceFolder(document)?.uri;
  return root === undefined ? undefined : vscode.Uri.joinPath(root, PROJECT_FILE);
}

/** Writes the version into the project file, keeping everything else; throws when the file is not a JSON object. */
async function writeProjectVersion(file: vscode.Uri, version: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  if (await exists(file)) {
    const document = await vscode.workspace.openTextDocument(file);
    edit.replace(file, wholeOf(document), withVersion(document.getText(), version));
  } else {
    edit.createFile(file, { contents: new TextEncoder().encode(withVersion('{}', version)) });
  }
  if (!(await vscode.workspace.applyEdit(edit))) throw new Error(`${file.fsPath} could not be changed.`);
  await (await vscode.workspace.openTextDocument(file)).save();
}

/** Changes the version of the document's directive, or puts a directive on top. */
async function writeDirective(document: vscode.TextDocument, version: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  const present = lines(document).find(({ text }) => DIRECTIVE.test(text));
  if (present === undefined) {
    edit.insert(document.uri, new vscode.Position(0, 0), `# canton-kms: version = ${version}\n`);
  } else {
    edit.replace(document.uri, present.range, directiveWith(present.text.trimEnd(), version));
  }
  if (!(await vscode.workspace.applyEdit(edit))) throw new Error(`${document.fileName} could not be changed.`);
}

function directiveWith(line: string, version: string): string {
  if (VERSION.test(line)) return line.replace(VERSION, `version = ${version}`);
  return line.endsWith(':') ? `${line} version = ${version}` : `${line}, version = ${version}`;
}

function withVersion(text: string, version: string): string {
  const project: unknown = JSON.parse(text);
  if (typeof project !== 'object' || project === null || Array.isArray(project)) {
    throw new Error(`${PROJECT_FILE} is not a JSON object.`);
  }
  const indent = /^[ \t]+(?=")/m.exec(text)?.[0] ?? '  ';
  return `${JSON.stringify({ ...project, cantonVersion: version }, null, indent)}\n`;
}

function lines(document: vscode.TextDocument): vscode.TextLine[] {
  return Array.from({ length: document.lineCount }, (_, line) => document.lineAt(line));
}

function wholeOf(document: vscode.TextDocument): vscode.Range {
  return new vscode.Range(0, 0, document.lineCount, 0);
}

function parent(uri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(uri, '..');
}
