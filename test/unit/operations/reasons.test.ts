import assert from 'node:assert/strict';
import { DEFAULT_CANTON_VERSION } from '../../../schemas/version';
import { nextQuestion, type Plan, type PlanRequest, plan } from '../../../server/src/operations';
import { launch } from './kit';

const NODES = `
_db.type = postgres
canton {
  participants {
    plain { storage = \${_db} }
    memory { storage.type = memory }
    envelope {
      storage = \${_db}
      crypto { kms { type = aws, region = r }, private-key-store.encryption { type = kms, wrapper-key-id = alias/a } }
    }
    external { crypto { provider = kms, kms { type = aws, region = r } } }
    reverted {
      storage = \${_db}
      crypto { kms { type = aws, region = r }, private-key-store.encryption { type = kms, reverted = true } }
    }
    ed25519 { crypto.signing.keys.default = ec-curve-25519 }
    node-7 { crypto { kms { type = aws, region = r }, private-key-store.encryption.type = kms }, storage = \${_db} }
  }
  sequencers.s1.crypto { provider = kms, kms { type = aws, region = r } }
}
`;

const AWS = { provider: 'aws', 'set.region': 'us-east-1' };

async function request(
  procedure: string,
  node: string,
  more: Partial<PlanRequest> = {},
  text = NODES,
): Promise<PlanRequest> {
  const { config, tree } = await launch(text);
  const id = node.includes('.') ? node : `participants.${node}`;
  return {
    procedure,
    node: id,
    options: {},
    version: DEFAULT_CANTON_VERSION,
    edition: 'enterprise',
    config,
    tree,
    ...more,
  };
}

/** The plan is refused, with a reason that says this, and changes nothing. */
async function refused(expected: RegExp, ...args: Parameters<typeof request>): Promise<void> {
  const result = plan(await request(...args));
  assert.equal(result.possible, false);
  assert.match(result.reasons.join('\n'), expected);
  assert.deepEqual([result.steps, result.rollback, result.warnings], [[], [], []]);
}

async function possible(...args: Parameters<typeof request>): Promise<Plan> {
  const result = plan(await request(...args));
  assert.deepEqual(result.reasons, []);
  return result;
}

describe('what stands in the way of a plan', () => {
  it('is a node that is not there', () =>
    refused(/no node 'participants\.p9'.*participants\.plain, .*sequencers\.s1/s, 'configure', 'p9'));

  it('is an unknown procedure', () => refused(/no procedure 'rotate'/, 'rotate', 'plain'));

  it('is a file that is not valid HOCON', () =>
    refused(
      /main\.conf is not valid HOCON/,
      'configure',
      'p1',
      { options: AWS },
      'canton.participants.p1 {\n  storage {\n',
    ));

  it('is a missing, unknown or wrong setting', async () => {
    await refused(/provider is not given/, 'configure', 'plain');
    await refused(/no provider 'azure'/, 'configure', 'plain', { options: { provider: 'azure' } });
    await refused(/'region' of provider `aws` is not given/, 'configure', 'plain', { options: { provider: 'aws' } });
    await refused(/'regoin' is no setting of provider `aws`.*region, /, 'configure', 'plain', {
      options: { ...AWS, 'set.regoin': 'x' },
    });
    await refused(/'perhaps' is not accepted for 'audit-logging'/, 'configure', 'plain', {
      options: { ...AWS, 'set.audit-logging': 'perhaps' },
    });
    await refused(/no HOCON value for 'config'/, 'configure', 'plain', {
      options: { provider: 'driver', 'set.name': 'x', 'set.config': '{ a = ' },
    });
    await refused(/no mode 'cloud'/, 'configure', 'plain', { options: { ...AWS, mode: 'cloud' } });
  });

  it('is a misspelt answer, or one that does not fit', async () => {
    await refused(
      /'muli-region-key' is no setting of `rotate-wrapper-key`; it takes multi-region-key/,
      'rotate-wrapper-key',
      'envelope',
      {
        options: { 'set.muli-region-key': 'true' },
      },
    );
    await refused(/no key 'encryption' to rotate: it is all, signing/, 'rotate-external-keys', 'sequencers.s1', {
      options: { 'set.key': 'encryption' },
    });
    await refused(/leave out fingerprint/, 'rotate-external-keys', 'external', {
      options: { 'set.key': 'all', fingerprint: '1220aa' },
    });
    await refused(/say which with `--set key=signing`/, 'rotate-external-keys', 'external', {
      options: { 'set.pause': 'yes' },
    });
    await refused(/not accepted for 'key-spec' of this key: rsa-2048/, 'rotate-external-keys', 'external', {
      options: { 'set.key': 'encryption', 'set.key-spec': 'ec-p-256' },
    });
    await refused(/cannot hold Ed25519/, 'rotate-external-keys', 'external', {
      options: { 'set.key': 'signing', 'set.key-spec': 'ec-curve-25519' },
    });
    await refused(/'sideways' is not accepted for 'way'/, 'migrate-transfer-assets', 'plain', {
      options: { ...AWS, 'set.way': 'sideways' },
    });
  });

  it('is the root namespace key, which nobody can rotate', async () => {
    const options = { 'set.key': 'root-namespace' };
    await refused(/cannot be rotated.*migrate-transfer-assets/, 'rotate-external-keys', 'external', { options });
    await refused(/only with a new synchronizer/, 'rotate-external-keys', 'sequencers.s1', { options });
    await refused(/`--set way=new-namespace`/, 'rotate-external-keys', 'external', { options, version: '2.10' });
  });

  it('is a deployment that Splice does not support', async () => {
    await refused(/participants only/, 'deploy-splice', 'sequencers.s1', { options: AWS });
    await refused(/existing validator/, 'deploy-splice', 'plain', { options: { ...AWS, state: 'existing' } });
  });

  it('is an edition without KMS', async () => {
    const options = AWS;
    await refused(/community edition of Canton 2\.x has no KMS/, 'configure', 'plain', {
      options,
      version: '2.10',
      edition: 'community',
    });
    await refused(/3\.3 \(community\) has no KMS provider `aws`/, 'configure', 'plain', {
      options,
      version: '3.3',
      edition: 'community',
    });
  });

  it('is storage in memory, for encryption', async () => {
    await refused(/refuses to start/, 'enable-envelope', 'memory', { options: AWS });
    await refused(/unencrypted without a word/, 'enable-envelope', 'memory', { options: AWS, version: '3.4' });
  });

  it('is an identity that exists already, for external keys', async () => {
    await refused(/Migrate instead/, 'enable-external', 'plain', { options: { ...AWS, state: 'existing' } });
    await refused(/uses envelope encryption/, 'register-keys', 'envelope', { options: { state: 'new' } });
    await refused(/Migrate instead/, 'configure', 'envelope', { options: { mode: 'external' } });
  });

  it('is a mode that does not fit', async () => {
    await refused(/Leaving that mode is a migration/, 'enable-envelope', 'external');
    await refused(/already/, 'enable-envelope', 'envelope');
    await refused(/nothing to revert/, 'revert-envelope', 'plain');
    await refused(/does not use envelope encryption/, 'rotate-wrapper-key', 'plain');
    await refused(/has no wrapper key/, 'rotate-wrapper-key', 'external');
    await refused(/does not keep its keys in a KMS/, 'rotate-external-keys', 'envelope');
    await refused(/spare nothing/, 'enable-session-signing-keys', 'envelope');
    await refused(/`change-provider`/, 'configure', 'envelope', { options: { provider: 'gcp' } });
  });

  it('is a KMS that is configured already, or whose keys would be out of reach', async () => {
    await refused(/configured so already/, 'configure', 'envelope');
    await refused(/has a wrapper key already/, 'configure', 'envelope', { options: { 'wrapper-key-id': 'alias/b' } });
    await refused(/another 'region'/, 'configure', 'external', { options: { 'set.region': 'elsewhere' } });
  });

  it('is a wrapper key that is in use', () =>
    refused(/key in use/, 'rotate-wrapper-key', 'envelope', { options: { 'new-key-id': 'alias/a' } }));

  it('is an Ed25519 key, for AWS', async () => {
    await refused(/cannot hold Ed25519/, 'enable-external', 'ed25519', { options: { ...AWS, state: 'new' } });
    await refused(/cannot hold Ed25519/, 'migrate-export-keys', 'plain', { options: AWS });
    await possible('migrate-export-keys', 'plain', { options: { ...AWS, 'set.namespace-key-spec': 'ec-p-256' } });
  });

  it('is a kind of node that cannot be migrated', async () => {
    await refused(/no migration for a sequencer/, 'migrate-export-keys', 'sequencers.s1', { options: AWS });
    await refused(/sequencer has no assets/, 'migrate-transfer-assets', 'sequencers.s1', { options: AWS });
  });

  it('is a single key of a sequencer of 2.x', async () => {
    await refused(/through the domain manager/, 'rotate-external-keys', 'sequencers.s1', {
      version: '2.10',
      options: { fingerprint: '1220aa' },
    });
    const { steps } = await possible('rotate-external-keys', 'sequencers.s1', { version: '2.10' });
    assert.ok(
      steps.some(({ console }) =>
        console.includes('s1.keys.secret.rotate_node_keys(<reference of the domain manager>)'),
      ),
    );
  });
});

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
    assert.match(lines, /s1\.keys\.secret\.rotate_node_keys\(\)/);
    assert.doesNotMatch(lines, /health\.ping|reconnect/);
  });

  it('changes settings of a KMS in use without starting over', async () => {
    const { steps } = await possible('configure', 'external', { options: { 'set.audit-logging': 'true' } });
    assert.deepEqual(
      steps.map(({ kind }) => kind),
      ['edit', 'restart', 'verify'],
    );
    assert.deepEqual(
      steps.flatMap((step) => step.edits.map(({ newText }) => newText)),
      [', audit-logging = true'],
    );
  });

  it('warns of key ids that do not look like those of the provider', async () => {
    const warned = async (id: string) =>
      (await possible('rotate-wrapper-key', 'envelope', { options: { 'new-key-id': id } })).warnings.join('\n');
    assert.match(await warned('my-key'), /'my-key' is no key id/);
    assert.match(
      await warned('arn:aws:kms:eu-west-1:123456789012:alias/b'),
      /region eu-west-1, and the node talks to the KMS of r\b/,
    );
    assert.match(await warned('alias/b'), /Never point 'alias\/b' to another key/);
    assert.doesNotMatch(await warned('1234abcd-12ab-34cd-56ef-1234567890ab'), /1234abcd/);
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
});

describe('the questions of a procedure', () => {
  async function asked(procedure: string, node: string, options: Record<string, string>): Promise<string | undefined> {
    return nextQuestion(await request(procedure, node, { options }))?.option;
  }

  it('follow from the answers', async () => {
    const options: Record<string, string> = {};
    const order: string[] = [];
    const answers: Record<string, string> = { mode: 'envelope', provider: 'gcp' };
    for (let option = await asked('configure', 'plain', options); option !== undefined && order.length < 20; ) {
      order.push(option);
      options[option] = answers[option] ?? 'x';
      option = await asked('configure', 'plain', options);
    }
    assert.deepEqual(order, [
      'mode',
      'provider',
      'set.location-id',
      'set.project-id',
      'set.key-ring-id',
      'wrapper-key-id',
    ]);
    await possible('configure', 'plain', { options });
  });

  it('leave out what the configuration says', async () => {
    const all = { 'set.key': 'all', 'set.multi-region-key': 'false' };
    assert.equal(await asked('rotate-external-keys', 'external', all), undefined);
    assert.equal(await asked('enable-envelope', 'reverted', {}), 'wrapper-key-id');
    assert.equal(await asked('rotate-wrapper-key', 'envelope', { 'new-key-id': 'alias/b' }), undefined);
    assert.equal(await asked('revert-envelope', 'envelope', {}), undefined);
  });

  it('are none where no answer would help', async () => {
    assert.equal(await asked('rotate-wrapper-key', 'plain', {}), undefined);
    assert.equal(await asked('enable-envelope', 'envelope', {}), undefined);
    assert.equal(await asked('enable-external', 'plain', {}), 'state');
    assert.equal(await asked('enable-external', 'plain', { state: 'existing' }), undefined);
    assert.equal(await asked('rotate-external-keys', 'external', { 'set.key': 'root-namespace' }), undefined);
  });

  it('are none for a node that is not there', async () => {
    assert.equal(await asked('configure', 'nobody', {}), undefined);
  });
});
