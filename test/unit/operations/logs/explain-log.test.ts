import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { CantonVersion } from '../../../../schemas/version';
import { KMS_REASONS } from '../../../../server/src/operations/logs/kms-failures';
import { RUNNING_FAILURES } from '../../../../server/src/operations/logs/running-failures';
import { START_FAILURES } from '../../../../server/src/operations/logs/start-failures';
import { TRACES } from '../../../../server/src/operations/logs/traces';
import { VALIDATION_FAILURES } from '../../../../server/src/operations/logs/validation-failures';
import type { LogAnswer, PlacedKey } from '../../../../server/src/service';
import { uriOf } from '../../../kit/fixture';
import { recording } from '../../../kit/recorded';
import { workbench } from '../../../kit/service';
import texts from './canton-texts.json';
import recorded from './faults.json';

/** The head of Canton's log, as a running node of 3.5 prints it. */
const HEAD =
  '2026-11-30 21:14:27,128 [canton-env-ec-21] ERROR c.d.c.e.CantonNodeBootstrapImpl$SetupCrypto:participant=p1 - ';

function explained(log: string, config?: string, version: CantonVersion = '3.5'): Promise<LogAnswer> {
  const { service } = workbench(`-- p1.conf --\n${config ?? ''}`, { force: { version, edition: 'enterprise' } });
  return service.explainLogFiles(log, config === undefined ? [] : [uriOf('p1.conf')]);
}

async function ids(log: string, config?: string): Promise<string[]> {
  return (await explained(log, config)).findings.map(({ id }) => id);
}

function configOf({ base, replaced, by }: (typeof recorded.faults)[number]): string {
  return (recorded.bases as Readonly<Record<string, string>>)[base]?.replace(replaced, () => by) ?? '';
}

/** One line for each finding: what happened to which node, and what to do about it. */
function shown(log: string, { findings, foreign, firstError }: LogAnswer): string[] {
  if (findings.length === 0) return [`nothing (${foreign.join()}; ${firstError?.words}): ${JSON.stringify(log)}`];
  return findings.map(
    ({ id, node, cause, remedy, words }) => `${id} ${node}: ${cause} ${remedy} ${JSON.stringify(words)}`,
  );
}

/** One line for each finding: where it is in the log, and the keys with their places. */
function shownPlaces(base: string, { findings }: LogAnswer): string[] {
  return findings.map(({ id, line, count, node, places }) => {
    const keys = places.map(({ path, at }) => `${path} ${at === undefined ? '-' : placed(at)}`).join(', ');
    return `${base} ${id} line ${line} x${count} ${node} [${keys}]`;
  });
}

function placed({ range: { start, end }, text }: NonNullable<PlacedKey['at']>): string {
  return `${start.line}:${start.character}-${end.line}:${end.character} ${JSON.stringify(text)}`;
}

describe('a log of Canton, explained', () => {
  /** Read before they are recorded, so that no sentence, key or place changes unseen. */
  const answers = recording(join(__dirname, 'recorded/explained.txt'));
  for (const { id, text } of texts) {
    it(`knows ${id}: ${text.slice(0, 90).replace(/\s+/g, ' ')}`, async () => {
      const log = `${HEAD}${text}\n`;
      const answer = await explained(log);
      assert.deepEqual(
        answer.findings.map((finding) => finding.id),
        [id],
      );
      answers.compare([...shown(text, answer), ...shownPlaces('none', answer)]);
      answers.compare(shownPlaces('envelope', await explained(log, CONFIG)));
      answers.compare(shownPlaces('external', await explained(log, EXTERNAL)));
      // What only follows from a cause is not shown beside one.
      const isCause = (await ids(`${HEAD}${DISABLED}\n${log}`)).includes(id);
      answers.compare([`${id} is ${isCause ? 'shown' : 'left out'} beside a cause`]);
      // Canton prints an error with a long text over several lines.
      const printed = text.replace(/\((?=keyId = )/g, '(\n  ').replace(/, (?=reason = )/g, ',\n  ');
      assert.deepEqual(await ids(`${HEAD}${printed}\n`), [id]);
    });
  }

  it('has a text for everything that it knows', () => {
    const known = [...VALIDATION_FAILURES, ...START_FAILURES, ...RUNNING_FAILURES, ...TRACES, ...KMS_REASONS].map(
      ({ id }) => id,
    );
    const shown = new Set(texts.map(({ id }) => id));
    assert.deepEqual(
      known.filter((id) => !shown.has(id)),
      [],
    );
    assert.equal(new Set(known).size, known.length, 'ids are unique');
  });

  for (const fault of recorded.faults) {
    const { base, by, versions, line, log } = fault;
    const [version = '3.5'] = versions;
    const written = by.trim().split('\n').at(-1)?.trim();
    it(`names line ${line} in what Canton ${versions.join(', ')} printed for '${written}' (${base})`, async () => {
      const answer = await explained(log, configOf(fault), version as CantonVersion);
      answers.compare([...shown(log, answer), ...shownPlaces(base, answer)]);
      const { findings } = answer;
      const lines = findings.map(({ places }) => (places[0]?.at?.range.start.line ?? -1) + 1);
      assert.ok(lines.includes(line), `${findings.map(({ id }) => id)} at ${lines}: ${log}`);
    });
  }

  it('has nothing recorded but the answers to these', () => answers.finish());
});

const CONFIG = `canton.participants.p1 {
  storage.type = postgres
  crypto {
    private-key-store.encryption { type = kms, wrapper-key-id = "1f0c5d3a" }
    kms { type = aws, region = us-east-1 }
  }
}
`;
const EXTERNAL = `canton.participants.p1 {
  storage.type = postgres
  crypto { provider = kms, kms { type = gcp, location-id = us-east1, project-id = ledger, key-ring-id = canton } }
  crypto.session-signing-keys.enabled = true
}
canton.mediators.m1.crypto.kms.endpoint-override = "http://localhost:4566"
`;
const DISABLED =
  'Attempting to run Init crypto module failed with Failed to create crypto private store: EncryptedPrivateStoreError(KmsKeyDisabledError(keyId = KmsKeyId(1f0c5d3a), reason = key is disabled))';
const PARSE = `CANNOT_PARSE_CONFIG_FILES(8,0): Failed to parse the Canton config files
com.typesafe.config.ConfigException$Parse: p1.conf: 3: expecting a close parentheses`;
const GENERIC = `GENERIC_CONFIG_ERROR(8,0): Cannot convert configuration to a config of class com.digitalasset.canton.config.CantonConfig. Failures are:
  at 'canton.participants.p1.crypto.kms':
    - (p1.conf: 5) Unknown key.
`;

describe('the forms of a log', () => {
  const line = `${HEAD}${DISABLED}`;
  const stamp = '2026-11-30T21:14:27.128456789Z';
  const json = JSON.stringify({
    '@timestamp': stamp,
    message: DISABLED,
    logger_name: 'com.digitalasset.canton.environment.CantonNodeBootstrapImpl$SetupCrypto:participant=p1',
    level: 'ERROR',
  });
  const forms: Readonly<Record<string, string>> = {
    'the text log': line,
    'carriage returns': `${line}\r`,
    'a context with blanks': line.replace(
      ':participant=p1 -',
      ":participant=p1/synchronizerAlias=Synchronizer 'da' tid:1f -",
    ),
    colors: `\u001b[31m${line.replace('ERROR', '\u001b[1mERROR\u001b[0m')}\u001b[0m`,
    'JSON of an encoder': json,
    'a file of the CRI': `${stamp} stdout F ${line}`,
    'JSON in a file of the CRI': `${stamp} stdout F ${json}`,
    'kubectl logs --prefix': `[pod/participant-0/participant] ${line}`,
    'kubectl logs --timestamps': `${stamp} ${line}`,
    'docker compose logs': `participant-1  | ${line}`,
    'JSON of Docker': JSON.stringify({ log: `${line}\n`, stream: 'stdout', time: stamp }),
    'JSON in the JSON of Docker': JSON.stringify({ log: `${json}\n`, stream: 'stdout', time: stamp }),
    'only the message': DISABLED,
    'only the error': DISABLED.slice(DISABLED.indexOf('Encrypted')),
  };
  for (const [name, form] of Object.entries(forms)) {
    it(`reads ${name}`, async () => {
      const info =
        '2026-11-30 21:14:15,063 [main] INFO  c.d.canton.CantonCommunityApp$ - Starting Canton version 3.5.10';
      const { findings } = await explained(`${info}\n${form}\n`, CONFIG);
      const [found] = findings;
      assert.equal(findings.length, 1);
      assert.equal(found?.id, 'kms/key-disabled');
      assert.equal(found?.line, 2);
      assert.equal(found?.node, 'participants.p1');
      assert.equal(found?.places[0]?.path, 'canton.participants.p1.crypto.private-key-store.encryption.wrapper-key-id');
      assert.equal(found?.places[0]?.at?.range.start.line, 3);
    });
  }

  it('reads messages of several lines with prefixes', async () => {
    const config = CONFIG.replace('region', 'regoin = x, region');
    for (const prefix of [`${stamp} stdout F `, 'participant-1  | ', '[pod/participant-0/participant] ', '']) {
      const text = `${HEAD}${GENERIC.replace("kms'", "kms.regoin'")}`.trimEnd().split('\n');
      const log = text.map((one) => `${prefix}${one}\n`).join('');
      const [found] = (await explained(log, config)).findings;
      assert.deepEqual([found?.id, found?.places[0]?.at?.range.start.line], ['read/unknown-key', 4], prefix);
    }
  });

  it('counts what is repeated, and does not name what follows from a cause', async () => {
    const log = `${line}\n${line}\n${HEAD}REGISTER_KMS_KEY_INTERNAL_ERROR(4,5d1): GeneralKmsError(x)\n`;
    const { findings } = await explained(log, CONFIG);
    assert.deepEqual(
      findings.map(({ id, count }) => [id, count]),
      [['kms/key-disabled', 2]],
    );
  });

  it('shows no secret of the line that it names', async () => {
    const config = CONFIG.replace('region = us-east-1', 'region = us-east-1, endpoint-override = "http://u:hunter2@x"');
    const log = `${HEAD}KMS operation \`signing with key KmsKeyId(a)\` failed: KmsSignError(keyId = KmsKeyId(a), reason = Unable to execute HTTP request: Connection refused: http://u:hunter2@x)`;
    const answer = await explained(log, config);
    assert.equal(answer.findings[0]?.id, 'kms/connection-refused');
    assert.doesNotMatch(JSON.stringify(answer), /hunter2/);
  });
});

describe('what is no failure of this node', () => {
  const others: Readonly<Record<string, string>> = {
    nothing: '',
    'a good start':
      '2026-11-30 21:14:15,063 [main] INFO  c.d.canton.CantonCommunityApp$ - Starting Canton version 3.5.10\n',
    'a failure of Canton that is not known': `${HEAD}Attempting to run Init storage module failed with the moon is full\n`,
    'an unknown answer of a KMS': `${HEAD}KMS operation \`signing with key KmsKeyId(a)\` failed: KmsSignError(keyId = KmsKeyId(a), reason = the moon is full)\n`,
    'another application with the same library for AWS':
      '2026-11-30 21:14:15,063 [main] ERROR com.example.Billing - software.amazon.awssdk.services.kms.model.DisabledException: arn:aws:kms:us-east-1:1:key/1 is disabled. (Service: Kms, Status Code: 400)\n',
    'another application with the same library for configurations':
      "2026-11-30 21:14:15,063 [main] ERROR com.example.Billing - Cannot convert configuration to a config of class com.example.Config. Failures are:\n  at 'billing.kms':\n    - (billing.conf: 5) Unknown key.\n",
    'another application with the same library, on standard error':
      'com.typesafe.config.ConfigException$Parse: billing.conf: 4: expecting a close parentheses\n',
    'an application that quotes Canton': `2026-11-30 21:14:15,063 [main] ERROR com.example.Monitor - ${DISABLED}\n`,
    nginx:
      '2026/11/30 21:14:15 [error] 31#31: *1 connect() failed (111: Connection refused) while connecting to upstream\n',
    PostgreSQL: '2026-11-30 21:14:15.063 UTC [1] FATAL:  password authentication failed for user "canton"\n',
    'a table that describes failures': `| Wrapper key disabled | \`KmsKeyDisabledError(keyId = a, reason = key is disabled)\` | enable it |\n`,
    'a sentence about failures':
      'If you see KmsKeyDisabledError(keyId = a, reason = key is disabled), enable the key.\n',
    'binary data': '\u0000\u0001\u0002KmsKeyDisabledError\u0000',
  };
  for (const [name, log] of Object.entries(others)) {
    it(`does not know ${name}`, async () => {
      assert.deepEqual(await ids(log), []);
      assert.deepEqual(await ids(log, CONFIG), []);
    });
  }

  it('does not know failures of a node that the files do not configure, and names that node', async () => {
    const log = `${HEAD.replace('participant=p1', 'participant=p2')}${DISABLED}\n`;
    const { findings, foreign } = await explained(log, CONFIG);
    assert.deepEqual([findings, foreign], [[], ['participants.p2']]);
  });

  it('names the first error of what it does not know', async () => {
    const log = `2026-11-30 21:14:15,063 [main] INFO  c.d.c.X - Fine\n${HEAD}Something new\n${HEAD}Something else\n`;
    const { firstError } = await explained(log, CONFIG);
    assert.deepEqual(firstError, { line: 2, words: 'Something new' });
    assert.equal(
      (await explained('2026-11-30 21:14:15,063 [main] ERROR com.example.X - Other\n')).firstError,
      undefined,
    );
  });

  it('does not know failures of a configuration that the files are not, and names what they lack', async () => {
    const missing = `${HEAD}${GENERIC.replace('Unknown key.', "Key not found: 'region'.")}`;
    assert.deepEqual(await ids(missing), ['read/missing-key'], 'without files');
    const foreign: Readonly<Record<string, string>> = {
      [missing]: 'participants.p1',
      [`${HEAD}${GENERIC.replace('p1.conf', 'other.conf').replace("kms'", "kms.regoin'")}`]: 'participants.p1',
      [`${HEAD}${GENERIC.replace('participants.p1', 'sequencers.s1')}`]: 'sequencers.s1',
      [`${HEAD}${PARSE.replace('p1.conf', 'other.conf')}`]: 'other.conf',
      [`${HEAD}Participant p2: Retry delay\n${HEAD.replace('p1', 'p2')}${DISABLED}`]: 'participants.p2',
      'participant p9: Session signing keys should only be enabled when using a KMS provider': 'participants.p9',
      'Authorization service cannot be configured to accept both privileged tokens and tokens for user-lists in p9':
        'p9',
    };
    for (const [log, name] of Object.entries(foreign)) {
      const answer = await explained(log, CONFIG);
      assert.deepEqual([answer.findings, answer.foreign], [[], [name]], log);
    }
  });
});

describe('the answer to a log', () => {
  const TWO = `${CONFIG}canton.participants.p2.storage.type = memory\n`;
  const KEY = 'canton.participants.p1.crypto.private-key-store.encryption.wrapper-key-id 3:47-3:61';
  const trace = 'Failed ping id=c948';
  const sessionKeys = 'participant p1: Session signing keys should only be enabled when using a KMS provider';
  const privileged =
    'Authorization service cannot be configured to accept both privileged tokens and tokens for user-lists in';
  const domain = 'domain manager dm: Session signing keys should only be enabled when using a KMS provider';
  const json = (message: string) => JSON.stringify({ message, logger_name: 'com.daml.X', level: 'ERROR' });
  const cases: Readonly<Record<string, readonly [log: string, config: string | undefined, ...found: string[]]>> = {
    'names no consequences beside a failure of reading': [
      `${HEAD}${trace}\n${HEAD}${GENERIC.replace("kms'", "kms.regoin'")}`,
      CONFIG.replace('region', 'regoin = x, region'),
      'read/unknown-key line 4 x1 participants.p1 [canton.participants.p1.crypto.kms.regoin 4:22-4:28]',
    ],
    'names no consequences beside a failure of parsing': [
      `${HEAD}${trace}\n${HEAD}${PARSE}`,
      CONFIG,
      'hocon/syntax line 3 x1 participants.p1 [ 2:0-2:10]',
    ],
    'names no consequences beside a failure of validation or of the KMS': [
      `${HEAD}${trace}\n${HEAD}${sessionKeys}\n${HEAD}${DISABLED}`,
      undefined,
      'validate/session-keys-without-kms line 2 x1 participants.p1 [canton.participants.p1.crypto.session-signing-keys.enabled -]',
      'kms/key-disabled line 3 x1 participants.p1 [canton.participants.p1.crypto.private-key-store.encryption.wrapper-key-id -]',
    ],
    'names a consequence alone': [
      `${HEAD}${trace}`,
      CONFIG,
      'trace/ping line 1 x1 participants.p1 [canton.participants.p1.crypto 2:2-2:8]',
    ],
    'counts by node': [
      `${HEAD}${DISABLED}\n${HEAD.replace('p1', 'p2')}${DISABLED}\n${HEAD}${DISABLED}`,
      TWO,
      `kms/key-disabled line 1 x2 participants.p1 [${KEY}]`,
      'kms/key-disabled line 2 x1 participants.p2 []',
    ],
    'counts by key': [
      `${HEAD}${GENERIC}    - (p1.conf: 5) Key not found: 'type'.\n    - (p1.conf: 5) Key not found: 'region'.`,
      undefined,
      'read/unknown-key line 3 x1 participants.p1 [canton.participants.p1.crypto.kms -]',
      'read/missing-key line 4 x1 participants.p1 [canton.participants.p1.crypto.kms.type -]',
      'read/missing-key line 5 x1 participants.p1 [canton.participants.p1.crypto.kms.region -]',
    ],
    'names the only node where the log names none': [
      `${DISABLED}\n`,
      CONFIG,
      `kms/key-disabled line 1 x1 participants.p1 [${KEY}]`,
    ],
    'names no node where it may be one of two': [`${DISABLED}\n`, TWO, 'kms/key-disabled line 1 x1 undefined []'],
    'finds the kind of a node by its name': [
      `${privileged} p2`,
      TWO,
      'validate/auth-services line 1 x1 participants.p2 []',
    ],
    'has no kind of a node without files': [`${privileged} p2`, undefined, 'validate/auth-services line 1 x1 p2 []'],
    'names nodes of 2.x': [
      domain,
      undefined,
      'validate/session-keys-without-kms line 1 x1 domain-managers.dm [canton.domain-managers.dm.crypto.session-signing-keys.enabled -]',
    ],
    'counts the lines of a message, also where its first line is empty': [
      `${HEAD}\n  x\n  ${sessionKeys}`,
      undefined,
      'validate/session-keys-without-kms line 3 x1 participants.p1 [canton.participants.p1.crypto.session-signing-keys.enabled -]',
    ],
    'counts one line where it is JSON': [
      `\n${json(`x\ny\n${sessionKeys}`)}`,
      undefined,
      'validate/session-keys-without-kms line 2 x1 participants.p1 [canton.participants.p1.crypto.session-signing-keys.enabled -]',
    ],
    'looks at no context of an error': [`${HEAD}x err-context:{a=${DISABLED}}\n  ${sessionKeys}`, undefined],
    'looks at no text that another process printed in between': [`${HEAD}x\ny ${sessionKeys}`, undefined],
    'looks at no text in the middle of a line without a header': [`see ${sessionKeys}`, undefined],
    'looks at the exceptions before a message': [
      `  Caused by: java.lang.RuntimeException: ${sessionKeys}`,
      undefined,
      'validate/session-keys-without-kms line 1 x1 participants.p1 [canton.participants.p1.crypto.session-signing-keys.enabled -]',
    ],
    'places a wrapper key and the region where the KMS has no such key': [
      `${HEAD}KMS operation \`x\` failed: KmsCannotFindKeyError(keyId = KmsKeyId(1f0c5d3a), reason = KmsRetrieveKeyMetadataError(keyId = KmsKeyId(1f0c5d3a), reason = software.amazon.awssdk.services.kms.model.NotFoundException: Key 'x' does not exist (Service: Kms))`,
      CONFIG,
      `kms/key-not-found line 1 x1 participants.p1 [${KEY}, canton.participants.p1.crypto.kms.region 4:22-4:28]`,
    ],
    'places no wrapper key that the failure is not about': [
      `${HEAD}${DISABLED.replace('1f0c5d3a', '2a')}`,
      CONFIG,
      'kms/key-disabled line 1 x1 participants.p1 [canton.participants.p1.crypto.kms 4:4-4:7]',
    ],
    'places a wrapper key that Canton names in full': [
      `${HEAD}${DISABLED.replace('1f0c5d3a', 'arn:aws:kms:us-east-1:1:key/1f0c5d3a')}`,
      CONFIG,
      `kms/key-disabled line 1 x1 participants.p1 [${KEY}]`,
    ],
    'places the line of a syntax error that the files no longer have': [
      `${HEAD}${PARSE}`,
      CONFIG,
      'hocon/syntax line 2 x1 participants.p1 [ 2:0-2:10]',
    ],
    'places a syntax error where it still is': [
      `${HEAD}${PARSE}`,
      CONFIG.replace('region = us-east-1', 'region = = us-east-1'),
      'hocon/syntax line 2 x1 participants.p1 [ 4:31-4:32]',
    ],
    'reads paths of files': [
      `${HEAD}${PARSE.replace('p1.conf', '/etc/canton/p1.conf').replace('3', '3-4')}\n${HEAD}${GENERIC.replace('p1.conf', 'C:\\canton\\p1.conf').replace("kms'", "kms.regoin'")}`,
      CONFIG.replace('region', 'regoin = x, region'),
      'hocon/syntax line 2 x1 participants.p1 [ 2:0-2:10]',
      'read/unknown-key line 5 x1 participants.p1 [canton.participants.p1.crypto.kms.regoin 4:22-4:28]',
    ],
    'reads keys with dots': [
      `${HEAD}${GENERIC.replace('crypto.kms', '"a.b".c')}`,
      undefined,
      'read/unknown-key line 3 x1 participants.p1 [canton.participants.p1.a.b.c -]',
    ],
    'finds no failure of reading in another tree': [
      `${HEAD}${GENERIC.replace('canton.participants', 'other.participants')}`,
      undefined,
    ],
    'takes a substitution only for unresolved where it is': [
      `${HEAD}${PARSE.replace('expecting a close parentheses', 'bad ${X}')}\n${HEAD}${PARSE.replace('Parse', 'UnresolvedSubstitution')}`,
      undefined,
      'hocon/syntax line 2 x1 participants.p1 []',
      'hocon/syntax line 4 x1 participants.p1 []',
    ],
  };
  for (const [name, [log, config, ...expected]] of Object.entries(cases)) {
    it(name, async () => {
      const { findings } = await explained(log, config);
      const lines = findings.map(({ id, line, count, node, places }) => {
        const keys = places.map(({ path, at }) => `${path} ${at === undefined ? '-' : placed(at).split(' ')[0]}`);
        return `${id} line ${line} x${count} ${node} [${keys.join(', ')}]`;
      });
      assert.deepEqual(lines, expected);
    });
  }

  it('begins with the name of an exception of three hundred characters at most', async () => {
    const found = (length: number) => ids(`${'x'.repeat(length - 11)}Exception: ${sessionKeys}`);
    assert.deepEqual([(await found(300)).length, (await found(301)).length], [1, 0]);
  });

  it('quotes two hundred and forty characters of one line', async () => {
    const quoted = async (length: number) => {
      const log = `${HEAD}${sessionKeys.padEnd(length, 'x')}\n  more\n`;
      return (await explained(log)).findings[0]?.words;
    };
    const whole = sessionKeys.padEnd(240, 'x');
    assert.deepEqual([await quoted(240), await quoted(241)], [whole, `${whole}…`]);
  });
});
