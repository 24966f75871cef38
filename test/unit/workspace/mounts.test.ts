import { deepEqual, equal, match } from 'node:assert/strict';
import { uriOf } from '../../kit/fixture';
import { workbench } from '../../kit/service';

const project = (mounts: unknown) => `-- canton-kms.json --\n${JSON.stringify({ mounts })}\n`;
const APP = '-- conf/app.conf --\ninclude file("/app/on/p.conf")\ncanton.participants.p1.admin-api.port = 1\n';
const PART = '-- conf/provider/p.conf --\ncanton.participants.p1.admin-api.prot = 2\n';

describe('mounts of a container', () => {
  const found = async (text: string) => {
    const { workspace } = workbench(text);
    const snapshot = await workspace.snapshot(uriOf('conf/app.conf'));
    return { files: snapshot.files, codes: snapshot.diagnostics.map(({ code }) => code) };
  };

  it('lead absolute includes to the files of the workspace', async () => {
    const { files, codes } = await found(`${APP}${PART}${project({ '/app/on': 'conf/provider' })}`);
    deepEqual(files, [uriOf('conf/app.conf'), uriOf('conf/provider/p.conf')]);
    deepEqual(codes, ['read/unknown-key']);
  });

  it('lead definitions, links and hovers there', async () => {
    const { service } = workbench(`${APP}${PART}${project({ '/app/on': 'conf/provider' })}`);
    const position = { line: 0, character: 20 };
    const [definition] = await service.definition(uriOf('conf/app.conf'), position);
    equal(definition?.uri, uriOf('conf/provider/p.conf'));
    const [link] = await service.documentLinks(uriOf('conf/app.conf'));
    equal(link?.target, uriOf('conf/provider/p.conf'));
    match(JSON.stringify(await service.hover(uriOf('conf/app.conf'), position)), /p\.conf/);
  });

  it('may be files, and the longest one counts', async () => {
    const mounts = { '/app': 'other', '/app/on/p.conf': 'conf/provider/p.conf' };
    equal((await found(`${APP}${PART}${project(mounts)}`)).files.length, 2);
  });

  it('leave other paths unknown', async () => {
    deepEqual(await found(`${APP}${PART}${project({ '/ap': 'conf/provider' })}`), {
      files: [uriOf('conf/app.conf')],
      codes: [],
    });
  });

  it('are absolute', async () => {
    const { service, fixture } = workbench(project({ 'app/': 'conf' }));
    const problems = await service.diagnostics(fixture.main.uri);
    equal(problems[0]?.code, 'project/invalid-value');
  });
});

describe('a required include that is not beside its file', () => {
  const found = async (text: string) => {
    const { service } = workbench(text);
    const problems = await service.diagnostics(uriOf('resources/include/a.conf'));
    return problems.map(({ severity, code }) => `${severity} ${code}`);
  };
  const A =
    '-- resources/include/a.conf --\ninclude required("include/b")\ncanton.features.enable-testing-commands = yes\n';

  it('may be on the class path, if it is relative to a folder above', async () => {
    deepEqual(await found(`${A}-- resources/include/b.conf --\nx = 1\n`), ['warning hocon/include-not-found']);
  });

  it('is missing, if it is nowhere', async () => {
    deepEqual(await found(A), ['error hocon/include-not-found']);
  });
});
