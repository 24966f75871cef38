import type { KnownFailure } from './known-failure';

/** The traces that a failing key or KMS leaves elsewhere. They have other causes as well, so each points to the line before it. */

const BEFORE = 'Look for the first error or warning before this line, such as that of a KMS operation.';

export const TRACES: readonly KnownFailure[] = [
  {
    id: 'trace/disconnected',
    pattern:
      /SYNC_SERVICE_SYNCHRONIZER_DISCONNECTED\(\d+,[^)]*\)|Permanently closing sequencer subscription due to handler exception|Asynchronous event processing failed for event batch|connected-synchronizer : Failed\(Disconnected from synchronizer\)|Transaction RequestId\([^)]*\): Failed to process request/,
    cause:
      'The node could not process an event, and its subscription to the synchronizer ended. It does not connect again by itself.',
    remedy: `${BEFORE} After the repair, run 'reconnect_all()'.`,
    keys: ['crypto'],
    isSymptom: true,
    source: 'SequencerSubscriptionImpl, SynchronizerConnectionsManager 3.5, seen on a running node',
  },
  {
    id: 'trace/not-signed',
    pattern:
      /Error signing submission request|MALFORMED_REQUEST\(\d+,[^)]*\): Malformed request|Failed to create signed protocol message/,
    cause: 'A request could not be made, for example because the node could not sign it.',
    remedy: BEFORE,
    keys: ['crypto'],
    isSymptom: true,
    source: 'RichSequencerClientImpl 3.5, seen on a running node',
  },
  {
    id: 'trace/not-authenticated',
    pattern:
      /Token refresh encountered error: |Failed to acknowledge clean timestamp \(usually because sequencer is down\)/,
    cause:
      'The node cannot sign in at a sequencer. Often its key for sequencer authentication, or the KMS that has it, refuses; the sequencer may also be down.',
    remedy: BEFORE,
    keys: ['crypto'],
    isSymptom: true,
    source: 'AuthenticationTokenManager, PeriodicAcknowledgements 3.5, seen on a running node',
  },
  {
    id: 'trace/retrying',
    pattern:
      /(?:The operation '|Now retrying operation ')(?:signing with key|(?:a?symmetric )?(?:de|en)crypting with key|get .*?public key|verify key|generate .*? key|deleting key)|ResourceExhaustedException with retry: |Got (?:CancelledException|InternalException)\([^)]*\) . treating it as retryable/,
    cause: 'A call to the KMS failed in a way that Canton repeats without limit: it waits meanwhile.',
    remedy: 'Look at the connection between the node and the KMS if it does not end by itself.',
    keys: ['crypto.kms.endpoint-override', 'crypto.kms.region', 'crypto.kms'],
    isSymptom: true,
    source: 'Kms.scala:376-440 3.5, seen on a running node',
  },
  {
    id: 'trace/ping',
    pattern: /Failed ping id=|Unable to ping |Submission timed out at /,
    cause: 'A ping or a command was not completed in time: the node is not connected, cannot sign, or the KMS is slow.',
    remedy: BEFORE,
    keys: ['crypto'],
    isSymptom: true,
    source: 'PingService, TransactionProcessor 3.5, seen on a running node',
  },
  {
    id: 'command/hidden',
    pattern: /An error occurred\. Please contact the operator and inquire about the request/,
    cause: 'The node hides the reason of a failed command from its client.',
    remedy: 'Look in the log of the node for the trace identifier that the message names.',
    isSymptom: true,
    source: 'console 3.5, seen on a running node',
  },
  {
    id: 'command/deadline',
    pattern: /GrpcClientGaveUp: DEADLINE_EXCEEDED|DEADLINE_EXCEEDED\/CallOptions deadline exceeded/,
    cause: 'The node did not answer a command of the console in time.',
    remedy: 'Look whether the command has taken effect before you repeat it.',
    isSymptom: true,
    source: 'console 3.5, seen on a running node',
  },
  {
    id: 'command/prune-end',
    pattern: /OFFSET_OUT_OF_RANGE\(\d+,[^)]*\): prune_up_to needs to be before ledger end/,
    cause: 'Pruning was asked for up to the end of the ledger.',
    remedy: "Use the offset that 'pruning.find_safe_offset' answers, and wait while it answers none.",
    source: 'PruningServiceError.scala 3.5, seen on a running node',
  },
  {
    id: 'command/import-without-mapping',
    pattern: /PARTY_ACS_IMPORT_MISSING_ONBOARDING_MAPPING\(\d+,[^)]*\)/,
    cause: 'Contracts of a party were imported on a participant that is not announced as a new host of the party.',
    remedy: "Leave the party out of 'import_party_acs', or propose the new host with its onboarding flag first.",
    source: 'PartyManagementServiceError.scala 3.5, seen on a running node',
  },
];
