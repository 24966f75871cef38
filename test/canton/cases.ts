import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Bench, bootstrap, SYNCHRONIZER_URL } from './bench';
import { FAULTS } from './faults';
import { type Followed, follow, type Operator } from './follow';
import {
  actsAndHas,
  announcedKeys,
  aws,
  type Case,
  commonAnswer,
  connect,
  contract,
  created,
  ENVELOPE,
  EXTERNAL,
  exported,
  idFor,
  imported,
  P256,
  spareKeys,
  withImported,
} from './kit';
import { assertNoDrift, madeByScript } from './made-keys';
import { MOVES } from './moves';

type Plan = (procedure: string, ...args: readonly string[]) => Promise<Followed>;

function onNode(bench: Bench, operator: Operator = {}, node = 'participants.p1'): Plan {
  const asked: Operator = { answer: commonAnswer, ...operator };
  return (procedure, ...args) => follow(bench, [procedure, '--node', node, ...args], asked);
}

/** A participant `p1`, connected, with a party and a contract. */
async function connected(bench: Bench, crypto: string): Promise<void> {
  bench.configure(bench.participant('p1', crypto));
  await connect(bench);
}

const ROTATE = ['rotate-external-keys', '--existing'] as const;
const ROTATE_SIGNING = [...ROTATE, '--set', 'key=signing', '--set', 'pause=yes'] as const;

const envelope: Case['run'] = async (bench) => {
  await connected(bench, '');
  const plan = onNode(bench);
  await plan('enable-envelope', '--existing', ...aws());
  const rotated = await plan('rotate-wrapper-key');
  await rotated.back();
  const reverted = await plan('revert-envelope');
  await reverted.back();
  await plan('revert-envelope');
  await plan('revert-envelope');
  await actsAndHas(bench, 'p1', 1);
};

function inPlace(crypto: string, ...more: readonly string[]): Case['run'] {
  return async (bench) => {
    await connected(bench, crypto);
    const plan = onNode(bench, { answer: withImported(bench) });
    const moved = await plan('migrate-export-keys', '--existing', ...aws(), ...more);
    await actsAndHas(bench, 'p1', 1);
    await moved.back();
    await actsAndHas(bench, 'p1', 2);
  };
}

/** A node of a synchronizer, which runs with its participant `p2` in one process. */
async function onSynchronizer(bench: Bench, node: string, crypto: string): Promise<void> {
  bench.configure(bench.synchronizer({ [node.split('.')[1] ?? '']: crypto }) + bench.participant('p2', ''));
  await bench.script('bootstrap', `${bootstrap('s2', 'm2')}p2.synchronizers.connect_local(s2, "da")\n${PING}`);
}

const PING = 'require(p2.health.ping(p2.id, timeout = 2.minutes).toMillis > 0)\n';

function inPlaceOn(node: string, crypto: string, ...more: readonly string[]): Case['run'] {
  return async (bench) => {
    await onSynchronizer(bench, node, crypto);
    const plan = onNode(bench, { answer: withImported(bench) }, node);
    await plan('migrate-export-keys', '--existing', ...aws(), ...more);
    await bench.script('ping', PING);
    await plan('rotate-external-keys', '--existing');
    await bench.script('ping', PING);
  };
}

/** An operator who makes spare keys and imports them, into a new KMS as well where its region is given. */
function withSpares(bench: Bench, region?: string): Operator {
  let keys: ReadonlyMap<string, string> = new Map();
  let newKeys: ReadonlyMap<string, string> = new Map();
  return {
    byHand: async ({ title, text }) => {
      if (title !== 'Create spare keys outside the KMS') return;
      const made = await exported(bench, spareKeys(text));
      keys = await imported(made);
      if (region !== undefined) newKeys = await imported(made, region);
    },
    answer: (what) => idFor(what.startsWith('new ') ? newKeys : keys, what),
  };
}

function leave(provider: readonly string[], region?: string): Case['run'] {
  return async (bench) => {
    await connected(bench, EXTERNAL);
    await onNode(bench, withSpares(bench, region))('change-provider', '--existing', ...provider);
    await actsAndHas(bench, 'p1', 1);
  };
}

function leaveOn(node: string): Case['run'] {
  return async (bench) => {
    await onSynchronizer(bench, node, EXTERNAL);
    await onNode(bench, withSpares(bench), node)('change-provider', '--existing', '--provider', 'none');
    await bench.script('ping', PING);
  };
}

/** Continues with transactions until one after the last key change can be pruned. */
const UNTIL_PRUNABLE = `val changed = p1.topology.owner_to_key_mappings.list(filterKeyOwnerUid = p1.id.filterString).map(_.context.validFrom).max
utils.retry_until_true(timeout = 10.minutes) { p1.health.ping(p1.id, timeout = 2.minutes); Thread.sleep(5000); p1.pruning.find_safe_offset(changed).isDefined }
`;

interface Sender {
  /** Ends it, and checks that `p1` has received everything. */
  readonly finish: () => Promise<void>;
}

/** Another participant, which creates contracts for a party of `p1` without a pause until it is told to finish. */
async function sending(bench: Bench): Promise<Sender> {
  const enabled = await bench.script(
    'receiver',
    'println("PARTY " + p1.parties.enable("receiver").toProtoPrimitive)\n',
  );
  const [, party = ''] = /^PARTY (\S+)$/m.exec(enabled) ?? [];
  const receiver = `val receiver = PartyId.tryFromProtoPrimitive("${party}")\n`;
  writeFileSync(join(bench.folder, 'sender.conf'), bench.counterpart('sender'));
  const sender = bench.beside(
    'sender',
    // One command at a time, so that a slow machine does not have more and more of them under way. Not with admin parties,
    // whose participants would answer and archive.
    `sender.synchronizers.connect("da", "${SYNCHRONIZER_URL}")
${receiver}val own = sender.parties.enable("own")
utils.retry_until_true(timeout = 2.minutes) { sender.parties.list(filterParty = receiver.filterString).nonEmpty }
var sent = 0
while (!better.files.File("finish").exists) {
  // Canton gives up what takes too long on a slow machine.
  scala.util.Try(${contract('sender', 'own', 'receiver').trim()})
  sent += 1
  if (sent == 20) better.files.File("sending").overwrite("")
}
${contract('sender', 'own', 'receiver')}better.files.File("sent").overwrite(sender.ledger_api.state.acs.of_party(own, limit = PositiveInt.tryCreate(1000000)).size.toString)
`,
    'sender.conf',
  );
  for (let i = 0; i < 600 && !existsSync(join(bench.folder, 'sending')); i++) await sleep(1000);
  assert.ok(existsSync(join(bench.folder, 'sending')), 'the sender did not start');
  return {
    finish: async () => {
      writeFileSync(join(bench.folder, 'finish'), '');
      assert.equal(await sender.ended, 0, 'the sender failed');
      const sent = Number(readFileSync(join(bench.folder, 'sent'), 'utf8'));
      await bench.script(
        'received',
        `${receiver}utils.retry_until_true(timeout = 10.minutes) { p1.ledger_api.state.acs.of_party(receiver, limit = PositiveInt.tryCreate(1000000)).size == ${sent} }\n`,
      );
    },
  };
}

const P256_ROOT = ['--set', 'namespace-key-spec=ec-p-256'];

export const CASES: readonly Case[] = [
  { name: 'envelope', isShort: true, run: envelope },
  { name: 'in-place', isShort: true, run: inPlace(P256, ...P256_ROOT) },
  { name: 'in-place-ed25519', since: '3.5', run: inPlace('') },
  { name: 'in-place-from-envelope', run: inPlace(`${P256}, ${ENVELOPE}`, ...P256_ROOT) },
  { name: 'in-place-mediator', run: inPlaceOn('mediators.m2', P256, ...P256_ROOT) },
  { name: 'in-place-mediator-ed25519', since: '3.5', run: inPlaceOn('mediators.m2', '') },
  { name: 'in-place-sequencer', run: inPlaceOn('sequencers.s2', P256, ...P256_ROOT) },
  { name: 'in-place-sequencer-ed25519', since: '3.5', run: inPlaceOn('sequencers.s2', '') },
  {
    name: 'rotate-external-keys',
    async run(bench) {
      await connected(bench, EXTERNAL);
      await onNode(bench)(...ROTATE);
      const before = await announcedKeys(bench);
      const once = await onNode(bench)(...ROTATE_SIGNING, '--fingerprint', before.get('signing') ?? '');
      await once.back();
      assert.equal((await announcedKeys(bench)).get('signing'), before.get('signing'));
      await actsAndHas(bench, 'p1', 1);
    },
  },
  {
    name: 'rotate-interrupted',
    async run(bench) {
      await connected(bench, EXTERNAL);
      // The state in which `rotate_node_key` gives up on a participant that is behind.
      const output = await bench.script(
        'gives-up',
        `val mine = p1.topology.owner_to_key_mappings.list(store = Some(TopologyStoreId.Authorized), filterKeyOwnerUid = p1.id.filterString).flatMap(_.item.keys).filter(_.purpose == KeyPurpose.Signing)
better.files.File("rotate-external-keys-participants.p1.notes").appendLine("signingKeys = " + mine.map(_.id.unwrap).mkString(","))
val added = p1.keys.secret.generate_signing_key(name = "added", usage = SigningKeyUsage.ProtocolOnly)
p1.topology.owner_to_key_mappings.add_key(added.fingerprint, KeyPurpose.Signing)
println("ADDED " + added.id.unwrap)
`,
      );
      const before = await announcedKeys(bench);
      await onNode(bench)(...ROTATE);
      const after = await announcedKeys(bench);
      assert.equal(after.get('signing'), /^ADDED (\S+)$/m.exec(output)?.[1]);
      assert.notEqual(after.get('sequencer-auth'), before.get('sequencer-auth'));
      assert.equal(after.size, 3);
      await actsAndHas(bench, 'p1', 1);
    },
  },
  {
    name: 'rotate-busy',
    async run(bench) {
      await connected(bench, EXTERNAL);
      const sender = await sending(bench);
      const byHand: Operator['byHand'] = async ({ title }) => {
        if (title.startsWith('Wait before')) await sleep(60_000);
      };
      await onNode(bench, { byHand })(...ROTATE);
      await sender.finish();
      await actsAndHas(bench, 'p1', 1);
    },
  },
  {
    name: 'rotate-node-keys',
    async run(bench) {
      await connected(bench, ENVELOPE);
      for (const key of ['signing', 'encryption']) await onNode(bench)(...ROTATE, '--set', `key=${key}`);
      await actsAndHas(bench, 'p1', 1);
    },
  },
  {
    name: 'rotate-intermediate-key',
    async run(bench) {
      await connected(bench, EXTERNAL);
      await onNode(bench)(...ROTATE, '--set', 'key=intermediate-namespace');
      await actsAndHas(bench, 'p1', 1);
    },
  },
  {
    name: 'enable-external',
    async run(bench) {
      bench.configure(bench.participant('p1', ''));
      const plan = onNode(bench);
      await plan('enable-external', '--new', ...aws());
      const before = await announcedKeys(bench);
      await plan(...ROTATE_SIGNING);
      await plan('delete-keys', '--fingerprint', before.get('signing') ?? '');
    },
  },
  {
    name: 'delete-keys',
    async run(bench) {
      bench.configure(bench.participant('p1', EXTERNAL, 'init.ledger-api.max-deduplication-duration = 1s'));
      await connect(bench);
      const plan = onNode(bench);
      const before = await announcedKeys(bench);
      await plan(...ROTATE_SIGNING);
      await bench.script('wait', UNTIL_PRUNABLE);
      const { outputs } = await plan('delete-keys', '--fingerprint', before.get('signing') ?? '');
      assert.match(outputs.join(), /^ +pruned up to offset \d+$/m);
      await actsAndHas(bench, 'p1', 1);
    },
  },
  {
    name: 'register-keys',
    async run(bench) {
      bench.configure(bench.participant('p1', ''));
      const answer = (what: string) =>
        commonAnswer(what) ?? created(what === 'KMS key ID of the encryption key' ? 'encryption' : 'signing');
      await onNode(bench, { answer })('register-keys', '--new', ...aws());
    },
  },
  {
    name: 'made-keys',
    isShort: true,
    async run(bench) {
      bench.configure(bench.participant('p1', ''));
      const ids = madeByScript(bench);
      const given = [...ids].flatMap(([role, id]) => ['--set', `${role}-key-id=${id}`]);
      const { outputs } = await onNode(bench)('register-keys', '--new', ...aws(), ...given);
      await assertNoDrift(bench, ids, outputs.join('\n'));
    },
  },
  {
    name: 'session-signing-keys',
    async run(bench) {
      await connected(bench, EXTERNAL);
      const enabled = await onNode(bench)('enable-session-signing-keys', '--existing');
      await enabled.back();
      await actsAndHas(bench, 'p1', 1);
    },
  },
  {
    name: 'restore-keys',
    async run(bench) {
      await connected(bench, EXTERNAL);
      const plan = onNode(bench);
      await plan(...ROTATE_SIGNING);
      bench.backUp('first');
      await plan(...ROTATE);
      await plan(...ROTATE_SIGNING);
      bench.restore('first');
      await plan('restore-keys', '--existing');
      await plan(...ROTATE_SIGNING);
      await actsAndHas(bench, 'p1', 1);
    },
  },
  { name: 'leave-external', run: leave(['--provider', 'none']) },
  { name: 'leave-external-mediator', run: leaveOn('mediators.m2') },
  { name: 'leave-external-sequencer', run: leaveOn('sequencers.s2') },
  { name: 'change-region', run: leave(aws('eu-west-1'), 'eu-west-1') },
  {
    name: 'wrapper-key-lost',
    async run(bench) {
      await connected(bench, ENVELOPE);
      const plan = onNode(bench, {
        byHand: async ({ title }) => {
          if (title === 'Move the encrypted rows to another table')
            await bench.sql('p1', 'delete from common_crypto_private_keys');
        },
      });
      await plan('revert-envelope', '--existing', '--set', 'wrapper-key=lost');
      await actsAndHas(bench, 'p1', 1);
    },
  },
  ...MOVES,
  ...FAULTS,
];
