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
    match(diagnostic?.message ?? '', /is set in 'postgres\.conf' or 'h2\.conf', which the launch has to name/);
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
