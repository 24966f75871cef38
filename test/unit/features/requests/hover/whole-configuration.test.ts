import assert from 'node:assert/strict';
import { hoverOn } from './hover-on';

const NODE = 'canton.participants.p1';

describe('hover outside the crypto sections', () => {
  it('has type, default, versions and source of every key', async () => {
    const text = await hoverOn(`${NODE}.topology.use-new-proce‸ssor = false`);
    for (const fact of [
      /Type: `true` or `false`/,
      /Default: `true`/,
      /Since Canton 3\.4/,
      /Source: `config\/TopologyConfig/,
    ])
      assert.match(text, fact);
  });

  it('says in our words what a key does, by its section, also when completion offers it', async () => {
    assert.match(await hoverOn(`${NODE}.admin-api.addr‸ess = "0.0.0.0"`), /calls for TLS with client certificates/);
    assert.match(await hoverOn(`${NODE}.ledger-api.addr‸ess = "0.0.0.0"`), /then set `auth-services` and `tls`/);
    assert.match(await hoverOn('canton.sequencers.s1.public-‸api.port = 1'), /participants and mediators connect to/);
  });

  it('explains shared configuration as the section that it is meant for, and remote APIs as such', async () => {
    assert.match(await hoverOn('_shared { admin-api { po‸rt = 1 } }'), /TCP port of the Admin API/);
    assert.match(await hoverOn('canton.remote-participants.p.admin-api.addr‸ess = a'), /Host of the other process/);
    assert.match(await hoverOn('cant‸on { }'), /Everything that Canton reads/);
    assert.match(await hoverOn('canton.sequencers.s‸1.admin-api.port = 1'), /A sequencer of this process/);
  });

  it('explains the connection of a Postgres storage, and shows no password', async () => {
    const storage = `${NODE}.storage { type = postgres, config.properties { databaseNa‸me = p1, password = hunter2 } }`;
    assert.match(await hoverOn(storage), /nodes cannot share one/);
    const password = storage.replace('‸', '').replace('passw', 'pass‸w');
    assert.match(await hoverOn(password), /Take it from the environment/);
    assert.doesNotMatch(await hoverOn(password), /hunter2/);
  });

  it('names a computed default as such', async () => {
    const text = await hoverOn(`${NODE}.ledger-api.max-inbound-message-si‸ze = 5`);
    assert.match(text, /Default: computed, `ServerConfig\./);
  });

  it('looks into the elements of lists, and shows none of their secrets', async () => {
    const services = `${NODE}.ledger-api.auth-services = [{ type = unsafe-jwt-hmac-256, sec‸ret = hunter2 }]`;
    const text = await hoverOn(services);
    assert.match(text, /Type: string/);
    assert.doesNotMatch(text, /hunter2/);
  });

  it('says where the value of an old name goes', async () => {
    const old = `${NODE}.parameters.automatically-perform-logical-synchroni‸zer-upgrade = no`;
    assert.match(
      await hoverOn(old),
      /Old name.*`canton\.participants\.p1\.parameters\.lsu\.automatically-perform-lsu`/,
    );
    assert.match(await hoverOn(`${NODE}.parameters.initial-protocol-ver‸sion = 30`), /No effect.* since Canton 3\.5/);
  });
});
