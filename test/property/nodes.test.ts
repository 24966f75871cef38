import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createLanguageService, type LanguageService } from '../../server/src/service';

const URI = 'file:///conf/a.conf';

/** Some nodes of each kind: p1, p2, s1 and m1 have no problems, and most of p1 and s1 comes from other places. */
const NODES = `_shared {
  region = eu-central-1
  storage { type = postgres }
  crypto { provider = kms, kms { type = aws, region = \${_shared.region}, audit-logging = yes } }
}
canton {
  parameters.non-standard-config = no
  participants {
    p1 {
      admin-api.port = 5012
      storage = \${_shared.storage}
      crypto { provider = kms, kms { type = aws, region = \${_shared.region}, audit-logging = yes } }
    }
    p2 { storage.type = memory, admin-api.port = 5022, crypto.signing.keys.default = ec-p-256 }
    p3 { crypto { kms { type = gcp, location-id = us-east1, project-id = 007, key-ring-id = k } } }
    p4.crypto.signing.algorithms { default = ed25519, allowed = [ed25519] }
  }
  sequencers.s1 { storage = \${_shared.storage}, crypto = \${_shared.crypto} }
  mediators.m1 { storage.type = postgres, crypto.provider = jce }
  mediators.m2.crypto {
    kms { type = driver, name = d, config { secret = "x" } }
    private-key-store.encryption { type = kms, wrapper-key-id = "alias/a" }
  }
}
`;

/** Texts that people insert into such a file and delete from it. */
const PIECES = [
  ...['\n', '  ', '}', '{', '#', '"', ',', '.', '=', '0', 'x', 'kms', 'yes', '-1'],
  ...[
    'eu-central-1',
    'eu-central-l',
    'provider = kms\n',
    'type = other\n',
    'region = nowhere\n',
    'retries.failures {}\n',
  ],
  ...[
    'p1 {}\n',
    'canton.participants.p1.crypto.provider = jce\n',
    'canton.sequencers.p1.storage.type = memory\n',
    'canton.mediators.s1.storage.type = memory\n',
  ],
  ...[
    '_shared.storage.type = postgres\n',
    '_shared.region = nowhere\n',
    '_shared.region = 7\n',
    '_shared.crypto.kms.type = gcp\n',
    '_shared.crypto.kms.region = ${?none}\n',
    'canton.participants.p2 = ${canton.participants.p1}\n',
    'canton.participants.p2.crypto.signing.algorithms.allowed += ed25519\n',
    'canton.parameters.non-standard-config = yes\n',
  ],
  ...['include "other.conf"\n', '${?X}', '${none}', '# canton-kms-ignore-next-line advice/region here\n'],
];

const edits = fc.array(
  fc.record({
    // The shared values at the end are often changed.
    from: fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constant(1)),
    length: fc.oneof(fc.constant(0), fc.nat(12)),
    inserted: fc.oneof(fc.constant(''), fc.constantFrom(...PIECES)),
  }),
  { minLength: 1, maxLength: 6 },
);

function service(text: string): LanguageService {
  const made = createLanguageService({ files: { read: async () => undefined }, list: async () => [] });
  made.update(URI, text);
  return made;
}

describe('edits of a file of nodes', () => {
  it('give the problems that the text has from scratch, however much is remembered', async () => {
    const holds = fc.asyncProperty(edits, async (all) => {
      let text = NODES;
      const edited = service(text);
      await edited.diagnostics(URI);
      for (const { from, length, inserted } of all) {
        const start = Math.floor(from * text.length);
        text = text.slice(0, start) + inserted + text.slice(start + length);
        edited.update(URI, text);
        const fresh = service(NODES);
        await fresh.classify(URI);
        fresh.update(URI, text);
        assert.deepEqual(await edited.diagnostics(URI), await fresh.diagnostics(URI));
      }
    });
    await fc.assert(holds, { numRuns: 150 });
  });
});
