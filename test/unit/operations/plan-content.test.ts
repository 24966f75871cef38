import assert from 'node:assert/strict';
import { SHOWN } from '../../../server/src/operations/shared/shown';
import { CASES } from '../../canton/cases';
import { possible, refused } from './requests';

const MULTI_REGION = 'mrk-1234abcd12ab34cd56ef1234567890ab';

describe('a plan', () => {
  it('names the node as the console does', async () => {
    const { steps } = await possible('rotate-wrapper-key', 'node-7');
    assert.ok(steps.some(({ console }) => console.includes('`node-7`.keys.secret.rotate_wrapper_key()')));
  });

  it('takes a shared wrapper key id away for this node alone', async () => {
    const text = `_enc { type = kms, wrapper-key-id = alias/a }
canton.participants.a { storage.type = postgres, crypto { kms { type = aws, region = r }, private-key-store.encryption = \${_enc} } }
canton.participants.b { storage.type = postgres, crypto { kms { type = aws, region = r }, private-key-store.encryption = \${_enc} } }
`;
    const { steps, warnings } = await possible('rotate-wrapper-key', 'a', {}, text);
    const edits = steps.flatMap((step) => step.edits);
    assert.deepEqual(
      edits.map(({ range, newText }) => [range.start.line, newText]),
      [[1, ', private-key-store.encryption.wrapper-key-id = null']],
    );
    assert.match(warnings.join('\n'), /not of participants\.b/);
  });

  it('has no edit of the configuration where no id has to go', async () => {
    const { steps, rollback } = await possible('rotate-wrapper-key', 'node-7');
    assert.deepEqual(
      [...steps, ...rollback].flatMap((step) => step.edits),
      [],
    );
  });

  it('keeps participants’ commands from other nodes', async () => {
    const { steps } = await possible('rotate-external-keys', 'sequencers.s1');
    const lines = steps.flatMap(({ console }) => console).join('\n');
    assert.match(lines, /s1\.keys\.secret\.rotate_node_key\(/);
    assert.doesNotMatch(lines, /s1\.health\.ping|reconnect/);
  });

  it('ends every verification with a ping that is tried twice, for other nodes by hand on a participant', async () => {
    for (const [procedure, node, own, options] of [
      ['enable-envelope', 'plain', 'plain', { provider: 'aws', 'set.region': 'r' }],
      ['enable-envelope', 'mediators.m1', '<a participant>', { provider: 'aws', 'set.region': 'r' }],
      ['rotate-external-keys', 'sequencers.s1', '<a participant>', {}],
      ['restore-keys', 'sequencers.s1', '<a participant>', {}],
    ] as const) {
      const made = await possible(procedure, node, { options });
      const last = made.steps.filter(({ kind }) => kind === 'verify').at(-1);
      const ping = `${own}.health.ping(${own}.id)`;
      assert.equal(last?.console.at(-1), `scala.util.Try(${ping}).getOrElse(${ping})`, `${procedure} ${node}`);
    }
  });

  it('connects a new node before the ping, and starts it for the first time', async () => {
    const options = { provider: 'aws', 'set.region': 'r', state: 'new' };
    const { steps } = await possible('enable-envelope', 'plain', { options });
    const titles = steps.map(({ title }) => title);
    assert.ok(titles.includes('Start the participant') && !titles.includes('Reconnect'), titles.join('; '));
    assert.deepEqual(
      steps.flatMap(({ console }) =>
        console.filter((line) => /connect\(|health\.ping/.test(line)).map((line) => line.split('(')[0]),
      ),
      ['plain.synchronizers.connect', 'scala.util.Try'],
    );
    assert.ok(!steps.some(({ pointOfNoReturn }) => pointOfNoReturn), 'the keys can be decrypted again');
    const mediator = await possible('enable-envelope', 'mediators.m1', { options });
    assert.ok(mediator.steps.some(({ title }) => title === 'Onboard the node'));
  });

  it('lets replicas restart one after another where the stored keys do not change, and only there', async () => {
    const told = async (procedure: string, node: string, options: Record<string, string>) =>
      (await possible(procedure, node, { options })).steps
        .filter(({ kind }) => kind === 'restart')
        .map(({ text }) => text)
        .join('\n');
    for (const [procedure, node, options] of [
      ['configure', 'external', { 'set.audit-logging': 'true' }],
      ['enable-session-signing-keys', 'external', {}],
      ['failover-region', 'external', { 'set.region': 'eu-west-1' }],
      ['rotate-wrapper-key', 'envelope', { 'set.multi-region-key': 'true' }],
    ] as const) {
      assert.match(await told(procedure, node, options), /restart them one after another/, procedure);
    }
    const all = await told('enable-envelope', 'plain', { provider: 'aws', 'set.region': 'r' });
    assert.match(all, /stop all replicas/);
  });

  it('revokes no root key, and no intermediate key before every store shows its successor', async () => {
    const options = { 'set.key': 'intermediate-namespace', fingerprint: `1220${'0'.repeat(64)}` };
    const { steps } = await possible('rotate-external-keys', 'external', { options });
    const lines = steps.flatMap(({ console, guards }) => console.map((code, i) => guards?.[i]?.holds ?? code));
    const at = (wanted: RegExp) => lines.findIndex((line) => wanted.test(line));
    const order = [
      /not the root namespace key/,
      /delegated to the old key/,
      /^val newKey/,
      /every store shows/,
      /propose_revocation/,
    ];
    const places = order.map(at);
    assert.ok(places[0] !== -1, lines.join('\n'));
    assert.deepEqual(
      places,
      [...places].sort((a, b) => a - b),
    );
  });

  it('takes the right to sign with the root key away only where another key has the delegation', async () => {
    const { steps } = await possible('isolate-root-key', 'external');
    const guards = steps.slice(
      0,
      steps.findIndex(({ title }) => title === 'Remove the permission to sign'),
    );
    assert.ok(
      guards.some((one) => Object.values(one.guards ?? {}).some(({ holds }) => /another key/.test(holds ?? ''))),
    );
  });

  it('leaves the KMS of a node that signs with one algorithm with keys for it', async () => {
    const text = `canton.participants.p {
  storage.type = postgres
  crypto { provider = kms, kms { type = aws, region = r }, signing { algorithms.default = ec-dsa-sha-384, keys.default = ec-p-384 } }
}
`;
    const options = { provider: 'none', state: 'existing' };
    const spare = async (version: '3.4' | '3.5') => {
      const { steps } = await possible('change-provider', 'p', { options, version }, text);
      return steps.find(({ title }) => title === 'Create spare keys outside the KMS')?.text ?? '';
    };
    assert.match(await spare('3.4'), /SigningKeySpec\.EcP384/);
    assert.match(await spare('3.5'), /SigningKeySpec\.EcP256/);
  });

  it('leads a fail-over to the endpoint of the new region as well', async () => {
    const node = (endpoint: string) =>
      `canton.participants.p { storage.type = postgres, crypto { provider = kms, kms { type = aws, region = eu-central-1, endpoint-override = "${endpoint}" } } }`;
    const options = { 'set.region': 'eu-west-1' };
    const vendor = await possible('failover-region', 'p', { options }, node('https://kms.eu-central-1.amazonaws.com'));
    assert.match(
      vendor.steps.flatMap(({ edits }) => edits.map(({ newText }) => newText)).join(' '),
      /kms\.eu-west-1\.amazonaws/,
    );
    const own = await possible('failover-region', 'p', { options }, node('https://kms.example'));
    assert.match(own.warnings.join(' '), /endpoint-override.*must lead to the KMS of eu-west-1/);
    const unknown = await possible(
      'failover-region',
      'p',
      { options: { 'set.region': 'moon-1' } },
      node('https://kms.example'),
    );
    assert.match(unknown.warnings.join(' '), /'moon-1' is not in our list/);
  });

  it('leads a fail-over to the replica of the wrapper key, whose ARN has the region', async () => {
    const node = (id: string) =>
      `canton.participants.p { storage.type = postgres, crypto { kms { type = aws, region = eu-central-1 }, private-key-store.encryption { type = kms, wrapper-key-id = "${id}" } } }`;
    const arn = `arn:aws:kms:eu-central-1:111122223333:key/${MULTI_REGION}`;
    const options = { 'set.region': 'eu-west-1' };
    for (const [id, expected] of [
      [arn, ['eu-west-1', MULTI_REGION]],
      [MULTI_REGION, ['eu-west-1']],
      ['alias/wrapper', ['eu-west-1']],
    ] as const) {
      const { steps } = await possible('failover-region', 'p', { options }, node(id));
      const texts = steps.flatMap(({ edits }) => edits.map(({ newText }) => newText.replaceAll('"', '')));
      assert.deepEqual(texts, expected);
    }
    await refused(/is not a multi-region key/, 'failover-region', 'p', { options }, node(MULTI_REGION.slice(4)));
  });

  it('writes settings for the chart of Splice in its spelling, and no variable that Helm would not resolve', async () => {
    const options = {
      provider: 'aws',
      'set.region': '${REGION}',
      'set.retries.failures.initial-delay': '1s',
      'set.retries.failures.max-delay': '9s',
      'set.retries.failures.max-retries': '7',
    };
    const { steps } = await possible('deploy-splice', 'plain', { options });
    const text = steps.map((one) => one.text).join('\n');
    assert.match(text, /^kms:\n {2}type: aws\n {2}region: "<REGION>"\n {2}retries:\n {4}failures:\n/m);
    assert.match(text, /^ {6}initialDelay: 1s\n {6}maxDelay: 9s\n {6}maxRetries: 7$/m);
  });

  it('writes keys that are not those of Canton for Splice as they are, in variables of their own', async () => {
    const options = { provider: 'driver', 'set.name': 'hsm', 'set.config': '{ slot-id = 3, pin = "a b" }' };
    const { steps } = await possible('deploy-splice', 'plain', { options });
    const values = `kms:
  type: driver
  name: hsm
additionalEnvVars:
  - name: ADDITIONAL_CONFIG_KMS_CONFIG
    value: |
      canton.participants.participant.crypto.kms.config {`;
    assert.ok(steps.some(({ text }) => text.includes(values) && /^ {6}.*slot-id = 3/m.test(text)));
  });

  it('warns of the nodes that use the same wrapper key', async () => {
    const using = (name: string, id: string) =>
      `canton.participants.${name} { storage.type = postgres, crypto { kms { type = aws, region = r }, private-key-store.encryption { type = kms, wrapper-key-id = ${id} } } }\n`;
    const plain = 'canton.participants.plain.storage.type = postgres\n';
    const warned = async (id: string, others: string) => {
      const options = { provider: 'aws', 'set.region': 'r', state: 'existing', 'wrapper-key-id': id };
      return (await possible('enable-envelope', 'plain', { options }, plain + others)).warnings.join('\n');
    };
    const shared = /^(.*) uses the same wrapper key\. Give each node its own\.$/m;
    assert.equal(shared.exec(await warned('alias/a', using('a', 'alias/a')))?.[1], 'participants.a');
    const both = using('a', 'alias/a') + using('b', 'alias/b') + using('c', 'alias/a');
    assert.equal(shared.exec(await warned('alias/a', both))?.[1], 'participants.a, participants.c');
    assert.doesNotMatch(await warned('alias/a', using('b', 'alias/b')), shared);
    assert.doesNotMatch(await warned('', using('b', 'alias/b')), shared);
  });

  it('replicates local parties as well, whose old node signs, with the flags that the version asks for', async () => {
    const options = { provider: 'aws', 'set.region': 'us-east-1', 'set.way': 'parties' };
    for (const version of ['3.3', '3.5'] as const) {
      const { steps, warnings } = await possible('migrate-transfer-assets', 'plain', { options, version });
      const lines = steps.flatMap(({ console }) => console);
      const consents = lines.filter((line) => line.startsWith('if (party.uid.namespace == plain.namespace)'));
      assert.equal(consents.length, version === '3.3' ? 2 : 1);
      assert.match(
        consents[0] ?? '',
        /plain\.topology\.party_to.*propose_delta\(.* else .*load_single_from_file\("signed\.tx"/,
      );
      assert.ok(
        steps.some(({ text }) => /fingerprint of the key of the party/.test(text)),
        'the signing is spelled out',
      );
      assert.match(warnings.join(' '), /Local parties keep their IDs/);
      const edits = steps.flatMap((one) => one.edits.map(({ newText }) => newText)).join('');
      assert.equal(/enable-repair-commands/.test(edits) && /enable-testing-commands/.test(edits), version === '3.3');
    }
  });

  it('finds out after a restore whether the node lacks a delegation that is newer than the backup', async () => {
    const { steps } = await possible('restore-keys', 'external');
    const stores = steps.find(({ title }) => title === 'Synchronize the stores');
    const guards = Object.values(stores?.guards ?? {}).map(({ holds }) => holds ?? '');
    assert.ok(
      guards.some((holds) => /every delegation of its namespace/.test(holds)),
      guards.join('; '),
    );
  });

  it('changes settings of a KMS in use without starting over', async () => {
    const { steps } = await possible('configure', 'external', { options: { 'set.audit-logging': 'true' } });
    assert.deepEqual(
      steps.map(({ kind }) => kind),
      ['confirm', 'edit', 'restart', 'verify'],
    );
    assert.deepEqual(
      steps.flatMap((step) => step.edits.map(({ newText }) => newText)),
      [', audit-logging = true'],
    );
  });

  it('warns of key ids that do not look like those of the provider', async () => {
    const warned = async (id: string) =>
      (await possible('rotate-wrapper-key', 'envelope', { options: { 'new-key-id': id } })).warnings.join('\n');
    assert.match(await warned('my-key'), /'my-key' is not an AWS key ID/);
    assert.match(
      await warned('arn:aws:kms:eu-west-1:123456789012:alias/b'),
      /in region eu-west-1, but the node uses the KMS in r\b/,
    );
    assert.match(await warned('alias/b'), /Never point 'alias\/b' to another key/);
    assert.doesNotMatch(await warned('1234abcd-12ab-34cd-56ef-1234567890ab'), /1234abcd/);
  });

  it('gives a new node the settings of the KMS as they are written, where their values are not known', async () => {
    const text = `include required(file("/app/other.conf"))
canton.participants.p1 {
  storage.type = postgres
  crypto {
    kms { type = driver, name = hsm, config { slots = [1, \${B}], pin = \${?PIN}, url = "https://"\${HOST}":80", tries = 3, log = true, none = null, cost = "\${5}" } }
    kms.config { region = eu, region = \${?REGION}, zone = b, zone = c, zone = \${ZONE}, ports = [1], ports += \${P}, pins += \${Q} }
    private-key-store.encryption { type = kms, wrapper-key-id = k }
  }
}
`;
    const options = {
      provider: 'driver',
      'set.name': 'hsm',
      'set.way': 'new-identifier',
      'set.namespace-key-spec': 'ec-p-256',
      state: 'existing',
    };
    const { steps } = await possible('migrate-export-keys', 'p1', { options }, text);
    const written = steps.find(({ title }) => title === 'Write the configuration of the new node')?.text ?? '';
    const section = `    kms {
      type = driver
      name = hsm
      config {
        slots = [1, \${B}]
        pin = \${?PIN}
        url = "https://"\${HOST}":80"
        tries = 3
        log = true
        none = null
        cost = "\${5}"
        region = eu, region = \${?REGION}
        zone = \${ZONE}
        ports = [1], ports += \${P}
        pins = [\${Q}]
      }
    }
`;
    assert.ok(written.includes(section), written);
  });

  it('marks the point of no return where there is one', async () => {
    const { steps } = await possible('delete-keys', 'external', { options: { fingerprint: `1220${'0'.repeat(64)}` } });
    assert.deepEqual(
      steps.filter((step) => step.pointOfNoReturn).map(({ title }) => title),
      ['Delete the key'],
    );
    assert.equal(
      (await possible('rotate-wrapper-key', 'envelope')).steps.some((step) => step.pointOfNoReturn),
      false,
    );
  });

  it('chooses schemes for session keys that are allowed', async () => {
    const text = `canton.participants.p { crypto { provider = kms, kms { type = aws, region = r }
      signing { algorithms.allowed = [ec-dsa-sha-256], keys.allowed = [ec-p-256] } } }`;
    const { steps } = await possible('enable-session-signing-keys', 'p', {}, text);
    const written = steps.flatMap((step) => step.edits.map(({ newText }) => newText)).join('');
    assert.match(written, /signing-algorithm-spec = ec-dsa-sha-256/);
    assert.match(written, /signing-key-spec = ec-p-256/);
  });

  it('claims to be tested only where a case of test/canton is about it', async () => {
    const names = CASES.map(({ name }) => name);
    assert.deepEqual(
      Object.keys(SHOWN).filter((name) => !names.includes(name)),
      [],
    );
    const aws = { provider: 'aws', 'set.region': 'us-east-1' };
    const claim = async (node: string, more: Record<string, string>) =>
      (
        await possible('migrate-export-keys', node, {
          options: { state: 'existing', 'set.namespace-key-spec': 'ec-p-256', ...more },
        })
      ).warnings.join(' ');
    assert.match(await claim('plain', aws), /tested on Canton 3\.4, 3\.5 and 3\.6/);
    const gcp = { provider: 'gcp', 'set.location-id': 'l', 'set.project-id': 'p', 'set.key-ring-id': 'r' };
    assert.match(await claim('plain', gcp), /derived for Google Cloud/);
  });

  it('looks at no KMS whose wrapper key is lost', async () => {
    const { steps } = await possible('revert-envelope', 'envelope', { options: { 'set.wrapper-key': 'lost' } });
    assert.equal(steps[0]?.title, 'Check the configuration');
    const other = await possible('revert-envelope', 'envelope');
    assert.equal(other.steps[0]?.title, 'Check the configuration and the KMS');
  });

  it('waits before it removes an encryption key, on the way back as well', async () => {
    for (const options of [{ 'set.key': 'encryption' }, {}]) {
      const { steps, rollback } = await possible('rotate-external-keys', 'external', { options });
      for (const titles of [steps, rollback].map((all) => all.map(({ title }) => title))) {
        const wait = titles.findIndex((title) => /^Wait before you remove the (?:old|new) encryption key$/.test(title));
        const remove = titles.findIndex((title, i) => i > wait && /^Take the (?:old|new) key out of use$/.test(title));
        assert.ok(wait >= 0 && remove > wait, titles.join('; '));
      }
    }
  });

  const STORED = `
canton.participants.plain.storage.type = postgres
canton.participants.external { storage.type = postgres, crypto { provider = kms, kms { type = aws, region = r } } }
canton.sequencers.s1 { storage.type = postgres, crypto { provider = kms, kms { type = aws, region = r } } }
`;
  const CHANGE = /rotate_(?:kms_)?node_key|\.add_keys?\(|propose_delegation\(/;
  const CHANGES_OF_KEYS = [
    ['rotate-external-keys', {}],
    ['rotate-external-keys', { 'set.key': 'signing' }],
    ['rotate-external-keys', { 'set.key': 'signing', 'set.pause': 'yes' }],
    ['rotate-external-keys', { 'set.key': 'encryption' }],
    ['rotate-external-keys', { fingerprint: `1220${'ab'.repeat(32)}`, 'new-key-id': 'alias/b' }],
    ['rotate-external-keys', { 'set.key': 'intermediate-namespace' }],
    ['isolate-root-key', {}],
    ['change-provider', { provider: 'none', state: 'existing' }],
  ] as const;

  it('lets a participant catch up before it announces other keys', async () => {
    const inPlace = { provider: 'aws', 'set.region': 'us-east-1', state: 'existing' };
    for (const [procedure, options, node] of [
      ...CHANGES_OF_KEYS.map((one) => [...one, 'external'] as const),
      ['migrate-export-keys', inPlace, 'plain'] as const,
    ]) {
      const { steps } = await possible(procedure, node, { options }, STORED);
      const wait = steps.findIndex(({ title }) => title === `Wait until ${node} has caught up`);
      const change = steps.findIndex(({ console }) => console.some((line) => CHANGE.test(line)));
      assert.ok(wait >= 0 && wait < change, `${procedure} ${JSON.stringify(options)}`);
      const { console, guards, text } = steps[wait] as (typeof steps)[number];
      assert.match(text, /gives up with both keys announced/);
      assert.match(console[0] ?? '', /health\.ping/);
      assert.match(guards?.[0]?.until ?? '', /health\.ping/, 'the ping is repeated');
      const restart = steps.findIndex(({ kind }, i) => i > wait && i < change && kind === 'backup');
      assert.equal(restart, -1, 'nothing that takes long comes in between');
    }
    const { steps } = await possible('rotate-external-keys', 'sequencers.s1');
    assert.ok(!steps.some(({ title }) => title.includes('caught up')), 'a sequencer has no ping');
  });

  it('ends an interrupted rotation in place of rotating again', async () => {
    for (const [procedure, options, node] of [
      ...CHANGES_OF_KEYS.map((one) => [...one, 'external'] as const),
      ['rotate-external-keys', {}, 'sequencers.s1'] as const,
    ]) {
      const { steps } = await possible(procedure, node, { options }, STORED);
      for (const { console, text } of steps) {
        const rotating = console.filter((line) => /rotate_(?:kms_)?node_key/.test(line));
        for (const line of rotating) assert.match(line, /finishRotation\(.*\)\.getOrElse\(.*rotate_/, procedure);
        if (rotating.length === 0) continue;
        assert.match(text, /run the script again/);
        const finish = console.find((line) => line.startsWith('def finishRotation')) ?? '';
        assert.match(finish, /usage\.forall.*remove_key\(o\.id, KeyPurpose\.Signing\)/);
      }
    }
  });

  it('lets a BFT sequencer use its new keys before the old ones go away', async () => {
    const options = { provider: 'aws', 'set.region': 'us-east-1', state: 'existing' };
    const titlesFor = async (type: string) => {
      const text = `canton.sequencers.s { storage.type = postgres, sequencer.type = ${type} }`;
      const plan = await possible('migrate-export-keys', 'sequencers.s', { options }, text);
      return plan.steps.map(({ title }) => title);
    };
    const wait = 'Wait until the orderer uses the new keys';
    const titles = await titlesFor('BFT');
    const order = ['Take the old keys out of use', wait, 'Export the keys'].map((title) => titles.indexOf(title));
    assert.ok(
      order.every((at, i) => at > (order[i - 1] ?? -1)),
      titles.join('; '),
    );
    assert.equal((await titlesFor('reference')).includes(wait), false);
  });
});
