import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { ListedNode } from '../../../server/src/lsp/protocol';
import {
  CONFIGURE_KMS,
  ENABLE_ENVELOPE,
  ENABLE_EXTERNAL,
  OPEN_CONSOLE_SCRIPT,
  PLAN_PROCEDURE,
  PREVIEW_EDITS,
  ROTATE_EXTERNAL_KEYS,
  ROTATE_WRAPPER_KEY,
  WRITE_POLICY,
} from './ids';
import { previewEdits } from './plan-edits';
import { writePolicy } from './policy';
import { runProcedure, type Start, telling } from './procedure';
import { Runbooks } from './runbooks';

/** Commands for the procedures that people look for by name, and one for all of them. */
const PROCEDURES: readonly (readonly [command: string, title: string, procedure: string | undefined])[] = [
  [CONFIGURE_KMS, 'Configure a KMS for a Node', 'configure'],
  [ENABLE_ENVELOPE, 'Enable Envelope Encryption', 'enable-envelope'],
  [ENABLE_EXTERNAL, 'Enable External Keys on a New Node', 'enable-external'],
  [ROTATE_WRAPPER_KEY, 'Rotate the Wrapper Key', 'rotate-wrapper-key'],
  [ROTATE_EXTERNAL_KEYS, 'Rotate External Keys', 'rotate-external-keys'],
  [PLAN_PROCEDURE, 'Plan a Procedure', undefined],
];

/** A row of the view has a node; lenses and code actions say what need not be asked; from the palette comes nothing. */
type Given = { readonly node: ListedNode } | Start | undefined;

export function registerProcedures(client: BaseLanguageClient): vscode.Disposable {
  const runbooks = new Runbooks();
  const { registerCommand } = vscode.commands;
  return vscode.Disposable.from(
    runbooks,
    ...PROCEDURES.map(([command, title, procedure]) =>
      registerCommand(command, (given: Given) =>
        runProcedure(client, runbooks, title, { ...startOf(given), ...(procedure && { procedure }) }),
      ),
    ),
    registerCommand(WRITE_POLICY, (given: Given) => writePolicy(client, startOf(given))),
    registerCommand(PREVIEW_EDITS, () => telling('Preview the Edits', () => previewEdits(client, runbooks.current()))),
    registerCommand(OPEN_CONSOLE_SCRIPT, () =>
      telling('Open the Console Script', () => runbooks.showConsole(runbooks.current())),
    ),
  );
}

function startOf(given: Given): Start {
  if (given === undefined || given.node === undefined || typeof given.node === 'string') return (given ?? {}) as Start;
  const { uri, id, launchSet } = given.node;
  return { uri, node: id, options: { 'launch-set': launchSet.id } };
}
