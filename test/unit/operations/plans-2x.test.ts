import assert from 'node:assert/strict';
import type { Plan } from '../../../server/src/operations/plan';
import { plan } from '../../../server/src/operations/planner';
import { partCount, renderConsole } from '../../../server/src/operations/script';
import { launch, planned } from './kit';

const AWS = { provider: 'aws', 'set.region': 'eu-central-1' };
const OLD = `1220${'ab'.repeat(32)}`;
const KMS = 'storage.type = postgres, crypto { provider = kms, kms { type = aws, region = r } }';
const PLAIN = 'canton.participants.bank { storage.type = postgres }';
const DOMAIN = `canton.domains.dom { ${KMS} }`;
const DISTRIBUTED = `canton { domain-managers.dm { ${KMS} }, sequencers.seq { ${KMS} }, mediators.med { ${KMS} } }`;

async function planOf(text: string, procedure: string, node: string, options: Record<string, string>): Promise<Plan> {
  const made = plan({ procedure, node, options, ...planned(await launch(text), '2.10') });
  assert.deepEqual(made.reasons, []);
  return made;
}

function codeOf(made: Plan): string {
  const parts = Array.from({ length: partCount(made) }, (_, i) => renderConsole(made, i + 1));
  return parts
    .join('\n')
    .split('\n')
    .filter((line) => !line.startsWith('//'))
    .join('\n');
}

/** Each piece of code comes after the previous one. */
function assertOrder(code: string, pieces: readonly string[]): void {
  let at = 0;
  for (const piece of pieces) {
    const found = code.indexOf(piece, at);
    assert.ok(found >= 0, `'${piece}' is missing, or too early`);
    at = found + piece.length;
  }
}

describe('a script of 2.10', () => {
  it('moves parties and contracts under the old namespace as the published test does', async () => {
    const code = codeOf(
      await planOf(PLAIN, 'migrate-transfer-assets', 'participants.bank', { ...AWS, 'set.way': 'same-namespace' }),
    );
    assertOrder(code, [
      'bank.topology.namespace_delegations.list(',
      'bank_new.keys.public.download(namespaceNew)',
      'bank.keys.public.upload(namespaceKeyNew',
      'bank.topology.namespace_delegations.authorize(ops = TopologyChangeOp.Add',
      'bank_new.topology.load_transaction(rootNamespaceDelegationOld)',
      'bank_new.topology.load_transaction(delegation)',
      'bank.domains.disconnect(',
      'bank_new.domains.disconnect(',
      'party.party.toProtoPrimitive != bank.uid.toProtoPrimitive && party.isLocal',
      'bank_new.topology.party_to_participant_mappings.authorize(',
      'utils.migrate_dars(bank, bank_new)',
      'partiesOffboarding = false',
      'bank_new.repair.import_acs(',
      'bank.stop()',
      'bank_new.domains.reconnect_all()',
    ]);
    assert.doesNotMatch(code, /require\(false/, 'nothing has to be filled in but the answers at the top');
  });

  it('moves contracts to new parties as the published test does', async () => {
    const made = await planOf(PLAIN, 'migrate-transfer-assets', 'participants.bank', {
      ...AWS,
      'set.way': 'new-namespace',
    });
    const code = codeOf(made);
    assertOrder(code, [
      'bank.domains.disconnect(',
      'bank_new.ledger_api.parties.allocate(old.party.uid.id.toProtoPrimitive, old.displayName)',
      'utils.migrate_dars(bank, bank_new)',
      'bank.ledger_api.acs.of_all(limit = PositiveInt.MaxValue, includeCreatedEventBlob = true)',
      'bank_new.domains.reconnect_all()',
      'bank_new.health.ping(bank_new.id)',
      'bank_new.domains.disconnect_all()',
      'utils.change_contracts_party_ids(renamed, acsOld,',
      'withContractIdRemap = false',
      'bank_new.repair.import_acs(',
      'bank.stop()',
      'bank_new.domains.reconnect_all()',
    ]);
    assert.ok(made.steps.some(({ text }) => text.includes('parameters.allow-for-unauthenticated-contract-ids = true')));
    const edits = made.steps.flatMap((step) => step.edits).map(({ newText }) => newText);
    assert.match(edits.join('\n'), /enable-testing-commands = true/);
    assert.doesNotMatch(code, /require\(false/);
  });

  it('registers the keys of a domain manager before it bootstraps the domain', async () => {
    const code = codeOf(await planOf(DISTRIBUTED, 'register-keys', 'domain-managers.dm', AWS));
    assertOrder(code, [
      'dm.keys.secret.register_kms_signing_key(',
      'dm.topology.init_id(',
      'isRootDelegation = true',
      'domain_parameters_changes.authorize(',
      'dm.keys.secret.register_kms_signing_key(',
      'keyOwner = DomainTopologyManagerId(uid)',
      'dm.setup.bootstrap_domain(Seq(seq), Seq(med))',
      'dm.health.wait_for_initialized()',
    ]);
    assert.doesNotMatch(code, /mediator_domain_states/, 'bootstrap_domain does this');
  });

  it('announces the encryption key of a participant first, after its root delegation and id', async () => {
    const code = codeOf(await planOf(PLAIN, 'register-keys', 'participants.bank', AWS));
    assertOrder(code, [
      'isRootDelegation = true',
      'topology.init_id(',
      'key = encryptionKey.fingerprint',
      'key = signingKey.fingerprint',
    ]);
  });

  it('rotates the keys of sequencers and mediators with the domain manager before the name', async () => {
    const all = codeOf(await planOf(DISTRIBUTED, 'rotate-external-keys', 'mediators.med', {}));
    assert.match(all, /med\.keys\.secret\.rotate_node_keys\(dm\)/);
    const own = { fingerprint: OLD, 'new-key-id': 'alias/new' };
    const one = codeOf(await planOf(DISTRIBUTED, 'rotate-external-keys', 'sequencers.seq', own));
    assert.ok(one.includes(`seq.keys.secret.rotate_kms_node_key("${OLD}", "alias/new", dm, "seq-key-2")`));
    assert.doesNotMatch(`${all}${one}`, /(?:seq|med)\.topology\./, 'they have no topology manager');
  });

  it('names the domain manager as a gap where the launch set has none', async () => {
    const { steps } = await planOf(`canton.sequencers.seq { ${KMS} }`, 'rotate-external-keys', 'sequencers.seq', {});
    const lines = steps.flatMap(({ console }) => console);
    assert.ok(lines.includes('seq.keys.secret.rotate_node_keys(<domain manager>)'));
  });

  it('takes the domain manager from an answer, or from the remote nodes of the console', async () => {
    const text = `canton.sequencers.seq { ${KMS} }`;
    const remote = `canton.remote-domain-managers.far.admin-api { address = h, port = 5001 }`;
    for (const [config, options, name] of [
      [text, { 'set.domain-manager': 'mine' }, 'mine'],
      [`${text}\n${remote}`, {}, 'far'],
    ] as const) {
      const code = codeOf(await planOf(config, 'rotate-external-keys', 'sequencers.seq', options));
      assert.ok(code.includes(`seq.keys.secret.rotate_node_keys(${name})`));
      assert.doesNotMatch(code, /require\(false/);
    }
  });

  it('rotates the keys of all parts of a domain, and prunes two of them', async () => {
    const code = codeOf(await planOf(DOMAIN, 'rotate-external-keys', 'domains.dom', {}));
    assertOrder(code, ['dom.keys.secret.rotate_node_keys()', 'SequencerId(dom.id.uid)', 'MediatorId(dom.id.uid)']);
    const deletion = codeOf(await planOf(DOMAIN, 'delete-keys', 'domains.dom', { fingerprint: OLD }));
    assertOrder(deletion, ['dom.sequencer.pruning.prune_at(', 'dom.mediator.prune_at(', 'dom.keys.secret.delete(']);
  });

  it('names each new key of a plan for all keys by itself', async () => {
    const code = codeOf(await planOf(`canton.participants.p { ${KMS} }`, 'rotate-external-keys', 'participants.p', {}));
    assert.match(code, /noted\("newSigningKey"\)/);
    assert.match(code, /noted\("newEncryptionKey"\)/);
    assert.doesNotMatch(code, /noted\("newKey"\)/);
  });

  it('renews what an intermediate key signed before its delegation is revoked', async () => {
    const options = { 'set.key': 'intermediate-namespace', fingerprint: OLD };
    const code = codeOf(await planOf(DISTRIBUTED, 'rotate-external-keys', 'domain-managers.dm', options));
    assertOrder(code, [
      'authorize(TopologyChangeOp.Add',
      'dm.topology.all.renew(',
      'authorize(TopologyChangeOp.Remove',
    ]);
  });

  it('replaces an intermediate key only where the namespace is delegated to it', async () => {
    const options = { 'set.key': 'intermediate-namespace', fingerprint: OLD };
    const made = await planOf(DISTRIBUTED, 'rotate-external-keys', 'domain-managers.dm', options);
    const code = codeOf(made);
    assertOrder(code, [
      `check("the namespace is delegated to the old key")`,
      `.contains(Fingerprint.tryCreate("${OLD}"))`,
      'check("the old key is not the root namespace key, which cannot be rotated")',
      `dm.id.uid.namespace.fingerprint != Fingerprint.tryCreate("${OLD}")`,
      'val newKey = ',
    ]);
    assert.match(code, /if \(!\(noted\("newKey"\)\.isDefined\)\) check\("the namespace is delegated/);
    const wayBack =
      /^\/\/ if \(!\(.+\.contains\(.+\)\)\) dm\.topology\.namespace_delegations\.authorize\(TopologyChangeOp\.Add/m;
    assert.match(renderConsole(made), wayBack, 'a delegation that was not revoked is not added again');
    const first = { 'set.key': 'intermediate-namespace' };
    assert.doesNotMatch(
      codeOf(await planOf(DISTRIBUTED, 'rotate-external-keys', 'domain-managers.dm', first)),
      /the old key/,
    );
  });

  it('asks another node for the keys of all parts of a domain', async () => {
    for (const [procedure, options] of [
      ['rotate-external-keys', {}],
      ['delete-keys', { fingerprint: OLD }],
    ] as const) {
      const { steps } = await planOf(DOMAIN, procedure, 'domains.dom', options);
      const elsewhere = steps.flatMap(({ console }) => console).filter((line) => line.startsWith('<another node>'));
      assert.ok(elsewhere.length > 0);
      for (const line of elsewhere) assert.match(line, /\.list_owners\(filterKeyOwnerUid = dom\.id\.filterString\)/);
    }
  });

  it('says why nothing has to be pruned for a key that was never announced', async () => {
    const code = codeOf(await planOf(DOMAIN, 'delete-keys', 'domains.dom', { fingerprint: OLD }));
    assertOrder(code, ['if it was never announced, nothing has to be pruned', '.nonEmpty)', 'val removed = ', '.max']);
  });

  it('speaks of connections, pruning, usages and encryption keys only for the nodes that have them', async () => {
    const textOf = ({ warnings, steps, rollback }: Plan) =>
      [...warnings, ...[...steps, ...rollback].flatMap(({ text, console }) => [text, ...console])].join('\n');
    const manager = textOf(await planOf(DISTRIBUTED, 'rotate-external-keys', 'domain-managers.dm', {}));
    assert.doesNotMatch(manager, /pruned|all its domains|all domains/);
    const own = { 'set.key': 'signing', 'new-key-id': 'alias/s2' };
    const domain = textOf(await planOf(DOMAIN, 'rotate-external-keys', 'domains.dom', own));
    assert.match(domain, /derived from the tests of 2\.10/);
    assert.doesNotMatch(domain, /connected to all|Canton created|which are created/);
    for (const [text, node] of [
      [DOMAIN, 'domains.dom'],
      [DISTRIBUTED, 'domain-managers.dm'],
    ] as const) {
      const deletion = textOf(await planOf(text, 'delete-keys', node, { fingerprint: OLD }));
      assert.doesNotMatch(deletion, /register_kms_encryption_key|usage/);
    }
    const restored = textOf(await planOf(DISTRIBUTED, 'restore-keys', 'sequencers.seq', {}));
    assert.doesNotMatch(restored, /first line for|authentication key|Its identity|usage/);
  });
});
