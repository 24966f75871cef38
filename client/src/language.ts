import type * as vscode from 'vscode';

/** Language ids and file names that package.json contributes. */
export const CANTON_CONF = 'canton-conf';
export const CANTON_CONSOLE = 'canton-console';
export const PROJECT_FILE = 'canton-kms.json';
export const SETTINGS = 'cantonKms';
/** Of read-only documents that show what is in effect for a node. */
export const EFFECTIVE_SCHEME = 'canton-kms';

/** A Canton configuration that people edit. */
export function isConfiguration({ languageId, uri }: vscode.TextDocument): boolean {
  return languageId === CANTON_CONF && uri.scheme !== EFFECTIVE_SCHEME;
}
