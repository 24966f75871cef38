import { deepEqual, equal, ok } from 'node:assert/strict';
import { parse } from '../../../server/src/hocon/syntax/parse';
import { projectEnvironment, readEnvFile, readProjectFile } from '../../../server/src/workspace/project-files';

const read = (text: string) =>
  readProjectFile(parse('file:///canton-kms.json', text, 'json'), ['advice/audit-logging']);
const places = async (text: string) =>
  (await read(text)).problems.map(({ code, range }) => `${code} ${text.slice(range.start, range.end)}`);

describe('canton-kms.json', () => {
  it('is read', async () => {
    const { project, problems } = await read(`{
      "cantonVersion": "3.4", "edition": "community",
      "launchSets": { "participant": ["shared.conf", "p1.conf"] },
      "environment": { "AWS_REGION": "us-east-1" },
      "rules": { "advice/audit-logging": { "off": "the cloud has its own" } }
    }`);
    deepEqual(problems, []);
    equal(project?.cantonVersion, '3.4');
    deepEqual(project?.launchSets, { participant: ['shared.conf', 'p1.conf'] });
  });

  it('reports a misspelled key with the right one, at the key', async () => {
    const text = '{ "cantonVersoin": "3.4" }';
    deepEqual(await places(text), ['project/unknown-key "cantonVersoin"']);
    ok((await read(text)).problems[0]?.message.includes("'cantonVersion'"));
  });

  it('reports wrong values where they stand', async () => {
    deepEqual(await places('{ "cantonVersion": "9", "launchSets": { "a": [] } }'), [
      'project/invalid-value "9"',
      'project/invalid-value []',
    ]);
    deepEqual(await places('{ "rules": { "advice/audit-logging": { "off": "" } } }'), ['project/invalid-value ""']);
  });

  it('reports rules that do not exist', async () => {
    deepEqual(await places('{ "rules": { "advice/audit-loging": { "off": "x" } } }'), [
      'project/unknown-rule "advice/audit-loging"',
    ]);
  });

  it('reports broken JSON once and gives no project', async () => {
    const { project, problems } = await read('{ "cantonVersion": ');
    equal(project, undefined);
    deepEqual(new Set(problems.map(({ code }) => code)), new Set(['project/syntax']));
  });

  for (const text of ['', '[]', '5', 'null', '{'.repeat(10_000)]) {
    it(`does not fail on ${JSON.stringify(text.slice(0, 10))}`, async () =>
      equal((await read(text)).project, undefined));
  }

  it('reads the values of its env file without quotes and comments', () => {
    const lines = ['A="x y" # note', "B='#1' # note", 'C=3   # three', 'D="say \\"hi\\""', 'E=a#b', 'F="open', 'G='];
    deepEqual(Object.fromEntries(readEnvFile(lines.join('\n'))), {
      A: 'x y',
      B: '#1',
      C: '3',
      D: 'say "hi"',
      E: 'a#b',
      F: '"open',
      G: '',
    });
  });

  it('overrides its env file', () => {
    const file = readEnvFile('# comment\nexport A=1\nB="two words"\nC=3 # three\n\nnonsense\n');
    deepEqual(
      [...file],
      [
        ['A', '1'],
        ['B', 'two words'],
        ['C', '3'],
      ],
    );
    const { variables, closed } = projectEnvironment({ environment: { A: '2' } }, file);
    deepEqual([variables.get('A'), variables.get('C'), closed], ['2', '3', false]);
  });
});
