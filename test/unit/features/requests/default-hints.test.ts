import assert from 'node:assert/strict';
import { uriOf } from '../../../kit/fixture';
import { workbench } from '../../../kit/service';

async function hints(marked: string, file = 'main.conf', lines: readonly [number, number] = [0, 100]) {
  const { service } = workbench(marked);
  const range = { start: { line: lines[0], character: 0 }, end: { line: lines[1], character: 0 } };
  const found = await service.inlayHints(uriOf(file), range, { defaults: true, substitutions: false });
  return found.map(({ position, label }) => `${position.line}:${position.character} ${label}`);
}

describe('hints of defaults', () => {
  const NODE = `canton.participants.p1.crypto {
  kms {
    type = aws, region = eu-west-1
    multi-region-key = true
  }
  session-signing-keys { enabled = true, key-eviction-period = 10m }
}
`;

  it('never stand inside a section on one line', async () => {
    const text = 'canton.participants.p1.crypto { kms { type = aws, region = x } } # ours\n';
    assert.deepEqual(await hints(text), ['0:71 default: provider = jce', '0:71 default: audit-logging = false']);
  });

  it('say in the sections of a node what is taken for the telling keys that are absent', async () => {
    assert.deepEqual(await hints(NODE), [
      '0:31 default: provider = jce',
      '1:7 default: audit-logging = false',
      '5:68 default: key-validity-duration = 5m',
    ]);
    assert.deepEqual(await hints(NODE, 'main.conf', [1, 4]), ['1:7 default: audit-logging = false']);
  });

  it('stand behind the last line of a section without braces', async () => {
    const dotted = 'canton.participants.p1.crypto.kms.type = aws\ncanton.participants.p1.crypto.kms.region = x\n';
    assert.deepEqual(await hints(dotted), ['1:44 default: provider = jce', '1:44 default: audit-logging = false']);
  });

  it('are those of the version and the provider', async () => {
    const gcp = NODE.replace('type = aws, region = eu-west-1', 'type = gcp');
    assert.deepEqual((await hints(`# canton-kms: version = 3.4\n${gcp}`))[1], '2:7 default: audit-logging = false');
    assert.ok(!(await hints(NODE.replace('type = aws, region = eu-west-1', ''))).join().includes('region'));
  });

  it('stand where the section was written, in a shared fragment as well', async () => {
    const files = `include "shared"
canton.participants.p1.crypto { provider = kms, kms = \${_s.kms} }
canton.participants.p2.crypto { provider = kms, kms = \${_s.kms} }
canton.participants.p3.crypto { provider = kms, kms = \${_s.kms} { region = x } }
-- shared.conf --
_s.kms { type = aws, multi-region-key = false }
`;
    assert.deepEqual(await hints(files, 'shared.conf'), ['0:47 default: audit-logging = false']);
    assert.deepEqual(await hints(files), ['3:80 default: audit-logging = false']);
  });

  it('say nothing of what is not known, switched off or written elsewhere', async () => {
    assert.deepEqual(
      await hints(`canton.participants.p1 {
  crypto { include "missing", session-signing-keys { enabled = false }, kms = \${KMS} }
}
canton.participants.p2.crypto { }
canton.participants.p2.crypto.provider = kms
canton.participants.p3.crypto = jce
`),
      [],
    );
  });
});
