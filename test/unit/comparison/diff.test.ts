import assert from 'node:assert/strict';
import type { ServiceSettings, SetDiff } from '../../../server/src/service';
import { uriOf } from '../../kit/fixture';
import { workbench } from '../../kit/service';

const NODE = `canton.participants.p1 {
  admin-api.port = 5012
  ledger-api { port = 5011, address = localhost }
  storage { type = postgres, config.properties { user = canton, password = first } }
  parameters.lsu.automatically-perform-lsu = no
}
`;

/** The difference of two files, each a launch set of its own. */
async function difference(old: string, fresh: string, more = '', settings: ServiceSettings = {}): Promise<SetDiff> {
  const { service } = workbench(`-- old/a.conf --\n${old}-- new/a.conf --\n${fresh}${more}`, settings);
  const side = (folder: string) => ({
    uris: [uriOf(`${folder}/a.conf`)],
    asOneSet: false,
    folder: uriOf(`${folder}/`),
  });
  const [only, ...others] = await service.diff(side('old'), side('new'));
  assert.deepEqual(others, []);
  return only ?? assert.fail('no launch set');
}

async function lines(...args: Parameters<typeof difference>): Promise<readonly string[]> {
  const { changes } = await difference(...args);
  return changes.map(({ kind, configPath, old, new: fresh }) => `${kind} ${configPath} ${old?.value} ${fresh?.value}`);
}

describe('the difference of two configurations', () => {
  it('is one line for one changed value, with both places', async () => {
    const { changes } = await difference(NODE, NODE.replace('5011', '6011'));
    assert.deepEqual(changes, [
      {
        kind: 'changed',
        node: 'participants.p1',
        configPath: 'canton.participants.p1.ledger-api.port',
        old: { value: '5011', uri: uriOf('old/a.conf'), line: 2 },
        new: { value: '6011', uri: uriOf('new/a.conf'), line: 2 },
      },
    ]);
  });

  it('is nothing where the same is written in another way', async () => {
    const other = `include "shared.conf"
canton { participants { p1 {
  parameters.automatically-perform-lsu = off # an old name
  "admin-api" : { port : "5012" }, ledger-api = \${api}
  storage.type = postgres, storage.config = { "properties" { user = can"ton", password = \${secret} } }
} } }
unrelated = 1
`;
    const shared = '-- new/shared.conf --\nsecret = first\napi { address = localhost, port = 5011 }\n';
    assert.deepEqual(await lines(NODE, other, shared), []);
  });

  it('is nothing where a default is written, and one line where another value is', async () => {
    const silent = 'canton.participants.p1.admin-api.port = 1\n';
    const path = 'canton.participants.p1.sequencer-client.default-max-sequencing-time-offset';
    assert.deepEqual(await lines(silent, `${silent}${path} = 120 seconds\n`), []);
    assert.deepEqual(await lines(silent, `${silent}${path} = 3 minutes\n`), [`added ${path} undefined 3 minutes`]);
  });

  it('shows that a secret changed, and not the secret', async () => {
    const [only, ...others] = await lines(NODE, NODE.replace('first', 'second'));
    assert.deepEqual(others, []);
    assert.equal(only, 'changed canton.participants.p1.storage.config.properties.password (secret) (secret)');
    const list = (secrets: string) => `canton.participants.p1.ledger-api.auth-services = [${secrets}]\n`;
    const one = '{ type = unsafe-jwt-hmac-256, secret = hunter2 }';
    const [longer] = await lines(list(one), list(`${one}, ${one}`));
    assert.match(longer ?? '', /secret = \(secret\)/);
    assert.doesNotMatch(longer ?? '', /hunter2/);
  });

  it('names a node that came or went once', async () => {
    const both = `${NODE}canton.participants.p2 { admin-api.port = 1, ledger-api.port = 2 }\n`;
    assert.deepEqual(await lines(NODE, both), ['added canton.participants.p2 undefined ']);
    assert.deepEqual(await lines(both, NODE), ['removed canton.participants.p2  undefined']);
  });

  it('compares what is written where Canton reads nothing', async () => {
    const broken = NODE.replace('type = postgres', 'type = postgress');
    assert.deepEqual(await lines(NODE, broken), ['changed canton.participants.p1.storage.type postgres postgress']);
    const typo = NODE.replace('user =', 'usr =');
    assert.equal((await lines(typo, typo.replace('canton, pass', 'other, pass'))).length, 1);
  });

  it('keeps what comes from outside apart from what is not set', async () => {
    const variable = NODE.replace('5011', '${?PORT}');
    assert.equal((await lines(NODE, variable)).length, 1);
    assert.deepEqual(await lines(variable, variable), []);
  });

  it('pairs launch sets by their declared names, and files by their places', async () => {
    const project = '{ "launchSets": { "prod": ["a.conf", "b.conf"], "test": ["c.conf"] } }\n';
    const files = (folder: string, port: number) => `-- ${folder}/canton-kms.json --\n${project}-- ${folder}/a.conf --
${NODE}-- ${folder}/b.conf --\ncanton.participants.p1.ledger-api.port = ${port}\n-- ${folder}/c.conf --
canton.participants.p2.admin-api.port = 1\n-- ${folder}/d/e.conf --\ncanton.participants.p3.admin-api.port = ${port}\n`;
    const { service } = workbench(files('old', 1) + files('new', 2));
    const side = (folder: string) => ({
      uris: ['a.conf', 'b.conf', 'c.conf', 'd/e.conf'].map((name) => uriOf(`${folder}/${name}`)),
      asOneSet: false,
      folder: uriOf(`${folder}/`),
    });
    const found = await service.diff(side('old'), side('new'));
    assert.deepEqual(
      found.map(({ name, changes }) => [name, changes.map(({ configPath }) => configPath)]),
      [
        ['prod', ['canton.participants.p1.ledger-api.port']],
        ['test', []],
        ['e.conf', ['canton.participants.p3.admin-api.port']],
      ],
    );
  });
});
