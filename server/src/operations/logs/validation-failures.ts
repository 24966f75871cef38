import { type KnownFailure, NODE } from './known-failure';

/** Canton's own checks of a configuration that was read (`CONFIG_VALIDATION_ERROR`); most of them have a rule. */

const NON_STANDARD_FIX = "Remove the setting, or set 'canton.parameters.non-standard-config = yes'.";

export const VALIDATION_FAILURES: readonly KnownFailure[] = [
  {
    id: 'validate/port-not-set',
    pattern: /canton\.(?<kinds>\w+)\.(?<node>[\w-]+)\.(?<service>[\w-]+)\.port not set/,
    cause: "The '{service}' of {node} has no port.",
    remedy: "Set '{service}.port' of {node}.",
    rules: ['validate/port-not-set'],
    keys: ['{service}', ''],
    source: 'ConfigValidations.scala:251 3.5, :256 3.6; CommunityConfigValidations.scala:270 3.4',
  },
  {
    id: 'validate/no-node',
    pattern: /At least one node must be defined in the configuration/,
    cause: 'The configuration has no node.',
    remedy:
      "Add a node below 'canton.participants', 'canton.sequencers' or 'canton.mediators', or start Canton with the file that has one.",
    rules: ['validate/no-node'],
    source: 'ConfigValidations.scala:186 3.5, :191 3.6; CommunityConfigValidations.scala:189 3.3, :207 3.4',
  },
  {
    id: 'validate/signing-default',
    pattern: new RegExp(
      String.raw`(?:${NODE}: |Node (?<only>[\w-]+): )?The selected signing (?<what>algorithm|key) specification, (?<value>[^,]+), is not supported`,
    ),
    cause: 'The default signing {what} is not among the allowed ones: {value}.',
    remedy: "Add the default to the 'allowed' list beside it, or choose a default from that list.",
    rules: ['validate/scheme-default'],
    keys: ['crypto.signing.{what}s.default', 'crypto.signing.{what}s', 'crypto.signing'],
    source: 'ConfigValidations.scala:403, 413 3.5, :505, 515 3.6; CommunityConfigValidations.scala:417, 427 3.4',
  },
  {
    id: 'validate/encryption-default',
    pattern: new RegExp(
      String.raw`(?:${NODE}: |Node (?<only>[\w-]+): )?The selected encryption (?<what>algorithm|key) specification, (?<value>[^,]+), is not supported`,
    ),
    cause: 'The default encryption {what} is not among the allowed ones: {value}.',
    remedy: "Add the default to the 'allowed' list beside it, or choose a default from that list.",
    rules: ['validate/scheme-default'],
    keys: ['crypto.encryption.{what}s.default', 'crypto.encryption.{what}s', 'crypto.encryption'],
    source: 'ConfigValidations.scala:450, 460 3.5, :552, 562 3.6; CommunityConfigValidations.scala:464, 474 3.4',
  },
  {
    id: 'validate/allowed-keys',
    pattern: new RegExp(
      String.raw`(?:${NODE}: |Node (?<only>[\w-]+): )?The allowed (?<section>signing|encryption) key specifications \((?<value>.*?)\) are not all supported by the`,
    ),
    cause: 'No allowed {section} algorithm fits one of the allowed {section} keys: {value}.',
    remedy:
      "Allow an algorithm for each key in 'crypto.{section}.algorithms.allowed', or remove the key from 'crypto.{section}.keys.allowed'.",
    rules: ['validate/scheme-fit'],
    keys: ['crypto.{section}.keys.allowed', 'crypto.{section}.algorithms.allowed', 'crypto.{section}'],
    source: 'ConfigValidations.scala:426, 475 3.5, :528, 577 3.6; CommunityConfigValidations.scala:440, 489 3.4',
  },
  {
    id: 'validate/algorithm-without-key',
    pattern: new RegExp(
      String.raw`(?:${NODE}: |Node (?<only>[\w-]+): )?The (?<section>signing|encryption) algorithm specification (?<value>.+?) does not include any key`,
    ),
    cause: 'None of the allowed {section} keys fits the allowed algorithm {value}.',
    remedy:
      "Add a key for it to 'crypto.{section}.keys.allowed', or remove the algorithm from 'crypto.{section}.algorithms.allowed'.",
    rules: ['validate/scheme-fit'],
    keys: ['crypto.{section}.algorithms.allowed', 'crypto.{section}.keys.allowed', 'crypto.{section}'],
    source: 'ConfigValidations.scala:439, 488 3.5, :541, 590 3.6; CommunityConfigValidations.scala:453, 502 3.4',
  },
  {
    id: 'validate/session-keys-without-kms',
    pattern: new RegExp(
      String.raw`(?:${NODE}: )?Session signing keys should (?:only be enabled when using a KMS provider|not be enabled with the JCE crypto provider on node (?<only>[\w-]+))`,
    ),
    cause: "Session signing keys are on, but the node's provider is not 'kms'.",
    remedy: "Remove 'session-signing-keys', or configure external keys with 'provider = kms'.",
    rules: ['validate/session-keys-without-kms'],
    keys: [
      'crypto.session-signing-keys.enabled',
      'crypto.session-signing-keys',
      'crypto.kms.session-signing-keys',
      'parameters.session-signing-keys',
    ],
    source: 'ConfigValidations.scala:548 3.5, :650 3.6; CommunityConfigValidations.scala:276 3.3',
  },
  {
    id: 'validate/session-keys-advised-against',
    pattern: new RegExp(`Enabling session signing keys for ${NODE} is NOT`),
    cause: 'Canton 3.4 accepts session signing keys only in a non-standard configuration.',
    remedy: NON_STANDARD_FIX,
    rules: ['validate/non-standard'],
    keys: ['crypto.kms.session-signing-keys', 'crypto.session-signing-keys'],
    source: 'CommunityConfigValidations.scala:557 3.4',
  },
  {
    id: 'validate/session-key-scheme',
    pattern: new RegExp(
      `(?:${NODE}: )?The selected signing (?<what>algorithm|key) specification, (?<value>.+?), ?for session signing keys is not supported`,
    ),
    cause: 'The {what} of the session signing keys is not among the allowed ones: {value}.',
    remedy: "Allow it in 'crypto.signing.{what}s.allowed', or choose an allowed one for the session signing keys.",
    rules: ['validate/session-key-scheme'],
    keys: [
      'crypto.session-signing-keys.signing-{what}-spec',
      'crypto.session-signing-keys',
      'crypto.kms.session-signing-keys',
      'parameters.session-signing-keys',
      'crypto.signing.{what}s.allowed',
    ],
    source:
      'ConfigValidations.scala:531, 540 3.5, :633, 642 3.6; CommunityConfigValidations.scala:289, 296 3.3, :540, 547 3.4',
  },
  {
    id: 'validate/session-key-durations',
    pattern: new RegExp(
      `(?:${NODE}: )?The selected session signing key (?:validity duration of|tolerance shift duration of|eviction period of|validity parameters do not align)`,
    ),
    cause: 'The durations of the session signing keys do not fit together.',
    remedy: 'Choose the durations as Canton states in its message, or remove them: the defaults fit.',
    rules: ['validate/session-key-durations'],
    keys: ['crypto.session-signing-keys.key-validity-duration', 'crypto.session-signing-keys'],
    source: 'ConfigValidations.scala:607, 613, 624, 631 3.5, :709, 715, 726, 733 3.6',
  },
  {
    id: 'validate/session-key-bounds',
    pattern: new RegExp(`(?:${NODE}: )?Disabling bound checks on session signing key validity parameters`),
    cause:
      "'disable-bound-checks' of the session signing keys is for tests, and Canton accepts it only in a non-standard configuration.",
    remedy: "Remove 'disable-bound-checks'.",
    rules: ['validate/session-key-durations', 'validate/non-standard'],
    keys: ['crypto.session-signing-keys.disable-bound-checks', 'crypto.session-signing-keys'],
    source: 'ConfigValidations.scala:602 3.5, :704 3.6',
  },
  {
    id: 'validate/ssl-verification',
    pattern: new RegExp(`Disabling SSL verification for AWS KMS on ${NODE}`),
    cause: "'disable-ssl-verification' is on, which Canton accepts only in a non-standard configuration.",
    remedy: "Remove 'disable-ssl-verification'.",
    rules: ['validate/ssl-verification'],
    keys: ['crypto.kms.disable-ssl-verification', 'crypto.kms'],
    source: 'ConfigValidations.scala:874 3.5, :976 3.6; EnterpriseConfigValidations.scala:253 3.4',
  },
  {
    id: 'validate/alpha-version',
    pattern: new RegExp(`Enabling alpha-version-support for ${NODE} requires`),
    cause: "'alpha-version-support' is on, which Canton accepts only in a non-standard configuration.",
    remedy: NON_STANDARD_FIX,
    rules: ['validate/alpha-version'],
    keys: ['parameters.alpha-version-support'],
    source: 'ConfigValidations.scala:277 3.5, :304 3.6; CommunityConfigValidations.scala:202 3.3, :291 3.4',
  },
  {
    id: 'validate/non-standard',
    pattern: new RegExp(
      String.raw`(?<what>Setting snapshot-dir|Using DB sequencer config|Using BftBlockOrdering standalone mode|Modifying ledger-api\.admin-token-config\.\*|Setting ledger-api\.admin-token|Enabling additional consistency checks on the Daml Engine|Enabling (?!session|alpha)[\w.-]+) ?for ${NODE} requires(?: you)? to explicitly set`,
    ),
    cause: 'Canton accepts this only in a non-standard configuration: "{what}".',
    remedy: NON_STANDARD_FIX,
    rules: ['validate/non-standard', 'validate/alpha-version', 'validate/admin-tokens'],
    keys: ['sequencer', 'ledger-api.admin-token-config', 'ledger-api.admin-token', 'parameters.engine', 'parameters'],
    source:
      'ConfigValidations.scala:288, 314, 338, 379 3.5, :304, 315, 341, 362, 386, 427 3.6; CommunityConfigValidations.scala:231, 259 3.3, :302, 328, 352, 393 3.4',
  },
  {
    id: 'validate/legacy-contracts',
    pattern: /Participant '?(?<node>[\w-]+)'? has 'parameters\.validate-legacy-contracts-v-11' disabled/,
    cause: "'validate-legacy-contracts-v-11' is off, which Canton accepts only in a non-standard configuration.",
    remedy: "Remove 'validate-legacy-contracts-v-11', unless the support of Digital Asset advised it.",
    rules: ['validate/non-standard'],
    keys: ['parameters.validate-legacy-contracts-v-11'],
    source: 'ConfigValidations.scala:908 3.5, :1010 3.6',
  },
  {
    id: 'validate/admin-tokens',
    pattern:
      /if both ledger-api\.admin-token\S* and admin-api\.admin-token\S* provided, they must match for (?<kind>participant) (?<node>[\w-]+)/,
    cause: 'The fixed administrator tokens of the Ledger API and the Admin API differ.',
    remedy: 'Write the same token twice, or remove one of them.',
    rules: ['validate/admin-tokens'],
    keys: ['ledger-api.admin-token-config.fixed-admin-token', 'ledger-api.admin-token'],
    source: 'ConfigValidations.scala:354 3.5, :402 3.6; CommunityConfigValidations.scala:246 3.3, :368 3.4',
  },
  {
    id: 'validate/auth-services',
    pattern:
      /(?:Authorization service cannot be configured to accept both privileged tokens and tokens for user-lists|Multiple authorization service configured with the same (?<what>scope|audience)) in (?<only>[\w-]+)/,
    cause: 'Two authorization settings of the node exclude each other.',
    remedy:
      "Give each entry of 'auth-services' a scope and an audience of its own, and either 'privileged' or 'users'.",
    rules: ['validate/auth-services'],
    keys: ['ledger-api.auth-services', 'admin-api.auth-services'],
    source:
      'ConfigValidations.scala:653, 676 3.5, :755, 778 3.6; CommunityConfigValidations.scala:319, 342 3.3, :578, 601 3.4',
  },
  {
    id: 'validate/order-of-values',
    pattern:
      /(?:For participant (?<only>[\w-]+), topology-aware-package-selection\.max-passes-limit|Default (?:updates|ACS) page size is larger than max\w* page size \d+ in config for participant (?<node>[\w-]+)|Retry delay configuration for '(?<third>[\w-]+)' sequencer client)/,
    cause: 'Two values of the node are in the wrong order: the first must not be above the second.',
    remedy: 'Change one of the two values that Canton names.',
    rules: ['validate/order-of-values'],
    keys: ['ledger-api', 'sequencer-client'],
    source:
      'ConfigValidations.scala:366, 720, 882, 893 3.5, :414, 822, 984, 995 3.6; CommunityConfigValidations.scala:380 3.4; EnterpriseConfigValidations.scala:71 3.3, :72 3.4',
  },
  {
    id: 'validate/engine-extension',
    pattern:
      /For participant (?<node>[\w-]+), engine\.extensions\.(?<extension>[\w-]+)[. ](?<what>version|port|retry delays)/,
    cause: "The {what} of the engine extension '{extension}' is not allowed.",
    remedy: 'Correct it as Canton states in its message.',
    rules: ['validate/engine-extension'],
    keys: ['parameters.engine.extensions.{extension}', 'parameters.engine.extensions'],
    source: 'ConfigValidations.scala:453, 466, 480 3.6',
  },
  {
    id: 'validate/replication',
    pattern:
      /(?<kind>Participant|Sequencer) node (?<node>[\w-]+) (?:must be configured to use Postgres for storage|sets sequencer HA total node count)/,
    cause: 'The node is replicated, which its storage or the number of its replicas does not allow.',
    remedy: "Use PostgreSQL as 'storage', or remove the replication.",
    rules: ['validate/replication'],
    keys: ['replication', 'sequencer.high-availability', 'storage'],
    source:
      'ConfigValidations.scala:753, 781 3.5, :855, 883 3.6; EnterpriseConfigValidations.scala:104, 132 3.3, :105, 133 3.4',
  },
  {
    id: 'validate/shared-storage',
    pattern: /Nodes (?:participant|sequencer|mediator) (?<only>[\w-]+),.* share same DB access/,
    cause: 'Several nodes have the same database.',
    remedy: 'Give each node a database of its own.',
    rules: ['validate/shared-storage'],
    keys: ['storage'],
    source: 'ConfigValidations.scala:846 3.5, :948 3.6; CommunityConfigValidations.scala:156 3.3, :174 3.4',
  },
  {
    id: 'validate/edition',
    pattern:
      /Config validation error in (?<kinds>\w+)\.(?<node>[\w-]+)\.(?<setting>[\w.-]+): (?<words>Configuration \w+ is supported only in (?<edition>Enterprise|Community)\w*)/,
    cause: "'{setting}' is for the {edition} edition only.",
    remedy: 'Remove the setting, or start the edition of Canton that has it.',
    rules: ['validate/enterprise-only', 'validate/edition', 'validate/replication'],
    keys: ['{setting}', ''],
    source: 'CantonConfigValidationError.scala 3.3 and 3.4, seen in 3.4',
  },
  {
    id: 'validate/setting',
    pattern:
      /Config validation error in (?<kinds>\w+)\.(?<node>[\w-]+)\.(?<setting>[\w.-]+): (?!Configuration \w+ is supported only)(?<words>[^\n]+)/,
    cause: 'Canton does not accept \'{setting}\': "{words}"',
    remedy: 'Correct the value as Canton states in its message.',
    rules: ['validate/bft-block-size', 'validate/order-of-values', 'validate/enterprise-only'],
    keys: ['{setting}', ''],
    source: 'CantonConfigValidationError.scala 3.3 and 3.4, seen in 3.4',
  },
];
