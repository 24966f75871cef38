import assert from 'node:assert/strict';
import type { Bench } from './run';

/** A procedure on a participant of its own, from its first start on. */
export interface Case {
  readonly name: string;
  /** The `crypto` section at the beginning; `KMS` stands for the emulated one. */
  readonly crypto: string;
  run(context: Context): Promise<void>;
}

export interface Context {
  readonly bench: Bench;
  readonly node: string;
  /** Of the synchronizer. */
  readonly url: string;
  /** Options with the settings of the emulated KMS. */
  readonly kmsSettings: readonly string[];
  follow(args: readonly string[], answers?: (what: string) => string | Promise<string>): Promise<void>;
}

const P256 =
  'signing { algorithms.default = ec-dsa-sha-256, keys.default = ec-p-256 }, encryption { algorithms.default = rsa-oaep-sha-256, keys.default = rsa-2048 }';

function connect({ bench, node, url }: Context): void {
  bench.script(
    'connect',
    `${node}.synchronizers.connect("da", "${url}")\nprintln("ping " + ${node}.health.ping(${node}.id, timeout = 2.minutes))\n`,
  );
}

/** The private keys that the plan had exported, as the KMS takes them. */
async function imported({ bench }: Context): Promise<ReadonlyMap<string, string>> {
  const output = bench.script(
    'convert',
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
    const made = await bench.kms('CreateKey', {
      KeySpec: isEncryption ? 'RSA_2048' : 'ECC_NIST_P256',
      KeyUsage: isEncryption ? 'ENCRYPT_DECRYPT' : 'SIGN_VERIFY',
    });
    const id = (made as { KeyMetadata: { KeyId: string } }).KeyMetadata.KeyId;
    await bench.kms('TestImport', { KeyId: id, Pkcs8: pkcs8 });
    const role = isEncryption ? 'encryption' : (purpose.split('+').find((one) => one !== 'proof-of-ownership') ?? '');
    ids.set(role, id);
  }
  return ids;
}

const idOf = (keys: ReadonlyMap<string, string>) => (what: string) => {
  const role = /^KMS id of the (\S+) key$/.exec(what)?.[1] ?? '';
  const id = keys.get(role === 'intermediate' ? 'namespace' : role);
  assert.ok(id, what);
  return id;
};

export const CASES: readonly Case[] = [
  {
    name: 'enable-envelope',
    crypto: '',
    async run(context) {
      connect(context);
      const { bench, node, kmsSettings, follow } = context;
      const id = ['--node', `participants.${node}`];
      await follow(['enable-envelope', ...id, '--existing', '--provider', 'aws', ...kmsSettings]);
      await follow(['rotate-wrapper-key', ...id]);
      await follow(['revert-envelope', ...id]);
      await follow(['revert-envelope', ...id]);
      assert.ok(bench.outputs.every((output) => !output.includes('FAIL ')));
    },
  },
  {
    name: 'rotate-external-keys',
    crypto: 'provider = kms, KMS',
    async run(context) {
      connect(context);
      await context.follow(['rotate-external-keys', '--node', `participants.${context.node}`, '--existing']);
    },
  },
  {
    name: 'in-place',
    crypto: P256,
    async run(context) {
      connect(context);
      const { node, kmsSettings, follow } = context;
      let keys: ReadonlyMap<string, string> | undefined;
      await follow(
        [
          'migrate-export-keys',
          '--node',
          `participants.${node}`,
          '--existing',
          '--provider',
          'aws',
          ...kmsSettings,
          '--set',
          'namespace-key-spec=ec-p-256',
        ],
        async (what) => {
          keys ??= await imported(context);
          return idOf(keys)(what);
        },
      );
    },
  },
];
