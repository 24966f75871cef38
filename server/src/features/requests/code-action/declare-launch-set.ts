import type { CodeAction, Diagnostic, WorkspaceEdit } from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import { PROJECT_FILE_NAME } from '../../../../../schemas/project-name';
import { jsonText } from '../../../text/encoders/json';
import { LineIndex } from '../../../text/line-index';
import { fileName } from '../../../text/location';
import { CODE_ACTION_KIND } from '../../shared/lsp-kinds';
import type { LocatedDiagnostic } from '../diagnostics';

/** The project file that a launch set is declared in; without a text it is created. */
interface ProjectPlace {
  readonly uri: string;
  readonly text: string | undefined;
}

/** The problem is a substitution, and other files of the workspace are known to set it. */
export function isDeclarable({ code, severity, related }: LocatedDiagnostic): boolean {
  return code === 'hocon/unresolved' && severity === 'warning' && related.length > 0;
}

/**
 * For a substitution that another file of the workspace sets: declares that file and this one as a launch set. Canton then gets the
 * value, or reports that it is missing; an optional substitution would silently start it without.
 */
export function declarations(
  diagnostic: LocatedDiagnostic,
  shown: readonly Diagnostic[],
  { uri: project, text }: ProjectPlace,
): CodeAction[] {
  const parsed = projectIn(text ?? '{}');
  if (parsed === undefined) return [];
  const { related, uri, code, message } = diagnostic;
  const diagnostics = shown.filter((one) => one.code === code && one.message === message);
  return [...new Set(related.map((one) => one.uri))].flatMap((definer) => {
    const files = [definer, uri].map((one) => pathFrom(project, one));
    if (files.some((path) => path === undefined)) return [];
    const launchSets = isRecord(parsed.launchSets) ? parsed.launchSets : {};
    const name = freeName(fileName(uri).replace(/\.\w+$/, ''), launchSets);
    const written = `${jsonText({ ...parsed, launchSets: { ...launchSets, [name]: files } })}\n`;
    const title = `Declare '${fileName(definer)}' and '${fileName(uri)}' as a launch set in ${PROJECT_FILE_NAME}`;
    return [{ title, kind: CODE_ACTION_KIND.quickFix, diagnostics, edit: writing(project, text, written) }];
  });
}

function writing(uri: string, before: string | undefined, after: string): WorkspaceEdit {
  const start = { line: 0, character: 0 };
  const end = before === undefined ? start : new LineIndex(before).positionAt(before.length);
  const edits = [{ range: { start, end }, newText: after }];
  if (before !== undefined) return { changes: { [uri]: edits } };
  return {
    documentChanges: [
      { kind: 'create', uri },
      { textDocument: { uri, version: null }, edits },
    ],
  };
}

/** Relative to the folder of the project file; undefined for a file that no relative path leads to. */
function pathFrom(project: string, uri: string): string | undefined {
  const [from, to] = [URI.parse(project), URI.parse(uri)];
  if (from.scheme !== to.scheme || from.authority !== to.authority) return undefined;
  const folders = from.path.split('/').slice(0, -1);
  const names = to.path.split('/');
  let common = 0;
  while (common < folders.length && folders[common] === names[common]) common++;
  return [...folders.slice(common).map(() => '..'), ...names.slice(common)].join('/');
}

function freeName(name: string, taken: Readonly<Record<string, unknown>>): string {
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : `${name}-${number}`;
    if (!Object.hasOwn(taken, candidate)) return candidate;
  }
}

function projectIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return isRecord(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
