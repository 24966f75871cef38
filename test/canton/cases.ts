import { type Bench, bootstrap } from './bench';
import { type Followed, follow, type Operator } from './follow';
import {
  actsAndHas,
  announcedKeys,
  aws,
  type Case,
  commonAnswer,
  connect,
  created,
  ENVELOPE,
  EXTERNAL,
  idFor,
  imported,
  makeSpares,
  P256,
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
function connected(bench: Bench, crypto: string): void {
  bench.configure(bench.participant('p1', crypto));
  connect(bench);
}

const ROTATE = ['rotate-external-keys', '--existing'] as const;
const ROTATE_SIGNING = [...ROTATE, '--set', 'key=signing', '--set', 'pause=yes'] as const;

function envelope(isKilled: boolean): Case['run'] {
  return async (bench) => {
    connected(bench, '');
    const plan = onNode(bench, { isKilled });
    await plan('enable-envelope', '--existing', ...aws());
    const rotated = await plan('rotate-wrapper-key');
    await rotated.back();
    const reverted = await plan('revert-envelope');
    await reverted.back();
    await plan('revert-envelope');
    await plan('revert-envelope');
    actsAndHas(bench, 'p1', 1);
  };
}

function inPlace(crypto: string, isKilled: boolean, ...more: readonly string[]): Case['run'] {
  return async (bench) => {
    connected(bench, crypto);
    const plan = onNode(bench, { answer: withImported(bench), isKilled });
    const moved = await plan('migrate-export-keys', '--existing', ...aws(), ...more);
    actsAndHas(bench, 'p1', 1);
    await moved.back();
    actsAndHas(bench, 'p1', 2);
  };
}

/** The same for a node of a synchronizer, which runs with its participant in one process. */
function inPlaceOn(node: string, crypto: string): Case['run'] {
  return async (bench) => {
    bench.configure(bench.synchronizer({ [node.split('.')[1] ?? '']: crypto }) + bench.participant('p2', ''));
    bench.script(
      'bootstrap',
      `${bootstrap('s2', 'm2')}p2.synchronizers.connect_local(s2, "da")\nrequire(p2.health.ping(p2.id, timeout = 2.minutes).toMillis > 0)\n`,
    );
    const plan = onNode(bench, { answer: withImported(bench) }, node);
    await plan('migrate-export-keys', '--existing', ...aws(), '--set', 'namespace-key-spec=ec-p-256');
    bench.script('ping', 'require(p2.health.ping(p2.id, timeout = 2.minutes).toMillis > 0)\n');
    await plan('rotate-external-keys', '--existing');
    bench.script('ping', 'require(p2.health.ping(p2.id, timeout = 2.minutes).toMillis > 0)\n');
  };
}

function leave(provider: readonly string[], ...regions: readonly string[]): Case['run'] {
  return async (bench) => {
    connected(bench, EXTERNAL);
    let keys: ReadonlyMap<string, string> = new Map();
    let newKeys: ReadonlyMap<string, string> = new Map();
    const plan = onNode(bench, {
      byHand: async ({ title, text }) => {
        if (title !== 'Create spare keys outside the KMS') return;
        makeSpares(bench, text);
        keys = await imported(bench);
        if (regions.length > 0) newKeys = await imported(bench, ...regions);
      },
      answer: (what) => idFor(what.startsWith('new ') ? newKeys : keys, what),
    });
    await plan('change-provider', '--existing', ...provider);
    actsAndHas(bench, 'p1', 1);
  };
}

const P256_ROOT = ['--set', 'namespace-key-spec=ec-p-256'];

export const CASES: readonly Case[] = [
  { name: 'envelope', isShort: true, run: envelope(false) },
  { name: 'envelope-killed', run: envelope(true) },
  { name: 'in-place', isShort: true, run: inPlace(P256, false, ...P256_ROOT) },
  { name: 'in-place-killed', run: inPlace(P256, true, ...P256_ROOT) },
  { name: 'in-place-ed25519', run: inPlace('', false) },
  { name: 'in-place-mediator', run: inPlaceOn('mediators.m2', P256) },
  { name: 'in-place-sequencer', run: inPlaceOn('sequencers.s2', P256) },
  {
    name: 'in-place-from-envelope',
    async run(bench) {
      await inPlace(`${P256}, ${ENVELOPE}`, false, ...P256_ROOT)(bench);
    },
  },
  {
    name: 'rotate-external-keys',
    async run(bench) {
      connected(bench, EXTERNAL);
      await onNode(bench, { isKilled: true })(...ROTATE);
      actsAndHas(bench, 'p1', 1);
    },
  },
  {
    name: 'rotate-node-keys',
    async run(bench) {
      connected(bench, ENVELOPE);
      for (const key of ['signing', 'encryption']) await onNode(bench)(...ROTATE, '--set', `key=${key}`);
      actsAndHas(bench, 'p1', 1);
    },
  },
  {
    name: 'rotate-intermediate-key',
    async run(bench) {
      connected(bench, EXTERNAL);
      await onNode(bench)(...ROTATE, '--set', 'key=intermediate-namespace');
      actsAndHas(bench, 'p1', 1);
    },
  },
  {
    name: 'enable-external',
    async run(bench) {
      bench.configure(bench.participant('p1', ''));
      const plan = onNode(bench);
      await plan('enable-external', '--new', ...aws());
      const before = announcedKeys(bench);
      await plan(...ROTATE_SIGNING);
      await plan('delete-keys', '--fingerprint', before.get('signing') ?? '');
    },
  },
  {
    name: 'register-keys',
    async run(bench) {
      bench.configure(bench.participant('p1', ''));
      const answer = (what: string) =>
        commonAnswer(what) ?? created(what === 'KMS key ID of the encryption key' ? 'encryption' : 'signing');
      await onNode(bench, { answer, isKilled: true })('register-keys', '--new', ...aws());
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
      assertNoDrift(bench, ids, outputs.join('\n'));
    },
  },
  {
    name: 'session-signing-keys',
    async run(bench) {
      connected(bench, EXTERNAL);
      const enabled = await onNode(bench)('enable-session-signing-keys', '--existing');
      await enabled.back();
      actsAndHas(bench, 'p1', 1);
    },
  },
  {
    name: 'restore-keys',
    async run(bench) {
      connected(bench, EXTERNAL);
      const plan = onNode(bench);
      await plan(...ROTATE_SIGNING);
      bench.backUp('first');
      await plan(...ROTATE);
      await plan(...ROTATE_SIGNING);
      bench.restore('first');
      await plan('restore-keys', '--existing');
      await plan(...ROTATE_SIGNING);
      actsAndHas(bench, 'p1', 1);
    },
  },
  { name: 'leave-external', run: leave(['--provider', 'none']) },
  { name: 'change-region', run: leave(aws('eu-west-1'), 'eu-west-1') },
  {
    name: 'wrapper-key-lost',
    async run(bench) {
      connected(bench, ENVELOPE);
      const plan = onNode(bench, {
        byHand: ({ title }) => {
          if (title === 'Move the encrypted rows to another table')
            bench.sql('p1', 'delete from common_crypto_private_keys');
        },
      });
      await plan('revert-envelope', '--existing', '--set', 'wrapper-key=lost');
      actsAndHas(bench, 'p1', 1);
    },
  },
  ...MOVES,
];
