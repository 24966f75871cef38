import assert from 'node:assert/strict';
import { workbench } from '../../../kit/service';

async function lenses(marked: string, file = 'main.conf'): Promise<string[]> {
  const { service, fixture } = workbench(marked);
  const found = await service.codeLenses(fixture.files.get(file)?.uri ?? '');
  return found.map(({ range, command }) => `${range.start.line} ${command?.title}`);
}

const PORTS = 'admin-api.port = 5012, ledger-api.port = 5011, http-ledger-api.port = 5013';

describe('the lens over a node', () => {
  it('says how the node uses a KMS, which and where', async () => {
    assert.deepEqual(
      await lenses(`canton.participants {
  a { ${PORTS}, crypto { provider = kms, kms { type = aws, region = eu-west-1 } } }
  b { ${PORTS}, crypto { provider = jce } }
  c {
    ${PORTS}
    crypto {
      kms { type = gcp, location-id = europe-west3, project-id = p, key-ring-id = r }
      private-key-store.encryption.type = kms
    }
  }
  d { ${PORTS}, crypto.provider = \${PROVIDER} }
}`),
      [
        '1 External keys · aws · eu-west-1',
        '2 No KMS',
        // It has no database to encrypt the keys in.
        '3 Envelope encryption · gcp · europe-west3 · 1 problem',
        '10 Mode unknown',
      ],
    );
  });

  it('stands where a reader looks for the node, not over a key that is written below it', async () => {
    const found = await lenses(`canton.participants.p1 {
  ${PORTS}
  crypto.provider = jce
}
canton.participants.p1.parameters.unsafe-online-party-replication = no
`);
    assert.deepEqual(
      found.map((lens) => lens.split(' ')[0]),
      ['0'],
    );
    const dotted = await lenses(
      'canton.participants.p1.admin-api.port = 1\ncanton.participants.p1.ledger-api.port = 2\n',
    );
    assert.deepEqual(
      dotted.map((lens) => lens.split(' ')[0]),
      ['0'],
    );
  });

  it('counts the problems of the node, in whichever file they are', async () => {
    const marked = `canton.participants.p1 { ${PORTS}
  crypto { provider = kms, include "kms" }
}
-- kms.conf --
kms { type = aws, regoin = x, audit = 1 }
`;
    assert.match((await lenses(marked))[0] ?? '', /^0 External keys · aws · 2 problems$/);
    assert.deepEqual(await lenses(marked, 'kms.conf'), []);
  });
});
