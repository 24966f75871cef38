import type { KnownFailure } from './known-failure';

/** Failures of a start, before a node has its keys: files, HOCON, readers that throw, and the crypto module. */

export const START_FAILURES: readonly KnownFailure[] = [
  {
    id: 'start/no-files',
    pattern: /NO_CONFIG_FILES\(\d+,[^)]*\)|No config files were given to Canton\./,
    cause: 'Canton was started without a configuration file.',
    remedy: "Name the files with '-c FILE' or '--config FILE'.",
    source: 'ConfigErrors.scala:70 3.3 to 3.6',
  },
  {
    id: 'start/unreadable-file',
    pattern: /CANNOT_READ_CONFIG_FILES\(\d+,[^)]*\)|At least one configuration file could not be read\./,
    cause: 'A file that the command line names does not exist, or Canton has no right to read it.',
    remedy: "Correct the path behind '-c', or the mount and the rights of the file.",
    source: 'ConfigErrors.scala:96 3.3 to 3.6',
  },
  {
    id: 'start/log-configuration',
    pattern: /Unable to load log configuration\./,
    cause: 'The logback configuration has a mistake, which the next line names, and Canton does not start with one.',
    remedy: "Correct the file that '-Dlogback.configurationFile' or 'JAVA_OPTS' names.",
    source: 'CantonAppDriver.scala:80 3.5',
  },
  {
    id: 'start/thrown-number',
    pattern:
      /java\.lang\.IllegalArgumentException: (?<words>Received the (?:non-positive|negative) \S+ as argument, but we require a (?:positive|non-negative) value here\.|trying to construct too large duration with \S+)/,
    cause: 'A number in the configuration is out of range, and Canton ends without a message: "{words}"',
    remedy: 'Correct the number. Canton does not name the key.',
    rules: ['read/crash', 'read/invalid-value', 'validate/session-key-overflow'],
    source: 'RequireTypes.scala:296 3.5',
  },
  {
    id: 'start/thrown-token',
    pattern: /IllegalArgumentException: (?<words>Failed to create (?:ECDSA256|ECDSA512|HMAC256|RSA256) verifier)/,
    cause: 'A certificate or secret of an authorization service cannot be used: "{words}".',
    remedy: "Correct the 'certificate' or 'secret' of the entry in 'auth-services'.",
    keys: ['ledger-api.auth-services', 'admin-api.auth-services'],
    source: 'AuthServiceConfig.scala:60, 92, 124, 157 3.3, :77, 121, 164, 207 3.4, :73, 119, 165, 211 3.5 and 3.6',
  },
  {
    id: 'start/java',
    pattern: /Unrecognized option: --add-opens|UnsupportedClassVersionError: com\/digitalasset\/canton/,
    cause: 'The Java version is too old for this Canton.',
    remedy: 'Start Canton with Java 17 or later.',
    source: 'build of Canton 3.x',
  },
  {
    id: 'crypto/kms-missing',
    pattern: /Missing KMS configuration for KMS crypto provider/,
    cause: "The node's 'provider' is 'kms', but it has no 'kms' section.",
    remedy: "Add 'crypto.kms' with the type and the place of the KMS.",
    rules: ['start/kms-missing'],
    keys: ['crypto.provider', 'crypto'],
    source: 'CryptoApi.scala:326 3.3, :569 3.4, :608 3.5, :625 3.6; CommunityCryptoPrivateStoreFactory.scala:44 3.3',
  },
  {
    id: 'crypto/kms-edition',
    pattern: /Unsupported KMS configuration in community edition: (?<type>\w+)/,
    cause: 'This edition of Canton has only KMS drivers.',
    remedy: 'Use the Enterprise edition, or a KMS driver.',
    rules: ['validate/edition'],
    keys: ['crypto.kms.type', 'crypto.kms'],
    source: 'CommunityKmsFactory.scala:44 3.3',
  },
  {
    id: 'crypto/memory-storage',
    pattern: /encryption is only supported for database-backed stores/,
    cause: 'Envelope encryption is on, but the node keeps its keys in memory.',
    remedy: "Give the node a database as 'storage', or remove 'private-key-store'.",
    rules: ['start/memory-storage'],
    keys: ['storage.type', 'storage', 'crypto.private-key-store'],
    source: 'CryptoPrivateStore.scala:194 3.5, :195 3.6',
  },
  {
    id: 'crypto/keys-stay-encrypted',
    pattern: /could not parse stored key \(it can either be corrupted or encrypted\)/,
    cause:
      "The stored keys are encrypted, but the configuration does not say so: 'private-key-store' was removed without 'reverted = true'.",
    remedy:
      "Put 'private-key-store' and 'kms' back, start, then revert as planned by `canton-kms plan revert-envelope`.",
    keys: ['crypto.private-key-store', 'crypto'],
    source: 'CryptoPrivateStoreExtended.scala:165 3.3, :170 3.4 and 3.5, :172 3.6',
  },
  {
    id: 'crypto/mixed-wrapper-keys',
    pattern: /Found more than one distinct wrapper_key_id/,
    cause:
      'The stored keys are encrypted with different wrapper keys, so Canton does not know which one is the current key.',
    remedy: "Keep all wrapper keys enabled, set 'wrapper-key-id' to one of them, start, and rotate to another key.",
    keys: [
      'crypto.private-key-store.encryption.wrapper-key-id',
      'crypto.private-key-store.encryption',
      'crypto.private-key-store',
    ],
    source: 'DbCryptoPrivateStore.scala:267 3.3, :275 3.4, :279 3.5, :280 3.6',
  },
  {
    id: 'crypto/wrapper-key-lost-track',
    pattern:
      /stored encrypted private key but wrapper key id is missing|No private key store wrapper key id found|no wrapper key specified for encryption during migration|attempted to encrypt an already-encrypted key/,
    cause: 'The rows of the stored keys and the wrapper key do not fit together.',
    remedy: 'Restore the database from the last backup before the change, and compare the wrapper keys of its rows.',
    keys: ['crypto.private-key-store.encryption', 'crypto.private-key-store'],
    source:
      'EncryptedCryptoPrivateStore.scala:201, 338 3.5, :202, 339 3.6; EncryptedCryptoPrivateStoreHelper.scala:39, 80 3.5, :40, 81 3.6',
  },
  {
    id: 'crypto/passive-replica',
    pattern: /[Aa]ctive replica failed to initialize encrypted crypto private store/,
    cause: 'This replica waited for the active one to encrypt the stored keys, and that failed there.',
    remedy: 'Read the log of the active replica, and start this one after it.',
    keys: ['crypto.private-key-store.encryption', 'crypto.private-key-store'],
    source: 'EncryptedCryptoPrivateStore.scala:424 3.3, :432 3.4, :483 3.5, :484 3.6',
  },
  {
    id: 'crypto/scheme-not-in-kms',
    pattern: /The configured default scheme (?<value>.+?) not supported by the KMS/,
    cause: 'The KMS has no keys of the default scheme {value}.',
    remedy: "Choose a default that this KMS supports in 'crypto.signing' or 'crypto.encryption'.",
    rules: ['start/scheme-selection', 'start/backend-scheme'],
    keys: ['crypto.signing', 'crypto.encryption', 'crypto.kms'],
    source: 'CryptoSchemes.scala:38 3.4, :46 3.5 and 3.6',
  },
  {
    id: 'crypto/no-scheme-in-kms',
    pattern:
      /(?:None of the a|A)llowed (?<what>(?:signing|encryption) (?:algorithm|key|algo) specs) (?<value>.+?) (?:are supported by|not supported by driver)/,
    cause: 'The KMS supports none of the allowed {what}.',
    remedy: "Allow at least one that this KMS supports in 'crypto.signing' or 'crypto.encryption'.",
    rules: ['start/scheme-selection', 'start/backend-scheme'],
    keys: ['crypto.signing', 'crypto.encryption', 'crypto.kms'],
    source: 'CryptoSchemes.scala:44 3.4, :52 3.5 and 3.6; KmsPrivateCrypto.scala:291 3.3',
  },
  {
    id: 'crypto/default-key-and-algorithm',
    pattern: /Default (?<section>signing|encryption) key spec (?<value>.+?) is not supported by default/,
    cause: 'The default {section} key {value} does not fit the default {section} algorithm.',
    remedy: "Change 'crypto.{section}.keys.default' or 'crypto.{section}.algorithms.default' so that they fit.",
    rules: ['start/scheme-selection', 'validate/scheme-fit'],
    keys: ['crypto.{section}.keys.default', 'crypto.{section}.algorithms.default', 'crypto.{section}'],
    source: 'CryptoSchemes.scala:150, 197 3.5, :168, 218 3.6',
  },
  {
    id: 'crypto/schemes',
    pattern:
      /Invalid (?:signing |encryption )?crypto scheme configuration|Allowed schemes .+? are not supported|Scheme (?<value>\S+) is not allowed|No supported schemes available after filtering|Could not validate the selected crypto schemes from the configuration file|No matching algorithm spec for key spec/,
    cause: 'The default and the allowed schemes do not fit together, or this Canton does not have one of them.',
    remedy: "Correct 'crypto.signing' and 'crypto.encryption'; the defaults of Canton fit.",
    rules: ['start/scheme-selection', 'start/backend-scheme'],
    keys: ['crypto.signing', 'crypto.encryption', 'crypto'],
    source:
      'CryptoSchemes.scala:79, 80 3.3, :112, 189, 190 3.4, :111, 175, 222, 254, 264, 271 3.5, :111, 196, 246, 277, 291, 303, 310 3.6',
  },
  {
    id: 'crypto/driver-not-found',
    pattern: /Driver '(?<name>[^']*)' \([^)]*\) not found\. Found drivers: (?<found>[^)\n]*)/,
    cause: "No KMS driver of the name '{name}' is on the class path. Drivers found: {found}.",
    remedy:
      "Add the driver's jar to the class path, or correct 'name': it must be the name that the driver itself has.",
    keys: ['crypto.kms.name', 'crypto.kms'],
    source: 'DriverLoader.scala:106 3.5',
  },
  {
    id: 'crypto/driver-config',
    pattern:
      /Failed to (?:instantiate KMS Driver Factory for (?<name>[\w.-]+)|read KMS Driver config): (?<words>[^\n]*)/,
    cause: 'The KMS driver cannot be created from its configuration.',
    remedy: "Correct 'crypto.kms.config' as the documentation of the driver has it.",
    rules: ['start/driver-config', 'advice/driver-config'],
    keys: ['crypto.kms.config', 'crypto.kms'],
    source: 'CantonConfig.scala:1379, 1385 3.3, :1540, 1546 3.4, :1799, 1805 3.5, :1645, 1651 3.6',
  },
  {
    id: 'crypto/driver-load',
    pattern: /Failed to load driver (?<name>\S+): (?<words>[^\n]*)/,
    cause: 'The KMS driver \'{name}\' failed when it was created: "{words}".',
    remedy: "Correct 'crypto.kms.config' as the documentation of the driver has it.",
    rules: ['start/driver-config', 'advice/driver-config'],
    keys: ['crypto.kms.config', 'crypto.kms'],
    source: 'DriverLoader.scala:68 3.5',
  },
  {
    id: 'crypto/driver-schemes',
    pattern: /no supported (?<what>.+?) specifications found for the KMS driver/,
    cause: 'The KMS driver offers no {what} that Canton knows.',
    remedy: 'Update the driver to one for this version of Canton.',
    keys: ['crypto.kms.name', 'crypto.kms'],
    source: 'DriverKms.scala:412 3.4, :417 3.5, :427 3.6',
  },
  {
    id: 'start/tls-version',
    pattern: /Unknown TLS protocol version (?<value>\S+)|Unsupported TLS version: (?<other>\S+)/,
    cause: 'Java does not have the TLS version that the configuration asks for.',
    remedy: "Set 'minimum-server-protocol-version' to TLSv1.2 or TLSv1.3.",
    keys: ['ledger-api.tls', 'admin-api.tls', 'public-api.tls'],
    source: 'ServerConfig.scala:340, 414 3.3, :385, 457 3.4',
  },
];
