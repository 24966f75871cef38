import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyHostEdit, regionsOf } from './regions';

describe('HOCON in Markdown', () => {
  type Case = [name: string, host: string, ...texts: string[]];
  const cases: Case[] = [
    ['by language', '# A\n\n```hocon\na = 1\n```\n\n~~~canton-conf\nb\n~~~\n', 'a = 1\n', 'b\n'],
    [
      'by content',
      '```\ncanton { }\n```\n```conf\ncanton.a = 1\n```\n```canton\ncanton.b = 1\n```\n',
      'canton { }\n',
      'canton.a = 1\n',
      'canton.b = 1\n',
    ],
    [
      'of others is left alone',
      '```\nls\n```\n```conf\nserver { }\n```\n```scala\ncanton\n```\n```canton\nnodes.start()\n```\n',
    ],
    [
      'with more words behind the language',
      '```HOCON title="canton { }"\na\n```\n``` {.hocon}\nb\n```\n',
      'a\n',
      'b\n',
    ],
    [
      'under any label, by content',
      '```none\ncanton.a = 1\n```\n```text\ncanton { }\n```\n```properties\ncanton.b = 1\n```\n',
      'canton.a = 1\n',
      'canton { }\n',
      'canton.b = 1\n',
    ],
    [
      'in here-documents of scripts, and nothing around them',
      "```bash\ncat > a <<EOF\ncanton.a = ${X}\nEOF\ncat <<'EOF' >b\ncanton.b = ${?X}\nEOF\ncanton -c a -c b\n```\n",
      'canton.a = ${X}\n',
      'canton.b = ${?X}\n',
    ],
    [
      'but no here-document of others, nor one without an end',
      '```\ncat <<EOF\nx = 1\nEOF\n```\n```sh\ncat <<< canton\n```\n',
    ],
    ['names that the reader chooses', '```hocon\na.<name>.b = <region>\n```\n', 'a."<name>".b = ${LEFT_OUT}\n'],
    [
      'in a Compose file or values of a chart',
      '```yaml\nservices:\n  p:\n    environment:\n      - |\n        ADDITIONAL_CONFIG_A=\n          canton.a = 1\n```\n' +
        '> ```\n> - name: ADDITIONAL_CONFIG_B\n>   value: canton.b = 1\n> ```\n',
      '\n  canton.a = 1\n',
      'canton.b = 1',
    ],
    [
      'with such names in values of a chart too',
      '```yaml\n- name: ADDITIONAL_CONFIG_A\n  value: |\n    canton.<name>.a = YOUR_VALUE\n    canton.b.c = N\n```\n',
      'canton."<name>".a = ${LEFT_OUT}\ncanton.b.c = ${LEFT_OUT}\n',
    ],
    [
      'but no script whose here-document does not end',
      '```\ncat <<EOF\ncanton.a = 1\nEOF > a.conf\ncanton -c a.conf\n```\n',
    ],
    [
      'with names and lines that the reader chooses or leaves out',
      '```hocon\na.[name].b = 1\na.*.b = YOUR_KEY\n  [c = 1]\n  a.b...\n${N} { b = ${M} }\n{/* said */}\n```\n',
      'a."[name]".b = 1\na."*".b = ${LEFT_OUT}\ninclude url("https:  [c = 1]")\ninclude url("https:  a.b...")\n"${N}" { b = ${M} }\n\n',
    ],
    [
      'with names and values in braces that the reader chooses',
      '```hocon\ncanton.{node-name}.a = {your-region}, b = {c}\nd = { e = 1 }\n```\n',
      'canton."{node-name}".a = ${LEFT_OUT}, b = ${LEFT_OUT}\nd = { e = 1 }\n',
    ],
    ['with longer fences', '````hocon\n```\na\n`````\n', '```\na\n'],
    ['with tildes inside backticks', '```hocon\n~~~\na\n```\n', '~~~\na\n'],
    ['without an end', 'x\n```hocon\na = 1\n', 'a = 1\n'],
    ['without a line', 'x\n```hocon', ''],
    ['indented', '  ```hocon\n  a {\n    b\n }\n  ```\n', 'a {\n  b\n}\n'],
    ['in a list', '1. Do\n\n   ```hocon\n   a {\n\n     b\n   }\n   ```\n2. c\n', 'a {\n\n  b\n}\n'],
    ['in a list with tabs', '- a\n\n\t```hocon\n\tb\n\t```\n', 'b\n'],
    ['beside the marker', '- ```hocon\n  a\n  ```\n', 'a\n'],
    ['in a quote', '> x\n> ```hocon\n> a {\n>   b\n>\n> }\n> ```\n', 'a {\n  b\n\n}\n'],
    ['in a list in a quote', '> - x\n>   ```hocon\n>   a\n>   ```\n', 'a\n'],
    ['ends with its list', '- ```hocon\n  a\n\nb\n```hocon\nc\n```\n', 'a\n\n', 'c\n'],
    ['ends with its quote', '> ```hocon\n> a\nb\n', 'a\n'],
    ['under a tab of MkDocs', '=== "AWS"\n\n    ```hocon\n    a\n    ```\n', 'a\n'],
    ['with CRLF', '```hocon\r\na\r\n```\r\n', 'a\n'],
    ['not from code in a line', '``` hocon ``` a\n```hocon`\nb\n'],
    ['a byte order mark', '\uFEFFx\n```hocon\na\n```\n', 'a\n'],
  ];
  for (const [name, host, ...texts] of cases) {
    it(name, () => {
      assert.deepEqual(
        regionsOf('markdown', host).map(({ text }) => text),
        texts,
      );
    });
  }

  it('does not know what an example leaves out', () => {
    const host = '```hocon\ncanton {\n  ...\n  crypto { ... kms { type = …, b = "arn:..." } } # ...\n}\n```\n';
    assert.equal(
      regionsOf('markdown', host)[0]?.text,
      'canton {\n  include url("https:...")\n  crypto { include url("https:..."),  kms { type = ${LEFT_OUT}, b = "arn:"${LEFT_OUT}"" } } # ...\n}\n',
    );
  });

  it('maps behind the marks of the quote', () => {
    const host = '> ```hocon\n> a {\n>   b = 1\n> }\n> ```\n';
    const [region] = regionsOf('markdown', host);
    assert.ok(region);
    assert.deepEqual([region.kind, region.label], ['code-block', 'hocon']);
    assert.equal(region.map.toHost(region.text.indexOf('b =')), host.indexOf('b ='));
    assert.equal(region.map.toRegion(host.indexOf('>   b')), region.text.indexOf('  b'));
    assert.equal(region.map.toRegion(0), undefined);
  });

  it('is written behind the same marks', () => {
    const host = '> ```hocon\n> a = 1\n> ```\n';
    const [region] = regionsOf('markdown', host);
    assert.ok(region);
    const replaced = region.toHostEdit({ start: 4, end: 5 }, '{\n  b\n}');
    assert.equal(replaced && applyHostEdit(host, replaced), '> ```hocon\n> a = {\n>   b\n> }\n> ```\n');
    const apart = region.toHostEdit({ start: 0, end: 0 }, '> = 0\n\n');
    assert.equal(apart && applyHostEdit(host, apart), '> ```hocon\n> > = 0\n>\n> a = 1\n> ```\n');
    const added = region.toHostEdit({ start: 6, end: 6 }, 'c = 2\n');
    assert.equal(added && applyHostEdit(host, added), '> ```hocon\n> a = 1\n> c = 2\n> ```\n');
  });

  it('is written into an empty block', () => {
    const host = '- x\n\n  ```hocon\n  ```\n';
    const [region] = regionsOf('markdown', host);
    const edit = region?.toHostEdit({ start: 0, end: 0 }, 'a {\n}');
    assert.equal(edit && applyHostEdit(host, edit), '- x\n\n  ```hocon\n  a {\n  }\n  ```\n');
  });

  it('any HOCON in any nesting is read back', () => {
    const line = fc.string({ unit: fc.constantFrom('a', '{', ' ', '"', '=', '>', '-', '\t', '😀'), maxLength: 8 });
    const nesting = fc.constantFrom(
      ['', ''],
      ['> ', '> '],
      ['- ', '  '],
      ['1. ', '   '],
      ['> - ', '>   '],
      ['- > ', '  > '],
    );
    fc.assert(
      fc.property(fc.array(line), nesting, fc.constantFrom('\n', '\r\n'), (all, [first, rest], eol) => {
        const host = `${first}~~~hocon${eol}${all.map((text) => rest + text + eol).join('')}${rest}~~~${eol}`;
        assert.deepEqual(
          regionsOf('markdown', host).map(({ text }) => text),
          [all.map((text) => `${text}\n`).join('')],
        );
      }),
    );
  });

  it('any text gives regions that are true to it', () => {
    const part = fc.constantFrom(
      '```',
      '~~~',
      'hocon',
      '\n',
      '\r\n',
      '> ',
      '- ',
      '1. ',
      '   ',
      '\t',
      'canton',
      '\0',
      '`',
      'a',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
        regionsOf('markdown', parts.join(''));
      }),
      { numRuns: 2000 },
    );
  });
});
