import assert from 'node:assert/strict';
import { configurationModel } from '../../../../schemas/configuration';
import type { CantonVersion } from '../../../../schemas/version';
import { effectiveNodes } from '../../../../server/src/features/requests/effective/effective';
import { UNKNOWN } from '../../../../server/src/model/binding/bound';
import { isHighlyAvailable, isReplicated, onPostgres } from '../../../../server/src/model/facts/clusters';
import {
  envelopeOf,
  hasStorage,
  sessionKeys,
  storageKind,
  usesKms,
} from '../../../../server/src/model/facts/node-facts';
import type { CantonNode } from '../../../../server/src/model/facts/nodes';
import { readCanton, readNodes } from '../../../../server/src/model/facts/view';
import { factsOf } from '../../../../server/src/operations/facts';
import { plan } from '../../../../server/src/operations/planner';
import { policyFor } from '../../../../server/src/operations/policy/policy';
import { launch, planned } from '../../operations/kit';
import { checkText, codes } from '../../rules/check-text';

const NODE = { node: 'participants.p1', version: '3.5', edition: 'enterprise' } as const;

const envelope = (reverted: string) => `canton.participants.p1 {
  storage.type = postgres
  crypto {
    kms { type = aws, region = us-east-1 }
    private-key-store.encryption { type = kms, wrapper-key-id = alias/a, reverted = ${reverted} }
  }
}`;

describe('facts of a node', () => {
  for (const [written, isReverted] of [
    ['true', true],
    ['yes', true],
    ['on', true],
    ['"yes"', true],
    ['false', false],
    ['no', false],
    ['off', false],
  ] as const) {
    it(`agree everywhere on an encryption with \`reverted = ${written}\``, async () => {
      const text = envelope(written);
      const set = await launch(text);
      const { config } = set;
      const mode = isReverted ? 'none' : 'envelope';
      assert.equal(codes(checkText(text)).includes('advice/reverted'), isReverted, 'check');
      const nodes = readNodes(config, '3.5', 'enterprise');
      assert.deepEqual(
        effectiveNodes(nodes, () => false).map((node) => node.mode),
        [mode],
        'effective',
      );
      const request = { ...planned(set, '3.5'), node: NODE.node, options: {} };
      assert.equal(factsOf({ ...request, procedure: '' })?.target.mode, mode, 'plan');
      const { reasons } = plan({ ...request, procedure: 'enable-envelope' });
      assert.equal(/already/.test(reasons.join()), !isReverted, reasons.join());
      const policy = policyFor({ ...NODE, config, keyIds: [], deletesKeys: false });
      assert.equal(policy.kind, 'policy');
      // A revert decrypts, and makes no other call.
      assert.equal(policy.kind === 'policy' && /kms:Encrypt/.test(policy.text), !isReverted);
    });
  }

  it('hold for a node without a fault and for a broken one alike', async () => {
    const { config } = await launch(`canton.participants {
  p1.crypto { provider = kms, kms { type = gcp } }
  p2.crypto { kms { type = aws }, private-key-store.encryption {} }
  p3.crypto = none
  p4 {}
}`);
    assert.deepEqual(
      readNodes(config, '3.5', 'enterprise').map(({ name, mode, kmsType }) => [name, mode, kmsType]),
      [
        ['p1', 'external', 'gcp'],
        ['p2', 'envelope', 'aws'],
        ['p3', 'none', undefined],
        ['p4', 'none', undefined],
      ],
    );
  });

  it('are none of a type that Canton does not have', async () => {
    const { config } = await launch('canton.participants.p1.crypto { provider = kms, kms.type = azure }');
    assert.deepEqual(
      readNodes(config, '3.5', 'enterprise').map(({ mode, kmsType }) => [mode, kmsType]),
      [['external', undefined]],
    );
  });

  it('hold where the version has no such node', async () => {
    const { config } = await launch('canton.sequencers.s1.crypto.provider = kms');
    const nodes = readNodes(config, '2.10', 'community');
    assert.deepEqual(
      nodes.map(({ id, mode }) => [id, mode]),
      [['sequencers.s1', 'none']],
    );
    assert.equal(envelopeOf(nodes[0] as (typeof nodes)[0]), undefined);
  });

  for (const [text, version, expected] of [
    ['storage.type = memory', '3.5', 'memory'],
    ['', '3.5', 'memory'],
    ['storage.type = postgres', '3.5', 'database'],
    ['storage.type = ${?TYPE}', '3.5', UNKNOWN],
    ['storage = ${STORAGE}', '3.5', UNKNOWN],
    ['', '2.10', 'memory'],
    ['storage.type = memory', '2.10', 'memory'],
    ['storage.type = postgres', '2.10', 'database'],
    ['storage.type = ${TYPE}', '2.10', UNKNOWN],
  ] as [string, CantonVersion, unknown][]) {
    it(`store in ${String(expected)} with '${text}' in ${version}`, async () => {
      const { config } = await launch(`canton.participants.p1 { ${text} }`);
      assert.deepEqual(readNodes(config, version, 'enterprise').map(storageKind), [expected]);
    });
  }
});

describe('a fact of a node', () => {
  const nodeOf = async (text: string, version: CantonVersion = '3.5', kind = 'participants') => {
    const { config } = await launch(`canton.${kind}.p1 { ${text} }`);
    const model = await configurationModel(version, 'enterprise');
    return readCanton(config, version, 'enterprise', true, undefined, model).nodes[0] as CantonNode;
  };
  const KMS = 'kms { type = aws, region = r }';
  const ENCRYPTION = 'private-key-store.encryption { type = kms, wrapper-key-id = alias/a }';

  it('is whether it has a client of the KMS', async () => {
    for (const [crypto, uses] of [
      [`provider = kms, ${KMS}`, true],
      [`${KMS}, ${ENCRYPTION}`, true],
      [`${KMS}, private-key-store.encryption { type = kms, reverted = yes }`, true],
      [KMS, false],
      [ENCRYPTION, false],
      ['provider = kms', false],
      ['provider = kms, kms = ${KMS}', false],
      ['', false],
    ] as const)
      assert.equal(usesKms(await nodeOf(`crypto { ${crypto} }`)), uses, crypto);
  });

  it('is its mode, where both sections of an encryption are written', async () => {
    for (const [crypto, mode] of [
      [`${KMS}, ${ENCRYPTION}`, 'envelope'],
      [KMS, 'none'],
      [ENCRYPTION, 'none'],
      [`kms = aws, ${ENCRYPTION}`, 'none'],
    ] as const)
      assert.equal((await nodeOf(`crypto { ${crypto} }`)).mode, mode, crypto);
  });

  it('is the wrapper key of its encryption, if that is known', async () => {
    const of = async (encryption: string) => {
      const found = envelopeOf(await nodeOf(`crypto { ${KMS}, private-key-store.encryption { ${encryption} } }`));
      return [found?.type, found?.keyId, found?.keyIdAt?.value.kind, found?.reverted];
    };
    assert.deepEqual(await of('type = kms, wrapper-key-id = alias/a'), ['aws', 'alias/a', 'text', false]);
    assert.deepEqual(await of('type = kms, wrapper-key-id = ${ID}'), ['aws', undefined, 'unknown', false]);
    assert.deepEqual(await of('type = kms, reverted = on'), ['aws', undefined, 'none', true]);
    assert.equal(envelopeOf(await nodeOf(`crypto { ${KMS} }`)), undefined);
    assert.equal(envelopeOf(await nodeOf('crypto.private-key-store {}')), undefined);
  });

  it('is whether its storage is set', async () => {
    assert.deepEqual([hasStorage(await nodeOf('storage.type = memory')), hasStorage(await nodeOf(''))], [true, false]);
  });

  it('is the place of its session signing keys in each version', async () => {
    const KEYS = 'session-signing-keys.enabled = false';
    const text = `crypto { ${KEYS}, kms { type = aws, region = r, ${KEYS} } }, parameters.${KEYS}`;
    const place = async (version: CantonVersion) =>
      sessionKeys(await nodeOf(text, version), version)
        ?.path.slice(3)
        .join('.');
    assert.deepEqual(await Promise.all((['2.10', '3.3', '3.4', '3.5', '3.6'] as const).map(place)), [
      undefined,
      'parameters.session-signing-keys',
      'crypto.kms.session-signing-keys',
      'crypto.session-signing-keys',
      'crypto.session-signing-keys',
    ]);
  });

  it('is whether several processes share its database: with Postgres, unless it is set', async () => {
    for (const [text, replicated, postgres] of [
      ['storage.type = postgres', true, true],
      ['storage.type = memory', false, false],
      ['storage.type = ${T}', UNKNOWN, UNKNOWN],
      ['storage.type = postgres, replication.enabled = no', false, true],
      ['storage.type = memory, replication.enabled = yes', true, false],
      ['storage.type = postgres, replication.enabled = ${R}', UNKNOWN, true],
    ] as const) {
      const node = await nodeOf(text);
      assert.deepEqual([isReplicated(node), onPostgres(node.bound)], [replicated, postgres], text);
    }
  });

  it('is whether a sequencer shares its database', async () => {
    for (const [text, expected] of [
      ['storage.type = postgres, sequencer.type = database', true],
      ['storage.type = memory, sequencer.type = database', false],
      ['storage.type = postgres, sequencer { type = database, high-availability.enabled = no }', false],
      ['storage.type = memory, sequencer { type = database, high-availability.enabled = yes }', true],
      ['storage.type = postgres, sequencer.type = BFT', false],
      ['storage.type = postgres, sequencer.type = ${T}', UNKNOWN],
    ] as const)
      assert.equal(isHighlyAvailable(await nodeOf(text, '3.4', 'sequencers')), expected, text);
  });
});
