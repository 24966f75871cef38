import assert from 'node:assert/strict';
import type { PlanRequest } from '../../../server/src/operations/facts';
import { answerFault, nextQuestion, offeredProcedures, plan } from '../../../server/src/operations/planner';
import { launch, planned } from './kit';

const TEXT = `canton.participants {
  plain { storage.type = postgres }
  envelope {
    storage.type = postgres
    crypto { kms { type = aws, region = eu-central-1 }, private-key-store.encryption { type = kms, wrapper-key-id = alias/a } }
  }
}
`;

async function request(procedure: string, node: string, more: Partial<PlanRequest> = {}): Promise<PlanRequest> {
  const base = planned(await launch(TEXT), more.version ?? '3.5');
  return { procedure, node: `participants.${node}`, options: {}, ...base, ...more };
}

describe('an answer', () => {
  const aws = { options: { provider: 'aws' } };
  const fault = async (option: string, answer: string, of: Parameters<typeof request>) => {
    const found = answerFault(await request(...of), option, answer);
    return found && `${found.severity}: ${found.message}`;
  };

  it('is looked at while it is typed', async () => {
    const configure: Parameters<typeof request> = ['configure', 'plain', aws];
    assert.match((await fault('set.audit-logging', 'perhaps', configure)) ?? '', /^error: Invalid value 'perhaps'/);
    assert.match(
      (await fault('set.region', 'eu-centrall-1', configure)) ?? '',
      /^warning: .*Did you mean 'eu-central-1'/,
    );
    assert.equal(await fault('set.region', 'eu-central-1', configure), undefined);
    const gcp: Parameters<typeof request> = ['configure', 'plain', { options: { provider: 'gcp' } }];
    assert.match(
      (await fault('set.project-id', 'My Project', gcp)) ?? '',
      /^warning: 'My Project' is not a Google Cloud/,
    );
    assert.equal(await fault('set.project-id', 'ledger-prod-1', gcp), undefined);
    assert.equal(await fault('set.project-id', 'example.com:ledger', gcp), undefined);
    assert.equal(await fault('set.project-id', '${PROJECT}', gcp), undefined);
    assert.equal(await fault('set.region', '${AWS_REGION}', configure), undefined);
    assert.match((await fault('wrapper-key-id', 'my-key', configure)) ?? '', /^warning: 'my-key' is not an AWS key ID/);
    assert.match((await fault('wrapper-key-id', 'x'.repeat(301), configure)) ?? '', /^error: The ID has 301/);
    assert.match(
      (await fault('fingerprint', '12', ['delete-keys', 'plain'])) ?? '',
      /^warning: '12' is not a complete fingerprint/,
    );
    assert.match(
      (await fault('new-key-id', 'alias/a', ['rotate-wrapper-key', 'envelope'])) ?? '',
      /^error: .*key in use/,
    );
  });

  it('is asked for in words, with the key and an example', async () => {
    const options = { mode: 'envelope', provider: 'gcp', 'set.location-id': 'global' };
    const question = nextQuestion(await request('configure', 'plain', { options }));
    assert.equal(question?.title, 'Google Cloud project that holds the key ring (project-id)');
    assert.equal(question?.placeholder, 'my-project');
  });

  it('has nothing wrong where it is empty or nobody knows the question', async () => {
    assert.equal(await fault('fingerprint', ' ', ['delete-keys', 'plain']), undefined);
    assert.equal(await fault('fingerprint', '12', ['dance', 'plain']), undefined);
    assert.equal(await fault('fingerprint', '12', ['delete-keys', 'nobody']), undefined);
  });
});

describe('the procedures that are offered', () => {
  it('are those of the version, possible ones first, others with the reason', async () => {
    const offered = offeredProcedures(await request('', 'envelope', { version: '2.10' }));
    const names = offered.map(({ procedure }) => procedure.name);
    assert.ok(!names.includes('enable-session-signing-keys'));
    assert.ok(names.indexOf('rotate-wrapper-key') < names.indexOf('rotate-external-keys'));
    assert.match(
      offered.find(({ procedure }) => procedure.name === 'register-keys')?.reason ?? '',
      /uses envelope encryption/,
    );
    assert.equal(offered.find(({ procedure }) => procedure.name === 'revert-envelope')?.reason, undefined);
  });
});

describe('a node in several launch sets', () => {
  const openSets = [
    { id: '1', name: 'prod' },
    { id: '2', name: 'test' },
  ];

  it('is asked about before everything else, and not planned for without an answer', async () => {
    const asked = await request('configure', 'plain', { openSets });
    const question = nextQuestion(asked);
    assert.deepEqual([question?.option, question?.choices.map(({ value }) => value)], ['launch-set', ['1', '2']]);
    assert.match(plan(asked).reasons.join(), /in 2 launch sets \(prod; test\)/);
  });
});
