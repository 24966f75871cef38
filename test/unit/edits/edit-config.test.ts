import assert from 'node:assert/strict';
import type { ConfigChange } from '../../../server/src/edits/edit-config';
import { Raw } from '../../../server/src/edits/hocon-text';
import { toJson } from '../../../server/src/hocon/values/config-value';
import { uriOf } from '../../kit/fixture';
import { applied, launch } from '../operations/kit';
import { ENVELOPE, EXTERNAL, edited, edits, P1, remove, set } from './kit';

describe('editing a configuration', () => {
  it('writes a section into a node that has other entries', async () => {
    const text = `canton {
  participants {
    p1 {
      admin-api.port = 5012 # admin
    }
  }
}
`;
    assert.equal(
      await edited(text, [set('crypto', ENVELOPE)]),
      `canton {
  participants {
    p1 {
      admin-api.port = 5012 # admin
      crypto {
        kms {
          type = aws
          region = us-east-1
        }
        private-key-store.encryption.type = kms
      }
    }
  }
}
`,
    );
  });

  it('opens the braces of an empty node', async () => {
    assert.equal(
      await edited('canton.participants.p1 {}\n', [set('crypto', EXTERNAL)]),
      `canton.participants.p1 {
  crypto {
    provider = kms
    kms {
      type = gcp
      project-id = p
      location-id = global
    }
  }
}
`,
    );
  });

  it('keeps a comment in otherwise empty braces', async () => {
    assert.equal(
      await edited('canton.participants.p1 {\n  # nothing yet\n}\n', [set('crypto.provider', 'kms')]),
      'canton.participants.p1 {\n  crypto.provider = kms\n  # nothing yet\n}\n',
    );
  });

  it('writes into the section that is there, in the style of the file', async () => {
    const text = `canton: {
    participants: {
        p1: {
            crypto: {
                provider: jce
            }
        }
    }
}
`;
    assert.equal(
      await edited(text, [set('crypto', EXTERNAL)]),
      `canton: {
    participants: {
        p1: {
            crypto: {
                provider: kms
                kms: {
                    type: gcp
                    project-id: p
                    location-id: global
                }
            }
        }
    }
}
`,
    );
  });

  it('goes on with dotted keys where the node is written with them', async () => {
    const text = 'canton.participants.p1.admin-api.port=5012\ncanton.participants.p1.ledger-api.port=5011\n';
    assert.equal(
      await edited(text, [set('crypto', ENVELOPE)]),
      `canton.participants.p1.admin-api.port=5012
canton.participants.p1.ledger-api.port=5011
canton.participants.p1.crypto.kms.type=aws
canton.participants.p1.crypto.kms.region=us-east-1
canton.participants.p1.crypto.private-key-store.encryption.type=kms
`,
    );
  });

  it('puts dotted siblings behind the last one of the section', async () => {
    const text = `canton.participants.p1 {
  crypto.kms.type = aws
  crypto.kms.region = us-east-1
  storage.type = postgres
}
`;
    assert.equal(
      await edited(text, [set('crypto.kms.audit-logging', true)]),
      text.replace('us-east-1\n', 'us-east-1\n  crypto.kms.audit-logging = true\n'),
    );
  });

  it('stays on the line of a one-line object', async () => {
    assert.equal(
      await edited('canton.participants.p1 { crypto { provider = jce } }', [set('crypto', EXTERNAL)]),
      'canton.participants.p1 { crypto { provider = kms, kms { type = gcp, project-id = p, location-id = global } } }',
    );
  });

  it('stays inside a one-line object whose entries all go', async () => {
    const changes = [remove('crypto.provider'), remove('crypto.kms'), set('crypto.signing.keys.default', 'ec-p-256')];
    const p1 = (crypto: string) => `canton.participants.p1 { crypto ${crypto}\n}\n`;
    for (const [before, after] of [
      ['{ provider = kms, kms { type = aws } }', '{ signing.keys.default = ec-p-256 }'],
      ['{provider=kms,kms{type=aws}} # keys', '{signing.keys.default=ec-p-256} # keys'],
    ] as const) {
      assert.equal(await edited(p1(before), changes), p1(after));
    }
    const json = '{ "canton": { "participants": { "p1": { "crypto": { "provider": "kms", "kms": {} } } } } }';
    const before = await launch(new Map([[uriOf('main.json'), json]]));
    const result = await applied(before, edits(before, changes));
    assert.deepEqual(JSON.parse(result.texts.get(uriOf('main.json')) ?? '').canton.participants.p1, {
      crypto: { signing: { keys: { default: 'ec-p-256' } } },
    });
  });

  it('does not touch a fragment that other nodes share', async () => {
    const text = `_shared.crypto { provider = jce, kms { type = aws, region = us-east-1 } }
canton.participants.p1 {
  crypto = \${_shared.crypto}
  admin-api.port = 1
}
canton.participants.p2.crypto = \${_shared.crypto}
`;
    assert.equal(
      await edited(text, [set('crypto', { provider: 'kms', kms: { region: 'eu-west-1' } })]),
      text.replace(
        'crypto = ${_shared.crypto}\n  admin',
        `crypto = \${_shared.crypto}
  crypto {
    provider = kms
    kms.region = eu-west-1
  }
  admin`,
      ),
    );
  });

  it('writes into the literal behind a substitution', async () => {
    const text = '_a { x = 1 }\ncanton.participants.p1.crypto = ${_a} {\n  provider = jce\n}\n';
    assert.equal(
      await edited(text, [set('crypto.kms', { type: 'aws' })]),
      '_a { x = 1 }\ncanton.participants.p1.crypto = ${_a} {\n  provider = jce\n  kms.type = aws\n}\n',
    );
  });

  it('writes into the file that an include brings, where the node is written there', async () => {
    const files = `include required("nodes.conf")
canton.features.enable-preview-commands = yes
-- nodes.conf --
canton.participants.p1 {
  admin-api.port = 1
}
`;
    assert.equal(
      await edited(files, [set('crypto.provider', 'kms')], 'nodes.conf'),
      'canton.participants.p1 {\n  admin-api.port = 1\n  crypto.provider = kms\n}\n',
    );
  });

  it('overrides behind an include inside the section', async () => {
    const files = `canton.participants.p1.crypto {
  include required("crypto.conf")
}
-- crypto.conf --
provider = jce
kms { type = aws }
`;
    assert.equal(
      await edited(files, [set('crypto', { provider: 'kms', kms: { region: 'eu-west-1' } })]),
      `canton.participants.p1.crypto {
  include required("crypto.conf")
  provider = kms
  kms.region = eu-west-1
}
`,
    );
  });

  it('keeps CRLF line breaks and tabs', async () => {
    assert.equal(
      await edited('canton.participants.p1 {\r\n\tadmin-api {\r\n\t\tport = 1\r\n\t}\r\n}\r\n', [
        set('crypto', ENVELOPE),
      ]),
      'canton.participants.p1 {\r\n\tadmin-api {\r\n\t\tport = 1\r\n\t}\r\n\tcrypto {\r\n\t\tkms {\r\n\t\t\ttype = aws\r\n\t\t\tregion = us-east-1\r\n\t\t}\r\n\t\tprivate-key-store.encryption.type = kms\r\n\t}\r\n}\r\n',
    );
  });

  it('writes strict JSON into a JSON file', async () => {
    const before = await launch(
      new Map([[uriOf('main.json'), '{\n  "canton": {\n    "participants": {\n      "p1": { }\n    }\n  }\n}\n']]),
    );
    const result = await applied(before, edits(before, [set('crypto', ENVELOPE)]));
    const text = result.texts.get(uriOf('main.json')) ?? '';
    assert.deepEqual(JSON.parse(text).canton.participants.p1, { crypto: ENVELOPE });
    const again = await applied(
      result,
      edits(result, [set('crypto.kms.region', 'x'), remove('crypto.private-key-store')]),
    );
    const changed = JSON.parse(again.texts.get(uriOf('main.json')) ?? '');
    assert.deepEqual(changed.canton.participants.p1, { crypto: { kms: { type: 'aws', region: 'x' } } });
  });

  it('quotes what needs quotes and keeps substitutions', async () => {
    const text = await edited('canton.participants.p1 {}', [
      set('crypto.kms', {
        type: 'aws',
        region: '${AWS_REGION}',
        'endpoint-override': 'https://kms:4566',
        n: new Raw('10s'),
      }),
    ]);
    assert.match(text, /region = \$\{AWS_REGION\}\n/);
    assert.match(text, /endpoint-override = "https:\/\/kms:4566"\n/);
    assert.match(text, /n = 10s\n/);
  });

  it('changes nothing where the value is so already', async () => {
    const text =
      'canton.participants.p1.crypto { provider = kms, kms { type = "gcp", project-id = p, location-id = global } }';
    const before = await launch(text);
    assert.deepEqual(edits(before, [set('crypto', EXTERNAL)]), []);
  });

  it('replaces the value that a later file gives', async () => {
    const files =
      '-- a.conf --\ncanton.participants.p1.crypto.provider = jce\n-- b.conf --\ncanton.participants.p1.crypto.provider = jce\n';
    const before = await launch(files, ['a.conf', 'b.conf']);
    const made = edits(before, [set('crypto.provider', 'kms')]);
    assert.deepEqual([...new Set(made.map(({ uri }) => uri))], [uriOf('b.conf')]);
    assert.deepEqual(toJson((await applied(before, made)).config), {
      canton: { participants: { p1: { crypto: { provider: 'kms' } } } },
    });
  });

  it('replaces a whole section, wherever its parts come from', async () => {
    const section = { type: 'gcp', 'project-id': 'p' };
    const change: ConfigChange = { kind: 'replace', path: [...P1, 'crypto', 'kms'], value: section };
    const shared = `_shared.kms { type = aws, region = x }
canton.participants.p1 {
  crypto {
    kms = \${_shared.kms}
    kms.multi-region-key = true
    provider = kms
  }
}
`;
    assert.equal(
      await edited(shared, [change]),
      `_shared.kms { type = aws, region = x }
canton.participants.p1 {
  crypto {
    kms = {
      type = gcp
      project-id = p
    }
    provider = kms
  }
}
`,
    );
  });
});
