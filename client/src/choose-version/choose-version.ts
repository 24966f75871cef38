import * as vscode from 'vscode';
import { CANTON_VERSIONS, DEFAULT_CANTON_VERSION } from '../../../schemas/version';
import { STATUS, type StatusResult } from '../../../server/src/lsp/protocol';
import { reportErrors, succeeded } from '../infrastructure/commands';
import { exists, IN_USE, isConfiguration, notChecked, PROJECT_FILE, SETTINGS } from '../infrastructure/documents';
import type { Server } from '../infrastructure/language-server';
import { BACK, Wizard } from '../infrastructure/wizard';

const TITLE = vscode.l10n.t('Choose the Canton Version');
type Write = (version: string) => Promise<void>;

/**
 * Lets the user pick a release line and writes it to the place of the current one, so that it takes effect; for the
 * workspace if no Canton configuration is active.
 */
export async function chooseCantonVersion(server: Server): Promise<void> {
  await reportErrors(TITLE, async () => {
    const active = vscode.window.activeTextEditor?.document;
    const document = active !== undefined && isConfiguration(active) ? active : undefined;
    const status = document && (await statusOf(server, document));
    const setting = vscode.workspace.getConfiguration(SETTINGS).get('cantonVersion', DEFAULT_CANTON_VERSION);
    const version = await pickVersion(status?.cantonVersion ?? setting);
    if (version === undefined) return;
    const write = await pickPlace(document, status?.versionSource);
    if (write === undefined) return;
    await write(version);
    await succeeded('check');
  });
}

async function statusOf(server: Server, { uri }: vscode.TextDocument): Promise<StatusResult> {
  const status = await server.request(STATUS, { uri: uri.toString() });
  if (status === null) throw new Error(notChecked());
  return status;
}

async function pickVersion(current: string): Promise<string | undefined> {
  const items = [...CANTON_VERSIONS].reverse().map((version) => {
    const remarks = [
      version === current ? IN_USE : '',
      version === DEFAULT_CANTON_VERSION ? vscode.l10n.t('default') : '',
    ];
    return { label: `Canton ${version}`, description: remarks.filter((remark) => remark !== '').join(', '), version };
  });
  const wizard = new Wizard(TITLE);
  try {
    const preselected = items.find(({ version }) => version === current);
    const prompt = vscode.l10n.t('Check against which version?');
    const picked = await wizard.pick(items, { prompt, canGoBack: false, preselected });
    return picked === BACK || wizard.cancelled ? undefined : picked?.version;
  } finally {
    wizard.dispose();
  }
}

/**
 * A directive takes precedence over the project file, which takes precedence over the setting. Places with lower
 * precedence than the current one are not offered.
 */
async function pickPlace(
  document: vscode.TextDocument | undefined,
  source: StatusResult['versionSource'] | undefined,
): Promise<Write | undefined> {
  const directive: Write | undefined = document && ((version) => writeDirective(document, version));
  if (source === 'directive') return directive;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const near = document?.uri ?? (folder && vscode.Uri.joinPath(folder, PROJECT_FILE));
  const existing = near && (await findProjectFile(near));
  const project = existing ?? (near && projectFileFor(near));
  const inProject: Write = (version) => writeProjectVersion(project as vscode.Uri, version);
  if (source === 'project' && existing !== undefined) return inProject;

  const items: (vscode.QuickPickItem & { write: Write })[] = [];
  if (project !== undefined) {
    const path = vscode.workspace.asRelativePath(project);
    const detail = existing === undefined ? vscode.l10n.t('Creates {0}', path) : path;
    const label = vscode.l10n.t('In canton-kms.json, for the editor and the command line');
    items.push({ label, detail, write: inProject });
  }
  if (directive !== undefined) {
    const label = vscode.l10n.t('In this file, as a comment');
    items.push({ label, detail: vscode.l10n.t('Only for this file'), write: directive });
  }
  if (vscode.workspace.workspaceFolders !== undefined) {
    const label = vscode.l10n.t('In the workspace settings');
    items.push({ label, write: setting(vscode.ConfigurationTarget.Workspace) });
  }
  items.push({ label: vscode.l10n.t('In the user settings'), write: setting(vscode.ConfigurationTarget.Global) });
  const picked = await vscode.window.showQuickPick(items, {
    title: TITLE,
    placeHolder: vscode.l10n.t('Where should the version be stored?'),
  });
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

/** The folder for the document's new project file; undefined outside a workspace folder. */
function projectFileFor(document: vscode.Uri): vscode.Uri | undefined {
  const root = vscode.workspace.getWorkspaceFolder(document)?.uri;
  return root === undefined ? undefined : vscode.Uri.joinPath(root, PROJECT_FILE);
}

/** Writes the version into the project file, keeping everything else; throws if the file is not a JSON object. */
async function writeProjectVersion(file: vscode.Uri, version: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  if (await exists(file)) {
    const document = await vscode.workspace.openTextDocument(file);
    edit.replace(file, wholeOf(document), withVersion(document.getText(), version));
  } else {
    edit.createFile(file, { contents: new TextEncoder().encode(withVersion('{}', version)) });
  }
  if (!(await vscode.workspace.applyEdit(edit))) throw new Error(notChanged(file.fsPath));
  await (await vscode.workspace.openTextDocument(file)).save();
}

/** Changes the version of the document's directive, or inserts a directive at the top. */
async function writeDirective(document: vscode.TextDocument, version: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  const present = lines(document).find(({ text }) => DIRECTIVE.test(text));
  if (present === undefined) {
    edit.insert(document.uri, new vscode.Position(0, 0), `# canton-kms: version = ${version}\n`);
  } else {
    edit.replace(document.uri, present.range, directiveWith(present.text.trimEnd(), version));
  }
  if (!(await vscode.workspace.applyEdit(edit))) throw new Error(notChanged(document.fileName));
}

function notChanged(path: string): string {
  return vscode.l10n.t('{0} could not be changed.', path);
}

function directiveWith(line: string, version: string): string {
  if (VERSION.test(line)) return line.replace(VERSION, `version = ${version}`);
  return line.endsWith(':') ? `${line} version = ${version}` : `${line}, version = ${version}`;
}

function withVersion(text: string, version: string): string {
  const project: unknown = JSON.parse(text);
  if (typeof project !== 'object' || project === null || Array.isArray(project)) {
    throw new Error(vscode.l10n.t('{0} is not a JSON object.', PROJECT_FILE));
  }
  const indent = /^[ \t]+(?=")/m.exec(text)?.[0] ?? '  ';
  // A Splice release in the file would imply another version.
  const { spliceVersion: _, ...others }: { readonly spliceVersion?: unknown } = project;
  return `${JSON.stringify({ ...others, cantonVersion: version }, null, indent)}\n`;
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
