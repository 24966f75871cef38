import { URI } from 'vscode-uri';
import { isWithin, pathToRead } from '../../../server/src/fs/paths';
import { includeTarget } from '../../../server/src/hocon/evaluation/include-files';
import { parse } from '../../../server/src/hocon/syntax/parse';
import { entriesOf } from '../../../server/src/hocon/syntax/syntax';
import { normalize } from '../../../server/src/workspace/documents';
import { beside } from '../../../server/src/workspace/project-files';
import { Random } from '../../conformance/hocon/generator/random';

const PARTS = [
  ...['/', '//', '\\', '\\\\', '..', '../', '..\\', '.', './', 'a', 'a.conf', 'b.json', 'c.properties', 'kms'],
  ...['C:', 'c:\\', 'C:/', 'NUL', 'con.conf', 'COM1', 'a:stream', '?', '\\\\?\\UNC\\host\\', '\\\\.\\pipe\\', '\\??\\'],
  ...[
    'file:',
    'file://',
    'file:///',
    'file://host/',
    'http://h/',
    'jar:file:/a.jar!/',
    'url:',
    'mailto:a@b',
    '%2e%2e',
    '%5c',
  ],
  ...[
    '%2f',
    '%00',
    '%zz',
    '\ud83d',
    '\udd11',
    '🔑',
    '\0',
    '\n',
    ' ',
    '~',
    '$',
    '#',
    '?q',
    ':',
    '*',
    '<',
    '|',
    'é',
    '\u202e',
  ],
];
const FOLDERS = { posix: 'file:///srv/deploy', windows: 'file:///c%3A/deploy' };

/** Names of files from hostile pieces: no name leaves the folder, reaches another machine or a device, or throws. */
export function findEscapingPath(seed: number, index: number): string | undefined {
  const random = new Random(seed, index);
  let name = '';
  for (let i = 1 + random.below(6); i > 0; i--) name += random.pick(PARTS);
  for (const isWindows of [true, false]) {
    const folder = isWindows ? FOLDERS.windows : FOLDERS.posix;
    for (const uri of urisOf(name, `${folder}/main.conf`)) {
      const reason = escapeOf(uri, folder, isWindows);
      if (reason !== undefined) return `${JSON.stringify(name)} is ${JSON.stringify(uri)}: ${reason}`;
    }
  }
  return undefined;
}

/** The forms in which a file name can be written. */
function urisOf(name: string, including: string): string[] {
  const quoted = JSON.stringify(name);
  const text = ['', 'required', 'file', 'url'].map((kind) => (kind === '' ? quoted : `${kind}(${quoted})`));
  const tree = parse(including, text.map((one) => `include ${one}\n`).join(''), 'conf');
  const uris: string[] = [beside(including, name) ?? [], normalize(name), name].flat();
  for (const entry of entriesOf(tree)) {
    if (entry.kind !== 'include') continue;
    for (const options of [{}, { workingDirectory: 'file:///srv' }, { leavesDots: true }]) {
      const { files, nearby = [] } = includeTarget(entry, { uri: including, bareName: false }, options);
      uris.push(...[...files, ...nearby].map(({ uri }) => uri));
    }
  }
  return uris;
}

function escapeOf(uri: string, folder: string, isWindows: boolean): string | undefined {
  if (normalize(normalize(uri)) !== normalize(uri)) return 'its spelling is not stable';
  const anywhere = pathToRead(uri, { isWindows });
  if (anywhere !== undefined && isWindows && /^(?:[\\/]{2}|\\\?\?)/.test(anywhere))
    return `${anywhere} is on another machine`;
  if (anywhere?.includes('\0')) return 'it has a NUL';
  const inside = pathToRead(uri, { isWindows, folders: [folder] });
  if (inside === undefined) return undefined;
  const root = isWindows ? 'c:\\deploy\\' : '/srv/deploy/';
  if (!inside.startsWith(root)) return `${inside} is outside of the folder`;
  const names = inside.slice(root.length).split(isWindows ? /[\\/]/ : '/');
  if (names.includes('..')) return `${inside} leads out of the folder`;
  if (isWindows && names.some((one) => /[:?*<>|"]/.test(one))) return `${inside} is no plain file`;
  return isWithin(URI.parse(uri).toString(), folder) ? undefined : 'it is not within the folder';
}
