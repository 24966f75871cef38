import assert from 'node:assert/strict';
import { KMS_TYPE_NAMES } from '../../../../schemas/kms-types';
import { KMS_REASONS } from '../../../../server/src/operations/logs/kms-failures';
import { RUNNING_FAILURES } from '../../../../server/src/operations/logs/running-failures';
import { START_FAILURES } from '../../../../server/src/operations/logs/start-failures';
import { MOMENTS, type TroubledNode, troublesOf } from '../../../../server/src/operations/trouble/troubles';
import { FAULTS } from '../../../canton/faults';
import { uriOf } from '../../../kit/fixture';
import { workbench } from '../../../kit/service';

const NODES: readonly TroubledNode[] = KMS_TYPE_NAMES.flatMap((type) =>
  (['wrapped', 'external'] as const).flatMap((vault) =>
    (['participant', 'sequencer', 'mediator'] as const).map((kind) => ({ type, vault, kind })),
  ),
);

async function runbookOf(crypto: string, procedure: string, options: Record<string, string> = {}) {
  const { service } = workbench(
    `-- p1.conf --\ncanton.participants.p1 { storage.type = postgres, crypto { ${crypto} } }\n`,
  );
  const request = { procedure, node: 'participants.p1', options };
  return service.planFiles([uriOf('p1.conf')], request);
}

describe('the table of what breaks', () => {
  it('covers every trouble of a node at every moment', () => {
    for (const node of NODES) {
      const troubles = troublesOf(node);
      const ids = troubles.map(({ id }) => id);
      assert.equal(new Set(ids).size, ids.length);
      for (const id of ['rights', 'region', 'throttled', 'credentials']) assert.ok(ids.includes(id), id);
      const [lost, disabled] =
        node.vault === 'wrapped' ? ['wrapper-lost', 'wrapper-disabled'] : ['key-lost', 'signing-disabled'];
      assert.ok(ids.includes(lost) && ids.includes(disabled));
      assert.equal(ids.includes('driver'), node.type === 'driver');
      assert.equal(ids.includes('encryption-disabled'), node.vault === 'external' && node.kind === 'participant');
      for (const { cells } of troubles) {
        for (const moment of MOMENTS) assert.match(cells[moment].canton, /\.$/, `${moment} is a whole sentence`);
      }
    }
  });

  it('names failures that the log is searched for', () => {
    const known = new Set([...KMS_REASONS, ...START_FAILURES, ...RUNNING_FAILURES].map(({ id }) => id));
    for (const node of NODES) {
      for (const { cells } of troublesOf(node)) {
        for (const moment of MOMENTS) assert.ok(known.has(cells[moment].log ?? ''), cells[moment].log);
      }
    }
  });

  it('marks as shown only what a test on a running node makes, and names the test; everything else has a source', () => {
    const cases = FAULTS.map(({ name }) => name);
    for (const node of NODES) {
      for (const { id, cells } of troublesOf(node)) {
        for (const moment of MOMENTS) {
          const { basis, source } = cells[moment];
          if (basis === 'derived')
            assert.match(source, /\.scala|seen on|SynchronizerConnectionsManager|AWS on/, `${id} ${moment}`);
          else
            assert.ok(node.type === 'aws' && cases.some((name) => source.includes(`\`${name}\``)), `${id} ${moment}`);
        }
      }
    }
  });

  it('is in the runbook of a node that uses a KMS afterwards, as the plan leaves it', async () => {
    const kms = 'kms { type = aws, region = us-east-1 }';
    const envelope = `${kms}, private-key-store.encryption.type = kms`;
    const rotation = await runbookOf(envelope, 'rotate-wrapper-key');
    assert.match(rotation.markdown, /^## What to watch$/m);
    assert.match(rotation.markdown, /^## When it breaks$/m);
    assert.match(rotation.markdown, /^## Record$/m);
    assert.match(rotation.markdown, /`rotate-wrapper-key-participants\.p1\.record\.md`/);
    assert.match(rotation.markdown, /^\| \*\*The wrapper key is lost\*\* \| while it runs \| /m);
    const enabled = await runbookOf('', 'enable-envelope', {
      provider: 'gcp',
      state: 'existing',
      'set.location-id': 'us',
      'set.project-id': 'p',
      'set.key-ring-id': 'r',
    });
    assert.match(enabled.markdown, /gcloud kms keys versions enable 1/);
    const external = await runbookOf(`provider = kms, ${kms}`, 'rotate-external-keys');
    assert.match(external.markdown, /\*\*The encryption key is disabled\*\*/);
    const reverted = await runbookOf(envelope, 'revert-envelope');
    assert.doesNotMatch(reverted.markdown, /When it breaks/);
    const refused = await runbookOf('', 'rotate-wrapper-key');
    assert.equal(refused.plan.outlook, undefined);
  });
});
