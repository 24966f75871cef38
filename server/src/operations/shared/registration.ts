import { announcedKeys, listVault } from '../console/lines';
import { scalaString, stringOr } from '../console/text';
import { type Facts, is2x, option } from '../facts';
import type { Step } from '../plan';
import { ask, type Question } from '../question';
import { step } from '../steps';

interface NodeKey {
  /** The option with its KMS id. */
  readonly option: string;
  readonly value: string;
  readonly what: string;
  /** What Canton appends to the name of the node when it makes the key itself. */
  readonly suffix: string;
  /** Undefined for the encryption key. */
  readonly usage?: string;
}

/** Keys that every node has (`TopologyManagementHelper.scala` 3.3 to main). */
const NAMESPACE: NodeKey = {
  option: 'namespace-key-id',
  value: 'namespaceKey',
  what: 'namespace key',
  suffix: 'namespace',
  usage: 'SigningKeyUsage.NamespaceOnly',
};
const AUTHENTICATION: NodeKey = {
  option: 'sequencer-auth-key-id',
  value: 'sequencerAuthKey',
  what: 'sequencer authentication key',
  suffix: 'sequencer-auth',
  usage: 'SigningKeyUsage.SequencerAuthenticationOnly',
};
const SIGNING: NodeKey = {
  option: 'signing-key-id',
  value: 'signingKey',
  what: 'protocol signing key',
  suffix: 'signing',
  usage: 'SigningKeyUsage.ProtocolOnly',
};
const ENCRYPTION: NodeKey = {
  option: 'encryption-key-id',
  value: 'encryptionKey',
  what: 'encryption key',
  suffix: 'encryption',
};

/** Settings with the ids of keys. */
export const KEY_IDS: readonly string[] = [NAMESPACE, AUTHENTICATION, SIGNING, ENCRYPTION].map((key) => key.option);

export function idQuestions(facts: Facts): readonly Question[] {
  return keysOf(facts).map((key) =>
    ask(`set.${key.option}`, `KMS id of the ${key.what}, or empty: fill it in later`, '', true),
  );
}

/** 2.x has no key for sequencer authentication, and namespace keys for the nodes that it initialises only. */
function keysOf(facts: Facts): readonly NodeKey[] {
  const encryption = facts.kind === 'participant' ? [ENCRYPTION] : [];
  if (!is2x(facts)) return [NAMESPACE, AUTHENTICATION, SIGNING, ...encryption];
  return hasIdentity(facts) ? [NAMESPACE, SIGNING, ...encryption] : [SIGNING];
}

function hasIdentity({ kind }: Facts): boolean {
  return kind !== 'sequencer' && kind !== 'mediator';
}

/**
 * Registers the keys and initialises the identity.
 * @param ref the node in the console, `name` in its configuration
 * @param identifier the name in its identity, by default that of the configuration
 */
export function registration(facts: Facts, ref: string, name: string, identifier: string = scalaString(name)): Step[] {
  const keys = keysOf(facts);
  const register = step(
    'console',
    'Register the keys',
    'Under the names that Canton itself would give them, so that they can be registered again after a restore.',
    [
      ...(is2x(facts) ? [] : [`${ref}.health.wait_for_ready_for_id()`]),
      ...keys.map((key) => registerLine(facts, ref, name, key)),
    ],
  );
  const check = step(
    'verify',
    'The keys are registered',
    `It lists ${keys.length} ${keys.length === 1 ? 'key' : 'keys'}.`,
    [listVault(facts, ref)],
  );
  if (is2x(facts)) return [register, check, ...(hasIdentity(facts) ? [identity2x(facts, ref, identifier, keys)] : [])];
  const others = keys.slice(1).map((key) => key.value);
  return [
    register,
    check,
    step(
      'console',
      'Initialise the identity',
      'The namespace key delegates to itself, and the other keys are announced together. A key that the node may not sign with fails here.',
      [
        'val namespace = Namespace(namespaceKey.id)',
        `${ref}.topology.init_id_from_uid(UniqueIdentifier.tryCreate(${identifier}, namespace))`,
        `${ref}.health.wait_for_ready_for_node_topology()`,
        `${ref}.topology.namespace_delegations.propose_delegation(namespace, namespaceKey, CanSignAllMappings)`,
        `${ref}.topology.owner_to_key_mappings.add_keys(Seq(${others.join(', ')}).map(k => (k.fingerprint, k.purpose)))`,
        `${ref}.health.${facts.kind === 'participant' ? 'wait_for_initialized' : 'wait_for_ready_for_initialization'}()`,
      ],
    ),
    step('verify', 'The identity is announced', `It lists the ${others.length} keys beside the namespace key.`, [
      announcedKeys({ ...facts, ref }),
    ]),
  ];
}

function registerLine(
  facts: Facts,
  ref: string,
  name: string,
  { option: from, value, what, suffix, usage }: NodeKey,
): string {
  const id = stringOr(option(facts, `set.${from}`) ?? option(facts, from), `KMS id of the ${what}`);
  const named = `name = ${scalaString(`${name}-${suffix}`)}`;
  if (usage === undefined) return `val ${value} = ${ref}.keys.secret.register_kms_encryption_key(${id}, ${named})`;
  const args = is2x(facts) ? `${id}, ${named}` : `${id}, ${usage}, ${named}`;
  return `val ${value} = ${ref}.keys.secret.register_kms_signing_key(${args})`;
}

/** The order is that of the 2.10 documentation; the script that it shows is not public. */
function identity2x(facts: Facts, ref: string, identifier: string, keys: readonly NodeKey[]): Step {
  const mappings = `${ref}.topology.owner_to_key_mappings.authorize(TopologyChangeOp.Add, ${ref}.id`;
  const lines = keys
    .slice(1)
    .map(
      (key) =>
        `${mappings}, ${key.value}.fingerprint, KeyPurpose.${key.usage === undefined ? 'Encryption' : 'Signing'})`,
    );
  return step(
    'console',
    'Initialise the identity',
    `Reconstructed from the signatures of 2.10: the script of the documentation is not public. Try it on a test system first.${facts.kind === 'domain manager' ? ' Then bootstrap the domain with `setup.bootstrap_domain`.' : ''}`,
    [
      `${ref}.topology.init_id(Identifier.tryCreate(${identifier}), namespaceKey.fingerprint)`,
      `${ref}.topology.namespace_delegations.authorize(TopologyChangeOp.Add, namespaceKey.fingerprint, namespaceKey.fingerprint, isRootDelegation = true)`,
      ...lines,
    ],
  );
}
