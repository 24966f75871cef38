import assert from 'node:assert/strict';
import { languageOfFile } from '../../../server/src/embedded';
import { applyHostEdit, regionsOf } from './regions';

describe('HOCON in files of other kinds', () => {
  const texts = (language: string, host: string) => regionsOf(language, host).map(({ text }) => text);

  it('is found by the names of files', () => {
    const languages = ['.env', '.env.prod', 'p.env', 'a.rst', '_kms.tpl', 'a.conf.j2', 'a.sh', 'compose.yml', 'a.conf'];
    assert.deepEqual(
      languages.map((name) => languageOfFile(`/x/${name}`)),
      ['dotenv', 'dotenv', 'dotenv', 'restructuredtext', 'gotmpl', 'gotmpl', 'shellscript', 'dockercompose', undefined],
    );
  });

  it('stands in the variables of docker run, in each kind of quotes', () => {
    const host = [
      'docker run -e ADDITIONAL_CONFIG_A="canton.a = \\"x\\", b = $B" \\',
      "  -e 'ADDITIONAL_CONFIG_B=canton.b = 1' -e ADDITIONAL_CONFIG_C=c=1 \\",
      '  registry.example/canton-participant:0.6.11',
      'export ADDITIONAL_CONFIG_D="canton.d = 1"x',
    ].join('\n');
    const regions = regionsOf('shellscript', host);
    assert.deepEqual(
      regions.map(({ label, text }) => [label, text]),
      [
        ['ADDITIONAL_CONFIG_A', 'canton.a = "x", b = ${B}'],
        ['ADDITIONAL_CONFIG_B', 'canton.b = 1'],
        ['ADDITIONAL_CONFIG_C', 'c=1'],
      ],
    );
    assert.equal(new Set(regions.map(({ group }) => group)).size, 1);
    assert.equal(regions[0]?.image, 'registry.example/canton-participant:0.6.11');
    const edit = regions[0]?.toHostEdit({ start: 12, end: 13 }, '"$y"');
    assert.match(edit === undefined ? '' : applyHostEdit(host, edit), /canton\.a = \\"\\"\\\$y\\"/);
  });

  it('stands in env files, whose variables are launched together', () => {
    const host =
      '# x\nOTHER=canton.a\nADDITIONAL_CONFIG_A=canton.a = 1 # no\nexport ADDITIONAL_CONFIG_B="canton {\n  b = \\"${B}\\"\\n}"\nADDITIONAL_CONFIG_C=\'canton.c = ${?C}\'\r\n';
    const regions = regionsOf('dotenv', host);
    assert.deepEqual(
      regions.map(({ text }) => text),
      ['canton.a = 1', 'canton {\n  b = ""${B}""\n}', 'canton.c = ${?C}'],
    );
    assert.deepEqual(new Set(regions.map(({ group }) => group)), new Set([0]));
  });

  it('stands in literal blocks of reStructuredText', () => {
    const host = [
      'Text canton.x = 1',
      '',
      '.. code-block:: none',
      '   :linenos:',
      '',
      '   canton {',
      '     a = 1',
      '',
      '   }',
      '',
      'Write::',
      '',
      '    canton.b = 1',
      'canton.c = 1',
      '',
      '.. note::',
      '',
      '   canton is text here.',
      '',
    ].join('\n');
    assert.deepEqual(texts('restructuredtext', host), ['\ncanton {\n  a = 1\n\n}\n', '\ncanton.b = 1\n']);
  });

  it('inside an indented directive that is no literal block', () => {
    const host = [
      'Text',
      '',
      '    .. important::',
      '        Adjust this:',
      '',
      '        .. code-block::',
      '',
      '            canton.a = 1',
      '',
    ].join('\n');
    assert.deepEqual(
      texts('restructuredtext', host).map((text) => text.trim()),
      ['canton.a = 1'],
    );
  });

  it('is a template as a whole, with unknown expressions', () => {
    const host = 'canton.a.{{ name }} {\r\n{% if kms %}\r\n  b = {{ b }}\r\n{% endif %}\r\n}\r\n';
    assert.deepEqual(texts('gotmpl', host), [
      'canton.a."{{ name }}" {\ninclude url("https:{% if kms %}")\n  b = ${HELM_b_}\ninclude url("https:{% endif %}")\n}\n',
    ]);
    assert.deepEqual(texts('gotmpl', '{{- define "canton.name" -}}\n{{ .Values.kms }}\n{{- end }}\n'), []);
  });

  it('stands in YAML that a shell or a template engine makes, with what they replace unknown', () => {
    const manifest = (region: string) =>
      `apiVersion: v1\nmetadata:\n  name: x\ndata:\n  a.conf: |\n    canton.a = ${region}\n`;
    const script = `kubectl apply -f - <<YAML\n${manifest('${REGION:-x}')}YAML\n`;
    assert.deepEqual(texts('shellscript', script), ['canton.a = ${REGION}\n']);
    assert.deepEqual(texts('markdown', `\`\`\`\n${script}\`\`\`\n`), ['canton.a = ${REGION}\n']);
    assert.deepEqual(texts('shellscript', script.replace('<<YAML', "<<'YAML'")), ['canton.a = ${REGION:-x}\n']);
    assert.deepEqual(texts('gotmpl', manifest('{{ region }}')), ['canton.a = ${HELM_region_}\n']);
    const compose = 'services:\n  p:\n    environment:\n      ADDITIONAL_CONFIG: canton.a = $X\n';
    assert.deepEqual(texts('gotmpl', compose), ['canton.a = ${X}']);
    assert.deepEqual(texts('gotmpl', 'cat >a.conf <<EOF\ncanton.a = {{ b }}\nEOF\n'), ['canton.a = ${HELM_b_}\n']);
  });

  it('stands in documents inside of documents', () => {
    const yaml = '  environment:\n    ADDITIONAL_CONFIG: canton.a = 1\n';
    const script = `kubectl apply -f - <<EOF\nservices:\n${yaml}EOF\n`;
    assert.deepEqual(texts('shellscript', script), ['canton.a = 1']);
    const job = `args:\n  - |\n${script.replace(/^(?=.)/gm, '    ')}`;
    assert.deepEqual(texts('yaml', job), ['canton.a = 1']);
    assert.deepEqual(texts('markdown', `- x\n\n  \`\`\`yaml\n${job.replace(/^(?=.)/gm, '  ')}  \`\`\`\n`), [
      'canton.a = 1',
    ]);
    const patch = 'patch: |-\n  - op: add\n    value:\n      name: ADDITIONAL_CONFIG_A\n      value: canton.a = 1\n';
    assert.deepEqual(texts('yaml', patch), ['canton.a = 1']);
    const application = `helm:\n  values: |\n    additionalEnvVars:\n      - name: ADDITIONAL_CONFIG\n        value: |\n          canton.b = {{ x }}\n`;
    const [region] = regionsOf('yaml', application);
    assert.equal(region?.text, 'canton.b = ${HELM_x_}\n');
    const edit = region?.toHostEdit({ start: 0, end: 0 }, 'canton.c = 1\n');
    assert.match(
      edit === undefined ? '' : applyHostEdit(application, edit),
      /\n {10}canton\.c = 1\n {10}canton\.b = \{\{ x \}\}\n$/,
    );
  });
});
