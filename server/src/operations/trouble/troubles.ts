import type { KmsType } from '../../../../schemas/kms-types';
import type { NodeKind } from '../facts';
import type { VaultState } from '../plan';

/** The moments at which a failing KMS has different effects. */
export const MOMENTS = ['running', 'restart', 'failover', 'restore'] as const;
export type Moment = (typeof MOMENTS)[number];

/** The consequences if a KMS or a key fails at one moment. Texts are Markdown, in whole sentences. */
export interface Cell {
  /** The behavior of Canton, with how long it goes on. */
  readonly canton: string;
  readonly remedy: string;
  /** Undefined: nothing. */
  readonly lost?: string;
  /** A failure of `explain --log`, which its log shows. */
  readonly log?: string;
  /** The evidence: a test that causes the fault on a running Canton, or the source. */
  readonly basis: 'shown' | 'derived';
  /** The version and the test, or the source file. */
  readonly source: string;
}

export interface Trouble {
  readonly id: string;
  /** `The wrapper key is disabled` */
  readonly title: string;
  readonly cells: Readonly<Record<Moment, Cell>>;
}

/** The part of a node that determines the possible failures. */
export interface TroubledNode {
  readonly vault: Exclude<VaultState, 'clear'>;
  readonly type: KmsType;
  readonly kind: NodeKind;
}

const START = '3.5, `test/canton`, `faults-at-start`';
const WRAPPED = '3.5, `test/canton`, `faults-envelope`';
const EXTERNAL = '3.5, `test/canton`, `faults-external`';

function shown(canton: string, remedy: string, source: string, more: Partial<Pick<Cell, 'lost' | 'log'>> = {}): Cell {
  return { canton, remedy, basis: 'shown', source, ...more };
}

function derived(canton: string, remedy: string, source: string, more: Partial<Pick<Cell, 'lost' | 'log'>> = {}): Cell {
  return { canton, remedy, basis: 'derived', source, ...more };
}

const ENDS = 'The start fails, and the whole process ends, with all nodes in it.';
const READS_LATER = 'A replica reads the keys when it becomes active, and fails as a start does.';
const READER = 'EncryptedCryptoPrivateStore.scala:374-483 3.5';
const NO_RESTART = 'Do not restart.';

/** The node needs the KMS at its start alone: keys are in memory afterwards (`EncryptedCryptoPrivateStore.scala` 3.5). */
function wrapped(
  { id, title, repair, lost, log }: { id: string; title: string; repair: string; lost?: string; log: string },
  restart: 'shown' | 'derived',
  running: 'shown' | 'derived' = 'derived',
): Trouble {
  const more = { log, ...(lost !== undefined && { lost }) };
  const goesOn =
    'It keeps running without a time limit, because its keys are in memory. New keys and the rotation of the wrapper key fail, and a failed rotation leaves an unused key in the KMS.';
  const make = (basis: 'shown' | 'derived') => (basis === 'shown' ? shown : derived);
  return {
    id,
    title,
    cells: {
      running: make(running)(goesOn, `${NO_RESTART} ${repair}`, running === 'shown' ? WRAPPED : READER, { log }),
      restart: make(restart)(ENDS, `${repair} Then start.`, restart === 'shown' ? START : READER, more),
      failover: derived(READS_LATER, `${repair} Then switch again.`, READER, more),
      restore: derived(`${ENDS} The backup needs the wrapper key of its time.`, `${repair} Then start.`, READER, more),
    },
  };
}

const UNREADABLE =
  'Everything, unless the node still runs: the database and every backup under the key are unreadable.';

function wrappedTroubles(type: KmsType): readonly Trouble[] {
  const enable = ENABLE[type];
  return [
    wrapped(
      {
        id: 'wrapper-disabled',
        title: 'The wrapper key is disabled',
        repair: `${enable.key}.`,
        log: 'kms/key-disabled',
      },
      'shown',
      'shown',
    ),
    wrapped(
      {
        id: 'wrapper-pending',
        title: 'The wrapper key is scheduled for deletion',
        repair: `${enable.deletion}.`,
        log: 'kms/key-disabled',
        lost: 'Nothing until the end of the window; after that, the same as with a lost key.',
      },
      'shown',
    ),
    {
      id: 'wrapper-lost',
      title: 'The wrapper key is lost',
      cells: {
        running: derived(
          'It keeps running without a time limit, because its keys are in memory. They can be exported.',
          `${NO_RESTART} Export every key with \`keys.secret.download_to\`, and plan \`restore-keys\`.`,
          'EncryptedCryptoPrivateStore.scala:159-195 3.5, seen on a running 3.5',
          { log: 'kms/key-not-found' },
        ),
        restart: derived(ENDS, 'Restore a backup under another wrapper key, or upload exported keys.', READER, {
          lost: UNREADABLE,
          log: 'kms/key-not-found',
        }),
        failover: derived(READS_LATER, 'Switch back to the replica that still runs, and export its keys.', READER, {
          lost: UNREADABLE,
          log: 'kms/key-not-found',
        }),
        restore: derived(`The backup is unreadable.`, 'Take a backup under another wrapper key.', READER, {
          lost: UNREADABLE,
          log: 'kms/key-not-found',
        }),
      },
    },
    wrapped(
      {
        id: 'rights',
        title: 'The node has no right to use the wrapper key',
        repair: 'Grant the rights of `canton-kms policy`, and wait some minutes.',
        log: 'kms/access-denied',
      },
      'shown',
    ),
    wrapped(
      {
        id: 'region',
        title: 'The region or the endpoint of the KMS is down',
        repair: `Wait, or plan \`failover-region\` if the key is a multi-region key.`,
        log: 'kms/connection-refused',
      },
      type === 'driver' ? 'derived' : 'shown',
    ),
    wrapped(
      {
        id: 'throttled',
        title: 'The KMS throttles or fails',
        repair: 'Wait, and start fewer nodes at once.',
        log: 'kms/throttled',
      },
      'shown',
    ),
    wrapped(
      {
        id: 'credentials',
        title: "The node's credentials have expired",
        repair: 'Renew them.',
        log: 'kms/credentials-expired',
      },
      'shown',
    ),
    ...(type === 'driver' ? [driver('wrapped')] : []),
  ];
}

const ENABLE: Readonly<Record<KmsType, { readonly key: string; readonly deletion: string }>> = {
  aws: {
    key: '`aws kms enable-key`',
    deletion: '`aws kms cancel-key-deletion`, then `aws kms enable-key`: a canceled deletion leaves the key disabled',
  },
  gcp: {
    key: '`gcloud kms keys versions enable 1`',
    deletion: '`gcloud kms keys versions restore 1`, then `gcloud kms keys versions enable 1`',
  },
  driver: { key: 'Enable the key in the KMS', deletion: 'Restore the key in the KMS, and enable it' },
};

const SIGN_FAILS =
  'Every command, confirmation and topology change fails, and requests time out. Health stays green, and the synchronizer is listed as connected. It goes on until the repair.';
const WORKS_AGAIN = 'It works again by itself.';
const STARTS = 'The node starts, because nothing is signed at the start, but it cannot sign in to the synchronizers.';
const SIGNER = 'KmsPrivateCrypto.scala 3.5';

function external(
  {
    id,
    title,
    repair,
    log,
    canton = SIGN_FAILS,
  }: { id: string; title: string; repair: string; log: string; canton?: string },
  running: 'shown' | 'derived',
): Trouble {
  const make = running === 'shown' ? shown : derived;
  return {
    id,
    title,
    cells: {
      running: make(canton, `${repair} ${WORKS_AGAIN}`, running === 'shown' ? EXTERNAL : SIGNER, { log }),
      restart: derived(STARTS, `${repair} Then \`reconnect_all()\` and a ping.`, SIGNER, { log }),
      failover: derived(
        'The other replica has the same keys and the same fault.',
        repair,
        'DbKmsMetadataStore.scala:86-110 3.5',
        { log },
      ),
      restore: derived(STARTS, `${repair} Then \`reconnect_all()\` and a ping.`, SIGNER, { log }),
    },
  };
}

function externalTroubles({ type, kind }: TroubledNode): readonly Trouble[] {
  const enable = ENABLE[type];
  return [
    external(
      { id: 'signing-disabled', title: 'A signing key is disabled', repair: `${enable.key}.`, log: 'kms/key-disabled' },
      'shown',
    ),
    ...(kind === 'participant' ? [encryptionDisabled(enable.key)] : []),
    {
      id: 'key-lost',
      title: 'A key is scheduled for deletion or lost',
      cells: {
        running: derived(
          SIGN_FAILS,
          `Within the window, ${enable.deletion}. Later, announce a new key with the namespace key.`,
          SIGNER,
          {
            lost: 'Of the encryption key: every message that is encrypted for it. Of the root key: the identity, unless an intermediate key is delegated.',
            log: 'kms/pending-deletion',
          },
        ),
        restart: derived(STARTS, 'As while it runs.', SIGNER, { log: 'kms/pending-deletion' }),
        failover: derived(
          'The other replica has the same keys and the same fault.',
          'As while it runs.',
          'DbKmsMetadataStore.scala:86-110 3.5',
          { log: 'kms/pending-deletion' },
        ),
        restore: derived(
          'A node that is restored from before a rotation needs every key that was announced since.',
          'Keep keys until no backup needs them: `canton-kms drift`. Register them as `restore-keys` plans it.',
          'SequencerSubscriptionImpl, seen on a running 3.5',
          { log: 'keys/key-not-available' },
        ),
      },
    },
    external(
      {
        id: 'rights',
        title: 'The node has no right to use a key',
        repair: 'Grant the rights of `canton-kms policy`, and wait some minutes.',
        log: 'kms/access-denied',
      },
      'shown',
    ),
    external(
      {
        id: 'region',
        title: 'The region or the endpoint of the KMS is down',
        repair: 'Wait, or plan `failover-region` if the keys are multi-region keys.',
        log: 'kms/connection-refused',
        canton: `${SIGN_FAILS} A connection that is closed is the exception: that call waits, and goes on by itself.`,
      },
      'derived',
    ),
    external(
      {
        id: 'throttled',
        title: 'The KMS throttles or fails',
        repair: 'Raise the quota, and plan `enable-session-signing-keys`.',
        log: 'kms/throttled',
      },
      'shown',
    ),
    external(
      {
        id: 'credentials',
        title: "The node's credentials have expired",
        repair: 'Renew them; those in environment variables need a restart.',
        log: 'kms/credentials-expired',
      },
      'shown',
    ),
    ...(type === 'driver' ? [driver('external')] : []),
  ];
}

function encryptionDisabled(enable: string): Trouble {
  const log = 'kms/key-disabled';
  const reader = 'ViewMessageDecrypter, SynchronizerConnectionsManager 3.5';
  return {
    id: 'encryption-disabled',
    title: 'The encryption key is disabled',
    cells: {
      running: derived(
        'The first message for it ends the subscription, and with it the whole process, with all nodes in it. With `exit-on-fatal-failures = no` the participant disconnects, and stays disconnected after the repair.',
        `${enable}, then start, or \`reconnect_all()\` where the process still runs.`,
        `${reader}, seen on a running 3.5`,
        { log },
      ),
      restart: derived('The node starts, reads the message again, and ends again.', `${enable}, then start.`, reader, {
        log,
      }),
      failover: derived('The other replica reads the same message, and ends.', `${enable}, then start.`, reader, {
        log,
      }),
      restore: derived(
        'The node replays the messages since the backup, and ends at the first one.',
        `${enable}, then start.`,
        reader,
        { log },
      ),
    },
  };
}

/** Only a driver's health is polled, and part of that of the node (`DriverKms.scala:320-360` 3.5). */
function driver(vault: TroubledNode['vault']): Trouble {
  const log = 'kms/driver-failed';
  const source = 'DriverKms.scala:83-112, 320-360 3.5';
  const running =
    vault === 'wrapped'
      ? 'It goes on with the keys in memory; its health reports the driver.'
      : 'Calls that the driver marks as retryable are repeated without limit, and others fail at once; the health of the node reports the driver.';
  return {
    id: 'driver',
    title: 'The KMS driver fails',
    cells: {
      running: derived(running, 'Repair the KMS behind the driver.', source, { log }),
      restart: derived(ENDS, 'Repair the KMS behind the driver, then start.', source, { log }),
      failover: derived(
        'The other replica has a driver of its own, and the same KMS.',
        'Repair the KMS behind the driver.',
        source,
        { log },
      ),
      restore: derived(ENDS, 'Repair the KMS behind the driver, then start.', source, { log }),
    },
  };
}

/** The troubles of a node, most serious first. A test in `test/canton` makes those that are shown, with AWS on 3.5. */
export function troublesOf(node: TroubledNode): readonly Trouble[] {
  const all = node.vault === 'wrapped' ? wrappedTroubles(node.type) : externalTroubles(node);
  return node.type === 'aws' ? all : all.map(asDerived);
}

/** Other KMS types were not run. */
function asDerived(trouble: Trouble): Trouble {
  const cells = Object.fromEntries(
    MOMENTS.map((moment) => {
      const cell = trouble.cells[moment];
      return [moment, cell.basis === 'derived' ? cell : { ...cell, basis: 'derived', source: `AWS on ${cell.source}` }];
    }),
  );
  return { ...trouble, cells: cells as unknown as Trouble['cells'] };
}
