import assert from 'node:assert/strict';
import { workbench } from '../../../kit/service';

/** `text -> last part of the target` */
async function links(marked: string, version?: string): Promise<string[]> {
  const { service, fixture } = workbench(
    version === undefined ? marked : `# canton-kms: version = ${version}\n${marked}`,
  );
  const { uri, text } = fixture.main;
  const lines = text.split('\n');
  return (await service.documentLinks(uri)).map(({ range, target }) => {
    const linked = lines[range.start.line]?.slice(range.start.character, range.end.character);
    return `${linked} -> ${target?.split('/').slice(-1)[0]}`;
  });
}

describe('document links', () => {
  it('lead to the pages of the manual where a section or a provider begins', async () => {
    const text = `canton.participants.p1.crypto {
  provider = kms
  kms { type = aws, region = us-east-1, audit-logging = true }
  private-key-store.encryption.type = kms
}
`;
    assert.deepEqual(await links(text), [
      'provider -> external_key_storage.html',
      'kms -> kms_configuration.html',
      'aws -> kms_aws_config.html',
      'private-key-store -> encrypted_key_storage.html',
    ]);
    assert.ok((await links(text, '2.10')).includes('aws -> kms_aws_setup.html'));
  });

  it('are those of the place that a fragment is brought to, and lead to included files', async () => {
    const text = `-- kms.conf --
kms { region = us-east-1 }
kms.type = gcp
-- main.conf --
canton.participants.p1.crypto { include "kms", include "none" }
`;
    assert.deepEqual(await links(text), [
      'kms -> kms_configuration.html',
      'kms -> kms_configuration.html',
      'gcp -> kms_gcp_config.html',
    ]);
    assert.deepEqual(await links('include "b"\n-- b.conf --\n'), ['"b" -> b.conf']);
  });

  it('end in texts that are nested without end', async () => {
    assert.deepEqual(await links('canton{'.repeat(20_000)), []);
  });

  it('are none where Canton reads nothing', async () => {
    assert.deepEqual(await links('kms { type = aws }\ncanton.x.y.crypto.kms.type = aws\n'), []);
  });
});
