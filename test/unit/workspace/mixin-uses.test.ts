import { deepEqual, equal, match } from 'node:assert/strict';
import { workbench } from '../../kit/service';

const found = async (marked: string) => {
  const { service, fixture } = workbench(marked);
  return (await service.diagnostics(fixture.main.uri)).filter(({ code }) => !code.startsWith('hocon/'));
};
const codes = async (marked: string) => (await found(marked)).map(({ code, severity }) => `${severity} ${code}`);

const USER = '-- node.conf --\ncanton.participants.p1 = ${_participant} { admin-api.port = 5012 }\n';
const STORAGE = '-- storage.conf --\ncanton.sequencers.s1.storage = ${_shared.storage}\n';

describe('what other files use of a file', () => {
  it('is checked at the place of its use', async () => {
    const [one, ...others] = await found(
      `-- mixin.conf --\n_participant { admin-api.address = a, legder-api.port = 1 }\n${USER}`,
    );
    deepEqual(others, []);
    deepEqual([one?.code, one?.severity], ['read/unknown-key', 'warning']);
    match(one?.message ?? '', /Did you mean 'ledger-api'\?.*part of 'participants\.p1' by a substitution/);
    equal(one?.range.start.character, 38);
  });

  it('may be a part of a section, and a wrong value', async () => {
    deepEqual(await codes(`-- mixin.conf --\n_shared.storage { type = postgres, paramters {} }\n${STORAGE}`), [
      'warning read/unknown-key',
    ]);
    deepEqual(await codes(`-- mixin.conf --\n_shared.storage { type = postgress }\n${STORAGE}`), [
      'warning read/invalid-value',
    ]);
  });

  it('may be the properties of a database', async () => {
    deepEqual(await codes(`-- mixin.conf --\n_shared.storage { type = postgres, config { usre = a } }\n${STORAGE}`), [
      'warning advice/database-property',
    ]);
  });

  it('is found by way of another mixin, and beside nodes of its own', async () => {
    const chain =
      '-- mixin.conf --\n_participant { storage = ${_shared.storage} }\n_shared.storage { type = memory, x = 1 }\n';
    deepEqual(await codes(chain + USER), ['warning read/unknown-key']);
    deepEqual(
      await codes(`-- mixin.conf --\ncanton.features.enable-testing-commands = yes\n_participant.x = 1\n${USER}`),
      ['warning read/unknown-key'],
    );
  });

  it('lacks nothing, since the other file brings the rest', async () => {
    deepEqual(
      await codes(`-- mixin.conf --\n_participant { storage.type = postgres, admin-api.address = a }\n${USER}`),
      [],
    );
  });

  it('is unknown where nobody uses it', async () => {
    deepEqual(await codes('-- mixin.conf --\n_participant { storage.type = postgres, legder-api.port = 1 }\n'), []);
  });

  it('changes with the file that uses it', async () => {
    const { service, fixture } = workbench(`-- mixin.conf --\n_participant { storage.type = memory, x = 1 }\n${USER}`);
    equal((await service.diagnostics(fixture.main.uri)).length, 1);
    service.update('file:///project/node.conf', 'canton.participants.p1.storage.type = memory\n');
    deepEqual(await service.diagnostics(fixture.main.uri), []);
  });

  it('is counted as checked', async () => {
    const { service, fixture } = workbench(`-- mixin.conf --\n_participant.storage.type = memory\n${USER}`);
    const { coverage } = await service.check([fixture.main.uri], false);
    deepEqual(coverage, { checked: 1, unknown: 0, notLookedAt: 0, tellers: [] });
  });
});
