import assert from 'node:assert/strict';
import { type Bench, KMS_URL, kms, SYNCHRONIZER_URL } from './bench';
import { type Followed, follow, type Operator } from './follow';

/** Procedures on nodes of their own, from their first start on. */
export interface Case {
  readonly name: string;
  /** It belongs to the selection that fits into ten minutes. */
  readonly isShort?: boolean;
  run(bench: Bench): Promise<void>;
}

const KMS = `kms { type = aws, region = us-east-1, endpoint-override = "${KMS_URL}" }`;
const EXTERNAL = `provider = kms, ${KMS}`;
const P256 =
  'signing { algorithms.default = ec-dsa-sha-256, keys.default = ec-p-256 }, encryption { algorithms.default = rsa-oaep-sha-256, keys.default = rsa-2048 }';
const AWS = ['--provider', 'aws', '--set', 'region=us-east-1', '--set', `endpoint-override=${KMS_URL}`];
const P1 = ['--node', 'participants.p1'];

function connect(bench: Bench, node = 'p1'): void {
  bench.script(
    'connect',
    `${node}.synchronizers.connect("da", "${SYNCHRONIZER_URL}")
require(${node}.health.ping(${node}.id, timeout = 2.minutes).toMillis > 0)
${node}.parties.enable("alice")
`,
  );
}

function onNode(bench: Bench, operator: Operator = {}): (...args: string[]) => Promise<Followed> {
  return (procedure, ...args) => follow(bench, [procedure as string, ...P1, ...args], operator);
}

/** The private keys that a plan had exported, as the KMS takes them; the id of each by its role. */
async function imported(bench: Bench): Promise<ReadonlyMap<string, string>> {
  const output = bench.idle(
    `import com.digitalasset.canton.crypto._
better.files.File(".").list.filter(_.name.endsWith(".key")).foreach { file =>
  val pair = CryptoKeyPair.fromTrustedByteString(com.google.protobuf.ByteString.copyFrom(file.byteArray)).fold(e => sys.error(e.toString), identity)
  val (key, purpose) = pair.privateKey match { case EncryptionPrivateKey(_, _, key, _) => (key, "encryption"); case SigningPrivateKey(_, _, key, _, usage) => (key, usage.map(_.toString).mkString("+")) }
  println("EXPORT " + purpose + " " + java.util.Base64.getEncoder.encodeToString(key.toByteArray))
}
`,
  );
  const ids = new Map<string, string>();
  for (const [, purpose = '', pkcs8 = ''] of output.matchAll(/^EXPORT (\S+) (\S+)$/gm)) {
    const isEncryption = purpose === 'encryption';
    const id = await created(isEncryption);
    await kms('TestImport', { KeyId: id, Pkcs8: pkcs8 });
    ids.set(isEncryption ? 'encryption' : roleOf(purpose), id);
  }
  return ids;
}

function roleOf(usages: string): string {
  return usages.split('+').find((one) => one !== 'proof-of-ownership') ?? '';
}

async function created(isEncryption: boolean): Promise<string> {
  const made = await kms('CreateKey', {
    KeySpec: isEncryption ? 'RSA_2048' : 'ECC_NIST_P256',
    KeyUsage: isEncryption ? 'ENCRYPT_DECRYPT' : 'SIGN_VERIFY',
  });
  return (made as { KeyMetadata: { KeyId: string } }).KeyMetadata.KeyId;
}

/** Answers with the ids of imported keys, which are read when the first is asked for. */
function withImported(bench: Bench): (what: string) => Promise<string> {
  let keys: ReadonlyMap<string, string> | undefined;
  return async (what) => {
    keys ??= await imported(bench);
    return idOf(keys, /^KMS id of the (\S+) key$/, what);
  };
}

function idOf(keys: ReadonlyMap<string, string>, question: RegExp, what: string): string {
  const role = question.exec(what)?.[1] ?? '';
  const id = keys.get(role === 'intermediate' ? 'namespace' : role);
  assert.ok(id, what);
  return id;
}

/** The announced keys of a participant, as it knows them itself, by their role. */
function announcedKeys(bench: Bench): ReadonlyMap<string, string> {
  const output = bench.script(
    'announced',
    `p1.topology.owner_to_key_mappings.list(store = Some(TopologyStoreId.Authorized), filterKeyOwnerUid = p1.id.filterString).flatMap(_.item.keys).foreach(k => println("ANNOUNCED " + (k match { case s: SigningPublicKey => s.usage.map(_.toString).mkString("+"); case _ => "encryption" }) + " " + k.id.unwrap))
`,
  );
  return new Map(
    [...output.matchAll(/^ANNOUNCED (\S+) (\S+)$/gm)].map(([, usage = '', id = '']) => [
      usage === 'encryption' ? usage : roleOf(usage),
      id,
    ]),
  );
}

/** Files with keys that are made outside, as the plan has the operator make them, and imported into the KMS. */
async function spares(bench: Bench, text: string): Promise<ReadonlyMap<string, string>> {
  const [, code = ''] = /```scala\n([\s\S]*?)```/.exec(text) ?? [];
  bench.idle(code.replaceAll('<throwaway node>', 'idle'));
  return imported(bench);
}

export const CASES: readonly Case[] = [
  {
    name: 'envelope',
    isShort: true,
    async run(bench) {
      bench.configure(bench.participant('p1', ''));
      connect(bench);
      const plan = onNode(bench);
      await plan('enable-envelope', '--existing', ...AWS);
      await plan('rotate-wrapper-key');
      await plan('revert-envelope');
      await plan('revert-envelope');
    },
  },
  {
    name: 'in-place',
    isShort: true,
    async run(bench) {
      bench.configure(bench.participant('p1', P256));
      connect(bench);
      const plan = onNode(bench, { answer: withImported(bench) });
      await plan('migrate-export-keys', '--existing', ...AWS, '--set', 'namespace-key-spec=ec-p-256');
    },
  },
  {
    name: 'in-place-ed25519',
    async run(bench) {
      bench.configure(bench.participant('p1', ''));
      connect(bench);
      const plan = onNode(bench, { answer: withImported(bench) });
      await plan('migrate-export-keys', '--existing', ...AWS);
      const rotation = onNode(bench, { isKilled: true });
      await rotation('rotate-external-keys', '--existing');
    },
  },
  {
    name: 'external-keys',
    async run(bench) {
      bench.configure(bench.participant('p1', ''));
      const plan = onNode(bench, {
        answer: (what) => (what === 'alias' ? 'da' : SYNCHRONIZER_URL),
      });
      await plan('enable-external', '--new', ...AWS);
      const before = announcedKeys(bench);
      await plan('rotate-external-keys', '--existing');
      await plan('rotate-external-keys', '--existing', '--set', 'key=signing', '--set', 'pause=yes');
      await plan('delete-keys', '--fingerprint', before.get('signing') ?? '');
    },
  },
  {
    name: 'restore-keys',
    async run(bench) {
      bench.configure(bench.participant('p1', EXTERNAL));
      connect(bench);
      const plan = onNode(bench);
      await plan('rotate-external-keys', '--existing');
      bench.backUp('first');
      await plan('rotate-external-keys', '--existing');
      await plan('rotate-external-keys', '--existing', '--set', 'key=signing', '--set', 'pause=yes');
      bench.restore('first');
      await plan('restore-keys', '--existing');
      await plan('rotate-external-keys', '--existing', '--set', 'key=signing', '--set', 'pause=yes');
    },
  },
  {
    name: 'leave-external',
    async run(bench) {
      bench.configure(bench.participant('p1', EXTERNAL));
      connect(bench);
      let keys: ReadonlyMap<string, string> = new Map();
      const plan = onNode(bench, {
        byHand: async ({ title, text }) => {
          if (title === 'Make spare keys outside') keys = await spares(bench, text);
        },
        answer: (what) => idOf(keys, /^KMS id of the spare (\S+) key$/, what),
      });
      await plan('change-provider', '--existing', '--provider', 'none');
    },
  },
  {
    name: 'wrapper-key-lost',
    async run(bench) {
      bench.configure(bench.participant('p1', `${KMS}, private-key-store.encryption.type = kms`));
      connect(bench);
      const plan = onNode(bench, {
        byHand: ({ title }) => {
          if (title === 'Set the rows aside') bench.sql('p1', 'delete from common_crypto_private_keys');
        },
      });
      await plan('revert-envelope', '--existing', '--set', 'wrapper-key=lost');
    },
  },
];
