import * as vscode from 'vscode';
import { CANTON_VERSIONS } from '../../../schemas/version';
import { STATUS, UPGRADE } from '../../../server/src/lsp/protocol';
import { reportErrors, UPGRADE_CONFIGURATION } from '../infrastructure/commands';
import { isConfiguration, showNewDocument } from '../infrastructure/documents';
import type { Server } from '../infrastructure/language-server';
import { BACK, Wizard } from '../infrastructure/wizard';
import { fileName } from '../infrastructure/workspace-nodes';
import { applyEdits } from '../plan-procedure/edits';

const TITLE = vscode.l10n.t('Compare with Another Canton Version');

export function compareVersions(server: Server): vscode.Disposable {
  return vscode.commands.registerCommand(UPGRADE_CONFIGURATION, () => reportErrors(TITLE, () => compare(server)));
}

/** Opens a report of the effect of another version on the active configuration, and offers edits for moved keys. */
async function compare(server: Server): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (document === undefined || !isConfiguration(document))
    throw new Error(vscode.l10n.t('Open a Canton configuration first.'));
  const uri = document.uri.toString();
  const status = await server.request(STATUS, { uri });
  const to = await pickVersion(status?.cantonVersion);
  if (to === undefined) return;
  const report = await server.request(UPGRADE, { uri, to });
  if (report === null)
    throw new Error(
      vscode.l10n.t('The versions could not be compared. See the output channel "Canton KMS" for the reason.'),
    );
  await showNewDocument(
    { beside: uri, base: `${fileName(uri).replace(/\.\w+$/, '')}-canton-${to}`, ending: 'md' },
    report.markdown,
  );
  if (report.edits.length === 0) return;
  const files = [...new Set(report.edits.map(({ file }) => fileName(file)))].join(', ');
  const n = report.edits.length;
  const make = n === 1 ? vscode.l10n.t('Make 1 Edit') : vscode.l10n.t('Make {0} Edits', n);
  const message = vscode.l10n.t('Canton {0} has new names or places for some keys in {1}.', to, files);
  if ((await vscode.window.showInformationMessage(message, make)) === make) await applyEdits(server, report.edits);
}

async function pickVersion(current: string | undefined): Promise<string | undefined> {
  const items = [...CANTON_VERSIONS]
    .reverse()
    .filter((version) => version !== current)
    .map((version) => ({ label: `Canton ${version}`, version }));
  const wizard = new Wizard(TITLE);
  try {
    const prompt =
      current === undefined ? vscode.l10n.t('With which version?') : vscode.l10n.t('In place of Canton {0}?', current);
    const picked = await wizard.pick(items, { prompt, canGoBack: false, preselected: items[0] });
    return picked === BACK || wizard.cancelled ? undefined : picked?.version;
  } finally {
    wizard.dispose();
  }
}
