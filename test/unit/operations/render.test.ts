import assert from 'node:assert/strict';
import { readNodes } from '../../../server/src/model/facts/view';
import type { Plan } from '../../../server/src/operations/plan';
import { plan } from '../../../server/src/operations/planner';
import { renderMarkdown } from '../../../server/src/operations/render';
import { diagnose, launch, planned } from './kit';

const ENVELOPE = `canton.participants.p1 {
  storage.type = postgres
  crypto { kms { type = aws, region = r }, private-key-store.encryption { type = kms, wrapper-key-id = alias/a } }
}
`;

async function planOf(text: string, procedure: string, options: Record<string, string> = {}): Promise<Plan> {
  return plan({ procedure, node: 'participants.p1', options, ...planned(await launch(text), '3.5') });
}

describe('a runbook', () => {
  it('has a box for every step, warnings first', async () => {
    const result = await planOf(ENVELOPE, 'rotate-wrapper-key');
    const text = renderMarkdown(result, () => ENVELOPE);
    assert.equal(text.match(/^- \[ \] \*\*/gm)?.length, result.steps.length + result.rollback.length);
    assert.ok(text.indexOf('## Warnings') < text.indexOf('## Steps'));
    assert.ok(text.indexOf('## Steps') < text.indexOf('## The way back'));
    assert.doesNotMatch(
      renderMarkdown({ ...result, warnings: [] }, () => ENVELOPE),
      /## Warnings/,
    );
  });

  it('says why a procedure is not possible, and nothing else', async () => {
    const text = renderMarkdown(await planOf(ENVELOPE, 'rotate-external-keys'), () => ENVELOPE);
    assert.match(text, /Not possible/);
    assert.doesNotMatch(text, /- \[ \]/);
  });
});

describe('the configuration of a new node', () => {
  it('is accepted by Canton and has its keys in the KMS', async () => {
    const text = `canton.participants.p1 {
  storage.type = postgres
  crypto {
    kms { type = aws, region = \${AWS_REGION}, retries.failures { initial-delay = 1s, max-delay = 10s, max-retries = 5 } }
    private-key-store.encryption.type = kms
  }
}
`;
    const { steps } = await planOf(text, 'migrate-transfer-assets', { provider: 'aws' });
    const block = steps.map((step) => /```hocon\n(.*)\n```/s.exec(step.text)?.[1]).find((found) => found !== undefined);
    assert.ok(block, 'the plan shows the configuration of the new node');
    const both = await launch(`${text}${block}\n`);
    assert.deepEqual(both.problems, []);
    assert.deepEqual(
      readNodes(both.config, '3.5', 'enterprise').map(({ id, mode, kmsType }) => [id, mode, kmsType]),
      [
        ['participants.p1', 'envelope', 'aws'],
        ['participants.p1_new', 'external', 'aws'],
      ],
    );
    assert.match(block, /region = \$\{AWS_REGION\}/);
    assert.deepEqual(
      diagnose(both, '3.5').filter(({ severity }) => severity === 'error'),
      [],
    );
  });
});
