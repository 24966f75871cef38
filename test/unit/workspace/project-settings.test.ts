import assert from 'node:assert/strict';
import { uriOf } from '../../kit/fixture';
import { workbench } from '../../kit/service';

const LISTENER = 'canton.participants.p1.crypto { provider = kms, kms { type = aws, region = us-east-1 } }\n';
const PROJECT = {
  exclude: ['examples/**', '*.yaml'],
  rules: {
    'advice/audit-logging': { severity: 'error', reason: 'Our auditors want it.', paths: ['prod/**'], noInline: true },
    'advice/region': { off: 'Regions are checked elsewhere.', paths: ['prod'] },
  },
};

describe('what a project file says about rules and files', () => {
  const files = (project: unknown, ...names: readonly string[]) =>
    [['canton-kms.json', JSON.stringify(project)], ...names.map((name) => [name, LISTENER])]
      .map(([name, text]) => `-- ${name} --\n${text}`)
      .join('\n');

  async function found(uri: string, text: string, project: unknown = PROJECT) {
    const { service, disk } = workbench(files(project, 'a.conf'));
    disk.set(uriOf('canton-kms.json'), JSON.stringify(project));
    service.update(uri, text);
    return (await service.diagnostics(uri)).map(({ code, severity }) => `${severity} ${code}`);
  }

  it('changes the severity of a rule in the files that it names', async () => {
    assert.deepEqual(await found(uriOf('prod/a.conf'), LISTENER), ['error advice/audit-logging']);
    assert.deepEqual(await found(uriOf('test/a.conf'), LISTENER), ['hint advice/audit-logging']);
  });

  it('switches a rule off in the files that it names', async () => {
    const elsewhere = LISTENER.replace('us-east-1', 'us-nowhere-1');
    assert.deepEqual(await found(uriOf('prod/a.conf'), elsewhere), ['error advice/audit-logging']);
    assert.deepEqual(await found(uriOf('test/a.conf'), elsewhere), ['hint advice/audit-logging', 'hint advice/region']);
  });

  it('lets no comment silence a rule that has noInline', async () => {
    const silenced = `# canton-kms-ignore-next-line advice/audit-logging not needed\n${LISTENER}`;
    assert.deepEqual(await found(uriOf('test/a.conf'), silenced), [
      'information advice/unused-suppression',
      'hint advice/audit-logging',
    ]);
    assert.deepEqual(await found(uriOf('test/a.conf'), silenced, {}), []);
  });

  it('leaves out what it excludes', async () => {
    const wrong = LISTENER.replace('aws', 'awz');
    assert.deepEqual(await found(uriOf('examples/b/a.conf'), wrong), []);
    assert.deepEqual(await found(uriOf('other/a.conf'), wrong), ['error read/invalid-value']);
  });

  it('has to give reasons', async () => {
    for (const setting of [{ severity: 'error' }, { reason: 'x' }, { paths: ['a'] }, { off: 'x', severity: 'hint' }]) {
      const project = uriOf('canton-kms.json');
      const { service } = workbench(files({ rules: { 'advice/region': setting } }));
      assert.equal((await service.diagnostics(project))[0]?.code, 'project/invalid-value');
    }
  });
});
