import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { withoutRegions } from '../../../server/src/workspace/regions';
import { uriOf } from '../../kit/fixture';
import { type Workbench, workbench } from '../../kit/service';

const lines = (...all: string[]) => `${all.join('\n')}\n`;
const KMS = 'canton.participants.participant.crypto.kms';

function openDocument({ fixture }: Workbench): TextDocument {
  return TextDocument.create(fixture.main.uri, 'yaml', 1, fixture.main.text);
}

/** `code: text under the squiggle` of errors and warnings. */
async function problemsOf(bench: Workbench): Promise<string[]> {
  const document = openDocument(bench);
  const diagnostics = await bench.service.diagnostics(document.uri);
  return diagnostics
    .filter(({ severity }) => severity === 'error' || severity === 'warning')
    .map(({ code, range }) => `${code}: ${document.getText(range)}`);
}

/** The same for a text that is a file of this name. */
async function problems(name: string, ...all: string[]): Promise<string[]> {
  return problemsOf(workbench(`-- ${name} --\n${lines(...all)}`));
}

describe('problems of HOCON inside other documents', () => {
  it('stand where they are written: Helm, block scalars, folded and quoted ones', async () => {
    assert.deepEqual(
      await problems(
        'values.yaml',
        'additionalEnvVars:',
        '  - name: ADDITIONAL_CONFIG_A',
        '    value: |',
        `      ${KMS} {`,
        '        type = aws, region = x, typo = 1',
        '      }',
        '  - name: ADDITIONAL_CONFIG_B',
        `    value: "${KMS} {\\n\\u0020 audit-loging = true\\n}"`,
        '  - name: ADDITIONAL_CONFIG_C',
        `    value: '${KMS} { endpoint = ''x'' }'`,
        '  - name: ADDITIONAL_CONFIG_D',
        '    value: >-',
        `      ${KMS} {`,
        '      regon =',
        '      x',
        '      }',
      ),
      [
        ...['typo', 'audit-loging', 'endpoint'].map((key) => `read/unknown-key: ${key}`),
        "advice/single-quotes: ''x''",
        'read/unknown-key: regon',
      ],
    );
  });

  it('stand where they are written: Compose', async () => {
    assert.deepEqual(
      await problems(
        'compose.yaml',
        'services:',
        '  a:',
        '    environment:',
        `      ADDITIONAL_CONFIG: ${KMS} { type = aws, region = \${REGION}, one = $\${?X} }`,
        '  b:',
        '    environment:',
        `      - "ADDITIONAL_CONFIG=${KMS} { type = aws, region = x, two = 1 }"`,
      ),
      ['read/unknown-key: one', 'read/unknown-key: two'],
    );
  });

  it('stand where they are written: the kms map of a Splice chart', async () => {
    assert.deepEqual(
      await problems(
        'values.yml',
        'kms:',
        '  type: gcp',
        '  locationId: x',
        '  keyRingID: y',
        '  multiRegionKey: true',
      ),
      // The key that it lacks may come from other values.
      ['read/unknown-key: multiRegionKey'],
    );
  });

  it('stand where they are written: fences in lists and quotes', async () => {
    assert.deepEqual(
      await problems(
        'README.md',
        '1. x',
        '',
        '   ```hocon',
        `   ${KMS} {`,
        '     type = awz',
        '   }',
        '   ```',
        '> ```hocon',
        '> canton { a = }',
        '> ```',
      ),
      ['read/invalid-value: awz', 'hocon/no-value: a ='],
    );
  });

  it('are not what the rest of the configuration, or a template, may bring', async () => {
    assert.deepEqual(
      await problems(
        'values.yaml',
        'env:',
        '  - name: ADDITIONAL_CONFIG',
        '    value: |',
        '      include required("/mounted/secret.conf")',
        '      canton.participants.participant.crypto.provider = kms',
        '      canton.participants.participant.crypto.session-signing-keys.enabled = ${canton.shared.enabled}',
        '      canton.sequencers.sequencer.crypto.kms {',
        '        {{- include "kms" . | nindent 8 }}',
        '        region = {{ .Values.region }}',
        '      }',
      ),
      [],
    );
  });

  it('follow an edit above them', async () => {
    const bench = workbench(`-- values.yaml --\nADDITIONAL_CONFIG: |\n  ${KMS} { type = awz }\n`);
    const { service, fixture } = bench;
    const lineOf = async () => (await service.diagnostics(fixture.main.uri))[0]?.range.start.line;
    assert.equal(await lineOf(), 1);
    service.update(fixture.main.uri, `# a\n# b\n${fixture.main.text}`);
    assert.equal(await lineOf(), 3);
  });

  it('are none of files without Canton, nor of those in a language that holds none', async () => {
    assert.deepEqual(await problems('values.yaml', 'kms:', '  type: local', 'script: |', '  exit 1'), []);
    assert.deepEqual(await problems('README.md', '```hocon', 'akka { a = }', '```'), []);
    const { service } = workbench('a = 1\n');
    service.update(uriOf('x.yaml'), `ADDITIONAL_CONFIG: ${KMS}.type = awz`, 'plaintext');
    service.update(uriOf('y.txt'), `ADDITIONAL_CONFIG: ${KMS}.type = awz`, 'yaml');
    assert.equal((await service.diagnostics(uriOf('y.txt'))).length > 0, true);
    assert.equal((await service.diagnostics(uriOf('x.yaml'))).length, 0);
  });
});

describe('what is launched together', () => {
  const container = (...variables: [name: string, value: string][]) =>
    variables.map(([name, value]) => `  - {name: ADDITIONAL_CONFIG_${name}, value: '${value}'}\n`).join('');

  it('are the variables of a container, in the order of their names, and the kms map beside them', async () => {
    const { service, fixture } = workbench(
      `-- values.yaml --\nadditionalEnvVars:\n${container(['Z', `${KMS}.region = z`], ['B', `${KMS} { type = aws, region = b }`])}kms:\n  type: aws\n  region: ‸k\n`,
    );
    const { uri, text } = fixture.main;
    const position = TextDocument.create(uri, 'yaml', 1, text).positionAt(fixture.main.cursors[0] ?? 0);
    const hover = await service.hover(uri, position);
    assert.match(JSON.stringify(hover), /Effective value: `\\"z\\"`.*Set in \[values.yaml:2\]\(file:[^ ]*#L2\)/);
    assert.match(JSON.stringify(hover), /Overridden: `k` in \[values.yaml:6\].*Overridden: `b` in \[values.yaml:3\]/);
    assert.equal((await service.status(uri)).launchSet, 'values.yaml (ADDITIONAL_CONFIG_B, kms, ADDITIONAL_CONFIG_Z)');
  });

  it('the launch set of a region can be chosen by the id that the status gives', async () => {
    const { service, fixture } = workbench(
      `-- values.yaml --\na:\n${container(['A', `${KMS} { type = aws, region = a }`])}b:\n${container(['B', `${KMS} { type = aws, region = b }`])}`,
    );
    const { launchSet, launchSets } = await service.status(fixture.main.uri);
    const other = launchSets.find(({ name }) => name !== launchSet);
    service.prefer([other?.id ?? '']);
    assert.equal((await service.status(fixture.main.uri)).launchSet, other?.name);
    assert.doesNotMatch(JSON.stringify(launchSets), /%00|\\u0000/);
  });

  it('are not those of other containers', async () => {
    const { service, workspace, fixture } = workbench(
      `-- values.yaml --\na:\n${container(['A', `${KMS} { type = aws, region = a }`])}b:\n${container(['B', `${KMS}.region = \${${KMS}.type}`])}`,
    );
    assert.equal((await workspace.setsOf(fixture.main.uri)).length, 2);
    assert.deepEqual(
      await service.diagnostics(fixture.main.uri).then((all) => all.filter((one) => one.severity === 'error')),
      [],
    );
  });

  it('is what a launch set of the project file says, and then everything is known', async () => {
    const bench = workbench(
      `-- values.yaml --\nADDITIONAL_CONFIG: |\n  ${KMS}.region = \${shared.region}\n  ${KMS}.key = \${shared.key}\n` +
        `-- app.conf --\nshared.region = x\ncanton.participants.participant {\n  storage { type = postgres, config {} }\n` +
        '  admin-api.port = 5012, ledger-api.port = 5011, http-ledger-api.port = 5013\n' +
        '  crypto { provider = kms, kms.type = aws }\n}\n' +
        '-- canton-kms.json --\n{ "launchSets": { "helm": ["app.conf", "values.yaml"] } }\n',
    );
    const { service, fixture } = bench;
    assert.deepEqual(await problemsOf(bench), ['hocon/unresolved: ${shared.key}']);
    assert.equal((await service.status(uriOf('app.conf'))).launchSet, 'helm');
    const [region] = await service.definition(fixture.main.uri, { line: 1, character: 66 });
    assert.equal(region?.uri, uriOf('app.conf'));
    service.update(uriOf('app.conf'), 'a = 1');
    assert.deepEqual(await service.dependents(uriOf('app.conf')), [fixture.main.uri]);
    assert.deepEqual(await service.dependents(fixture.main.uri), [uriOf('app.conf')]);
  });

  it('follows such a file on disk, and no other YAML', async () => {
    const { service, fixture, disk } = workbench(
      `canton.participants.participant.crypto { provider = kms, kms.type = aws }\n` +
        `-- values.yaml --\nADDITIONAL_CONFIG: ${KMS}.region = eu-west-1\n` +
        '-- canton-kms.json --\n{ "launchSets": { "helm": ["main.conf", "values.yaml"] } }\n',
    );
    const errors = async () =>
      (await service.diagnostics(fixture.main.uri)).filter(({ severity }) => severity === 'error').length;
    assert.equal(await errors(), 0);
    assert.equal(service.filesChanged([{ uri: uriOf('other.yaml'), type: 'changed' }]), false);
    disk.set(uriOf('values.yaml'), 'a: 1\n');
    assert.equal(service.filesChanged([{ uri: uriOf('values.yaml'), type: 'changed' }]), true);
    assert.equal(await errors(), 1);
  });
});

describe('the other answers about HOCON inside other documents', () => {
  const VALUES = lines(
    'kms:',
    '  type: gcp',
    '  keyRingId: ring',
    'additionalEnvVars:',
    '  - name: ADDITIONAL_CONFIG_X',
    '    value: |',
    '      # one',
    '      # two',
    '      canton.participants.participant.crypto {',
    `        kms.endpoint-override = \${${KMS}.key-ring-id}`,
    '      }',
  );

  it('definition and references lead from one place to another of the same file', async () => {
    const { service, fixture } = workbench(`-- values.yaml --\n${VALUES}`);
    const { uri } = fixture.main;
    const [target, ...more] = await service.definition(uri, { line: 9, character: 82 });
    assert.deepEqual(more, []);
    assert.deepEqual(target, { uri, range: { start: { line: 2, character: 2 }, end: { line: 2, character: 11 } } });
    const found = await service.references(uri, { line: 2, character: 4 }, true);
    assert.deepEqual(found.map((one) => [one.uri, one.range.start.line]).sort(), [
      [uri, 2],
      [uri, 9],
    ]);
  });

  it('semantic tokens are in the order of the document and as long as what is written', async () => {
    const { service, fixture } = workbench(`-- values.yaml --\n${VALUES}`);
    const { data } = await service.semanticTokens(fixture.main.uri);
    const texts: string[] = [];
    let [line, character] = [0, 0];
    for (let i = 0; i < data.length; i += 5) {
      character = data[i] === 0 ? character + (data[i + 1] ?? 0) : (data[i + 1] ?? 0);
      line += data[i] ?? 0;
      texts.push(fixture.main.text.split('\n')[line]?.slice(character, character + (data[i + 2] ?? 0)) ?? '');
    }
    assert.deepEqual(texts.slice(0, 4), ['kms', 'type', 'gcp', 'keyRingId']);
    assert.deepEqual(texts.slice(4, 10), [
      'canton',
      'participants',
      'participant',
      'crypto',
      'kms',
      'endpoint-override',
    ]);
  });

  it('folds and lenses are on the lines of the document', async () => {
    const { service, fixture } = workbench(`-- values.yaml --\n${VALUES}`);
    assert.deepEqual(
      (await service.foldingRanges(fixture.main.uri)).map(({ startLine, endLine }) => [startLine, endLine]),
      [
        [8, 9],
        [6, 7],
      ],
    );
    assert.deepEqual(
      (await service.codeLenses(fixture.main.uri)).map(({ range }) => range.start.line),
      [0, 8],
    );
  });

  it('what would treat the whole document as HOCON is not offered', async () => {
    const { service, fixture } = workbench(`-- values.yaml --\n${VALUES}`);
    const { uri } = fixture.main;
    assert.deepEqual(await service.formatting(uri, { tabSize: 2, insertSpaces: true }), []);
    assert.deepEqual(await service.documentSymbols(uri), []);
    assert.ok('refused' in (await service.rename(uri, { line: 2, character: 4 }, 'x')));
    const request = { uri, procedure: 'enable-session-signing-keys', node: 'participants.participant', options: {} };
    assert.equal((await service.plan(request)).possible, false);
  });

  it('outside of it there are none', async () => {
    const { service, fixture } = workbench(`-- values.yaml --\n${VALUES}`);
    const outside = { line: 3, character: 4 };
    assert.equal(await service.hover(fixture.main.uri, outside), undefined);
    assert.deepEqual(await service.completion(fixture.main.uri, outside, { snippets: true }), []);
  });
});

describe('withoutRegions', () => {
  it('puts enclosing documents in place of regions anywhere, and joins their edits', () => {
    const answer = {
      uri: 'file:///a/values.yaml%0012',
      text: 'in [values.yaml\x003:1](file:///a/values.yaml%003#L1)',
      changes: { 'file:///a/b.yaml%000': [1], 'file:///a/b.yaml%001': [2] },
    };
    assert.deepEqual(withoutRegions(answer), {
      uri: 'file:///a/values.yaml',
      text: 'in [values.yaml:1](file:///a/values.yaml#L1)',
      changes: { 'file:///a/b.yaml': [1, 2] },
    });
  });
});
