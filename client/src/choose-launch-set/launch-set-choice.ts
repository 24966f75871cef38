import * as vscode from 'vscode';
import { State } from 'vscode-languageclient';
import { PREFER_LAUNCH_SETS, type PreferLaunchSetsParams, STATUS } from '../../../server/src/lsp/protocol';
import { CHOOSE_LAUNCH_SET, reportErrors } from '../infrastructure/commands';
import { IN_USE, isConfiguration, notChecked } from '../infrastructure/documents';
import type { Server } from '../infrastructure/language-server';

const TITLE = vscode.l10n.t('Choose the Launch Set');
const KEY = 'launchSets';
/** Older choices probably refer to launch sets that no longer exist. */
const MOST_REMEMBERED = 50;

/** The launch sets that the user chose for documents in several; stored for the workspace, latest choice first. */
export class LaunchSetChoice implements vscode.Disposable {
  private readonly registration: vscode.Disposable;

  constructor(
    private readonly server: Server,
    private readonly memory: vscode.Memento,
  ) {
    this.registration = vscode.Disposable.from(
      vscode.commands.registerCommand(CHOOSE_LAUNCH_SET, () => this.choose()),
      server.client.onDidChangeState(({ newState }) => {
        if (newState === State.Running && this.ids.length > 0) void this.send();
      }),
    );
  }

  dispose(): void {
    this.registration.dispose();
  }

  /** Lets the user choose for the active document. */
  private async choose(): Promise<void> {
    await reportErrors(TITLE, async () => {
      const document = vscode.window.activeTextEditor?.document;
      if (document === undefined || !isConfiguration(document))
        throw new Error(vscode.l10n.t('Open a Canton configuration first.'));
      const status = await this.server.request(STATUS, { uri: document.uri.toString() });
      if (status === null) throw new Error(notChecked());
      const items = status.launchSets.map(({ id, name }) => {
        return { label: name, description: id === status.launchSetId ? IN_USE : '', id };
      });
      const placeHolder =
        items.length > 1
          ? vscode.l10n.t(
              'Which launch set do completion, hovers and lenses use? Problems are shown for all launch sets.',
            )
          : vscode.l10n.t('This file is only in one launch set; canton-kms.json may declare others.');
      const picked = await vscode.window.showQuickPick(items, { title: TITLE, placeHolder });
      if (picked !== undefined) await this.prefer(picked.id);
    });
  }

  private get ids(): readonly string[] {
    return this.memory.get<string[]>(KEY, []);
  }

  private async prefer(id: string): Promise<void> {
    const others = this.ids.filter((other) => other !== id);
    await this.memory.update(KEY, [id, ...others].slice(0, MOST_REMEMBERED));
    await this.send();
  }

  private async send(): Promise<void> {
    const params: PreferLaunchSetsParams = { ids: this.ids };
    await this.server.request(PREFER_LAUNCH_SETS, params);
  }
}
