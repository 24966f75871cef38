import assert from 'node:assert/strict';
import { accept, complete, keys, labels } from './complete';

const NODE = 'canton.participants.p1';
const snippets = { snippets: true };

describe('completion outside the crypto sections', () => {
  it('offers required keys first, then what real configurations set most, then the others', async () => {
    const tls = await keys(`${NODE}.ledger-api.tls { ‸ }`);
    assert.deepEqual(tls.slice(0, 3), ['cert-chain-file', 'private-key-file', 'trust-collection-file']);
    const node = await keys(`${NODE} {\n  ‸\n}`);
    assert.deepEqual(new Set(node.slice(0, 3)), new Set(['ledger-api', 'admin-api', 'storage']));
    assert.ok(node.indexOf('crypto') < node.indexOf('alpha-dynamic'));
    const rest = (await keys(`${NODE}.ledger-api { ‸ }`)).slice(-10);
    assert.deepEqual(rest, [...rest].sort());
  });

  it('knows every key at every place: dotted, in a list, half typed, in YAML', async () => {
    assert.ok((await keys('canton.parameters.timeouts.processing.‸')).includes('shutdown-network'));
    assert.ok((await keys('canton { parameters { clo‸')).includes('clock'));
    assert.ok((await keys(`${NODE} {\n  ledger-api {\n    po‸\n  storage.type = memory\n}`)).includes('port'));
    const yaml = `-- values.yaml --\nadditionalEnvVars:\n  - name: ADDITIONAL_CONFIG_A\n    value: |\n      ${NODE}.ledger-api {\n        ‸\n      }\n`;
    assert.ok((await keys(yaml)).includes('port'));
  });

  it('goes on behind a section or list that is not closed yet', async () => {
    const services = `${NODE}.ledger-api.auth-services = [{ type =`;
    assert.equal((await labels(`${services} ‸`))[0], 'jwt-jwks');
    assert.equal((await keys(`${services} jwt-jwks, ‸`))[0], 'url');
    assert.ok((await keys(`${NODE} {\n  ledger-api {\n    ‸`)).includes('port'));
  });

  it('completes the elements of a list by their type, without the keys that they have', async () => {
    const services = `${NODE}.ledger-api.auth-services`;
    assert.equal((await labels(`${services} = [‸]`))[0], '{ type = jwt-jwks }');
    assert.deepEqual((await labels(`${services} = [{ type = ‸ }]`))[0], 'jwt-jwks');
    const jwks = await keys(`${services} = [{ type = wildcard }, { type = jwt-jwks, ‸ }]`);
    assert.equal(jwks[0], 'url');
    for (const other of ['type', 'secret', 'certificate']) assert.ok(!jwks.includes(other), other);
    assert.ok((await keys('canton.monitoring.metrics.reporters = [{ type = prometheus\n ‸ }]')).includes('address'));
    assert.deepEqual(await keys(`${NODE}.storage.config.properties = [{ ‸ }]`), []);
  });

  it('offers values by type, those first that an operator chooses', async () => {
    assert.deepEqual(await labels(`${NODE}.storage.type = ‸`), ['postgres', 'memory', 'h2']);
    assert.deepEqual((await labels('canton.parameters.timeouts.processing.network = 30‸'))[0], '30s');
    assert.deepEqual(await labels('canton.features.enable-repair-commands = ‸'), ['true', 'false']);
    assert.deepEqual(await labels('canton.monitoring.logging.api.message-payloads = ‸'), ['true', 'false']);
  });

  it('offers the usual port that no other node of the launch set has', async () => {
    const other = 'canton.participants.p0 { ledger-api.port = 5011, admin-api.port = 5021 }\n';
    assert.deepEqual(await labels(`${other}${NODE}.ledger-api.port = ‸`), ['5031']);
    assert.deepEqual(await labels('canton.sequencers.s1.public-api.port = ‸'), ['5008']);
  });

  it('knows shared sections by their names and keys before anything refers to them', async () => {
    assert.ok((await keys('_shared { admin-api { ‸ } }')).includes('port'));
    assert.ok((await keys('admin-api.port = 1\nstorage.type = memory\n‸\n')).includes('crypto'));
    assert.ok((await keys('endpoint { address = a, tls-config { enabled = no }\n ‸ }')).includes('port'));
    assert.deepEqual(await keys('settings { address = a\n ‸ }'), []);
  });

  it('knows the connection of a Postgres storage, and of no other', async () => {
    const storage = `${NODE}.storage { type = postgres, config`;
    assert.ok((await keys(`${storage} { ‸ } }`)).includes('dataSourceClass'));
    const properties = await keys(`${storage}.properties { serverName = db\n ‸ } }`);
    assert.ok(
      properties.includes('sslmode') && properties.includes('databaseName') && !properties.includes('serverName'),
    );
    assert.deepEqual(await labels(`${storage}.dataSourceClass = ‸ }`), ['org.postgresql.ds.PGSimpleDataSource']);
    assert.deepEqual(await keys(`${NODE}.storage { type = h2, config.properties { ‸ } }`), []);
  });

  it('writes a remote node with its addresses', async () => {
    const text = await accept('canton.remote-participants {\n  ‸\n}', 'new remote participant', snippets);
    const apis = ['admin-api', 'ledger-api'].map((api) => text.indexOf(`\t${api} {\n\t\taddress = `));
    assert.ok(apis.every((at) => at > 0) && !text.includes('crypto') && !text.includes('storage'), text);
  });

  it('offers shared values of the same name before others', async () => {
    const shared = '_shared { threads = 5, a.address = x }\n';
    const offered = (await labels(`${shared}${NODE}.admin-api.address = ‸`)).filter((label) => label.startsWith('$'));
    assert.equal(offered[0], '${_shared.a.address}');
  });

  it('offers what Canton no longer reads last', async () => {
    const names = await keys(`${NODE}.sequencer-client { ‸ }`);
    assert.equal(names.at(-1), 'use-new-connection-pool');
  });

  it('writes sections with every required key inside them', async () => {
    const text = await accept(`${NODE}.ledger-api {\n  ‸\n}`, 'tls', snippets);
    assert.match(text, /tls \{\n\tcert-chain-file = \$1\n\tprivate-key-file = \$2\n\}\$0/);
    const storage = await accept(`${NODE}.storage {\n  ‸\n}`, 'type = postgres, config', snippets);
    assert.match(storage, /config \{\n\tdataSourceClass[\s\S]*password = /);
  });

  it('shows no code of Canton as a default', async () => {
    for (const { label, detail = '' } of await complete(`${NODE}.ledger-api { ‸ }`))
      assert.doesNotMatch(detail, /[A-Z]\w+[.(]/, label);
  });
});
