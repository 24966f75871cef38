import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { createLanguageService } from '../../../server/src/service';
import { uriOf } from '../../kit/fixture';
import { workbench } from '../../kit/service';

const NODE = 'canton.participants.p1 {\n  storage = ${_shared.storage}\n  admin-api.port = 5012\n}\n';

describe('a substitution that another file of the launch sets', () => {
  it('names the files of the workspace that set it', async () => {
    const { service, fixture } = workbench(
      `-- p1.conf --\n${NODE}-- mixins/postgres.conf --\n_shared.storage { type = postgres }\n-- mixins/h2.conf --\n_shared { storage.type = h2 }\n` +
        '-- other.conf --\n_shared.address = a # _shared.storage\n',
    );
    const [diagnostic, ...others] = await service.diagnostics(fixture.main.uri);
    deepEqual(others, []);
    equal(diagnostic?.severity, 'warning');
    match(diagnostic?.message ?? '', /is set in 'postgres\.conf' or 'h2\.conf', which must also be part/);
    deepEqual(
      diagnostic?.related.map(({ uri, range }) => [uri, range.start.line]),
      [
        [uriOf('mixins/postgres.conf'), 0],
        [uriOf('mixins/h2.conf'), 0],
      ],
    );
  });

  it('says so where no file of the workspace does', async () => {
    const { service, fixture } = workbench(`-- p1.conf --\n${NODE}`);
    const [diagnostic] = await service.diagnostics(fixture.main.uri);
    match(diagnostic?.message ?? '', /is not set in these files/);
  });

  it('is looked for once, however many files of a check lack it', async () => {
    const names = Array.from({ length: 40 }, (_, i) => uriOf(`node${i}/p.conf`));
    const texts = new Map(names.map((uri) => [uri, NODE]));
    texts.set(uriOf('mixin.conf'), '_shared.storage.type = postgres\n');
    let asked = 0;
    const service = createLanguageService({
      files: { read: async (uri) => texts.get(uri) },
      list: async () => [...texts.keys()],
      around: async () => {
        asked++;
        return [...texts.keys()];
      },
    });
    const { files } = await service.check(names, false);
    for (const uri of names) match(files.get(uri)?.diagnostics[0]?.message ?? '', /is set in 'mixin\.conf'/);
    ok(asked <= 10, `${asked} times`);
  });
});

describe('the launch set that a substitution lacks', () => {
  const actionsOf = async (marked: string, createsFiles = true) => {
    const { service, fixture } = workbench(marked);
    const [problem] = await service.diagnostics(fixture.main.uri);
    const range = problem?.range ?? { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    const actions = await service.codeActions(fixture.main.uri, range, { diagnostics: [], createsFiles });
    return { actions: actions.filter(({ title }) => title.startsWith('Declare')), service, fixture };
  };
  const FILES = `-- nodes/p1.conf --\n${NODE}-- mixins/postgres.conf --\n_shared.storage { type = postgres }\n`;

  it('is declared in a new project file', async () => {
    const { actions } = await actionsOf(FILES);
    deepEqual(
      actions.map(({ title }) => title),
      ["Declare 'postgres.conf' and 'p1.conf' as a launch set in canton-kms.json"],
    );
    const [create, write] = actions[0]?.edit?.documentChanges ?? [];
    deepEqual(create, { kind: 'create', uri: uriOf('nodes/canton-kms.json') });
    const text = write !== undefined && 'edits' in write ? (write.edits[0] as { newText: string }).newText : '';
    deepEqual(JSON.parse(text), { launchSets: { p1: ['../mixins/postgres.conf', 'p1.conf'] } });
  });

  it('is added to the project file, for each file that would set it', async () => {
    const project =
      '-- canton-kms.json --\n{ "edition": "community", "launchSets": { "p1": ["other.conf"] } }\n-- other.conf --\n';
    const { actions, service, fixture } = await actionsOf(
      `${FILES}-- mixins/h2.conf --\n_shared.storage.type = h2\n${project}`,
    );
    equal(actions.length, 2);
    const [edit] = actions[0]?.edit?.changes?.[uriOf('canton-kms.json')] ?? [];
    deepEqual(JSON.parse(edit?.newText ?? ''), {
      edition: 'community',
      launchSets: { p1: ['other.conf'], 'p1-2': ['mixins/postgres.conf', 'nodes/p1.conf'] },
    });
    service.update(uriOf('canton-kms.json'), edit?.newText ?? '');
    deepEqual(
      (await service.diagnostics(fixture.main.uri)).filter(({ code }) => code === 'hocon/unresolved'),
      [],
    );
  });

  it('is not offered where no file sets it, nor in an editor that creates no files', async () => {
    deepEqual((await actionsOf(`-- p1.conf --\n${NODE}`)).actions, []);
    deepEqual((await actionsOf(FILES, false)).actions, []);
  });
});
