import { scalaString } from '../console/text';
import type { Facts } from '../facts';
import type { Step } from '../plan';
import { step } from '../steps';
import { asFingerprint } from './existing-keys';

/** Step 0 for the signing keys; a new key is announced by the old node, or rotated in after the migration. */
export function replaceSigningKeys(facts: Facts, provider: string): Step[] {
  const { ref, target } = facts;
  const generate = (value: string, suffix: string, usage: string) =>
    `val ${value} = ${ref}.keys.secret.generate_signing_key(name = ${scalaString(`${target.name}-${suffix}-p256`)}, usage = SigningKeyUsage.${usage}, keySpec = Some(SigningKeySpec.EcP256))`;
  const which = provider === 'aws' ? 'AWS cannot hold Ed25519 keys.' : 'Only where the KMS cannot hold their kind.';
  return replaceKeys(facts, {
    what: 'signing keys',
    why: `Sequencer authentication and protocol signing. ${which} Leave out those that fit already.`,
    make: [
      generate('authKey', 'sequencer-auth', 'SequencerAuthenticationOnly'),
      generate('signKey', 'signing', 'ProtocolOnly'),
    ],
    values: ['authKey', 'signKey'],
    purpose: 'Signing',
    after: 'They stay in the vault of the old node.',
  });
}

export function replaceEncryptionKey(facts: Facts, provider: string): Step[] {
  const { ref, target } = facts;
  const why =
    provider === 'driver'
      ? 'Not needed where the driver can hold the P-256 key for ECIES that a node has by default.'
      : 'AWS and Google Cloud cannot hold the ECIES key that a node has by default.';
  const name = scalaString(`${target.name}-encryption-rsa`);
  return replaceKeys(facts, {
    what: 'encryption key',
    why,
    make: [`val rsaKey = ${ref}.keys.secret.generate_encryption_key(${name}, Some(EncryptionKeySpec.Rsa2048))`],
    values: ['rsaKey'],
    purpose: 'Encryption',
    after: 'It stays on the old node, for messages that were encrypted for it.',
  });
}

interface Replacement {
  readonly what: string;
  readonly why: string;
  readonly make: readonly string[];
  readonly values: readonly string[];
  readonly purpose: 'Signing' | 'Encryption';
  readonly after: string;
}

/** With a backup between making and announcing (k3). */
function replaceKeys(facts: Facts, { what, why, make, values, purpose, after }: Replacement): Step[] {
  const { ref } = facts;
  const mappings = `${ref}.topology.owner_to_key_mappings`;
  const old = (value: string) => asFingerprint(facts, `"<fingerprint of the key that ${value} replaces>"`);
  return [
    step('console', `Replace the ${what}`, why, make),
    step('backup', 'Back up the database', 'Before anything new is announced.'),
    step('console', `Announce the new ${what}`, 'Repeat the last line until every synchronizer shows them.', [
      ...values.map((value) => `${mappings}.add_key(${value}.fingerprint, ${value}.purpose)`),
      `${mappings}.list(filterKeyOwnerUid = ${ref}.id.filterString).map(r => (r.context.storeId, r.item.keys.map(_.id)))`,
    ]),
    step(
      'console',
      `Take the old ${what} out of use`,
      after,
      values.map((value) => `${mappings}.remove_key(${old(value)}, KeyPurpose.${purpose})`),
    ),
  ];
}
