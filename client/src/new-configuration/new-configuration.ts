import * as vscode from 'vscode';
import { POSTGRES_DATA_SOURCE, POSTGRES_PROPERTIES } from '../../../schemas/storage';
import { NEW_CONFIGURATION, NEW_NODE, reportErrors } from '../infrastructure/commands';
import { CANTON_CONF, exists, isConfiguration } from '../infrastructure/documents';
import type { Server } from '../infrastructure/language-server';
import { BACK, type Fault, Wizard } from '../infrastructure/wizard';
import { candidateFiles, fileName, launchSetsOf } from '../infrastructure/workspace-nodes';

const KINDS = [
  {
    label: vscode.l10n.t('Participant'),
    detail: vscode.l10n.t('Hosts parties and their contracts'),
    section: 'participants',
    name: 'participant',
    nameQuestion: vscode.l10n.t('Name of the participant'),
  },
  {
    label: vscode.l10n.t('Sequencer'),
    detail: vscode.l10n.t('Orders the messages of a synchronizer'),
    section: 'sequencers',
    name: 'sequencer',
    nameQuestion: vscode.l10n.t('Name of the sequencer'),
  },
  {
    label: vscode.l10n.t('Mediator'),
    detail: vscode.l10n.t('Confirms the transactions of a synchronizer'),
    section: 'mediators',
    name: 'mediator',
    nameQuestion: vscode.l10n.t('Name of the mediator'),
  },
] as const;
const STORAGES = [
  { label: 'PostgreSQL', detail: vscode.l10n.t('Keeps data across restarts'), storage: 'postgres' },
  {
    label: vscode.l10n.t('Memory'),
    detail: vscode.l10n.t('For experiments: all data is lost when the process ends'),
    storage: 'memory',
  },
] as const;

const NEW_CONFIGURATION_TITLE = vscode.l10n.t('New Configuration');
const NEW_NODE_TITLE = vscode.l10n.t('New Node');

/** Any other character requires quotes in a HOCON key, and Canton's naming rules do not allow it. */
const NAME = /^[A-Za-z][\w-]*$/;

/** Commands for an empty folder. */
export function createConfigurations(server: Server): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand(NEW_CONFIGURATION, () => run(server, NEW_CONFIGURATION_TITLE, newFile)),
    vscode.commands.registerCommand(NEW_NODE, () => run(server, NEW_NODE_TITLE, existingFile)),
  );
}

interface NewNode {
  readonly kind: (typeof KINDS)[number];
  readonly name: string;
  readonly storage: (typeof STORAGES)[number]['storage'];
}

/** Finds the document that the node is written into; undefined if the user canceled. */
type FindDocument = (server: Server, node: NewNode) => Promise<vscode.TextDocument | undefined>;

async function run(server: Server, title: string, findDocument: FindDocument): Promise<void> {
  await reportErrors(title, async () => {
    const wizard = new Wizard(title);
    try {
      const node = await ask(wizard, await namesInUse(server));
      if (node === undefined || wizard.cancelled) return;
      wizard.dispose();
      const document = await findDocument(server, node);
      if (document !== undefined) await write(document, node);
    } finally {
      wizard.dispose();
    }
  });
}

async function namesInUse(server: Server): Promise<ReadonlySet<string>> {
  const sets = await launchSetsOf(server, await candidateFiles());
  return new Set(sets.flatMap(({ nodes }) => nodes.map(({ node }) => node.name)));
}

async function ask(wizard: Wizard, taken: ReadonlySet<string>): Promise<NewNode | undefined> {
  let kind: NewNode['kind'] | undefined;
  let name: string | undefined;
  for (;;) {
    if (kind === undefined) {
      const picked = await wizard.pick(KINDS, {
        prompt: vscode.l10n.t('Which kind of node?'),
        canGoBack: false,
        preselected: KINDS[0],
      });
      if (picked === undefined || picked === BACK) return undefined;
      kind = picked;
    }
    const given = await wizard.text({
      prompt: kind.nameQuestion,
      example: `${kind.name}1`,
      value: name ?? freeName(kind.name, taken),
      optional: false,
      canGoBack: true,
      check: async (text) => faultOf(text, taken),
    });
    if (given === undefined) return undefined;
    if (given === BACK) {
      kind = undefined;
      name = undefined;
      continue;
    }
    name = given;
    const storage = await wizard.pick(STORAGES, {
      prompt: vscode.l10n.t('Where does it store its data?'),
      canGoBack: true,
    });
    if (storage === undefined) return undefined;
    if (storage !== BACK) return { kind, name, storage: storage.storage };
  }
}

function freeName(base: string, taken: ReadonlySet<string>): string {
  for (let n = 1; ; n++) if (!taken.has(`${base}${n}`)) return `${base}${n}`;
}

function faultOf(name: string, taken: ReadonlySet<string>): Fault | undefined {
  if (name === '') return undefined;
  if (!NAME.test(name)) {
    return {
      severity: 'error',
      message: vscode.l10n.t('The name must start with a letter, and contain only letters, digits, - and _.'),
    };
  }
  if (!taken.has(name)) return undefined;
  return { severity: 'warning', message: vscode.l10n.t("This workspace already has a node '{0}'.", name) };
}

/** The document is not saved yet; saving it puts it into the first folder. */
async function newFile(_server: Server, { name }: NewNode): Promise<vscode.TextDocument> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const file = folder && (await freeFile(folder, name));
  const { workspace } = vscode;
  const document = await (file === undefined
    ? workspace.openTextDocument({ language: CANTON_CONF })
    : workspace.openTextDocument(file.with({ scheme: 'untitled' })));
  return vscode.languages.setTextDocumentLanguage(document, CANTON_CONF);
}

async function freeFile(folder: vscode.Uri, name: string): Promise<vscode.Uri> {
  for (let n = 1; ; n++) {
    const file = vscode.Uri.joinPath(folder, `${name}${n === 1 ? '' : `-${n}`}.conf`);
    const untitled = file.with({ scheme: 'untitled' }).toString();
    const isOpen = vscode.workspace.textDocuments.some(({ uri }) => uri.toString() === untitled);
    if (!isOpen && !(await exists(file))) return file;
  }
}

/** The active configuration, or one that the user picks; a new one if there is none. */
async function existingFile(server: Server, node: NewNode): Promise<vscode.TextDocument | undefined> {
  const active = vscode.window.activeTextEditor?.document;
  if (active !== undefined && isConfiguration(active)) return active;
  const sets = await launchSetsOf(server, await candidateFiles());
  const files = [...new Set(sets.flatMap(({ nodes }) => nodes.map((one) => one.node.uri)))];
  if (files.length === 0) return newFile(server, node);
  const items = files.map((uri) => ({ label: fileName(uri), uri }));
  const options = { title: NEW_NODE_TITLE, placeHolder: vscode.l10n.t('In which file?') };
  const picked = items.length === 1 ? items[0] : await vscode.window.showQuickPick(items, options);
  return picked && vscode.workspace.openTextDocument(vscode.Uri.parse(picked.uri));
}

/** Writes the node at the end, with tab stops for the values to fill in. */
async function write(document: vscode.TextDocument, { kind, name, storage }: NewNode): Promise<void> {
  const editor = await vscode.window.showTextDocument(document, { preview: false });
  const text = document.getText();
  const end = document.positionAt(text.length);
  const gap = text === '' ? '' : text.endsWith('\n') ? '\n' : '\n\n';
  const body = storage === 'memory' ? ['  storage.type = memory'] : POSTGRES;
  const snippet = [`canton.${kind.section}.${name} {`, ...body, '}', ''].join('\n').replace('DATABASE', name);
  await editor.insertSnippet(new vscode.SnippetString(gap + snippet), end);
}

const POSTGRES = [
  '  storage {',
  '    type = postgres',
  '    config {',
  `      dataSourceClass = "${POSTGRES_DATA_SOURCE}"`,
  '      properties {',
  ...POSTGRES_PROPERTIES.map(({ name, example, isVariable }, i) => {
    const value = `\${${i + 1}:${name === 'databaseName' ? 'DATABASE' : example}}`;
    return `        ${name} = ${isVariable ? `\\\${${value}\\}` : value}`;
  }),
  '      }',
  '    }',
  '  }',
];
