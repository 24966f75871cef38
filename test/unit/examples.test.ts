import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkProjectFile } from '../../schemas/project';
import { diskFiles } from '../../server/src/fs/node';
import { readNodes } from '../../server/src/model/facts/view';
import { createLanguageService } from '../../server/src/service';
import { diagnose, launch } from './operations/kit';

const FOLDER = join(__dirname, '../../examples');

const files = new Map(
  readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.conf'))
    .map((name) => [pathToFileURL(join(FOLDER, name)).href, readFileSync(join(FOLDER, name), 'utf8')]),
);

const project = JSON.parse(readFileSync(join(FOLDER, 'canton-kms.json'), 'utf8'));
const load = (names: readonly string[]) =>
  launch(
    files,
    names.map((name) => pathToFileURL(join(FOLDER, name)).href),
  );

describe('the examples', () => {
  it('have a valid project file', () => {
    assert.equal(checkProjectFile(project).ok, true);
  });

  for (const [name, roots] of Object.entries<string[]>(project.launchSets)) {
    if (name === 'mistakes') continue;
    it(`${name} is what Canton ${project.cantonVersion} accepts, without a warning`, async () => {
      const set = await load(roots);
      assert.deepEqual(set.problems, []);
      assert.deepEqual(
        diagnose(set, project.cantonVersion).filter(
          ({ severity }) => severity !== 'hint' && severity !== 'information',
        ),
        [],
      );
    });
  }

  for (const [name, modes] of [
    ['helm/values.yaml', ['participants.participant external aws']],
    ['compose.yaml', ['participants.participant external gcp']],
  ] as const) {
    it(`${name} holds HOCON that Canton accepts, without a warning`, async () => {
      const service = createLanguageService({ files: diskFiles, list: async () => [] });
      const uri = pathToFileURL(join(FOLDER, name)).href;
      service.update(uri, readFileSync(join(FOLDER, name), 'utf8'));
      const nodes = await service.nodes(uri);
      assert.deepEqual(
        nodes.map(({ id, mode, kmsType }) => `${id} ${mode} ${kmsType}`),
        modes,
      );
      assert.deepEqual(await service.diagnostics(uri), []);
    });
  }

  it('show each provider and each mode', async () => {
    const names = Object.values<string[]>(project.launchSets)
      .flat()
      .filter((name) => name !== 'mistakes.conf');
    const { config } = await load(names);
    assert.deepEqual(
      readNodes(config, '3.5', 'enterprise')
        .map(({ id, mode, kmsType }) => `${id} ${mode} ${kmsType}`)
        .sort(),
      [
        'mediators.mediator1 envelope aws',
        'participants.participant1 envelope aws',
        'participants.participant2 external gcp',
        'participants.participant3 external driver',
        'sequencers.sequencer1 external aws',
      ],
    );
  });

  it('show mistakes of many kinds in one file', async () => {
    const set = await load(['mistakes.conf']);
    const errors = diagnose(set, project.cantonVersion).filter(({ severity }) => severity === 'error');
    const codes = new Set(errors.map(({ code }) => code));
    for (const code of ['read/unknown-key', 'read/missing-key', 'read/invalid-value', 'read/wrong-type']) {
      assert.ok(codes.has(code), `no ${code}`);
    }
  });
});
