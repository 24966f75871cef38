import assert from 'node:assert/strict';
import type { CantonVersion } from '../../schemas/version';
import { type Bench, KMS_URL, kms, SYNCHRONIZER_URL } from './bench';

/** Procedures on nodes of their own, from their first start on. */
export interface Case {
  readonly name: string;
  /** True if it belongs to the selection that takes at most ten minutes. */
  readonly isShort?: boolean;
  /** The first version on which the plan is possible. On older ones it must be refused. */
  readonly since?: CantonVersion;
  run(bench: Bench): Promise<void>;
}

const KMS = `kms { type = aws, region = us-east-1, endpoint-override = "${KMS_URL}" }`;
/** The initial `crypto` sections. */
export const EXTERNAL = `provider = kms, ${KMS}`;
export const ENVELOPE = `${KMS}, private-key-store.encryption.type = kms`;
export const P256 =
  'signing { algorithms.default = ec-dsa-sha-256, keys.default = ec-p-256 }, encryption { algorithms.default = rsa-oaep-sha-256, keys.default = rsa-2048 }';

/** Options of a plan that writes the settings of the emulated KMS. */
export function aws(region = 'us-east-1'): readonly string[] {
  return ['--provider', 'aws', '--set', `region=${region}`, '--set', `endpoint-override=${KMS_URL}`];
}

/**
 * The contracts that stay on the ledger: they use the ping of the admin workflows, so no further packages are needed.
 */
export function contract(node: string, party: string, observer = party): string {
  return `${node}.ledger_api.javaapi.commands.submit(Seq(${party}), scala.jdk.CollectionConverters.ListHasAsScala(new com.digitalasset.canton.participant.admin.workflows.java.canton.internal.ping.Ping("one", ${party}.toProtoPrimitive, ${observer}.toProtoPrimitive).create.commands).asScala.toSeq)
`;
}

/** The first connection of `p1`, with a party and a contract of it. */
export async function connect(bench: Bench): Promise<void> {
  await bench.script(
    'connect',
    `p1.synchronizers.connect("da", "${SYNCHRONIZER_URL}")
require(p1.health.ping(p1.id, timeout = 2.minutes).toMillis > 0)
val alice = p1.parties.enable("alice")
${contract('p1', 'alice')}`,
  );
}

/** Scala: the party of `connect`, on the node that has it now. */
export function alice(node: string): string {
  return `val alice = ${node}.parties.hosted().map(_.party).find(_.toProtoPrimitive.startsWith("alice::")).getOrElse(sys.error("alice is gone"))
`;
}

/** The number of contracts of the party `alice` on a participant, where it can still act. */
export async function actsAndHas(bench: Bench, node: string, contracts: number): Promise<void> {
  await bench.script(
    'alice',
    `${alice(node)}utils.retry_until_true(timeout = 2.minutes) { ${node}.synchronizers.list_connected().nonEmpty }
${contract(node, 'alice')}require(${node}.ledger_api.state.acs.of_party(alice).size == ${contracts + 1}, "contracts are missing")
`,
  );
}

interface Exported {
  readonly role: string;
  readonly pkcs8: string;
}

/**
 * The exported private keys in the folder of a case, as the KMS takes them.
 * @param code what is run before in the same process
 */
export async function exported(bench: Bench, code = ''): Promise<readonly Exported[]> {
  const output = await bench.idle(
    `${code}import com.digitalasset.canton.crypto._
better.files.File(".").list.filter(_.name.endsWith(".key")).foreach { file =>
  val pair = CryptoKeyPair.fromTrustedByteString(com.google.protobuf.ByteString.copyFrom(file.byteArray)).fold(e => sys.error(e.toString), identity)
  val (key, purpose) = pair.privateKey match { case EncryptionPrivateKey(_, _, key, _) => (key, "encryption"); case SigningPrivateKey(_, _, key, _, usage) => (key, usage.map(_.toString).mkString("+")) }
  println("EXPORT " + purpose + " " + java.util.Base64.getEncoder.encodeToString(key.toByteArray))
}
`,
  );
  return [...output.matchAll(/^EXPORT (\S+) (\S+)$/gm)].map(([, purpose = '', pkcs8 = '']) => ({
    role: roleOf(purpose),
    pkcs8,
  }));
}

/** The ids of imported keys by their role. */
export async function imported(keys: readonly Exported[], region?: string): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>();
  for (const { role, pkcs8 } of keys) {
    const id = await created(role, region);
    await kms('TestImport', { KeyId: id, Pkcs8: pkcs8 }, region);
    ids.set(role, id);
  }
  return ids;
}

/** The role of a key, from its usages as the console prints them. */
function roleOf(usages: string): string {
  return usages.split('+').find((one) => one !== 'proof-of-ownership') ?? '';
}

/** A key in the KMS of the kind that a role needs. */
export async function created(role: string, region = 'us-east-1'): Promise<string> {
  const isEncryption = role === 'encryption';
  const made = await kms(
    'CreateKey',
    {
      KeySpec: isEncryption ? 'RSA_2048' : 'ECC_NIST_P256',
      KeyUsage: isEncryption ? 'ENCRYPT_DECRYPT' : 'SIGN_VERIFY',
    },
    region,
  );
  return (made as { KeyMetadata: { KeyId: string } }).KeyMetadata.KeyId;
}

/** The placeholders that every plan contains. */
export function commonAnswer(what: string): string | undefined {
  if (/^alias\b/.test(what)) return 'da';
  return what === 'URL of the synchronizer' ? SYNCHRONIZER_URL : undefined;
}

/** Answers with the ids of imported keys, which are read when the first is requested. */
export function withImported(bench: Bench): (what: string) => Promise<string | undefined> {
  let keys: ReadonlyMap<string, string> | undefined;
  return async (what) => {
    const common = commonAnswer(what);
    if (common !== undefined) return common;
    keys ??= await imported(await exported(bench));
    return idFor(keys, what);
  };
}

/** The ID that a question is about. */
export function idFor(keys: ReadonlyMap<string, string>, what: string): string {
  const role = /^(?:new )?KMS key ID of the (?:spare )?(.+) key$/.exec(what)?.[1] ?? '';
  const id = keys.get(role === 'intermediate' ? 'namespace' : role);
  assert.ok(id, what);
  return id;
}

/** The announced keys of `p1`, as it knows them itself, by their role. */
export async function announcedKeys(bench: Bench): Promise<ReadonlyMap<string, string>> {
  const output = await bench.script(
    'announced',
    `p1.topology.owner_to_key_mappings.list(store = Some(TopologyStoreId.Authorized), filterKeyOwnerUid = p1.id.filterString).flatMap(_.item.keys).foreach(k => println("ANNOUNCED " + (k match { case s: SigningPublicKey => s.usage.map(_.toString).mkString("+"); case _ => "encryption" }) + " " + k.id.unwrap))
`,
  );
  return new Map(
    [...output.matchAll(/^ANNOUNCED (\S+) (\S+)$/gm)].map(([, usage = '', id = '']) => [roleOf(usage), id]),
  );
}

/** The code that creates keys outside the KMS, which the text of a step has. */
export function spareKeys(text: string): string {
  const [, code = ''] = /```scala\n([\s\S]*?)```/.exec(text) ?? [];
  return code.replaceAll('<throwaway node>', 'idle');
}
