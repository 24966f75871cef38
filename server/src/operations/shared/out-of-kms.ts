import { keysOfAlgorithm } from '../../../../schemas/schemes';
import type { ConfigChange } from '../../edits/edit-config';
import { markdownFence } from '../../text/encoders/markdown';
import { scalaString } from '../../text/encoders/scala';
import { allThere, announcedHere, announcedKeys, announcedOnce, listVault, liveness, reconnect } from '../console';
import { type Facts, onlyAlgorithm } from '../facts';
import type { Step } from '../plan';
import type { Outcome } from '../procedure';
import { type ConsoleLine, condition, editSteps, noFileToChange, restart, step } from '../steps';
import { type Carried, carried, INTERMEDIATE, importKeys, secondRestart, survival } from './in-place';
import type { KmsSettings } from './provider';
import { kmsReady } from './requirements';
import { announced, FINISH, finishRotation, SPECS } from './rotate-node-keys';
import { evidence, SHOWN_WITH } from './shown';
import { catchUp, waitForMessages, waitForOrderer } from './waits';

/**
 * Moves a node out of its KMS, or to another one. Keys never leave a KMS, so the node is rotated to keys that exist
 * outside, and keeps those.
 * @param settings of the new KMS; undefined: no KMS
 */
export function moveOut(facts: Facts, settings: KmsSettings | undefined): Outcome {
  const { target } = facts;
  const crypto = [...target.path, 'crypto'];
  const edit = editSteps(
    facts,
    settings === undefined ? 'Remove the KMS from the configuration' : 'Switch to the new KMS',
    'The database and the identity do not change.',
    settings === undefined
      ? [
          { kind: 'remove', path: [...crypto, 'provider'], otherwise: 'jce' },
          { kind: 'remove', path: [...crypto, 'kms'], otherwise: null },
          ...oneAlgorithm(facts),
          ...survival(facts),
        ]
      : [{ kind: 'replace', path: [...crypto, 'kms'], value: settings.section }, ...survival(facts)],
  );
  if (edit === undefined) return noFileToChange(facts);
  const keys = carried(facts, INTERMEDIATE);
  const kind = facts.kind === 'participant' ? '' : `-${facts.kind}`;
  const shown = `${settings === undefined ? 'leave-external' : 'change-region'}${kind}`;
  return {
    warnings: [
      `This procedure is not in Digital Asset's documentation. ${evidence(
        facts,
        shown,
        [target.kmsType, settings?.provider].find((type) => type !== SHOWN_WITH),
      )} Rehearse it on a test network, back up, and ask Digital Asset for support.`,
      'Keep the root namespace key in the current KMS, or the permission to sign with it: only this key can revoke or renew delegations.',
      ...(settings === undefined ? ['The keys will be in plaintext in the database and in its backups.'] : []),
      'The spare keys are temporarily in files in plaintext. Destroy the files afterwards, except for one encrypted offline copy.',
    ],
    steps: [
      step(
        'confirm',
        'The procedure was rehearsed',
        'The whole plan succeeded on a test network with the same versions.',
      ),
      ...(settings === undefined
        ? []
        : kmsReady(facts, settings.provider, { mode: 'external', creates: false }, 'The new KMS is ready')),
      spareKeys(facts, keys),
      step(
        'external',
        'Import the spare keys into the current KMS',
        `${importKeys(target.kmsType ?? '', 'Import all of them.').text}${settings === undefined ? '' : ' Import them into the new KMS as well, and note their IDs there.'}`,
      ),
      ...rotateToSpares(facts),
      ...waitForOrderer(facts),
      step('verify', 'The node works with the spare keys', 'Their fingerprints are those of the exported files.', [
        listVault(facts),
        announcedKeys(facts),
        ...liveness(facts),
      ]),
      step(
        'backup',
        'Back up the database',
        'Together with the former configuration, this backup allows you to go back.',
      ),
      ...edit.forward,
      restart(
        facts,
        'An error of `MissingKeysAlerter` for each announced key that is not present in the private crypto store is expected.',
        settings === undefined ? 'clear' : 'external',
      ),
      ...(settings === undefined ? [uploads(facts, keys)] : registerAnew(facts, keys)),
      ...(facts.kind === 'participant'
        ? [step('console', 'Reconnect', 'Run this once for all synchronizers.', reconnect(facts))]
        : []),
      ...secondRestart(facts),
      step('verify', 'Verify', 'Every announced key is in the vault.', [
        listVault(facts),
        announcedKeys(facts),
        ...liveness(facts),
      ]),
      step(
        'confirm',
        'Rotate the keys afterwards',
        'Plan `rotate-external-keys`, to replace the spare keys with keys that were never in a file.',
      ),
    ],
    rollback: [
      ...edit.back,
      restart(facts, 'Possible as long as no key was rotated, and no key was deleted in the KMS.'),
    ],
  };
}

/** The key spec of the spare signing keys: one that the node can sign with while it has the KMS. */
function spareSpec(facts: Facts): string {
  return keysOfAlgorithm(onlyAlgorithm(facts, 'kms'))[0] ?? 'ec-p-256';
}

/** Without a KMS, a node signs with Ed25519 by default. */
function oneAlgorithm(facts: Facts): ConfigChange[] {
  const only = onlyAlgorithm(facts, 'kms');
  if (only === undefined) return [];
  const value = { algorithms: { default: only }, keys: { default: spareSpec(facts) } };
  return [{ kind: 'set', path: [...facts.target.path, 'crypto', 'signing'], value }];
}

/** The file of a spare key. */
const fileOf = ({ role }: Carried) => scalaString(`spare-${role}.key`);

/** Keys never leave a KMS, and a node with a KMS creates none outside it, so another Canton process creates them. */
function spareKeys(facts: Facts, keys: readonly Carried[]): Step {
  const spare = '<throwaway node>';
  const lines = keys.flatMap((key) => {
    const made =
      key.usage === undefined
        ? `${spare}.keys.secret.generate_encryption_key("spare-${key.role}", Some(EncryptionKeySpec.Rsa2048))`
        : `${spare}.keys.secret.generate_signing_key(name = "spare-${key.role}", usage = ${key.usage}, keySpec = Some(${SPECS[spareSpec(facts)]?.scala}))`;
    return `${spare}.keys.secret.download_to(${made}.id, ${fileOf(key)})`;
  });
  return step(
    'external',
    'Create spare keys outside the KMS',
    `Use any other Canton without a KMS; a temporary node in memory is sufficient. Store the files in the folder of the scripts.\n\n${markdownFence('scala', lines.join('\n'))}`,
  );
}

/** The announced signing keys with a usage. */
function announcedFor(facts: Facts, usage: string): string {
  return `${announcedHere(facts)}.collect { case s: SigningPublicKey if s.usage.contains(SigningKeyUsage.${usage}) => s.id.unwrap }`;
}

function rotateToSpares(facts: Facts): Step[] {
  const { ref, target } = facts;
  const name = (role: string) => scalaString(`${target.name}-${role}-spare`);
  const mappings = `${ref}.topology.owner_to_key_mappings`;
  const rotate = (role: string, value: string, usage: string): ConsoleLine[] => [
    { code: `val ${value} = ${announcedFor(facts, usage)}`, value: 'texts' },
    `${announcedFor(facts, usage)}.filter(${value}.contains).foreach(id => finishRotation(id, ${value}).getOrElse(${ref}.keys.secret.rotate_kms_node_key(id, "<KMS key ID of the spare ${role} key>", ${name(role)})))`,
  ];
  const encryption =
    facts.kind === 'participant'
      ? [
          step(
            'console',
            'Announce the spare encryption key',
            'Repeat the last line until every store shows the key.',
            [
              {
                code: `val oldKeys = ${announced(facts, 'Encryption')}.map(_.id.unwrap)`,
                value: 'texts',
              },
              {
                code: `val encryptionKey = ${ref}.keys.secret.register_kms_encryption_key("<KMS key ID of the spare encryption key>", name = ${name('encryption')})`,
                value: 'encryption-key',
              },
              {
                code: `${mappings}.add_key(encryptionKey.fingerprint, KeyPurpose.Encryption)`,
                done: `${announcedHere(facts)}.exists(_.id == encryptionKey.id)`,
              },
              announcedOnce(facts, 'r.item.keys.exists(_.id == encryptionKey.id)'),
            ],
          ),
          waitForMessages(facts),
          step('console', 'Take the old encryption key out of use', '', [
            condition(
              'the spare encryption key is announced in every store',
              `${mappings}.list(filterKeyOwnerUid = ${ref}.id.filterString).forall(_.item.keys.exists(_.id == encryptionKey.id))`,
            ),
            `${announced(facts, 'Encryption')}.filter(k => oldKeys.contains(k.id.unwrap)).foreach(k => ${mappings}.remove_key(k.id, k.purpose))`,
            announcedOnce(facts, '!r.item.keys.exists(k => oldKeys.contains(k.id.unwrap))'),
          ]),
        ]
      : [];
  return [
    ...catchUp(facts),
    step(
      'console',
      'Delegate to the spare namespace key',
      'The root key in the KMS signs this. With `CanSignAllMappings`, the new key can delegate to other keys without it.',
      [
        {
          code: `val intermediateKey = ${ref}.keys.secret.register_kms_signing_key("<KMS key ID of the spare intermediate key>", SigningKeyUsage.NamespaceOnly, name = ${name('intermediate')})`,
          value: 'signing-key',
        },
        {
          code: `${ref}.topology.namespace_delegations.propose_delegation(${ref}.namespace, intermediateKey, CanSignAllMappings)`,
          done: `${ref}.topology.namespace_delegations.list(store = TopologyStoreId.Authorized, filterTargetKey = Some(intermediateKey.fingerprint)).nonEmpty`,
        },
      ],
    ),
    step('console', 'Rotate to the spare signing keys', `Each rotation takes about 20 seconds. ${FINISH}`, [
      finishRotation(facts),
      ...rotate('sequencer-auth', 'oldAuthKeys', 'SequencerAuthentication'),
      ...rotate('signing', 'oldSigningKeys', 'Protocol'),
      condition(
        'the old signing keys are replaced',
        `!${announcedHere(facts)}.exists(k => (oldAuthKeys ++ oldSigningKeys).contains(k.id.unwrap))`,
      ),
    ]),
    ...encryption,
  ];
}

function uploads(facts: Facts, keys: readonly Carried[]): Step {
  const { ref } = facts;
  const lines = keys.map((key): ConsoleLine => {
    const name = scalaString(`${facts.target.name}-${key.role}-spare`);
    return {
      code: `${ref}.keys.secret.upload_from(${fileOf(key)}, Some(${name}))`,
      done: `${ref}.keys.secret.list().exists(_.name.exists(_.unwrap == ${name}))`,
    };
  });
  return step(
    'console',
    'Upload the spare keys',
    'Upload the files in the folder of the script in this order, with the sequencer authentication key last.',
    [...lines, allThere(facts)],
  );
}

/** Registering a key that is known under another ID is silently ignored, so its row must be removed first. */
function registerAnew(facts: Facts, keys: readonly Carried[]): Step[] {
  const { ref, target } = facts;
  const idOf = ({ role }: Carried) => `"<new KMS key ID of the spare ${role} key>"`;
  const register = keys.map((key) => {
    const name = `name = ${scalaString(`${target.name}-${key.role}-spare`)}`;
    return key.usage === undefined
      ? `${ref}.keys.secret.register_kms_encryption_key(${idOf(key)}, ${name})`
      : `${ref}.keys.secret.register_kms_signing_key(${idOf(key)}, ${key.usage}, ${name})`;
  });
  const known = `${ref}.keys.secret.list().filter(k => k.name.exists(_.unwrap.endsWith("-spare")) && !k.kmsKeyId.exists(id => newIds.contains(id.unwrap)))`;
  return [
    step(
      'external',
      'The new KMS contains none of the old IDs',
      'Look for each ID of `keys.secret.list()` in the new KMS. If it contains one, stop: the next step would schedule the deletion of that key.',
    ),
    step(
      'console',
      'Remove the old IDs',
      'Remove the old IDs of the spare keys while the new KMS is configured. Each deletion fails because the new KMS does not find the key, but the row is removed. With the old KMS still configured, this would delete the real key: the first line, which registers a key under its new ID, would fail there. Under the new KMS it changes nothing yet, because the node keeps the ID that it has.',
      [
        ...register.slice(0, 1),
        { code: `val newIds = Seq(${keys.map(idOf).join(', ')})`, value: 'query' },
        `${known}.foreach(k => scala.util.Try(${ref}.keys.secret.delete(k.id, force = true)))`,
        condition('the old IDs of the spare keys are removed', `${known}.isEmpty`),
      ],
    ),
    step(
      'console',
      'Register the spare keys in the new KMS',
      'Keep this order, with the sequencer authentication key last.',
      [...register, allThere(facts)],
    ),
  ];
}
