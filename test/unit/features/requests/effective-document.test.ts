import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { URI } from 'vscode-uri';
import { effectiveNodes } from '../../../../server/src/features/requests/effective/effective';
import { diskFiles } from '../../../../server/src/fs/node';
import { parse } from '../../../../server/src/hocon/syntax/parse';
import { hoconService } from '../../../../server/src/service/hocon-service';
import { createWorkspace, type Workspace } from '../../../../server/src/workspace/workspace';
import { workbench } from '../../../kit/service';

const EXAMPLES = join(__dirname, '../../../../examples');
const PORTS = 'admin-api.port = 5012, ledger-api.port = 5011, http-ledger-api.port = 5013';

async function documentOf(marked: string, node = 'participants.p1') {
  const { service, fixture } = workbench(marked);
  const document = await service.effective(fixture.main.uri, node);
  assert.ok(document !== undefined);
  return document;
}

/** The lines of the section, without the indentation. */
async function lines(marked: string): Promise<string[]> {
  const { text } = await documentOf(marked);
  return text.split('\n').slice(5, -2);
}

describe('the effective document of a node', () => {
  it('has each value in effect with the place that it was written at, and the defaults as comments', async () => {
    const { text } = await documentOf(`include "shared/kms"
canton.participants.p1 { ${PORTS}
  crypto { provider = kms, kms.region = \${region}, kms.audit-logging = true }
}
region = eu-west-1
-- shared/kms.conf --
canton.participants.p1.crypto.kms { type = aws
  region = us-east-1
}
`);
    const drawing = text.indexOf(
      '\n# participants.p1, Canton 3.5: external keys, AWS KMS (eu-west-1)\n# └─ root namespace key',
    );
    assert.ok(drawing > 0, 'the key hierarchy is drawn below');
    assert.doesNotMatch(text.slice(drawing + 1), /^(?!# |$)/m, 'as comments');
    assert.equal(
      text.slice(0, drawing),
      `# participants.p1 · External keys · aws · eu-west-1
# As Canton 3.5 enterprise reads the launch set main.conf.
# Keys that are commented out show defaults.

canton.participants.p1.crypto {
  kms {
    type = aws            # shared/kms.conf:1
    region = eu-west-1    # main.conf:3 \${region}, overrides shared/kms.conf:2
    audit-logging = true  # main.conf:3
    # multi-region-key = false
    # disable-ssl-verification = false
    # retries.failures { initial-delay = 500ms, max-delay = 10s, max-retries = 2147483647 }
    # retries.create-key-check { initial-delay = 100ms, max-delay = 10s, max-retries = 20 }
  }
  provider = kms          # main.conf:3
  # session-signing-keys { enabled = false }
  # signing.algorithms.default = ec-dsa-sha-256
  # signing.keys.default = ec-p-256
  # encryption.algorithms.default = rsa-oaep-sha-256
  # encryption.keys.default = rsa-2048
  # parallelism.signature-verification-parallelism = 10
}
`,
    );
  });

  it('links the places that it names', async () => {
    const { text, links } = await documentOf(`include "base"
canton.participants.p1.crypto.provider = kms
-- base.conf --

canton.participants.p1.crypto.provider = jce
`);
    const shown = text.split('\n');
    assert.deepEqual(
      links.map(({ range: { start, end }, uri, line }) => [
        shown[start.line]?.slice(start.character, end.character),
        uri.split('/').at(-1),
        line,
      ]),
      [
        ['main.conf:2', 'main.conf', 1],
        ['base.conf:2', 'base.conf', 1],
      ],
    );
  });

  it('shows no secrets, neither in effect nor as written', async () => {
    const { text } = await documentOf(`s = abc
db.password = abc
canton.participants.p1.crypto.kms { type = driver, name = x
  config { auth { token = "abc"\${s} }, pins = [{ password = abc }], same = \${db.password} }
}
`);
    assert.match(text, /token = "\(secret\)" /);
    assert.match(text, /same = "\(secret\)" /);
    assert.doesNotMatch(text, /abc/);
  });

  it('says what is not known, and no defaults where something may be written elsewhere', async () => {
    const found = await lines(`canton.participants.p1.crypto {
  provider = \${PROVIDER}
  kms { type = aws, region = eu-west-1, include url("http://host/kms.conf") }
  private-key-store = \${STORE}
}
`);
    assert.match(
      found[0] ?? '',
      /^ {2}provider = \$\{PROVIDER\} +# main.conf:2, the variable PROVIDER is not set here$/,
    );
    assert.ok(found.includes('    # There may be more keys: http://host/kms.conf could not be read'), found.join('\n'));
    assert.ok(!found.some((line) => line.includes('audit-logging')));
    assert.ok(found.some((line) => line.startsWith('  private-key-store = ${STORE} ')));
  });

  it('puts the codes of problems where they are', async () => {
    const found = await lines(`canton.participants.p1 { ${PORTS}
  crypto { provider = kms, kms { type = aws, foo = 1 }, signing.algorithms.allowed = [rsa] }
}
`);
    assert.ok(found.some((line) => /foo = 1 +# main.conf:2, read\/unknown-key$/.test(line)));
    assert.ok(found.some((line) => /# region is missing +# read\/missing-key$/.test(line)));
    assert.ok(found.some((line) => /allowed = \[rsa\] +# main.conf:2, read\/invalid-value$/.test(line)));
  });

  it('has session signing keys where this version reads them', async () => {
    const marked = (version: string) => `# canton-kms: version = ${version}
canton.participants.p1.crypto { provider = kms
  kms { type = aws, region = x, session-signing-keys.enabled = true }
}
`;
    const start = (found: readonly string[]) => found.find((line) => line.includes('session-signing-keys'));
    assert.equal(start(await lines(marked('3.4'))), '    session-signing-keys {');
    assert.equal(start(await lines(marked('3.5'))), '  session-signing-keys {');
  });

  it('shows the defaults alone for a node without a section, and nothing for one that is not there', async () => {
    const { service, fixture } = workbench('canton.participants.p1 { storage.type = memory }\n');
    const { text } = (await service.effective(fixture.main.uri, 'participants.p1')) ?? { text: '' };
    assert.match(text, /^canton.participants.p1.crypto \{\n {2}# provider = jce\n/m);
    assert.equal(await service.effective(fixture.main.uri, 'participants.p2'), undefined);
  });

  it('is HOCON that gives the same section again', async () => {
    const files = readdirSync(EXAMPLES).filter((name) => name.endsWith('.conf'));
    assert.ok(files.length > 4);
    for (const name of files) {
      const uri = URI.file(join(EXAMPLES, name)).toString();
      const workspace = createWorkspace({ files: diskFiles, list: async () => [] });
      const service = hoconService(workspace);
      service.update(uri, readFileSync(join(EXAMPLES, name), 'utf8'));
      for (const { id } of await service.nodes(uri)) {
        const before = await values(workspace, uri, id);
        const { text } = (await service.effective(uri, id)) ?? { text: '' };
        assert.deepEqual(parse(uri, text).problems, [], text);
        service.update(uri, text);
        assert.deepEqual(await values(workspace, uri, id), before, text);
        service.update(uri, readFileSync(join(EXAMPLES, name), 'utf8'));
      }
    }
  });

  it('stays bounded and readable, whatever the section holds', async () => {
    const deep = `canton.participants.p1.crypto.kms.config ${'{ a '.repeat(5000)} = 1 ${'}'.repeat(5000)}`;
    const wide = Array.from({ length: 14 }, (_, i) => `x${i + 1} { a = \${x${i}}, b = \${x${i}}, c = \${x${i}} }`);
    const multiplied = `x0 = "${'y'.repeat(5000)}"\n${wide.join('\n')}\ncanton.participants.p1.crypto.kms.config = \${x14}`;
    const odd =
      'canton.participants.p1.crypto.kms.config { "a\\nb" = "c\\nd", "" = [[1], null, true], "é.f" { g = -1.5e3 } }';
    for (const text of [deep, multiplied, odd]) {
      const document = await documentOf(text);
      assert.ok(document.text.length < 200_000);
      assert.deepEqual(parse('file:///x.conf', document.text).problems, [], document.text.slice(0, 2000));
    }
  });
});

/** Path and value of each setting; secrets are masked on both sides. */
async function values(workspace: Workspace, uri: string, node: string): Promise<unknown> {
  const { nodes, isSecret } = await workspace.snapshot(uri);
  const found = effectiveNodes(nodes, isSecret);
  return found.find(({ id }) => id === node)?.settings.map(({ path, value }) => [path, value]);
}
