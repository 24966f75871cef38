import * as vscode from 'vscode';
import type { LaunchSetChoice } from '../launch-set-choice';
import type { Report } from '../report';
import type { Server } from '../server';
import { CHOOSE_LAUNCH_SET, RESTART_SERVER, SHOW_OUTPUT, SHOW_REPORT } from './ids';

/** What people do when something is not as they expect. */
export function registerServerCommands(
  server: Server,
  output: vscode.LogOutputChannel,
  report: Report,
  choice: LaunchSetChoice,
): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand(RESTART_SERVER, () => server.restart()),
    vscode.commands.registerCommand(SHOW_OUTPUT, () => output.show()),
    vscode.commands.registerCommand(SHOW_REPORT, () => report.show()),
    vscode.commands.registerCommand(CHOOSE_LAUNCH_SET, () => choice.choose()),
  );
}
