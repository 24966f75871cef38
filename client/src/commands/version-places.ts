import * as vscode from 'vscode';
import { PROJECT_FILE } from '../language';

/** `# canton-kms: version = 3.4, edition = community`; the first one of a file counts. */
const DIRECTIVE = /^[ \t]*(?:#|\/\/)[ \t]*canton-kms:/;
const VERSION = /\bversion[ \t]*[=:][ \t]*[^,]*/;

/** The project file that governs a document: the nearest one upwards, within the workspace folder. */
export async function findProjectFile(document: vscode.Uri): Promise<vscode.Uri | undefined> {
  const root = vscode.workspace.getWorkspaceFolder(document)?.uri;
  if (root === undefined) return undefined;
  for (let folder = parent(document); ; folder = parent(folder)) {
    const candidate = vscode.Uri.joinPath(folder, PROJECT_FILE);
    if (await exists(candidate)) return candidate;
    if (folder.path === root.path || folder.path === '/') return undefined;
  }
}

/** Where a new project file for the document belongs; undefined outside of a workspace folder. */
export function projectFileFor(document: vscode.Uri): vscode.Uri | undefined {
  const root = vscode.workspace.getWorkspaceFolder(document)?.uri;
  return root === undefined ? undefined : vscode.Uri.joinPath(root, PROJECT_FILE);
}

/** Writes the version into the project file, keeping everything else; throws when the file is not a JSON object. */
export async function writeProjectVersion(file: vscode.Uri, version: string): Promise<void> {
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
export async function writeDirective(document: vscode.TextDocument, version: string): Promise<void> {
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

async function exists(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}
