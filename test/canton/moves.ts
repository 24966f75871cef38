import assert from 'node:assert/strict';
import { type Bench, SYNCHRONIZER_URL } from './bench';
import { follow, type Operator } from './follow';
import { actsAndHas, aws, type Case, commonAnswer, connect, created, imported, P256 } from './kit';

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
      const role = /^KMS id of the (.+) key$/.exec(what)?.[1];
      assert.ok(role !== undefined, what);
      if (!isImported(role)) return created(role);
      keys ??= await imported(bench);
      return keys.get(role);
    },
  };
}

export const MOVES: readonly Case[] = [
  {
    name: 'new-identifier',
    async run(bench) {
      bench.configure(bench.participant('p1', P256));
      connect(bench);
      const operator = withNewNode(bench, (role) => role === 'namespace');
      await follow(
        bench,
        [
          'migrate-export-keys',
          '--node',
          'participants.p1',
          '--existing',
          ...aws(),
          '--set',
          'way=new-identifier',
          '--set',
          'namespace-key-spec=ec-p-256',
        ],
        operator,
      );
      actsAndHas(bench, 'p1_new', 1);
    },
  },
  {
    name: 'same-identifier',
    async run(bench) {
      bench.configure(bench.participant('p1', P256));
      connect(bench);
      const operator = withNewNode(bench, () => true);
      await follow(
        bench,
        [
          'migrate-export-keys',
          '--node',
          'participants.p1',
          '--existing',
          ...aws(),
          '--set',
          'way=same-identifier',
          '--set',
          'namespace-key-spec=ec-p-256',
        ],
        operator,
      );
    },
  },
  {
    name: 'transfer-parties',
    async run(bench) {
      bench.configure(bench.participant('p1', P256));
      connect(bench);
      assert.ok(SYNCHRONIZER_URL);
      await follow(
        bench,
        ['migrate-transfer-assets', '--node', 'participants.p1', '--existing', ...aws(), '--set', 'way=parties'],
        withNewNode(bench, () => false),
      );
    },
  },
];
