/**
 * Keys of sections that this product does not describe, because they are not related to a KMS. They are listed for all
 * 3.x lines together, so that a misspelled key is reported but a key of another line is not:
 * `config/CantonConfig.scala`, `participant/config/ParticipantNodeConfig.scala`,
 * `synchronizer/sequencer/config/{SequencerNodeConfig, SequencerNodeParameterConfig}.scala`,
 * `synchronizer/mediator/MediatorNode.scala` 3.3 to main.
 */
const ANY_NODE = ['admin-api', 'monitoring', 'replication', 'topology'];

export const PARTICIPANT_KEYS = [
  ...ANY_NODE,
  'ledger-api',
  'http-ledger-api',
  'testing-time',
  'features',
  'alpha-dynamic',
];
export const SEQUENCER_KEYS = [
  ...ANY_NODE,
  'public-api',
  'sequencer',
  'time-tracker',
  'health',
  'traffic-config',
  'acknowledgements-conflate-window',
];
export const MEDIATOR_KEYS = [...ANY_NODE, 'mediator', 'time-tracker'];

/** `parameters` of all kinds of nodes. */
export const NODE_PARAMETERS = [
  'activation-frequency-for-warn-about-consistency-checks',
  'admin-workflow',
  'alpha-multi-synchronizer-support',
  'async-writer',
  'auto-sync-protocol-feature-flags',
  'automatically-perform-lsu',
  'batching',
  'beta-version-support',
  'command-progress-tracker',
  'commitment-checkpoint-interval',
  'commitment-mismatch-debugging',
  'commitment-processor-nr-acs-changes-behind-to-trigger-catch-up',
  'commitment-reduce-parallelism',
  'disable-upgrade-validation',
  'do-not-await-on-checking-incoming-commitments',
  'dont-warn-on-deprecated-pv',
  'enable-strict-dar-validation',
  'engine',
  'initial-protocol-version',
  'journal-garbage-collection-delay',
  'ledger-api-server',
  'lsu-repair',
  'max-confirmation-requests-burst-factor',
  'max-unzipped-dar-size',
  'minimum-protocol-version',
  'package-metadata-view',
  'produce-post-ordering-topology-ticks',
  'progress-supervisor',
  'reassignment-time-proof-freshness-proportion',
  'reassignments-config',
  'sequencer-api-limits',
  'sequencing-time-lower-bound-exclusive',
  'stores',
  'time-advancing-topology',
  'unsafe-enable-online-party-replication',
  'unsafe-online-party-replication',
  'unsafe-sequencer-channel-support',
  'warn-if-overloaded-for',
  'warn-on-undefined-limits',
  'watchdog',
];

/** `canton.parameters`. */
export const CANTON_PARAMETERS = [
  'alpha-version-support',
  'beta-version-support',
  'clock',
  'console',
  'dev-version-support',
  'enable-additional-consistency-checks',
  'enable-alpha-state-via-config',
  'exit-on-fatal-failures',
  'manual-start',
  'ports-file',
  'retention-period-defaults',
  'startup-memory-check-config',
  'startup-parallelism',
  'state-refresh-interval',
  'timeouts',
];
