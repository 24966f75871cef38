import assert from 'node:assert/strict';
import { check } from '../../../server/src/cli/commands/check';
import { rules } from '../../../server/src/rules';
import { uriOf } from '../../kit/fixture';
import { memoryFiles } from '../../kit/memory-files';
import { workbench } from '../../kit/service';

const BAD = 'canton.participants.p1.crypto.kms { type = aws, regoin = x }\n';

/** A text with which every parser fails. */
const POISON = new Proxy(
  { length: 1 },
  {
    get(target, name) {
      // What is awaited is requested `then`.
      if (name === 'then' || name === 'length') return Reflect.get(target, name);
      throw new Error('poisoned');
    },
  },
) as unknown as string;

const codes = (found: readonly { readonly code: string }[]) => found.map(({ code }) => code);

describe('the trouble of one', () => {
  it('file never reaches another, in the editor', async () => {
    const { service, disk } = workbench(`-- a.conf --\n${BAD}`);
    disk.set(uriOf('poison.conf'), POISON);
    service.changedOnDisk();
    assert.ok(codes(await service.diagnostics(uriOf('a.conf'))).includes('read/unknown-key'));
    const [fault, ...others] = await service.diagnostics(uriOf('poison.conf'));
    assert.deepEqual([fault?.code, others], ['internal/fault', []]);
    assert.match(fault?.message ?? '', /^The file could not be checked: .*poisoned/);
  });

  it('file never reaches another, on the command line, which does not call it in order', async () => {
    const { service, disk } = workbench(`-- a.conf --\n${BAD}`);
    disk.set(uriOf('poison.conf'), POISON);
    service.changedOnDisk();
    const { files } = await service.check([uriOf('poison.conf'), uriOf('a.conf')], false);
    assert.ok(codes(files.get(uriOf('a.conf'))?.diagnostics ?? []).includes('read/unknown-key'));
    assert.deepEqual(codes(files.get(uriOf('poison.conf'))?.diagnostics ?? []), ['internal/fault']);
  });

  it('launch set never reaches another', async () => {
    const sets = '{ "launchSets": { "bad": ["poison.conf"], "good": ["a.conf"] } }';
    const { service, disk } = workbench(`-- a.conf --\n${BAD}\n-- canton-kms.json --\n${sets}`);
    disk.set(uriOf('poison.conf'), POISON);
    service.changedOnDisk();
    assert.ok(codes(await service.diagnostics(uriOf('a.conf'))).includes('read/unknown-key'));
  });

  it('rule never reaches another, and is said once', async () => {
    const { service } = workbench(`-- a.conf --\n${BAD}`);
    const [rule] = rules;
    assert.ok(rule);
    const broken = { ...rule, code: 'test/broken', scope: undefined, check: () => assert.fail('of itself') };
    (rules as unknown[]).push(broken);
    try {
      const found = await service.diagnostics(uriOf('a.conf'));
      assert.ok(codes(found).includes('read/unknown-key'));
      const faults = found.filter(({ code }) => code === 'internal/fault');
      assert.equal(faults.length, 1);
      assert.match(faults[0]?.message ?? '', /^The rule 'test\/broken' failed: .*of itself/);
    } finally {
      (rules as unknown[]).pop();
    }
  });

  for (const name of ['\\ud83d.conf', 'a\\u0000b.conf']) {
    it(`name of a file, as '${name}', is of no file, wherever it is written`, async () => {
      const project = { launchSets: { odd: ['NAME'] }, envFile: 'NAME', driverSchemas: { d: 'NAME' } };
      const written = JSON.stringify(project).replaceAll('NAME', name);
      const { service } = workbench(
        `-- a.conf --\ninclude "${name}"\n${BAD}\n-- canton-kms.json --\n${written}\n-- b.conf --\n${BAD}`,
      );
      assert.ok(codes(await service.diagnostics(uriOf('a.conf'))).includes('read/unknown-key'));
      assert.ok(codes(await service.diagnostics(uriOf('b.conf'))).includes('read/unknown-key'));
      assert.deepEqual(codes(await service.diagnostics(uriOf('canton-kms.json'))), [
        'project/missing-file',
        'project/missing-file',
        'project/missing-file',
      ]);
    });
  }

  it('file gives the command line exit code 2, and the problems of all others', async () => {
    const texts = new Map([
      [uriOf('a.conf'), BAD],
      [uriOf('poison.conf'), POISON],
    ]);
    let printed = '';
    const read = async () => ({ kind: 'missing' as const, reason: 'does not exist' });
    const matching = async () => [...texts.keys()].map((uri) => new URL(uri).pathname);
    const code = await check.run(
      ['--format', 'json', '/nowhere/*.conf'],
      {
        cwd: '/',
        variables: async () => new Map(),
        disk: {
          files: memoryFiles(texts),
          read,
          search: read,
          isGlob: async () => true,
          filesIn: matching,
          matching,
          kindOf: async () => undefined,
          rootOf: async (folder: string) => folder,
        },
        writer: {
          replace: async () => 'is in memory',
          write: async () => 'is in memory',
          create: async () => 'is in memory',
          realPath: async (path: string) => path,
        },
        colors: false,
        terminal: false,
        progress: undefined,
        out: (text) => {
          printed += text;
        },
        err: () => {},
        readInput: read,
        inputLines: async function* () {},
      },
      [],
    );
    assert.equal(code, 2);
    const found = JSON.parse(printed).files.map((file: { diagnostics: { code: string }[] }) => codes(file.diagnostics));
    assert.ok(found.some((one: string[]) => one.includes('read/unknown-key')));
    assert.ok(found.some((one: string[]) => one.includes('internal/fault')));
  });
});
