import assert from 'node:assert/strict';
import { workbench } from '../../../kit/service';

/** `text -> last part of the target` */
async function links(marked: string): Promise<string[]> {
  const { service, fixture } = workbench(marked);
  const { uri, text } = fixture.main;
  const lines = text.split('\n');
  return (await service.documentLinks(uri)).map(({ range, target }) => {
    const linked = lines[range.start.line]?.slice(range.start.character, range.end.character);
    return `${linked} -> ${target?.split('/').slice(-1)[0]}`;
  });
}

describe('document links', () => {
  it('lead to included files that are there', async () => {
    assert.deepEqual(await links('include "b"\n-- b.conf --\n'), ['"b" -> b.conf']);
    const text = `canton.participants.p1.crypto { include "kms", include "none" }
-- kms.conf --
kms { region = us-east-1 }
`;
    assert.deepEqual(await links(text), ['"kms" -> kms.conf']);
  });

  it('underline no key for good, since hovers lead to the manual', async () => {
    const text = `canton.participants.p1.crypto {
  provider = kms
  kms { type = aws, region = us-east-1, audit-logging = true }
  private-key-store.encryption.type = kms
}
`;
    for (const version of ['2.10', '3.5'])
      assert.deepEqual(await links(`# canton-kms: version = ${version}\n${text}`), []);
  });

  it('end in texts that are nested without end', async () => {
    assert.deepEqual(await links('canton{'.repeat(20_000)), []);
  });

  it('are none where Canton reads nothing', async () => {
    assert.deepEqual(await links('kms { type = aws }\ncanton.x.y.crypto.kms.type = aws\n'), []);
  });
});
