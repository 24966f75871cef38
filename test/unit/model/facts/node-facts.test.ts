import assert from 'node:assert/strict';
import type { CantonVersion } from '../../../../schemas/version';
import { effectiveNodes } from '../../../../server/src/features/requests/effective/effective';
import { UNKNOWN } from '../../../../server/src/model/binding/bound';
import { envelopeOf, storageKind } from '../../../../server/src/model/facts/node-facts';
import { readNodes } from '../../../../server/src/model/facts/view';
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
        effectiveNodes({ config, nodes, version: '3.5', edition: 'enterprise' }).map((node) => node.mode),
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
