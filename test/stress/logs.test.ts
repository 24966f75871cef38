import { deepEqual } from 'node:assert/strict';
import { uriOf } from '../kit/fixture';
import { workbench } from '../kit/service';

const CONFIG = `canton.participants.p1 {
  storage.type = postgres
  crypto.private-key-store.encryption { type = kms, wrapper-key-id = "1f0c5d3a" }
  crypto.kms { type = aws, region = us-east-1 }
}
`;
const FAILURE =
  '2026-11-30 21:14:27,128 [canton-env-ec-21] ERROR c.d.c.e.CantonNodeBootstrapImpl$SetupCrypto:participant=p1 - Attempting to run Init crypto module failed with Failed to create crypto private store: EncryptedPrivateStoreError(KmsKeyDisabledError(keyId = KmsKeyId(1f0c5d3a), reason = key is disabled))\n';
const NOISE =
  '2026-11-30 21:14:15,063 [main] INFO  c.d.c.p.Ping:participant=p1 tid:1f - Received a ping response\n'.repeat(50_000);

describe('a log of ten megabytes', () => {
  it('has one failure, which is found', async () => {
    const { service } = workbench(`-- p1.conf --\n${CONFIG}`, { force: { version: '3.5', edition: 'enterprise' } });
    const { findings } = await service.explainLogFiles(`${NOISE}${FAILURE}${NOISE}`, [uriOf('p1.conf')]);
    deepEqual(
      findings.map(({ id, line }) => [id, line]),
      [['kms/key-disabled', 50_001]],
    );
  });
});
