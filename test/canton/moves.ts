import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Bench, bootstrap } from './bench';
import { follow, type Operator } from './follow';
import {
  actsAndHas,
  alice,
  aws,
  type Case,
  commonAnswer,
  connect,
  contract,
  created,
  exported,
  imported,
  P256,
} from './kit';

const P1 = ['--node', 'participants.p1', '--existing'];

/** An operator who writes the configuration of the new node, and answers with imported keys or new ones. */
function withNewNode(bench: Bench, isImported: (role: string) => boolean): Operator {
  let keys: ReadonlyMap<string, string> | undefined;
  return {
    byHand: ({ title, text }) => {
      const [, hocon = ''] = /```hocon\n([\s\S]*?)```/.exec(text) ?? [];
      if (title === 'Write the configuration of the new node') bench.addNode('p1_new', hocon);
    },
    answer: async (what) => {
      const common = commonAnswer(what);
      if (common !== undefined) return common;
      const role = /^KMS key ID of the (.+) key$/.exec(what)?.[1];
      assert.ok(role !== undefined, what);
      if (!isImported(role)) return created(role);
      keys ??= await imported(await exported(bench));
      return keys.get(role);
    },
  };
}

function migrate(bench: Bench, way: string, operator: Operator) {
  const options = ['--set', `way=${way}`, ...(way === 'delegation' ? [] : ['--set', 'namespace-key-spec=ec-p-256'])];
  return follow(bench, ['migrate-export-keys', ...P1, ...aws(), ...options], operator);
}

/** Takes the section of a node out of the configuration, as its operator does. */
function remove(bench: Bench, section: string): void {
  const file = join(bench.folder, bench.conf);
  const text = readFileSync(file, 'utf8');
  assert.ok(text.includes(section), 'the node is as it was written');
  writeFileSync(file, text.replace(section, ''));
}

/** A party with its own key, which `p1` holds, and with a contract that it sees. */
const EXTERNAL_PARTY = `val key = p1.keys.secret.generate_signing_key("ext", SigningKeyUsage.NamespaceOnly)
val namespace = Namespace(key.fingerprint)
val syncId = p1.synchronizers.id_of("da")
p1.topology.namespace_delegations.propose_delegation(namespace, key, CanSignAllMappings, store = syncId)
val ext = PartyId(UniqueIdentifier.tryCreate("ext", namespace))
p1.topology.party_to_participant_mappings.propose(party = ext, newParticipants = Seq(p1.id -> ParticipantPermission.Confirmation), store = syncId, signedBy = Seq(key.fingerprint, p1.namespace.fingerprint))
${alice('p1')}utils.retry_until_true(timeout = 2.minutes) { p1.parties.list(filterParty = ext.filterString).nonEmpty }
${contract('p1', 'alice', 'ext')}println("PARTY " + ext.toProtoPrimitive)
`;

async function partyOf(bench: Bench, code: string): Promise<string> {
  return /^PARTY (\S+)$/m.exec(await bench.script('party', code))?.[1] ?? assert.fail('there is no party');
}

/** A party and its only contract go to a new node; where the plan asks for the signature of the party, `p1` has its key. */
async function transfer(bench: Bench, party: string): Promise<void> {
  const operator = withNewNode(bench, () => false);
  await follow(bench, ['migrate-transfer-assets', ...P1, ...aws(), '--set', 'way=parties'], {
    answer: (what) => (what === 'party' ? party : operator.answer?.(what)),
    byHand: async (one) => {
      await operator.byHand?.(one);
      if (one.title !== 'The party signs' || party.startsWith('alice::')) return;
      const [, code = ''] = /```scala\n([\s\S]*?)```/.exec(one.text) ?? [];
      const signing = code
        .replaceAll('<holder>', 'p1')
        .replaceAll('<party>', party)
        .replaceAll('<alias of the synchronizer>', 'da')
        .replaceAll('<fingerprint of the key of the party>', party.split('::')[1] ?? '');
      await bench.script('sign', signing);
    },
  });
  await bench.script(
    'moved',
    `require(p1_new.ledger_api.state.acs.of_party(PartyId.tryFromProtoPrimitive("${party}")).size == 1, "contracts are missing")\n`,
  );
}

export const MOVES: readonly Case[] = [
  {
    name: 'new-identifier',
    async run(bench) {
      bench.configure(bench.participant('p1', P256));
      await connect(bench);
      await migrate(
        bench,
        'new-identifier',
        withNewNode(bench, (role) => role === 'namespace'),
      );
      await actsAndHas(bench, 'p1_new', 1);
    },
  },
  {
    name: 'same-identifier',
    async run(bench) {
      const old = bench.participant('p1', P256);
      bench.configure(old);
      await connect(bench);
      await migrate(
        bench,
        'same-identifier',
        withNewNode(bench, () => true),
      );
      remove(bench, old);
      await actsAndHas(bench, 'p1_new', 1);
    },
  },
  {
    name: 'delegation',
    async run(bench) {
      bench.configure(bench.participant('p1', P256) + bench.synchronizer());
      await connect(bench);
      await bench.script('bootstrap', bootstrap('s2', 'm2', 'db'));
      const operator = withNewNode(bench, () => false);
      await migrate(bench, 'delegation', {
        ...operator,
        answer: (what) => {
          if (what === 'alias of the new synchronizer') return 'db';
          return what === 'URL of the new synchronizer' ? bench.url : operator.answer?.(what);
        },
      });
      await actsAndHas(bench, 'p1_new', 1);
    },
  },
  {
    name: 'transfer-parties',
    async run(bench) {
      bench.configure(bench.participant('p1', P256));
      await connect(bench);
      await transfer(bench, await partyOf(bench, EXTERNAL_PARTY));
    },
  },
  {
    name: 'transfer-local-party',
    async run(bench) {
      bench.configure(bench.participant('p1', P256));
      await connect(bench);
      await transfer(bench, await partyOf(bench, `${alice('p1')}println("PARTY " + alice.toProtoPrimitive)\n`));
      await actsAndHas(bench, 'p1_new', 1);
    },
  },
];
