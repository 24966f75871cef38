/**
 * Failed operations of a KMS. Canton writes `KmsSignError(keyId = KmsKeyId(ID), reason = TEXT)` (`Kms.scala:535-680`
 * 3.5), where the text comes from the vendor's library: only this text distinguishes a missing permission from a
 * disabled key.
 */
export interface KmsReason {
  readonly id: string;
  /** The words to look for in the text after `reason = `. */
  readonly pattern: RegExp;
  readonly cause: string;
  readonly remedy: string;
  readonly keys: readonly string[];
  readonly source: string;
}

/** The location of the wrapper key, if its ID is configured; the IDs of other keys are in the database of the node. */
const KEY = ['crypto.private-key-store.encryption.wrapper-key-id', 'crypto.kms'];
const PLACE = ['crypto.kms.region', 'crypto.kms.location-id', 'crypto.kms'];
const IDENTITY = ['crypto.kms'];
const ENDPOINT = ['crypto.kms.endpoint-override', 'crypto.kms.region', 'crypto.kms.location-id', 'crypto.kms'];

const AWS_SDK = 'AWS SDK 2.44.4 through AwsKms.scala 3.5, seen on a running node';

/** The first match counts. */
export const KMS_REASONS: readonly KmsReason[] = [
  {
    id: 'kms/pending-deletion',
    pattern:
      /is pending deletion|is pending import|KMSInvalidStateException.*pending|key is (?:DESTROY_SCHEDULED|DESTROYED)/i,
    cause: 'The key is scheduled for deletion: {key}.',
    remedy: 'Cancel the deletion, then enable the key: after a canceled deletion it is disabled.',
    keys: KEY,
    source: `${AWS_SDK}; GcpKms.scala:440 3.5`,
  },
  {
    id: 'kms/key-disabled',
    pattern: /key is disabled|DisabledException|is disabled\.|key is (?:DISABLED|PENDING_\w+)/,
    cause: 'The key is disabled or scheduled for deletion: {key}.',
    remedy: 'Look at its state in the KMS: cancel a deletion, then enable the key.',
    keys: KEY,
    source: 'AwsKms.scala:353 3.4, :361 3.5, :376 3.6; GcpKms.scala:429, 440 3.5',
  },
  {
    id: 'kms/access-denied',
    pattern: /is not authorized to perform: ?(?<action>[\w:]+)|AccessDenied|PERMISSION_DENIED|PermissionDenied/,
    cause: 'The identity of the node has no right to do this with the key: {key}. {action}',
    remedy:
      'Grant the right, which `canton-kms policy` prints, and try it with `canton-kms preflight` before the next start.',
    keys: IDENTITY,
    source: AWS_SDK,
  },
  {
    id: 'kms/credentials-expired',
    pattern: /security token included in the request is expired|ExpiredToken|UNAUTHENTICATED/,
    cause: "The node's credentials for the KMS have expired.",
    remedy: 'Renew the credentials; those in environment variables need a restart of the node.',
    keys: IDENTITY,
    source: AWS_SDK,
  },
  {
    id: 'kms/credentials-invalid',
    pattern:
      /security token included in the request is invalid|request signature we calculated does not match|UnrecognizedClient|InvalidClientTokenId|IncompleteSignature/,
    cause: "The node's credentials for the KMS are wrong.",
    remedy: 'Correct the credentials in the environment of the node.',
    keys: IDENTITY,
    source: AWS_SDK,
  },
  {
    id: 'kms/credentials-missing',
    pattern:
      /Unable to load credentials from any of the providers|default credentials were not found|Your default credentials|Error reading credential file|GOOGLE_APPLICATION_CREDENTIALS/,
    cause: 'The node has no credentials for the KMS.',
    remedy:
      'Give the process of the node credentials: variables in its environment, or a role of its machine or workload.',
    keys: IDENTITY,
    source: `${AWS_SDK}; Google client library, seen on a running node`,
  },
  {
    id: 'kms/region-unknown',
    pattern:
      /Unable to load region from any of the providers|UnknownHostException|Received an UnknownHostException|Name or service not known|nodename nor servname/,
    cause: 'The host of the KMS cannot be found.',
    remedy: "Correct the region or 'endpoint-override', or the DNS of the node's machine.",
    keys: ENDPOINT,
    source: AWS_SDK,
  },
  {
    id: 'kms/throttled',
    pattern: /Rate exceeded|ThrottlingException|Throttl|RESOURCE_EXHAUSTED|Quota exceeded|LimitExceededException/,
    cause: 'The KMS refused the call because there were too many.',
    remedy: 'Start or try again, raise the quota of the account, and use session signing keys with external keys.',
    keys: IDENTITY,
    source: AWS_SDK,
  },
  {
    id: 'kms/tls',
    pattern:
      /SSLHandshakeException|PKIX path|unable to find valid certification path|CertificateException|SSLException/,
    cause: 'The TLS connection to the KMS cannot be made.',
    remedy: "Add the certificate authority of the proxy or endpoint to the trust store of the node's Java.",
    keys: ENDPOINT,
    source: AWS_SDK,
  },
  {
    id: 'kms/connection-refused',
    pattern:
      /Connection refused|No route to host|Network is unreachable|connection timed out|Connection timed out|Connect timed out|UNAVAILABLE|DEADLINE_EXCEEDED|Acquire operation took longer/,
    cause: 'The node cannot connect to the KMS.',
    remedy: 'Look at the endpoint, the proxy and the firewall between the node and the KMS.',
    keys: ENDPOINT,
    source: AWS_SDK,
  },
  {
    id: 'kms/connection-closed',
    pattern:
      /connection was closed during the request|BetterFixedChannelPooled was closed|Connection closed|Connection reset|http2 exception|Internal error encountered|CancelledException/,
    cause:
      'The connection to the KMS was closed while a call was under way. Canton repeats the call until it succeeds.',
    remedy: 'Look at the proxy between the node and the KMS if it does not end by itself.',
    keys: ENDPOINT,
    source: 'AwsKms.scala:77-79 3.5, :79-81 3.6; GcpKms.scala:83-85 3.5',
  },
  {
    id: 'kms/wrong-usage',
    pattern:
      /InvalidKeyUsageException|The selected key is defined for .+ and not for|is not an? (?:signing|encryption) public key|not of type ENCRYPT_DECRYPT|Unsupported (?:signing|encryption) (?:key type|algorithm type|specification)|UnsupportedOperationException|unsupported signing key spec/,
    cause: 'The key is of another kind than its use needs: {key}.',
    remedy: 'Use a key of the kind that `canton-kms preflight --create` makes.',
    keys: KEY,
    source: 'AwsKms.scala:248, 275, 286-340 3.5; GcpKms.scala:378-410 3.5; DriverKms.scala:193, 225 3.5',
  },
  {
    id: 'kms/wrong-key',
    pattern: /IncorrectKeyException|InvalidCiphertextException/,
    cause: 'The stored key was encrypted with another wrapper key than the one that was asked: {key}.',
    remedy: 'Use the account and region that have the wrapper key of these rows.',
    keys: KEY,
    source: AWS_SDK,
  },
  {
    id: 'kms/key-not-found',
    pattern: /NotFoundException|does not exist|NOT_FOUND|Invalid arn|Invalid keyId|ValidationException/,
    cause: 'The KMS has no such key at this place: {key}.',
    remedy: 'Correct the ID of the key, or the region, account or key ring where it is.',
    keys: [...KEY.slice(0, 1), ...PLACE],
    source: AWS_SDK,
  },
  {
    id: 'kms/internal',
    pattern:
      /KmsInternalException|KMSInternal|DependencyTimeout|KeyUnavailableException|Service: Kms, Status Code: 5\d\d|\bINTERNAL: /,
    cause: 'The KMS itself failed.',
    remedy: 'Wait until the KMS works again, then start or try again.',
    keys: PLACE,
    source: AWS_SDK,
  },
  {
    id: 'kms/driver-failed',
    pattern: /KmsDriverException|KMS [Dd]river/,
    cause: 'The KMS driver failed.',
    remedy: 'Read what follows in the log, which is the text of the driver.',
    keys: ['crypto.kms.name', 'crypto.kms'],
    source: 'DriverKms.scala:117 3.3, :107 3.4, :112 3.5, :113 3.6',
  },
  {
    id: 'kms/bounds',
    pattern: /does not adhere to bound/,
    cause: 'A text is longer than the KMS takes or returns for a key of this kind.',
    remedy: 'Use a key of the kind that `canton-kms preflight --create` makes.',
    keys: KEY,
    source: 'AwsKms.scala:415, 481 3.5; GcpKms.scala:484, 572 3.5; KmsPrivateCrypto.scala:160, 297 3.5',
  },
];
