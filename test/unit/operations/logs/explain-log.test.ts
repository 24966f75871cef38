import assert from 'node:assert/strict';
import type { CantonVersion } from '../../../../schemas/version';
import { KMS_REASONS } from '../../../../server/src/operations/logs/kms-failures';
import { RUNNING_FAILURES } from '../../../../server/src/operations/logs/running-failures';
import { START_FAILURES } from '../../../../server/src/operations/logs/start-failures';
import { TRACES } from '../../../../server/src/operations/logs/traces';
import { VALIDATION_FAILURES } from '../../../../server/src/operations/logs/validation-failures';
import type { LogAnswer } from '../../../../server/src/service';
import { uriOf } from '../../../kit/fixture';
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

describe('a log of Canton, explained', () => {
  for (const { id, text } of texts) {
    it(`knows ${id}: ${text.slice(0, 90).replace(/\s+/g, ' ')}`, async () => {
      assert.deepEqual(await ids(`${HEAD}${text}\n`), [id]);
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

  for (const { base, replaced, by, versions, line, log } of recorded.faults) {
    const [version = '3.5'] = versions;
    const written = by.trim().split('\n').at(-1)?.trim();
    it(`names line ${line} in what Canton ${versions.join(', ')} printed for '${written}' (${base})`, async () => {
      const config = (recorded.bases as Readonly<Record<string, string>>)[base]?.replace(replaced, () => by) ?? '';
      const { findings } = await explained(log, config, version as CantonVersion);
      const lines = findings.map(({ places }) => (places[0]?.at?.range.start.line ?? -1) + 1);
      assert.ok(lines.includes(line), `${findings.map(({ id }) => id)} at ${lines}: ${log}`);
    });
  }
});

const CONFIG = `canton.participants.p1 {
  storage.type = postgres
  crypto {
    private-key-store.encryption { type = kms, wrapper-key-id = "1f0c5d3a" }
    kms { type = aws, region = us-east-1 }
  }
}
`;
const DISABLED =
  'Attempting to run Init crypto module failed with Failed to create crypto private store: EncryptedPrivateStoreError(KmsKeyDisabledError(keyId = KmsKeyId(1f0c5d3a), reason = key is disabled))';
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

  it('finds one failure in ten megabytes', async () => {
    const noise =
      '2026-11-30 21:14:15,063 [main] INFO  c.d.c.p.Ping:participant=p1 tid:1f - Received a ping response\n';
    const log = `${noise.repeat(50_000)}${line}\n${noise.repeat(50_000)}`;
    const [found] = (await explained(log, CONFIG)).findings;
    assert.deepEqual([found?.id, found?.line], ['kms/key-disabled', 50_001]);
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

  it('does not know failures of a configuration that the files are not', async () => {
    const missing = `${HEAD}${GENERIC.replace('Unknown key.', "Key not found: 'region'.")}`;
    assert.deepEqual(await ids(missing, CONFIG), [], 'the key is there');
    const other = `${HEAD}${GENERIC.replace('p1.conf', 'other.conf').replace("kms'", "kms.regoin'")}`;
    assert.deepEqual(await ids(other, CONFIG), [], 'another file');
    assert.deepEqual(await ids(missing), ['read/missing-key'], 'without files');
  });
});
