import assert from 'node:assert/strict';
import type { CompletionItem, TextEdit } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type Workbench, workbench } from '../../kit/service';

const KMS = 'canton.participants.participant.crypto.kms';

function openDocument({ fixture }: Workbench): TextDocument {
  return TextDocument.create(fixture.main.uri, 'yaml', 1, fixture.main.text);
}

describe('edits of HOCON inside other documents', () => {
  /** The document after the first quick fix whose title has the words; undefined if none is offered. */
  async function fixed(marked: string, words: string): Promise<string | undefined> {
    const bench = workbench(marked);
    const document = openDocument(bench);
    const all = { start: { line: 0, character: 0 }, end: { line: 1000, character: 0 } };
    const actions = await bench.service.codeActions(document.uri, all, { diagnostics: [] });
    const edits = actions.find(({ title }) => title.includes(words))?.edit?.changes?.[document.uri];
    return edits && TextDocument.applyEdits(document, edits);
  }

  it('of a Splice map are YAML in camelCase', async () => {
    assert.equal(
      await fixed('-- values.yaml --\nkms:\n  type: gcp\n  locationId: us-east1\nother: 1\n', "Add 'project-id'"),
      'kms:\n  type: gcp\n  locationId: us-east1\n  projectId: my-project\n  keyRingId: canton-keys\nother: 1\n',
    );
    assert.equal(
      await fixed('-- values.yaml --\nkms:\n  type: aws\n  region: eu-west-1\n  auditLoging: true\n', 'Rename'),
      'kms:\n  type: aws\n  region: eu-west-1\n  auditLogging: true\n',
    );
  });

  it('of a block scalar keep to its indentation', async () => {
    assert.equal(
      await fixed(
        `-- values.yaml --\nADDITIONAL_CONFIG: |\n    ${KMS} {\n      type = aws\n    }\nother: 1\n`,
        "Add 'region'",
      ),
      `ADDITIONAL_CONFIG: |\n    ${KMS} {\n      type = aws\n      region = us-east-1\n    }\nother: 1\n`,
    );
  });

  it('of a quoted scalar are escaped', async () => {
    assert.equal(
      await fixed(`-- values.yaml --\nADDITIONAL_CONFIG: "${KMS} {\\n  type = aws\\n}"\n`, "Add 'region'"),
      `ADDITIONAL_CONFIG: "${KMS} {\\n  type = aws\\n  region = us-east-1\\n}"\n`,
    );
  });

  it('of a fence stay in its quote', async () => {
    assert.equal(
      await fixed(`-- README.md --\n> \`\`\`hocon\n> ${KMS} {\n>   type = aws\n> }\n> \`\`\`\n`, "Add 'region'"),
      `> \`\`\`hocon\n> ${KMS} {\n>   type = aws\n>   region = us-east-1\n> }\n> \`\`\`\n`,
    );
  });

  it('silence a line in the words of the document', async () => {
    const comment = '# canton-kms-ignore-next-line advice/region';
    const kms = `${KMS} { type = aws, region = nowhere }`;
    for (const [before, after] of [
      [`ADDITIONAL_CONFIG: |\n    # a\n    ${kms}\n`, `ADDITIONAL_CONFIG: |\n    # a\n    ${comment}\n    ${kms}\n`],
      [`ADDITIONAL_CONFIG: "# a\\n  ${kms}"\n`, `ADDITIONAL_CONFIG: "# a\\n  ${comment}\\n  ${kms}"\n`],
    ] as const) {
      assert.equal(await fixed(`-- values.yaml --\n${before}`, 'Ignore'), after);
    }
    const region = '  region: nowhere\n';
    assert.equal(
      await fixed(`-- values.yaml --\nkms:\n  type: aws\n${region}`, "Ignore 'advice/region'"),
      `kms:\n  type: aws\n  # canton-kms-ignore-next-line advice/region\n${region}`,
    );
  });

  it('fix everything at once in all places', async () => {
    const bench = workbench(
      `-- values.yaml --\nkms:\n  type: aws\n  region: eu-west-1\n  auditLoging: true\nother:\n  ADDITIONAL_CONFIG: "${KMS} { type = aws, regoin = x }"\n`,
    );
    const document = openDocument(bench);
    const all = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
    const context = { diagnostics: [], only: ['source.fixAll'] };
    const [action, ...more] = await bench.service.codeActions(document.uri, all, context);
    assert.deepEqual(more, []);
    assert.equal(
      TextDocument.applyEdits(document, action?.edit?.changes?.[document.uri] ?? []),
      document.getText().replace('auditLoging', 'auditLogging').replace('regoin', 'region'),
    );
  });

  it('write the same in another way, too', async () => {
    const bench = workbench(
      `-- README.md --\n> \`\`\`hocon\n> ${KMS.replace('.kms', '')} { ‸kms { type = aws } }\n> \`\`\`\n`,
    );
    const range = { start: bench.cursor.position, end: bench.cursor.position };
    const context = { diagnostics: [], only: ['refactor.extract'] };
    const [extract] = await bench.service.codeActions(bench.cursor.uri, range, context);
    assert.equal(
      TextDocument.applyEdits(openDocument(bench), extract?.edit?.changes?.[bench.cursor.uri] ?? []),
      `> \`\`\`hocon\n> _shared.kms { type = aws }\n>\n> ${KMS.replace('.kms', '')} { kms = \${_shared.kms} }\n> \`\`\`\n`,
    );
  });

  it('write the HOCON at the cursor in another way, and make no files', async () => {
    const titles = async (marked: string) => {
      const bench = workbench(`-- values.yaml --\n${marked}`);
      const { uri, position } = bench.cursor;
      const context = { diagnostics: [], only: ['refactor'], createsFiles: true };
      const actions = await bench.service.codeActions(uri, { start: position, end: position }, context);
      const action = actions.find(({ title }) => title.startsWith('Flatten'));
      const edits = action?.edit?.changes?.[uri] ?? [];
      return [actions.map(({ title }) => title).join(), TextDocument.applyEdits(openDocument(bench), edits)] as const;
    };
    const text = (key: string) =>
      `a: 1\nADDITIONAL_CONFIG: |\n    ${key} {\n      type = aws\n      region = x\n    }\n`;
    const [offered, after] = await titles(text(`${KMS}‸`));
    assert.match(offered, /_shared/);
    assert.doesNotMatch(offered, /the file/);
    assert.equal(after, `a: 1\nADDITIONAL_CONFIG: |\n    ${KMS}.type = aws\n    ${KMS}.region = x\n`);
    assert.deepEqual(await titles(`‸${text(KMS)}`), ['', text(KMS)]);
  });

  it('are not offered where they cannot be written', async () => {
    const fix = (type: string, words: string) =>
      fixed(`-- values.yaml --\nADDITIONAL_CONFIG: ${KMS} { type = ${type} }\n`, words);
    assert.equal(await fix('awz', "'aws'"), `ADDITIONAL_CONFIG: ${KMS} { type = aws }\n`);
    const inFlow = `-- values.yaml --\n{ ADDITIONAL_CONFIG: ${KMS}.region = $REGION }\n`;
    assert.equal(await fixed(inFlow, 'Write it for HOCON'), undefined);
  });

  it('write commas and brackets into a plain value of YAML that has some, so that they do not end it', async () => {
    assert.equal(
      await fixed(`-- values.yaml --\nADDITIONAL_CONFIG: ${KMS} { type = aws }\n`, "Add 'region'"),
      `ADDITIONAL_CONFIG: ${KMS} { type = aws, region = us-east-1 }\n`,
    );
    assert.equal(
      await fixed(
        `-- values.yaml --\nADDITIONAL_CONFIG: ${KMS}.region = \${REGION:-us-east-1}\n`,
        'Write it for HOCON',
      ),
      `ADDITIONAL_CONFIG: ${KMS}.region = us-east-1, ${KMS}.region = \${?REGION}\n`,
    );
  });
});

describe('completion of HOCON inside other documents', () => {
  const SNIPPETS = { snippets: true };
  const apply = (document: TextDocument, { textEdit, additionalTextEdits = [] }: CompletionItem) =>
    TextDocument.applyEdits(document, [textEdit as TextEdit, ...additionalTextEdits]);
  /** Like an editor that follows the indentation of the line. */
  const indented = (item: CompletionItem, indent: string): CompletionItem => {
    const { range, newText } = item.textEdit as TextEdit;
    return { ...item, textEdit: { range, newText: newText.replaceAll('\t', '  ').replaceAll('\n', `\n${indent}`) } };
  };

  const unescaped = (item: CompletionItem): CompletionItem => {
    const { range, newText } = item.textEdit as TextEdit;
    const text = item.insertTextFormat === 2 ? newText.replace(/\\([\\$}])/g, '$1') : newText;
    return { ...item, textEdit: { range, newText: text } };
  };

  const hosts: [name: string, write: (hocon: string) => string][] = [
    [
      'values.yaml',
      (hocon) => `a:\n  - name: ADDITIONAL_CONFIG\n    value: |\n${hocon.replace(/^(?=.)/gm, '      ')}b: 1\n`,
    ],
    ['values.yaml', (hocon) => `ADDITIONAL_CONFIG: ${JSON.stringify(hocon)}\nb: 1\n`],
    ['README.md', (hocon) => `> \`\`\`hocon\n${hocon.replace(/^/gm, '> ')}\n> \`\`\`\n`],
  ];
  const texts = [
    `${KMS} {\n  type = aws\n  ‸\n}\n`,
    `${KMS} {\n  type = aws\n  re‸\n}\n`,
    `${KMS} {\n  type = ‸\n}\n`,
    `${KMS} {\n  type = a‸\n  region = x\n}\n`,
    `${KMS}.‸\n`,
    'canton.participants.participant {\n  crypto {\n    ‸\n  }\n}\n',
  ];
  for (const [i, [name, write]] of hosts.entries()) {
    it(`means the same as in a file of HOCON, whatever is chosen: ${name} ${i}`, async () => {
      for (const marked of texts) {
        const plain = workbench(marked);
        const { cursor } = plain;
        const indent = /^ */.exec(plain.fixture.main.text.split('\n')[cursor.position.line] ?? '')?.[0] ?? '';
        const expected = await plain.service.completion(cursor.uri, cursor.position, SNIPPETS);
        const bench = workbench(`-- ${name} --\n${write(marked)}`);
        const items = await bench.service.completion(bench.cursor.uri, bench.cursor.position, SNIPPETS);
        assert.deepEqual(
          items.map(({ label }) => label),
          expected.map(({ label }) => label),
        );
        assert.ok(items.length > 0, marked);
        for (const [i, item] of items.entries()) {
          assert.equal(
            apply(openDocument(bench), unescaped(item)),
            write(apply(openDocument(plain), indented(expected[i] as CompletionItem, indent))),
          );
          assert.equal(item.insertTextMode, 1);
        }
      }
    });
  }

  it('names keys of a Splice map as they are written there', async () => {
    const bench = workbench('-- values.yaml --\nkms:\n  type: gcp\n  ‸\n');
    const items = await bench.service.completion(bench.cursor.uri, bench.cursor.position, SNIPPETS);
    const written = (label: string) => {
      const item = items.find((one) => one.label === label);
      return item && apply(openDocument(bench), item);
    };
    assert.equal(written('keyRingId'), 'kms:\n  type: gcp\n  keyRingId: \n');
    assert.equal(written('retries'), 'kms:\n  type: gcp\n  retries:\n    $0\n');
    assert.equal(written('key-ring-id'), undefined);
  });

  it('goes on in the section of a Splice map that was chosen', async () => {
    const bench = workbench('-- values.yaml --\nkms:\n  type: aws\n  retries:\n    ‸\n');
    const items = await bench.service.completion(bench.cursor.uri, bench.cursor.position, SNIPPETS);
    const failures = items.find(({ label }) => label === 'failures');
    assert.ok(failures, items.map(({ label }) => label).join());
    assert.match(apply(openDocument(bench), failures), /^ {2}retries:\n {4}failures:\n {6}initialDelay: \$/m);
  });

  it('gives values of a Splice map, with the blank that YAML needs', async () => {
    for (const [before, after] of [
      ['kms:\n  type:‸\n', 'kms:\n  type: gcp\n'],
      ['kms:\n  type: ‸\n', 'kms:\n  type: gcp\n'],
      ['kms:\n  type: "g‸"\n', 'kms:\n  type: gcp\n'],
    ] as const) {
      const bench = workbench(`-- values.yaml --\n${before}`);
      const items = await bench.service.completion(bench.cursor.uri, bench.cursor.position, SNIPPETS);
      const gcp = items.find(({ label }) => label === 'gcp');
      assert.ok(gcp, before);
      assert.equal(apply(openDocument(bench), gcp), after);
    }
  });

  it('doubles the dollars of Compose, and keeps those of tab stops', async () => {
    const bench = workbench(
      `-- compose.yaml --\nservices:\n  p:\n    environment:\n      ADDITIONAL_CONFIG: |\n        ${KMS} {\n          type = aws\n          ‸\n        }\n`,
    );
    const items = await bench.service.completion(bench.cursor.uri, bench.cursor.position, SNIPPETS);
    const retries = items.find(({ label }) => label === 'retries')?.textEdit as TextEdit | undefined;
    assert.equal(retries?.newText, 'retries {\n            $0\n          \\}');
  });

  it('offers no lines where the notation has none', async () => {
    const bench = workbench(`-- values.yaml --\nADDITIONAL_CONFIG: '${KMS} { type = aws, ‸ }'\n`);
    const items = await bench.service.completion(bench.cursor.uri, bench.cursor.position, SNIPPETS);
    const labels = items.map(({ label }) => label);
    assert.ok(labels.includes('region') && !labels.includes('retries'), labels.join());
  });
});
