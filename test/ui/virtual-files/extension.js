// A workspace that is on no disk, as those of vscode.dev are: a test installs this as a web extension.
const vscode = require('vscode');

const FILES = new Map([
  [
    '/deployment/p1.conf',
    'include "kms.conf"\ncanton.participants.p1.crypto { provider = kms, kms.regoin = us-east-1 }\n',
  ],
  ['/deployment/kms.conf', 'canton.participants.p1.crypto.kms.type = gcp\n'],
  ['/deployment/canton-kms.json', '{ "cantonVersion": "3.4" }\n'],
]);

class VirtualFiles {
  onDidChangeFile = new vscode.EventEmitter().event;

  stat({ path }) {
    const text = FILES.get(path);
    if (text !== undefined) return { type: vscode.FileType.File, ctime: 0, mtime: 0, size: text.length };
    if (path !== '/' && path !== '/deployment') throw vscode.FileSystemError.FileNotFound(path);
    return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
  }

  readDirectory({ path }) {
    if (path === '/') return [['deployment', vscode.FileType.Directory]];
    return [...FILES.keys()].map((file) => [file.slice('/deployment/'.length), vscode.FileType.File]);
  }

  readFile({ path }) {
    const text = FILES.get(path);
    if (text === undefined) throw vscode.FileSystemError.FileNotFound(path);
    return new TextEncoder().encode(text);
  }

  watch() {
    return { dispose() {} };
  }

  createDirectory() {}
  writeFile() {}
  delete() {}
  rename() {}
}

exports.activate = ({ subscriptions }) => {
  const folder = { uri: vscode.Uri.from({ scheme: 'virtual', path: '/deployment' }) };
  const add = () => vscode.workspace.updateWorkspaceFolders(1, 0, folder);
  subscriptions.push(vscode.commands.registerCommand('virtualFiles.addFolder', add));
  subscriptions.push(vscode.workspace.registerFileSystemProvider('virtual', new VirtualFiles(), { isReadonly: true }));
};
