import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runCli } from '../kit/built';
import { type Bench, KMS_URL, kms, SYNCHRONIZER_URL } from './bench';
import { type Case, ENVELOPE, EXTERNAL } from './kit';

/*
 * A KMS that refuses, fails and disappears, on a node that starts and on one that runs: what Canton does then is the table of
 * `server/src/operations/trouble/`, and `explain --log` must name the cause and the line. The emulated KMS reads the rules
 * of `rules.json` in its folder at each call.
 */

interface Rule {
  readonly op: string;
  readonly status?: number;
  readonly type?: string;
  readonly message?: string;
  readonly drop?: true;
}

const DENIED = {
  status: 400,
  type: 'AccessDeniedException',
  message: 'User: arn:aws:iam::111122223333:user/canton is not authorized to perform: kms:ACTION on resource: a key',
} as const;
const THROTTLED = { status: 400, type: 'ThrottlingException', message: 'Rate exceeded' } as const;
const INTERNAL = { status: 500, type: 'KMSInternalException', message: 'The request was rejected' } as const;
const EXPIRED = {
  status: 400,
  type: 'ExpiredTokenException',
  message: 'The security token included in the request is expired',
} as const;
const DISABLED = {
  status: 400,
  type: 'DisabledException',
  message: 'arn:aws:kms:us-east-1:1:key/1 is disabled.',
} as const;

function rulesFile(bench: Bench): string {
  return resolve(bench.folder, '..', 'kms', 'rules.json');
}

function setRules(bench: Bench, ...rules: readonly Rule[]): void {
  writeFileSync(rulesFile(bench), JSON.stringify({ rules }));
}

interface Explained {
  readonly id: string;
  readonly path: string | undefined;
  /** One-based. */
  readonly line: number | undefined;
}

/** The failures that the log of the last process shows. */
async function explained(bench: Bench): Promise<readonly Explained[]> {
  const { stdout } = await runCli(['explain', '--log', join('log', 'canton.log'), '--format', 'json', bench.conf], {
    cwd: bench.folder,
  });
  const { findings } = JSON.parse(stdout) as {
    findings: readonly { id: string; places: readonly { path: string; range?: { start: { line: number } } }[] }[];
  };
  return findings.map(({ id, places: [place] }) => ({
    id,
    path: place?.path.replace('canton.participants.p1.', ''),
    line: place?.range && place.range.start.line + 1,
  }));
}

interface StartFault {
  readonly name: string;
  readonly make: (bench: Bench, wrapper: string) => unknown;
  readonly undo: (bench: Bench, wrapper: string) => unknown;
  readonly id: string;
  /** The words of the line of the configuration that is named. */
  readonly line: RegExp;
}

const byRules = (...rules: readonly Rule[]): Pick<StartFault, 'make' | 'undo'> => ({
  make: (bench) => setRules(bench, ...rules),
  undo: (bench) => setRules(bench),
});
const byConfiguration = (change: (text: string) => string): Pick<StartFault, 'make' | 'undo'> => {
  let before = '';
  return {
    make: (bench) => {
      before = readFileSync(join(bench.folder, bench.conf), 'utf8');
      bench.configure(change(before));
    },
    undo: (bench) => bench.configure(before),
  };
};

const START_FAULTS: readonly StartFault[] = [
  {
    name: 'the wrapper key is disabled',
    make: (_, KeyId) => kms('DisableKey', { KeyId }),
    undo: (_, KeyId) => kms('EnableKey', { KeyId }),
    id: 'kms/key-disabled',
    line: /kms \{/,
  },
  {
    name: 'the wrapper key is scheduled for deletion',
    make: (_, KeyId) => kms('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 }),
    undo: (_, KeyId) => kms('CancelKeyDeletion', { KeyId }),
    id: 'kms/key-disabled',
    line: /kms \{/,
  },
  {
    name: 'its deletion is canceled, and it is not enabled',
    make: () => undefined,
    undo: (_, KeyId) => kms('EnableKey', { KeyId }),
    id: 'kms/key-disabled',
    line: /kms \{/,
  },
  {
    name: 'DescribeKey is denied',
    ...byRules({ op: 'DescribeKey', ...DENIED }),
    id: 'kms/access-denied',
    line: /kms \{/,
  },
  { name: 'Decrypt is denied', ...byRules({ op: 'Decrypt', ...DENIED }), id: 'kms/access-denied', line: /kms \{/ },
  { name: 'the KMS throttles', ...byRules({ op: '*', ...THROTTLED }), id: 'kms/throttled', line: /kms \{/ },
  { name: 'the KMS fails', ...byRules({ op: '*', ...INTERNAL }), id: 'kms/internal', line: /region/ },
  {
    name: 'the credentials have expired',
    ...byRules({ op: '*', ...EXPIRED }),
    id: 'kms/credentials-expired',
    line: /kms \{/,
  },
  {
    name: 'the region is another one',
    ...byConfiguration((text) => text.replace('region = us-east-1', 'region = eu-west-1')),
    id: 'kms/key-not-found',
    line: /region = eu-west-1/,
  },
  {
    name: 'nothing answers at the endpoint',
    ...byConfiguration((text) => text.replace(KMS_URL, 'http://127.0.0.1:9')),
    id: 'kms/connection-refused',
    line: /endpoint-override = "http:\/\/127\.0\.0\.1:9"/,
  },
  {
    name: 'private-key-store was removed',
    ...byConfiguration((text) => text.replace(/, private-key-store\.encryption\.type = kms/, '')),
    id: 'crypto/keys-stay-encrypted',
    line: /crypto \{/,
  },
];

const atStart: Case['run'] = async (bench) => {
  bench.configure(bench.participant('p1', ENVELOPE));
  const first = await bench.script('first', 'println("WRAPPER " + p1.keys.secret.get_wrapper_key_id())\n');
  const wrapper = /^WRAPPER (\S+)$/m.exec(first)?.[1] ?? '';
  assert.notEqual(wrapper, '');
  for (const { name, make, undo, id, line } of START_FAULTS) {
    rmSync(join(bench.folder, 'log'), { recursive: true, force: true });
    await make(bench, wrapper);
    const { status } = await bench.attempt('start', 'println("started")\n');
    const found = await explained(bench);
    const lines = readFileSync(join(bench.folder, bench.conf), 'utf8').split('\n');
    await undo(bench, wrapper);
    assert.notEqual(status, 0, `${name}: the process must end`);
    assert.deepEqual(new Set(found.map((one) => one.id)), new Set([id]), name);
    assert.match(lines[(found[0]?.line ?? 0) - 1] ?? '', line, `${name}: ${found[0]?.path}`);
  }
  await bench.script('again', 'require(p1.keys.secret.list().forall(_.wrapperKeyId.isDefined))\n');
};

/** Scala: sets the rules of the KMS, and prints what is shown. */
function helpers(bench: Bench): string {
  return `def rules(text: String): Unit = better.files.File(${JSON.stringify(rulesFile(bench))}).overwrite("{\\"rules\\": [" + text + "]}")
def pings(): Boolean = scala.util.Try(p1.health.ping(p1.id, timeout = 20.seconds)).isSuccess
def shown(what: String, holds: Boolean): Unit = { println("SHOWN " + holds + " " + what) }
def healthy(): Boolean = p1.health.status.isActive.contains(true) && !p1.health.status.toString.contains("Failed(")
`;
}

function asScala(...rules: readonly Rule[]): string {
  return JSON.stringify(rules.map((rule) => JSON.stringify(rule)).join(', '));
}

function assertShown(output: string): void {
  const lines = output.match(/^SHOWN .*$/gm) ?? [];
  assert.ok(lines.length > 0);
  assert.deepEqual(
    lines.filter((line) => !line.startsWith('SHOWN true ')),
    [],
  );
}

const externalRunning: Case['run'] = async (bench) => {
  bench.configure(bench.participant('p1', EXTERNAL));
  const sign = ([name, answer]: readonly [string, Omit<Rule, 'op'>]) => `
rules(${asScala({ op: 'Sign', ...answer })})
shown("${name}: commands fail", !pings())
shown("${name}: the synchronizer is listed as connected", p1.synchronizers.list_connected().nonEmpty)
shown("${name}: health is green", healthy())
rules("")
utils.retry_until_true(timeout = 2.minutes) { pings() }
shown("${name}: it works again without a restart", true)
`;
  const output = await bench.script(
    'running',
    `p1.synchronizers.connect("da", "${SYNCHRONIZER_URL}")
require(p1.health.ping(p1.id, timeout = 2.minutes).toMillis > 0)
${helpers(bench)}${(
  [
    ['rights missing', DENIED],
    ['throttled', THROTTLED],
    ['failing', INTERNAL],
    ['credentials expired', EXPIRED],
    ['signing key disabled', DISABLED],
  ] as const
)
  .map(sign)
  .join('')}
rules(${asScala({ op: 'Sign', drop: true })})
// A thread would wait for the script itself, which is one initialization to Java.
new ProcessBuilder("sh", "-c", "sleep 8; printf '{\\"rules\\": []}' >'" + ${JSON.stringify(rulesFile(bench))} + "'").start()
shown("connection closed: the call waits, and goes on by itself", scala.util.Try(p1.health.ping(p1.id, timeout = 1.minute)).isSuccess)
`,
  );
  setRules(bench);
  assertShown(output);
  const found = new Set((await explained(bench)).map(({ id }) => id));
  for (const id of [
    'access-denied',
    'throttled',
    'internal',
    'credentials-expired',
    'key-disabled',
    'connection-closed',
  ]) {
    assert.ok(found.has(`kms/${id}`), id);
  }
  await encryptionKeyDisabled(bench);
};

/** The first message that needs the key ends the whole process (`exit-on-fatal-failures`), and a start after the repair works. */
async function encryptionKeyDisabled(bench: Bench): Promise<void> {
  const again = `utils.retry_until_true(timeout = 2.minutes, maxWaitPeriod = 5.seconds) { scala.util.Try(p1.health.ping(p1.id, timeout = 20.seconds)).isSuccess }\n`;
  rmSync(join(bench.folder, 'log'), { recursive: true, force: true });
  const { status } = await bench.attempt(
    'encryption',
    // Messages that a session encryption key covers need no decryption, for some seconds.
    `${helpers(bench)}${again}rules(${asScala({ op: 'Decrypt', ...DISABLED })})
utils.retry_until_true(timeout = 3.minutes, maxWaitPeriod = 10.seconds) { pings(); false }
`,
  );
  setRules(bench);
  assert.notEqual(status, 0);
  const log = readFileSync(join(bench.folder, 'log', 'canton.log'), 'utf8');
  assert.match(
    log,
    /Fatal error occurred, crashing the node to recover from invalid state: UnrecoverableError\(Synchronizer/,
  );
  const found = await explained(bench);
  assert.ok(found.some(({ id }) => id === 'kms/key-disabled'));
  await bench.script('again', again);
}

const envelopeRunning: Case['run'] = async (bench) => {
  bench.configure(bench.participant('p1', ENVELOPE));
  const output = await bench.script(
    'running',
    `p1.synchronizers.connect("da", "${SYNCHRONIZER_URL}")
require(p1.health.ping(p1.id, timeout = 2.minutes).toMillis > 0)
${helpers(bench)}
rules(${asScala({ op: '*', ...DISABLED })})
shown("wrapper key disabled: commands work", pings())
shown("wrapper key disabled: keys are listed", p1.keys.secret.list().nonEmpty)
shown("wrapper key disabled: keys can be exported", scala.util.Try(p1.keys.secret.download_to(p1.keys.secret.list().head.id, "exported.key")).isSuccess)
shown("wrapper key disabled: new keys fail", scala.util.Try(p1.keys.secret.generate_signing_key("new", SigningKeyUsage.ProtocolOnly)).isFailure)
rules(${asScala({ op: 'Decrypt', ...DISABLED })})
shown("wrapper key disabled: its rotation fails", scala.util.Try(p1.keys.secret.rotate_wrapper_key()).isFailure)
shown("health is green", healthy())
rules("")
shown("works again without a restart", scala.util.Try(p1.keys.secret.generate_signing_key("new", SigningKeyUsage.ProtocolOnly)).isSuccess)
`,
  );
  setRules(bench);
  assertShown(output);
  const found = new Set((await explained(bench)).map(({ id }) => id));
  assert.ok(found.has('kms/key-disabled'));
};

export const FAULTS: readonly Case[] = [
  { name: 'faults-at-start', run: atStart },
  { name: 'faults-external', run: externalRunning },
  { name: 'faults-envelope', run: envelopeRunning },
];
