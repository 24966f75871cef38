import assert from 'node:assert/strict';
import {
  type ClientCapabilities,
  CodeActionRequest,
  type CompletionList,
  CompletionRequest,
  DefinitionRequest,
  type Diagnostic,
  DocumentFormattingRequest,
  FoldingRangeRequest,
  HoverRequest,
  SemanticTokensRequest,
  type TextEdit,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { built, TestFolder } from '../kit/built';
import { fixture } from '../kit/fixture';
import { LspClient, PUSH } from '../kit/lsp-client';

const KMS = 'canton.participants.participant.crypto.kms';

/** File names with the editors' language IDs, and texts with the ranges of the expected problems. */
const HOSTS: readonly [what: string, name: string, languageId: string, text: string][] = [
  [
    'a block scalar of Helm',
    'values.yaml',
    'helm',
    `additionalEnvVars:\n  - name: ADDITIONAL_CONFIG_A\n    value: |\n      ${KMS} {\n        type = aws\n        ⟦regoin⟧ = {{ .Values.region }}\n      }\n`,
  ],
  ['a folded scalar', 'values.yaml', 'yaml', `ADDITIONAL_CONFIG_A: >-\n  ${KMS} {\n  type = aws,\n  ⟦regoin⟧ = x }\n`],
  [
    'a quoted scalar with escapes',
    'values.yaml',
    'yaml',
    `ADDITIONAL_CONFIG_A: "${KMS} {\\n\\ttype = \\"aws\\"\\n\\t⟦regoin⟧ = x\\n}"\n`,
  ],
  [
    'a list of Compose',
    'compose.yaml',
    'dockercompose',
    `services:\n  p:\n    environment:\n      - A=b\n      - ADDITIONAL_CONFIG=${KMS} { type = aws, ⟦regoin⟧ = \${REGION} }\n`,
  ],
  [
    'a map of Compose',
    'docker-compose.yml',
    'yaml',
    `services:\n  p:\n    environment:\n      ADDITIONAL_CONFIG: |-\n        ${KMS} { type = aws, ⟦regoin⟧ = $\${?REGION} }\n`,
  ],
  ['the kms map of Splice', 'values.yaml', 'yaml', 'kms:\n  type: gcp\n  locationId: x\n  ⟦multiRegionKey⟧: true\n'],
  [
    'a fence in a list',
    'README.md',
    'markdown',
    `* Do this:\n\n  \`\`\`hocon\n  ...\n  ${KMS} { type = aws, ⟦regoin⟧ = x }\n  \`\`\`\n`,
  ],
];

describe('HOCON inside other documents over the protocol', () => {
  let folder: TestFolder;
  let client: LspClient;
  const open = async (name: string, languageId: string, marked: string) => {
    const { main } = fixture(`-- ${name} --\n${marked}`);
    const document = TextDocument.create(folder.uri(name), languageId, 1, main.text);
    await client.open(document.uri, main.text, languageId);
    const position = document.positionAt(main.cursors[0] ?? 0);
    return { document, marked: main.ranges, params: { textDocument: { uri: document.uri }, position } };
  };
  const unknownKeys = (diagnostics: readonly Diagnostic[]) =>
    diagnostics.filter(({ code }) => code === 'read/unknown-key').map(({ range }) => range);
  const start = async (capabilities?: ClientCapabilities) => {
    const command = [built('server.js'), '--stdio'];
    client = await LspClient.start({ command, folders: [folder.uri()], ...(capabilities && { capabilities }) });
  };
  beforeEach(async () => {
    folder = new TestFolder();
    await start();
  });
  afterEach(() => {
    client.kill();
    folder.remove();
    assert.equal(client.stderr, '');
  });

  for (const [what, name, languageId, text] of HOSTS) {
    it(`has its problems in their places: ${what}`, async () => {
      const { document, marked } = await open(name, languageId, text);
      assert.deepEqual(
        unknownKeys(await client.pulled(document.uri)),
        marked.map(({ start, end }) => ({ start: document.positionAt(start), end: document.positionAt(end) })),
      );
    });
  }

  it('has them published, and taken back, for editors that do not pull', async () => {
    client.kill();
    await start(PUSH);
    const uri = folder.uri('values.yaml');
    await client.open(uri, 'kms:\n  type: awz\n', 'yaml');
    assert.deepEqual(await client.waitFor(uri, () => true), []);
    await client.change(uri, 'kms:\n  type: aws\n  regoin: x\n');
    const problems = await client.waitFor(uri, (all) => unknownKeys(all).length > 0);
    assert.deepEqual(unknownKeys(problems)[0]?.start, { line: 2, character: 2 });
    await client.change(uri, 'kms:\n  type: aws\n  region: eu-west-1\n  auditLogging: true\n');
    await client.waitFor(uri, (all) => all.length === 0);
  });

  it('answers completion, hover, definition and tokens in places of the document', async () => {
    const { document, params } = await open(
      'values.yaml',
      'yaml',
      `kms:\n  type: aws\n  region: x\n  ‸\nadditionalEnvVars:\n  - name: ADDITIONAL_CONFIG\n    value: |\n      ${KMS}.endpoint-override = \${${KMS}.region}\n`,
    );
    const { items } = (await client.connection.sendRequest(CompletionRequest.type, params)) as CompletionList;
    const edit = items.find(({ label }) => label === 'auditLogging')?.textEdit as TextEdit;
    assert.ok(TextDocument.applyEdits(document, [edit]).includes('\n  region: x\n  auditLogging: \n'));
    const { textDocument } = params;
    const region = { textDocument, position: { line: 2, character: 4 } };
    const hover = await client.connection.sendRequest(HoverRequest.type, region);
    assert.match(JSON.stringify(hover), /AWS region/);
    const reference = { textDocument, position: { line: 7, character: 115 } };
    const range = { start: { line: 2, character: 2 }, end: { line: 2, character: 8 } };
    assert.deepEqual(await client.connection.sendRequest(DefinitionRequest.type, reference), [
      { uri: document.uri, range },
    ]);
    const tokens = await client.connection.sendRequest(SemanticTokensRequest.type, params);
    assert.deepEqual(tokens?.data.slice(0, 8), [0, 0, 3, 0, 1, 1, 2, 4]);
  });

  it('mends it in the notation of the document', async () => {
    const { document, params } = await open('values.yaml', 'yaml', 'kms:\n  type: aws\n  ‸regoin: x\n');
    const diagnostics = await client.pulled(document.uri);
    const actions = await client.connection.sendRequest(CodeActionRequest.type, {
      textDocument: params.textDocument,
      range: { start: params.position, end: params.position },
      context: { diagnostics },
    });
    const rename = actions?.find(({ title }) => title.includes("Rename to 'region'"));
    assert.ok(rename !== undefined && 'edit' in rename, JSON.stringify(actions));
    const text = TextDocument.applyEdits(document, rename.edit?.changes?.[document.uri] ?? []);
    assert.equal(text, 'kms:\n  type: aws\n  region: x\n');
  });

  it('leaves the rest of the document to others', async () => {
    for (const [name, languageId, text] of [
      ['README.md', 'markdown', '# Title\n\n```\nls\n```\n\n```yaml\nkms: {type: local}\n```\n'],
      ['a.yaml', 'yaml', '# Title\nkms:\n  type: local\nscript: |\n  canton daemon\n'],
    ] as const) {
      const { document, params } = await open(name, languageId, text);
      assert.deepEqual(await client.pulled(document.uri), []);
      const { items } = (await client.connection.sendRequest(CompletionRequest.type, params)) as CompletionList;
      assert.deepEqual(items, []);
      assert.deepEqual(await client.connection.sendRequest(FoldingRangeRequest.type, params), []);
      const options = { tabSize: 2, insertSpaces: true };
      assert.deepEqual(await client.connection.sendRequest(DocumentFormattingRequest.type, { ...params, options }), []);
    }
  });

  it('does not keep the server from answering in 10 MB of YAML', async () => {
    const service = `---\nkind: Secret\nmetadata: {name: a}\ndata:\n  run.sh: |\n    canton daemon\n`;
    const values = 'kms:\n  type: aws\n  regoin: x\n';
    const { document } = await open('large.yaml', 'yaml', service.repeat(10_000_000 / service.length));
    assert.deepEqual(await client.pulled(document.uri), []);
    await client.change(document.uri, `${document.getText().replaceAll('canton', 'other')}---\n${values}`);
    assert.equal(unknownKeys(await client.pulled(document.uri)).length, 1);
  });
});
