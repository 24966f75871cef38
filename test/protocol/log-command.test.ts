import assert from 'node:assert/strict';
import { runCli, TestFolder } from '../kit/built';

const CONFIG = `canton.participants.p1 {
  storage.type = memory
  crypto {
    provider = kms
    kms { type = aws, region = us-east-1 }
  }
}
`;
const LOG = `2026-11-30 21:14:15,063 [main] INFO  c.d.canton.CantonCommunityApp$ - Starting Canton version 3.5.10
2026-11-30 21:14:27,128 [canton-env-ec-21] ERROR c.d.c.c.k.a.AwsKms:participant=p1 tid:1f - KMS operation \`signing with key KmsKeyId(1f0c)\` failed: KmsSignError(
  keyId = KmsKeyId(1f0c),
  reason = java.util.concurrent.CompletionException: software.amazon.awssdk.services.kms.model.KmsException: User: arn:aws:iam::111122223333:user/canton is not authorized to perform: kms:Sign on resource: x (Service: Kms, Status Code: 400)
)
`;

describe('explain --log', () => {
  let folder: TestFolder;
  beforeEach(() => {
    folder = new TestFolder({ 'p1.conf': CONFIG, 'canton.log': LOG, 'nginx.log': 'connect() failed\n' });
  });
  afterEach(() => folder.remove());
  const cli = (...args: string[]) => runCli(args, { cwd: folder.path });

  it('names the cause, what to do, the line of the configuration and that of the log', async () => {
    const { code, stdout } = await cli('explain', '--log', 'canton.log', 'p1.conf');
    assert.equal(code, 0);
    assert.match(stdout, /^kms\/access-denied \(participants\.p1\): .*The right is 'kms:Sign'\.$/m);
    assert.match(stdout, /^ {2}Do: Grant the right/m);
    assert.match(stdout, /^ {2}At: p1\.conf:5 {2}canton\.participants\.p1\.crypto\.kms {2}kms \{ type = aws/m);
    assert.match(stdout, /^ {2}Log: canton\.log:2: KMS operation/m);
  });

  it('reads standard input, with or without files, and prints JSON', async () => {
    const piped = await runCli(['explain', '--log', '-', '--format', 'json'], { cwd: folder.path, input: LOG });
    assert.equal(piped.code, 0);
    const { version, findings } = JSON.parse(piped.stdout);
    assert.deepEqual([version, findings[0].id, findings[0].line], [1, 'kms/access-denied', 2]);
    assert.deepEqual(findings[0].places, [{ path: 'canton.participants.p1.crypto.kms' }]);
  });

  it('says of what it does not know that it is unknown', async () => {
    const other = await cli('explain', '--log', 'nginx.log', 'p1.conf');
    assert.deepEqual([other.code, other.stdout.startsWith('unknown: ')], [1, true]);
    folder.write('p2.conf', CONFIG.replace('p1', 'p2'));
    const foreign = await cli('explain', '--log', 'canton.log', 'p2.conf');
    assert.equal(foreign.code, 1);
    assert.match(foreign.stdout, /^unknown: .*participants\.p1/);
  });

  it('refuses a log that is not there', async () => {
    assert.equal((await cli('explain', '--log', 'missing.log')).code, 2);
    assert.equal((await cli('explain', '--log', 'canton.log', 'missing.conf')).code, 2);
  });
});
