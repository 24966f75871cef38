import type { KnownFailure } from './known-failure';

/** Failures of a running node about its keys: missing keys, commands on keys, and the traces of both in a connection. */

export const RUNNING_FAILURES: readonly KnownFailure[] = [
  {
    id: 'keys/removed-too-early',
    pattern: /(?:Can't decrypt the randomness[\s\S]{0,1500}?)?MissingParticipantKey\((?<member>PAR::[^)\s]*)/,
    cause:
      'A message was encrypted for a key that was no longer announced when the message was sequenced: the old encryption key was removed too early.',
    remedy:
      'Skip the message as planned by `canton-kms plan repair-skipped-message`. No key that is registered now helps.',
    source: 'EncryptedViewMessage.scala 3.5, seen on a running node',
  },
  {
    id: 'keys/decryption-key-missing',
    pattern:
      /Can't decrypt the randomness[\s\S]{0,1500}?FailedToReadKey\(\s*keyId = (?<key>[^,]+),\s*reason = matching private key does not exist/,
    cause: 'The node has no private key {key}, which a message was encrypted for.',
    remedy: 'Register or upload that key under its old name, and reconnect.',
    keys: ['crypto.provider', 'crypto'],
    source: 'EncryptedViewMessage.scala 3.5, seen on a running node',
  },
  {
    id: 'keys/missing',
    pattern:
      /the key (?<key>\S+) for (?<purpose>signing|encryption) is associated with this (?:participant|sequencer|mediator)? ?node, but this key is not present in the private crypto store/,
    cause:
      'The node announces keys that it does not have: its crypto settings were changed, or its database was restored.',
    remedy: 'Put the former configuration back, or register each missing key with its ID, name and usage.',
    keys: ['crypto.provider', 'crypto.private-key-store', 'crypto'],
    source: 'MissingKeysAlerter.scala 3.5, seen on a running node',
  },
  {
    id: 'keys/no-authentication-key',
    pattern: /NoKeysWithCorrectUsageRegistered\((?<member>[^,]+),Set\((?<usage>[^)]*)\)/,
    cause: "The node has no key of the usage '{usage}' that it announces, so it cannot authenticate.",
    remedy: 'Register or upload that key, then reconnect.',
    keys: ['crypto.provider', 'crypto'],
    source: 'SyncCryptoApiParticipantProvider.scala 3.5, seen on a running node',
  },
  {
    id: 'keys/key-not-available',
    pattern:
      /KeyNotAvailable\(\s*owner = (?<member>[^,]+),\s*key purpose = (?<purpose>\w+),[\s\S]{0,200}?candidates = (?<key>[^)\s]*)/,
    cause: 'The node has none of the {purpose} keys that were announced at the time of an event: {key}.',
    remedy: 'Register or upload every key that was announced since the backup, also those of the past, and reconnect.',
    keys: ['crypto.provider', 'crypto'],
    source: 'SyncCryptoApiParticipantProvider.scala 3.5, seen on a running node',
  },
  {
    id: 'keys/kms-id-conflict',
    pattern:
      /Existing fingerprint (?<key>\S+) has existing kms_key_id (?<old>\S+) but we are trying to insert (?<new>\S+)|Tried to insert \S+ but (?<stored>\S+) already exists with the same fingerprint/,
    cause: 'The key is registered already under another ID of the KMS.',
    remedy: 'Use the first ID, or delete the registration first as planned by `canton-kms plan change-provider`.',
    source: 'DbKmsMetadataStore.scala:98 3.3 and 3.4, :103 3.5, :104 3.6; InMemoryKmsMetadataStore.scala:39, 45, 46',
  },
  {
    id: 'keys/public-key-conflict',
    pattern: /Existing public key for (?<key>\S+) is different than inserted key/,
    cause: 'The public key {key} is stored already, with other contents, such as another name.',
    remedy: 'Register or upload the key under its old name.',
    source: 'DbCryptoPublicStore.scala:74 3.3 to 3.5, :73 3.6',
  },
  {
    id: 'keys/registering-needs-kms',
    pattern:
      /The private crypto API in use is not backed by a KMS|The crypto private store is not set as an external KMS crypto private store/,
    cause: 'A key of the KMS was registered, but the provider of the node is not the KMS.',
    remedy: "Set 'provider = kms' and restart, then register the key.",
    keys: ['crypto.provider', 'crypto'],
    source: 'GrpcVaultService.scala:279 3.5, :359 3.6; KmsCryptoPrivateStore.scala:184 3.3 and 3.4',
  },
  {
    id: 'keys/no-envelope',
    pattern: /NO_ENCRYPTED_PRIVATE_KEY_STORE_ERROR\(\d+,[^)]*\)|Node is not running an encrypted private store/,
    cause: 'The command is for envelope encryption, which this node does not have.',
    remedy: "Leave the command out, or configure 'private-key-store.encryption' first.",
    keys: ['crypto.private-key-store', 'crypto'],
    source: 'GrpcVaultService.scala:720 3.3, :734 3.4, :737 3.5, :849 3.6',
  },
  {
    id: 'keys/wrapper-key-in-use',
    pattern:
      /WRAPPER_KEY_ALREADY_IN_USE_ERROR\(\d+,[^)]*\)|Wrapper key id \[(?<key>[^\]]*)\] selected for rotation is already being used|wrapper key id for rotation is already in use/,
    cause: 'The rotation names the wrapper key that is in use.',
    remedy: 'Name another key, or none, so that Canton makes one.',
    source: 'GrpcVaultService.scala:661 3.3, :675 3.4, :678 3.5, :790 3.6',
  },
  {
    id: 'keys/wrapper-key-not-found',
    pattern:
      /WRAPPER_KEY_NOT_EXIST_ERROR\(\d+,[^)]*\)|Wrapper key id \[(?<key>[^\]]*)\] selected for rotation does not match an existing KMS key id/,
    cause: 'The KMS has no key of the ID that the rotation names.',
    remedy: 'Correct the ID, or the region, account or key ring of the node.',
    keys: ['crypto.kms.region', 'crypto.kms.location-id', 'crypto.kms'],
    source: 'GrpcVaultService.scala:676 3.3, :690 3.4, :693 3.5, :805 3.6',
  },
  {
    id: 'keys/wrapper-key-disabled',
    pattern:
      /WRAPPER_KEY_DISABLED_OR_DELETED_ERROR\(\d+,[^)]*\)|Wrapper key id \[(?<key>[^\]]*)\] selected for rotation cannot be used/,
    cause: 'The key that the rotation names is disabled or scheduled for deletion.',
    remedy: 'Enable it, or name another key.',
    source: 'GrpcVaultService.scala:694 3.3, :708 3.4, :711 3.5, :823 3.6',
  },
  {
    id: 'keys/id-invalid',
    pattern:
      /INVALID_KMS_KEY_ID\(\d+,[^)]*\)|INVALID_WRAPPER_KEY_ID\(\d+,[^)]*\)|Invalid KMS key id: |Failed to deserialize KMS key id: |the wrapper key or KMS key ID cannot be an empty or blank string|empty or blank (?:KMS|wrapper) key ID/,
    cause: 'The ID of a key is empty or too long.',
    remedy: 'Give the ID as the KMS has it, of at most 300 characters.',
    keys: ['crypto.private-key-store.encryption.wrapper-key-id', 'crypto.kms'],
    source:
      'GrpcVaultService.scala:708 3.3, :722 3.4, :725 3.5, :837 3.6; Kms.scala:38 3.3 to 3.5, :43 3.6; PrivateKeyMetadata.scala:28 3.3 to 3.6',
  },
  {
    id: 'keys/export-from-kms',
    pattern: /The selected crypto provider does not support (?<what>exporting|importing) of private keys/,
    cause: 'Private keys of a node with external keys can be neither exported nor imported: they are in the KMS.',
    remedy: 'Register a key of the KMS instead, or leave the KMS as planned by `canton-kms plan`.',
    keys: ['crypto.provider'],
    source: 'GrpcVaultService.scala:440, 557 3.3 and 3.4, :443, 560 3.5, :545, 672 3.6',
  },
  {
    id: 'keys/export-needs-preview',
    pattern: /Remote export of private keys only allowed when preview is enabled/,
    cause: 'Keys can be exported from a remote console only with preview commands on.',
    remedy:
      "Set 'canton.features.enable-preview-commands = yes' at the node and the console for the time of the export.",
    source: 'GrpcVaultService.scala:432 3.3 and 3.4, :435 3.5, :537 3.6',
  },
  {
    id: 'keys/no-private-key',
    pattern:
      /no (?<what>private|public) key found for \[(?<key>[^\]]*)\]|Could not find (?:the )?private key|could not find private key's metadata/,
    cause: 'The node does not have the key that the command names.',
    remedy: "Give the whole fingerprint of a key that 'keys.secret.list()' shows.",
    source:
      'GrpcVaultService.scala:470, 480 3.3 and 3.4, :473, 483 3.5, :575, 585 3.6; KmsCryptoPrivateStore.scala:82 3.3 and 3.4, :88 3.5, :89 3.6',
  },
  {
    id: 'keys/deletion-refused',
    pattern: /failed to delete KMS key from external KMS|Failed to remove private key: FailedToDeleteKey\(/,
    cause: 'The KMS refused to delete a key. Canton has forgotten the key all the same, while the KMS still has it.',
    remedy:
      'Grant the right to delete, or delete the key in the KMS. To keep it, register it again under its ID and name.',
    keys: ['crypto.kms'],
    isSymptom: true,
    source: 'KmsCryptoPrivateStore.scala:91 3.3 and 3.4, :97 3.5, :98 3.6; GrpcVaultService.scala:627, 641, 644, 756',
  },
  {
    id: 'keys/no-namespace-key',
    pattern: /TOPOLOGY_NO_APPROPRIATE_SIGNING_KEY_IN_STORE\(\d+,[^)]*\)/,
    cause:
      'No key of the node may sign this topology change: its namespace key is not there, or its delegation does not cover the change.',
    remedy: 'Restore the namespace key on the node, or sign the change on the node that has the key.',
    keys: ['crypto.provider', 'crypto'],
    source: 'TopologyManagerError.scala 3.5, seen on a running node',
  },
  {
    id: 'keys/not-in-vault',
    pattern: /TOPOLOGY_SECRET_KEY_NOT_IN_STORE\(\d+,[^)]*\)/,
    cause: 'The node does not have the key that is to sign.',
    remedy: 'Register or upload the key first.',
    source: 'TopologyManagerError.scala 3.5',
  },
  {
    id: 'keys/topology-unauthorized',
    pattern: /TOPOLOGY_UNAUTHORIZED_TRANSACTION\(\d+,[^)]*\)/,
    cause: 'A topology transaction lacks signatures, such as a late mapping of keys without those before it.',
    remedy: 'Load the whole history of the mapping, in the order of the serials.',
    source: 'TopologyManagerError.scala 3.5, seen on a running node',
  },
  {
    id: 'sequencer/commit-mode',
    pattern: /BadCommitMode\(Postgres 'synchronous_commit' setting is '(?<value>[^']*)'/,
    cause: "PostgreSQL has 'synchronous_commit = {value}', which a sequencer refuses.",
    remedy: "Set 'synchronous_commit' of the database to 'on' or 'remote_write'.",
    keys: ['storage', 'sequencer'],
    source: 'SequencerWriter.scala 3.5, seen on a running node',
  },
  {
    id: 'session-keys/protocol-version',
    pattern:
      /Using a session signing key is not possible with protocol version (?<value>\d+)|Session signing keys are only supported in protocol versions 35 and above\. Found PV: (?<other>\d+)/,
    cause:
      'Session signing keys are on, but the protocol version of the synchronizer is below 35: they have no effect.',
    remedy: "Remove 'session-signing-keys', or upgrade the synchronizer to protocol version 35.",
    keys: [
      'crypto.session-signing-keys.enabled',
      'crypto.session-signing-keys',
      'crypto.kms.session-signing-keys',
      'parameters.session-signing-keys',
    ],
    source: 'SyncCryptoSigner.scala:146 3.5, :149 3.6; SyncCryptoSignerWithSessionKeys.scala:88 3.6',
  },
  {
    id: 'synchronizer/schemes',
    pattern:
      /Required (?:schemes|formats) (?<value>.+?) are not supported(?:\/allowed)? \(|The default (?<default>.+?) scheme is not a required scheme/,
    cause: 'The synchronizer requires crypto schemes that this node does not allow, or does not have as its defaults.',
    remedy: "Add them to the 'allowed' lists of 'crypto.signing' and 'crypto.encryption'.",
    rules: ['start/backend-scheme'],
    keys: ['crypto.signing', 'crypto.encryption', 'crypto'],
    source: 'CryptoHandshakeValidator.scala:22, 43 3.3 to 3.6',
  },
  {
    id: 'keys/wrapper-rotation-failed',
    pattern: /WRAPPER_KEY_ROTATION_INTERNAL_ERROR\(\d+,[^)]*\)/,
    cause: 'The rotation of the wrapper key failed. A new key that Canton made for it stays in the KMS, unused.',
    remedy: 'Look for the warning of the KMS operation before this line, and for an unused key in the KMS.',
    keys: ['crypto.private-key-store.encryption', 'crypto.kms'],
    isSymptom: true,
    source: 'GrpcVaultService.scala:639 3.3, :653 3.4, :656 3.5, :768 3.6',
  },
  {
    id: 'keys/registration-failed',
    pattern: /REGISTER_KMS_KEY_INTERNAL_ERROR\(\d+,[^)]*\)/,
    cause: 'A key of the KMS could not be registered.',
    remedy:
      'Look for the warning of the KMS operation before this line, and correct the ID, kind, state or rights of the key.',
    keys: ['crypto.kms'],
    isSymptom: true,
    source: 'GrpcVaultService.scala:724 3.3, :738 3.4, :741 3.5, :853 3.6',
  },
  {
    id: 'keys/generation-failed',
    pattern: /(?<what>SIGNING|ENCRYPTION)_KEY_(?:GENERATION|CREATION)_ERROR\(\d+,[^)]*\)/,
    cause: 'A new key could not be made: the KMS refused it, or does not have keys of that kind.',
    remedy: 'Look for the warning of the KMS operation before this line.',
    keys: ['crypto.kms', 'crypto'],
    isSymptom: true,
    source: 'operations of the vault service 3.3 to 3.6, seen on a running node',
  },
  {
    id: 'keys/store-failed',
    pattern:
      /CRYPTO_(?:PRIVATE|PUBLIC)_STORE_ERROR\(\d+,[^)]*\)|Failed to (?:check key \S+ existence|retrieve (?:KMS key id|encrypted status) for key)|Failed to create crypto public store|No key inserted and no key found|reason = could not read key/,
    cause: 'The key store of the node failed.',
    remedy: 'Look for the lines of the same trace before this one: the database or the KMS refused the operation.',
    keys: ['storage', 'crypto'],
    isSymptom: true,
    source:
      'CryptoPrivateStore.scala:114 3.3 and 3.4, :237 3.5, :238 3.6; CryptoPublicStore.scala:340 3.3 to 3.5, :341 3.6',
  },
  {
    id: 'topology/signing-failed',
    pattern: /TOPOLOGY_MANAGER_INTERNAL_ERROR\(\d+,[^)]*\): Creating a signed transaction failed due to a crypto error/,
    cause: 'A topology change could not be signed: the namespace key, or the KMS that has it, refused.',
    remedy:
      'Look for the warning of the KMS operation before this line, and give the node the right to sign with its namespace key.',
    keys: ['crypto.kms', 'crypto'],
    isSymptom: true,
    source: 'TopologyManagerError.scala 3.5, seen on a running node',
  },
  {
    id: 'keys/invalid',
    pattern:
      /Failed to (?:deserialize or validate|deserialize|validate) [\w-]+ (?:private|public|symmetric) key|(?:Public|Private) key is not an? (?:EC|RSA|ED25519|ML-DSA) (?:public|private) key|EC key not in curve|RSA key modulus size \d+ does not match|Ed25519 (?:public key validation failed|private key seed should be)|Private key scalar is out of range|Invalid (?:format for (?:private|public|symmetric) key|(?:EC|RSA|ML-DSA) key)|The (?:signing|encryption) public key is not in DerX509Spki format|could not parse public key info from PEM format|failed to convert public key from PEM/,
    cause: 'A key is not of the kind that it is declared as, or its bytes are damaged.',
    remedy: 'Export or import the key again, and compare its kind in the KMS with the kind that the node expects.',
    keys: ['crypto.kms', 'crypto.signing', 'crypto'],
    source:
      'CryptoKeyValidation.scala 3.3 to 3.6; Kms.scala:482, 527 3.5, :490, 535 3.6; GcpKms.scala:98, 103 3.5; JcePrivateCrypto.scala 3.3 to 3.6',
  },
  {
    id: 'keys/import-failed',
    pattern:
      /Failed to decrypt encrypted keypair with password|Failed to parse crypto key pair: |public and private keys must have same purpose/,
    cause:
      'The exported key that is uploaded cannot be read: the password is wrong, or the file does not contain a key pair.',
    remedy: 'Upload the file that the export wrote, with the password of the export.',
    source: 'GrpcVaultService.scala:496, 544, 592 3.3 and 3.4, :499, 547, 595 3.5, :601, 659, 707 3.6',
  },
  {
    id: 'keys/spec-not-required',
    pattern: /No signing algorithm spec in synchronizer's required algorithms/,
    cause: 'The synchronizer does not allow keys of this kind.',
    remedy: 'Use a kind of key that the static parameters of the synchronizer name.',
    keys: ['crypto.signing', 'crypto'],
    source: 'SynchronizerCryptoValidation.scala 3.5 and 3.6',
  },
  {
    id: 'session-keys/failed',
    pattern:
      /Failed to generate session key for period|Exhausted (?:concurrency )?retries (?:of|for) getSessionKey|Session key generation encountered an unexpected exception|Awaited session key future chain failed/,
    cause: 'A session signing key could not be made, so the node signs with its long-term key or not at all.',
    remedy: 'Look for the warning of the KMS operation before this line.',
    keys: ['crypto.session-signing-keys', 'crypto.kms'],
    isSymptom: true,
    source: 'SyncCryptoSignerWithSessionKeys.scala:443-517 3.6',
  },
  {
    id: 'crypto/replica-waits',
    pattern:
      /[Pp]assive replica waiting for (?:the decryption of the private keys|encrypted private key store to be|(?:private|public) key migration)/,
    cause: 'This passive replica waits until the active one has changed the stored keys.',
    remedy: 'Start the active replica with the new configuration, and read its log if it does not end.',
    keys: ['crypto.private-key-store.encryption', 'crypto.private-key-store', 'replication'],
    isSymptom: true,
    source:
      'EncryptedCryptoPrivateStore.scala:386-415 3.3, :394-423 3.4, :445-474 3.5, :446-475 3.6; CryptoPrivateStoreExtended.scala:385 3.3, :391 3.4, :421 3.5, :432 3.6',
  },
];
