import assert from 'node:assert/strict';
import type { CantonVersion } from '../../../schemas/version';
import { withEdits } from '../../../server/src/operations/render';
import type { Upgrade } from '../../../server/src/service';
import { fixture, uriOf } from '../../kit/fixture';
import { workbench } from '../../kit/service';

const MAIN = uriOf('main.conf');
const P1 = 'canton.participants.p1 {\n  admin-api.port = 5012\n  ledger-api.port = 5011\n  storage.type = memory\n';

async function upgraded(text: string, from: CantonVersion, to: CantonVersion) {
  const bench = workbench(text, { force: { version: from, edition: 'community' } });
  const uris = [...fixture(text).texts.keys()];
  const report = await bench.service.upgrade(uris, to);
  return { ...report, only: report.upgrades[0] as Upgrade };
}

const kinds = ({ changes }: Upgrade, kind: string) => changes.filter((change) => change.kind === kind);

describe('an upgrade', () => {
  it('names a key that the new version refuses, once for its node, with its line', async () => {
    const text = `${P1}}\ncanton.parameters.fail-on-unknown-config-keys = no\n`;
    const { only } = await upgraded(text, '3.5', '3.4');
    const [refused, ...others] = kinds(only, 'refused');
    assert.deepEqual(others, []);
    assert.equal(refused?.configPath, 'canton.parameters.fail-on-unknown-config-keys');
    assert.deepEqual(refused?.place, { uri: MAIN, line: 5 });
    assert.equal(refused?.node, undefined);
  });

  it('has the edit of a moved key, after which nothing is left to move', async () => {
    const text = `${P1}  parameters.automatically-perform-logical-synchronizer-upgrade = no\n}\n`;
    const { only, markdown } = await upgraded(text, '3.4', '3.5');
    const [moved] = kinds(only, 'moved');
    assert.equal(moved?.node, 'participants.p1');
    const after = withEdits(text, moved?.edits ?? []);
    assert.match(after, /parameters\.lsu\.automatically-perform-lsu = no/);
    assert.deepEqual(kinds((await upgraded(after, '3.4', '3.5')).only, 'moved'), []);
    assert.match(markdown, /```diff[\s\S]*\+ {2}parameters\.lsu\.automatically-perform-lsu = no/);
  });

  it('writes the edit of a YAML file as YAML', async () => {
    const text = `-- values.yaml --
additionalEnvVars:
  - name: ADDITIONAL_CONFIG_A
    value: |
      canton.participants.p1 {
        admin-api.port = 5012
        parameters.automatically-perform-logical-synchronizer-upgrade = no
      }
`;
    const bench = workbench(text, { force: { version: '3.4', edition: 'community' } });
    const { upgrades } = await bench.service.upgrade([uriOf('values.yaml')], '3.5');
    const [moved] = kinds(upgrades[0] as Upgrade, 'moved');
    assert.deepEqual(moved?.place, { uri: uriOf('values.yaml'), line: 5 });
    assert.match(
      withEdits(fixture(text).main.text, moved?.edits ?? []),
      /^ {8}parameters\.lsu\.automatically-perform-lsu = no$/m,
    );
  });

  it('names a default that a node relies on by silence, and none that it sets', async () => {
    const path = 'canton.participants.p1.sequencer-client.default-max-sequencing-time-offset';
    const silent = kinds((await upgraded(`${P1}}\n`, '3.4', '3.5')).only, 'default');
    const found = silent.find(({ configPath }) => configPath === path);
    assert.match(found?.message ?? '', /from 5m to 2m/);
    const set = `${P1}  sequencer-client.default-max-sequencing-time-offset = 5m\n}\n`;
    const loud = kinds((await upgraded(set, '3.4', '3.5')).only, 'default');
    assert.equal(loud.length, silent.length - 1);
    assert.ok(loud.every(({ configPath }) => configPath !== path));
  });

  it('says of each procedure which console lines change', async () => {
    const { only } = await upgraded(`${P1}}\n`, '3.4', '3.5');
    const [{ nodes, changed } = assert.fail('no procedure')] = only.procedures;
    assert.deepEqual(nodes, ['participants.p1']);
    const transfer = changed.find(({ name }) => name === 'migrate-transfer-assets');
    assert.ok(transfer?.gone.some((line) => /import_party_acs\((?!synchronizerId)/.test(line)));
    assert.ok(transfer?.fresh.some((line) => /import_party_acs\(synchronizerId/.test(line)));
  });

  it('names a section that is there by default, such as the JSON API since 3.4', async () => {
    const { only } = await upgraded(`${P1}}\n`, '3.3', '3.4');
    const [json] = only.changes.filter(({ configPath }) => configPath === 'canton.participants.p1.http-ledger-api');
    assert.match(json?.message ?? '', /from none to a section with its defaults/);
  });

  it('plans nothing for a node that the new version does not have', async () => {
    const { only } = await upgraded('canton.domains.d { public-api.port = 1, admin-api.port = 2 }\n', '2.10', '3.5');
    assert.deepEqual(only.procedures, []);
    assert.ok(kinds(only, 'refused').length > 0);
  });

  it('joins nodes for which the same is to say', async () => {
    const { text } = await upgraded(`${P1}}\n${P1.replace('p1', 'p2').replaceAll('501', '502')}}\n`, '3.4', '3.5');
    assert.match(text, /^participants\.p1, participants\.p2$/m);
  });

  it('finds nothing on the way to the same version', async () => {
    const { only, text } = await upgraded(`${P1}  nonsense = 1\n}\n`, '3.5', '3.5');
    assert.deepEqual([only.changes, only.procedures, only.alreadyRefused], [[], [], 1]);
    assert.match(text, /Nothing changes/);
  });

  it('shows no secret of a line that it edits', async () => {
    const text = `${P1}  storage { type = postgres, config.password = hunter2 }, parameters.automatically-perform-logical-synchronizer-upgrade = no\n}\n`;
    const { text: shown, markdown } = await upgraded(text, '3.4', '3.5');
    assert.doesNotMatch(shown + markdown, /hunter2/);
  });
});
