import { deepEqual, equal } from 'node:assert/strict';
import * as vscode from 'vscode';
import { becomesCanton, closeAll, current, hasErrors, openFile, replace } from './kit/editor';

const CANTON = 'canton.participants.p1.crypto { provider = jce }\n';
const NGINX = 'server {\n  listen 80;\n  location / { proxy_pass http://127.0.0.1:8080; }\n}\n';

/** Long enough for a language that must not change to have changed. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 1500));

describe('the language of .conf files', () => {
  afterEach(closeAll);

  it('turns to Canton configuration where the content is Canton’s', async () => {
    const { uri } = await openFile('language/node.conf', CANTON);
    await becomesCanton(uri);
  });

  it('leaves nginx and other strangers alone, without a problem reported', async () => {
    const { uri, languageId } = await openFile('language/nginx.conf', NGINX);
    await settle();
    equal(current(uri).languageId, languageId);
    deepEqual(vscode.languages.getDiagnostics(uri), []);
  });

  it('turns while the first lines are typed', async () => {
    const { uri } = await openFile('language/new.conf', '');
    await settle();
    equal(current(uri).languageId, 'properties');
    const edit = new vscode.WorkspaceEdit();
    edit.insert(uri, new vscode.Position(0, 0), CANTON);
    await vscode.workspace.applyEdit(edit);
    await becomesCanton(uri);
  });

  it('does not quarrel with a user who chooses another language', async () => {
    const { uri } = await openFile('language/chosen.conf', CANTON);
    await becomesCanton(uri);
    await vscode.languages.setTextDocumentLanguage(current(uri), 'properties');
    await settle();
    equal(current(uri).languageId, 'properties');
    await replace(uri, 'jce', 'kms');
    await settle();
    equal(current(uri).languageId, 'properties');
    await vscode.languages.setTextDocumentLanguage(current(uri), 'ini');
    await settle();
    equal(current(uri).languageId, 'ini');
    await hasErrors(uri);
  });

  it('looks again when the file is opened anew', async () => {
    const { uri } = await openFile('language/again.conf', CANTON);
    await becomesCanton(uri);
    await vscode.languages.setTextDocumentLanguage(current(uri), 'properties');
    await closeAll();
    await openFile('language/again.conf', CANTON);
    await becomesCanton(uri);
  });

  it('is left as it is where the setting says so', async () => {
    const settings = vscode.workspace.getConfiguration('cantonKms');
    await settings.update('detectLanguage', false, vscode.ConfigurationTarget.Workspace);
    try {
      const { uri } = await openFile('language/off.conf', CANTON);
      await settle();
      equal(current(uri).languageId, 'properties');
      await settings.update('detectLanguage', undefined, vscode.ConfigurationTarget.Workspace);
      await becomesCanton(uri);
    } finally {
      await settings.update('detectLanguage', undefined, vscode.ConfigurationTarget.Workspace);
    }
  });
});
