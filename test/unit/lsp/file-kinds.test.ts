import assert from 'node:assert/strict';
import picomatch from 'picomatch';
import { serverCapabilities } from '../../../server/src/lsp/capabilities';
import { kindOfFile } from '../../../server/src/service';

/** One name for each way to name a file that holds HOCON. */
const NAMES = [
  ...['a.conf', 'a.hocon', 'a.json', 'compose.yaml', 'a.yml', 'a.md', 'a.markdown', 'a.mdx', 'a.rst', 'a.sh', 'a.bash'],
  ...['a.zsh', '.env', '.env.local', 'a.env', 'a.tpl', 'a.tmpl', 'a.gotmpl', 'a.j2', 'a.jinja', 'a.jinja2'],
  ...['Dockerfile', 'Dockerfile.prod', 'Containerfile', 'kms.dockerfile'],
];

describe('the kinds of files', () => {
  it('are all followed when an editor renames one', () => {
    const filters = serverCapabilities.workspace?.fileOperations?.willRename?.filters ?? [];
    const globs = filters.filter(({ pattern }) => pattern.matches === 'file').map(({ pattern }) => pattern.glob);
    const isFollowed = picomatch([...globs], { dot: true });
    assert.deepEqual(
      NAMES.filter((name) => kindOfFile(name) === undefined),
      [],
    );
    assert.deepEqual(
      NAMES.filter((name) => !isFollowed(`deploy/${name}`)),
      [],
    );
    assert.ok(!isFollowed('deploy/a.png'));
  });
});
