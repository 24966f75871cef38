import assert from 'node:assert/strict';
import { AWS, possible, refused } from './requests';

const GCP = 'canton.participants.p.crypto.kms { type = gcp, location-id = l, project-id = p, key-ring-id = r }';

describe('what stands in the way of a plan', () => {
  it('is a substitution that cannot be resolved', () =>
    refused(/The configuration cannot be resolved\. main\.conf, line 1/, 'configure', 'plain', {
      options: AWS,
      unresolved: ['main.conf, line 1: x'],
    }));

  it('is a node that is not there', () =>
    refused(/no node 'participants\.p9'.*participants\.plain, .*sequencers\.s1/s, 'configure', 'p9'));

  it('is an unknown procedure', () => refused(/Unknown procedure 'rotate'/, 'rotate', 'plain'));

  it('is a file that is not valid HOCON', () =>
    refused(
      /main\.conf is not valid HOCON/,
      'configure',
      'p1',
      { options: AWS },
      'canton.participants.p1 {\n  storage {\n',
    ));

  it('is a missing, unknown or wrong setting', async () => {
    await refused(/Missing KMS type/, 'configure', 'plain');
    await refused(/Unknown KMS type 'other'/, 'configure', 'plain', { options: { provider: 'other' } });
    await refused(/Missing setting 'region' of the KMS type `aws`/, 'configure', 'plain', {
      options: { provider: 'aws' },
    });
    const node = (kms: string) => `canton.participants.p { storage.type = postgres, crypto.kms { ${kms} } }`;
    await refused(/Missing setting 'region'/, 'enable-envelope', 'p', {}, node('type = aws'));
    await possible('enable-envelope', 'p', {}, node('include "of-this-host.conf", type = aws'));
    await refused(/'regoin' is not a setting of the KMS type `aws`.*region, /, 'configure', 'plain', {
      options: { ...AWS, 'set.regoin': 'x' },
    });
    await refused(/Invalid value 'perhaps' for 'audit-logging'/, 'configure', 'plain', {
      options: { ...AWS, 'set.audit-logging': 'perhaps' },
    });
    const retries = (value: string) => ({ ...AWS, 'set.retries.failures.max-retries': value });
    await refused(/Invalid value 'many' for 'max-retries'/, 'configure', 'plain', { options: retries('many') });
    await refused(/Invalid value '1s' for 'max-retries'/, 'configure', 'plain', { options: retries('1s') });
    const { steps } = await possible('configure', 'plain', {
      options: { ...retries('7'), 'set.retries.failures.initial-delay': '1s', 'set.retries.failures.max-delay': '20s' },
    });
    const [edit] = steps.flatMap(({ edits }) => edits);
    assert.match(edit?.newText ?? '', /retries.*failures.*max-retries = 7.*initial-delay = 1s.*max-delay = 20s/s);
    await refused(/for 'config' is not a valid HOCON value/, 'configure', 'plain', {
      options: { provider: 'driver', 'set.name': 'x', 'set.config': '{ a = ' },
    });
    await refused(/Unknown mode 'cloud'/, 'configure', 'plain', { options: { ...AWS, mode: 'cloud' } });
  });

  it('is a misspelled answer, or one that does not fit', async () => {
    const plain = (name: string, answer: string) => ({ options: { ...AWS, [`set.${name}`]: answer } });
    await refused(/Invalid value 'maybe' for 'pause'. Use yes or no/, 'rotate-external-keys', 'external', {
      options: { 'set.pause': 'maybe' },
    });
    await refused(/key already has a key spec/, 'rotate-external-keys', 'external', {
      options: { 'set.key': 'signing', 'new-key-id': 'alias/new', 'set.key-spec': 'ec-p-256' },
    });
    await refused(/Invalid value 'sideways' for 'way'/, 'migrate-export-keys', 'plain', plain('way', 'sideways'));
    await refused(/Invalid value 'gone' for 'wrapper-key'. Use lost/, 'revert-envelope', 'envelope', {
      options: { 'set.wrapper-key': 'gone' },
    });
    await refused(/section of participants.p is for `gcp`, not `aws`/, 'enable-external', 'p', { options: AWS }, GCP);
    await refused(/uses the one of the domain manager/, 'rotate-external-keys', 'sequencers.s1', {
      version: '2.10',
      options: { 'set.key': 'intermediate-namespace' },
    });
    await refused(
      /'muli-region-key' is not a setting of `rotate-wrapper-key`\. The settings are multi-region-key/,
      'rotate-wrapper-key',
      'envelope',
      {
        options: { 'set.muli-region-key': 'true' },
      },
    );
    await refused(/no key 'encryption' to rotate\. Use all, signing/, 'rotate-external-keys', 'sequencers.s1', {
      options: { 'set.key': 'encryption' },
    });
    await refused(/Remove the fingerprint/, 'rotate-external-keys', 'external', {
      options: { 'set.key': 'all', fingerprint: '1220aa' },
    });
    await refused(/Set it with `--set key=signing`/, 'rotate-external-keys', 'external', {
      options: { 'set.pause': 'yes' },
    });
    await refused(/for 'key-spec' of this key\. Use rsa-2048/, 'rotate-external-keys', 'external', {
      options: { 'set.key': 'encryption', 'set.key-spec': 'ec-p-256' },
    });
    await refused(/does not support Ed25519/, 'rotate-external-keys', 'external', {
      options: { 'set.key': 'signing', 'set.key-spec': 'ec-curve-25519' },
    });
    await refused(/Invalid value 'sideways' for 'way'/, 'migrate-transfer-assets', 'plain', {
      options: { ...AWS, 'set.way': 'sideways' },
    });
  });

  it('is a new node, where keys are needed', async () => {
    for (const procedure of [
      'rotate-external-keys',
      'delete-keys',
      'restore-keys',
      'isolate-root-key',
      'failover-region',
      'change-provider',
      'repair-skipped-message',
    ])
      await refused(/external is new, so it has no keys yet.*`enable-external`/, procedure, 'external', {
        options: { state: 'new' },
      });
    for (const procedure of ['rotate-wrapper-key', 'revert-envelope'])
      await refused(/has no keys yet/, procedure, 'envelope', { options: { state: 'new' } });
  });

  it('is an identifier that is in use, or that Canton refuses', async () => {
    const options = { ...AWS, 'set.way': 'new-identifier', 'set.namespace-key-spec': 'ec-p-256' };
    const given = (identifier: string) => ({ options: { ...options, 'set.identifier': identifier } });
    await refused(
      /'plain' is the identifier that participants\.plain has.*'plain-kms'/,
      'migrate-export-keys',
      'plain',
      given('plain'),
    );
    await refused(/'a::b' is not an identifier/, 'migrate-export-keys', 'plain', given('a::b'));
    await refused(/'a\/b' is not an identifier/, 'migrate-export-keys', 'plain', given('a/b'));
  });

  it('names what can be done instead, with the version that can', async () => {
    await refused(
      /To move its keys into a KMS, plan `migrate-export-keys`|move its keys into a KMS, plan `migrate-export-keys`/,
      'failover-region',
      'plain',
    );
    await refused(/Plan `enable-external` or `register-keys`/, 'migrate-export-keys', 'plain', {
      options: { ...AWS, state: 'new' },
    });
    await refused(/Plan `enable-external` or `register-keys`/, 'migrate-transfer-assets', 'plain', {
      options: { ...AWS, state: 'new' },
    });
    await refused(/`migrate-export-keys`/, 'isolate-root-key', 'envelope');
    await refused(/`migrate-export-keys`/, 'enable-session-signing-keys', 'plain');
    await refused(/`migrate-transfer-assets`/, 'change-provider', 'plain', { version: '2.10' });
    await refused(/replicas in the other region, plan `failover-region`/, 'configure', 'external', {
      options: { 'set.region': 'eu-west-1' },
    });
    const options = { ...AWS, 'set.way': 'new-identifier', 'set.namespace-key-spec': 'ec-curve-25519' };
    await refused(/`migrate-transfer-assets`, or update to Canton 3\.5/, 'migrate-export-keys', 'plain', {
      options,
      version: '3.4',
    });
    await refused(/\. Use `--set way=in-place`/, 'migrate-export-keys', 'plain', { options, version: '3.5' });
  });

  it('is the root namespace key, which nobody can rotate', async () => {
    const options = { 'set.key': 'root-namespace' };
    await refused(/cannot be rotated.*migrate-transfer-assets/, 'rotate-external-keys', 'external', { options });
    await refused(/only with a new synchronizer/, 'rotate-external-keys', 'sequencers.s1', { options });
    await refused(/`--set way=new-namespace`/, 'rotate-external-keys', 'external', { options, version: '2.10' });
  });

  it('is a deployment that Splice does not support', async () => {
    await refused(/only for participants/, 'deploy-splice', 'sequencers.s1', { options: AWS });
    await refused(/existing validator/, 'deploy-splice', 'plain', { options: { ...AWS, state: 'existing' } });
  });

  it('is an edition without KMS', async () => {
    const options = AWS;
    await refused(/community edition of Canton 2\.x does not support a KMS/, 'configure', 'plain', {
      options,
      version: '2.10',
      edition: 'community',
    });
    await refused(/3\.3 \(community\) does not support the KMS type `aws`/, 'configure', 'plain', {
      options,
      version: '3.3',
      edition: 'community',
    });
  });

  it('is storage in memory, for encryption', async () => {
    await refused(/refuses to start/, 'enable-envelope', 'memory', { options: AWS });
    await refused(/silently stores the keys unencrypted/, 'enable-envelope', 'memory', {
      options: AWS,
      version: '3.4',
    });
  });

  it('is storage in memory, for keys and an identity that must survive a restart', async () => {
    await refused(/loses its keys and its identity at every stop/, 'migrate-export-keys', 'memory', { options: AWS });
    const text =
      'canton.participants.p { storage.type = memory, crypto { provider = kms, kms { type = aws, region = r } } }';
    await refused(/at every stop/, 'change-provider', 'p', { options: { provider: 'none' } }, text);
  });

  it('is an identity that exists already, for external keys', async () => {
    await refused(/Plan `migrate-export-keys`/, 'enable-external', 'plain', { options: { ...AWS, state: 'existing' } });
    await refused(/uses envelope encryption/, 'register-keys', 'envelope', { options: { state: 'new' } });
    await refused(/Plan `migrate-export-keys`/, 'configure', 'envelope', { options: { mode: 'external' } });
  });

  it('is a mode that does not fit', async () => {
    await refused(/To stop using external keys, plan `change-provider`/, 'enable-envelope', 'external');
    await refused(/already/, 'enable-envelope', 'envelope');
    await refused(/Nothing to revert/, 'revert-envelope', 'plain');
    await refused(/does not use envelope encryption/, 'rotate-wrapper-key', 'plain');
    await refused(/no wrapper key/, 'rotate-wrapper-key', 'external');
    await refused(/does not have its keys in a KMS/, 'rotate-external-keys', 'envelope', {
      options: { 'set.key': 'signing', 'new-key-id': 'alias/b' },
    });
    await refused(/Set it with `--set key=signing`/, 'rotate-external-keys', 'envelope');
    await refused(/no benefit/, 'enable-session-signing-keys', 'envelope');
    await refused(/`change-provider`/, 'configure', 'envelope', { options: { provider: 'gcp' } });
  });

  it('is a KMS that is configured already, or whose keys would be out of reach', async () => {
    await refused(/already has this configuration/, 'configure', 'envelope');
    await refused(/already has a wrapper key/, 'configure', 'envelope', { options: { 'wrapper-key-id': 'alias/b' } });
    await refused(/another 'region'/, 'configure', 'external', { options: { 'set.region': 'elsewhere' } });
  });

  it('is a wrapper key that is in use', () =>
    refused(/key in use/, 'rotate-wrapper-key', 'envelope', { options: { 'new-key-id': 'alias/a' } }));

  it('is another algorithm beside the one that a node signs with, before Canton 3.5', async () => {
    const to = (keySpec: string) =>
      ({ options: { 'set.key': 'signing', 'set.key-spec': keySpec }, version: '3.4' }) as const;
    const one = /Canton 3\.[34] signs only with the default algorithm/;
    await refused(one, 'rotate-external-keys', 'external', to('ec-p-384'));
    await refused(one, 'rotate-external-keys', 'plain', to('ec-p-256'));
    await refused(one, 'rotate-external-keys', 'external', { ...to('ec-p-384'), version: '3.3' });
    await possible('rotate-external-keys', 'external', to('ec-secp-256k-1'));
    await possible('rotate-external-keys', 'external', { ...to('ec-p-384'), version: '3.5' });
    await possible('rotate-external-keys', 'plain', { ...to('ec-p-256'), version: '3.5' });
  });

  it('is an Ed25519 key, for AWS', async () => {
    await refused(/does not support Ed25519/, 'enable-external', 'ed25519', { options: { ...AWS, state: 'new' } });
    const way = { ...AWS, 'set.way': 'new-identifier' };
    await refused(/does not support Ed25519.*way=in-place/, 'migrate-export-keys', 'plain', { options: way });
    await possible('migrate-export-keys', 'plain', { options: { ...way, 'set.namespace-key-spec': 'ec-p-256' } });
    const inPlace = await possible('migrate-export-keys', 'plain', { options: AWS });
    const lines = inPlace.steps.flatMap(({ console }) => console).join('\n');
    assert.match(lines, /propose_delegation\(.*CanSignAllButNamespaceDelegations\)/);
    assert.match(
      lines,
      /register_kms_encryption_key[\s\S]*SequencerAuthenticationOnly, name = "plain-sequencer-auth-p256"/,
    );
  });

  it('is an encryption scheme that the KMS cannot hold', async () => {
    const nodes = (scheme: string) => `_ecies { encryption { ${scheme} } }
canton.participants.p { storage.type = postgres, crypto = \${_ecies} }
`;
    const keys = 'keys { default = ec-p-256, allowed = [ec-p-256] }';
    const scheme = 'ecies-hkdf-hmac-sha-256-aes-128-cbc';
    const ecies = nodes(`algorithms { default = ${scheme}, allowed = [${scheme}] }, ${keys}`);
    const options = { ...AWS, state: 'new' };
    for (const procedure of ['enable-external', 'register-keys']) {
      await refused(/'crypto\.encryption\.algorithms\.default'.*rsa-oaep-sha-256/, procedure, 'p', { options }, ecies);
    }
    const gcp = {
      provider: 'gcp',
      'set.location-id': 'x',
      'set.project-id': 'y',
      'set.key-ring-id': 'z',
      state: 'new',
    };
    await refused(/rsa-oaep-sha-256/, 'enable-external', 'p', { options: gcp }, ecies);
    const driver = { provider: 'driver', 'set.name': 'x', state: 'new' };
    await possible('enable-external', 'p', { options: driver }, ecies);
  });

  it('is a configuration that Canton would refuse with the edits, by the rule that says so', async () => {
    const text = `canton.participants.p {
  storage.type = postgres
  crypto.encryption.algorithms.allowed = [ecies-hkdf-hmac-sha-256-aes-128-cbc]
}
`;
    const options = { ...AWS, state: 'new' };
    await refused(
      /With these edits, Canton .* would refuse the configuration: .*\((?:start|validate)\//,
      'enable-external',
      'p',
      { options },
      text,
    );
  });

  it('is not an error elsewhere, which is listed', async () => {
    const text = `canton.participants {
  p.storage.type = postgres
  q.ledger-apis.port = 1
}
`;
    const { warnings } = await possible('enable-envelope', 'p', { options: AWS }, text);
    assert.match(warnings[0] ?? '', /3\.5 refuses this configuration as it is: .*line \d: .*ledger-apis/);
  });

  it('is an error in the crypto section of the node that the edits leave', async () => {
    const text = `canton.participants.p {
  storage.type = postgres
  crypto.sining.keys.default = ec-p-256
}
`;
    await refused(/would refuse .*line 3: .*sining/, 'enable-envelope', 'p', { options: AWS }, text);
  });

  it('is a kind of node that cannot be migrated', async () => {
    const sequencer = 'canton.sequencers.s { storage.type = postgres }';
    const options = { ...AWS, 'set.way': 'delegation' };
    await refused(/sequencer has no parties.*in-place/, 'migrate-export-keys', 'sequencers.s', { options }, sequencer);
    await refused(/sequencer has no assets/, 'migrate-transfer-assets', 'sequencers.s1', { options: AWS });
  });
});
