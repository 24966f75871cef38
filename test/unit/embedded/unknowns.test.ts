import assert from 'node:assert/strict';
import { composeVariables, kubernetesVariables, templatesIn } from '../../../server/src/embedded/expressions';
import { findTemplates, maskTemplates } from '../../../server/src/embedded/template-mask';
import { withUnknowns } from '../../../server/src/embedded/unknowns';
import { evaluate } from '../../../server/src/hocon/evaluation/evaluate';
import { loadSources } from '../../../server/src/hocon/evaluation/load';
import { parse } from '../../../server/src/hocon/syntax/parse';
import { type MappedText, MappedTextBuilder } from '../../../server/src/text/mapped-text';
import { memoryFiles } from '../../kit/memory-files';
import { assertFaithful } from './faithful';

function mapped(host: string): MappedText {
  const builder = new MappedTextBuilder(host);
  builder.exact(0, host.length);
  return builder.build({ start: 0, end: host.length });
}

describe('templates inside HOCON', () => {
  const cases: [name: string, host: string, text: string][] = [
    ['as a value', 'a = {{ .b }}', 'a = ${HELM_b_}'],
    ['as a value with quotes', 'a = {{ .b | default "c" }}', 'a = ${HELM_b_default_c_}'],
    ['as part of a value', 'a = x-{{ .b }}-y', 'a = x-${HELM_b_}-y'],
    ['on the line below the separator', 'a =\n  {{ .b }}', 'a =\n  ${HELM_b_}'],
    ['in a string', 'a = "x{{ .b }}y"', 'a = "x"${HELM_b_}"y"'],
    ['in a long string', 'a = """x{{ .b }}"""', 'a = """x"""${HELM_b_}""""""'],
    ['as a key', '{{ .n }}.crypto { }', '"{{ .n }}".crypto { }'],
    ['in a key', 'p-{{ .n }} = 1', 'p-"{{ .n }}" = 1'],
    ['in a quoted key', '"p {{ .n }}" = 1', '"p {{ .n }}" = 1'],
    ['in a substitution', 'a = ${X_{{ .n }}_Y}', 'a = ${X_HELM_n__Y}'],
    ['as an element of a list', 'a = [\n{{ .b }}\n]', 'a = [\n${HELM_b_}\n]'],
    ['as an entry', 'kms {\n  {{ include "k" . }}\n}', 'kms {\n  include url("https:{{ include \\"k\\" . }}")\n}'],
    ['several as one entry', '{{ if .a }}{{ .b }} {{ end }}\na = 1', 'include url("https:{{ .b }}") \na = 1'],
    ['behind a comment of their own', '{{/* c */}}{{ .b }}\na = 1', 'include url("https:{{ .b }}")\na = 1'],
    ['around an entry', '{{ if .a }} b = c {{ end }}', 'include url("https:{{ if .a }}"),  b = c ${HELM_end_}'],
    ['as a comment of their own', 'a = 1 {{/* no\nb */}}\n{{ $x := 1 }}\n', 'a = 1 \n\n'],
    ['in a comment', '# {{ .b }} = 1\na = 1', '# {{ .b }} = 1\na = 1'],
    ['behind another value', 'a = 1\n{{ .b }}', 'a = 1\ninclude url("https:{{ .b }}")'],
    ['without an end', 'a = {{ .b', 'a = {{ .b'],
  ];
  for (const [name, host, expected] of cases) {
    it(name, () => {
      const result = withUnknowns(mapped(host), templatesIn(mapped(host), host, findTemplates(host)), host);
      assert.equal(result.text, expected);
      assertFaithful(host, result);
    });
  }

  it('leave HOCON without a fault', () => {
    for (const [name, host] of cases.slice(0, -1)) {
      const { text } = withUnknowns(mapped(host), templatesIn(mapped(host), host, findTemplates(host)), host);
      assert.deepEqual(parse('file:///a.conf', text, 'conf').problems, [], name);
    }
  });

  it('are unknown to whoever evaluates the text, and make their objects unknown', async () => {
    const host = 'kms {\n  {{ include "k" . }}\n  region = "{{ .r }}"\n  type = aws\n}\na = {{ .b }}';
    const { text } = withUnknowns(mapped(host), templatesIn(mapped(host), host, findTemplates(host)), host);
    const roots = [{ uri: 'file:///a.conf' }];
    const sources = await loadSources(roots, memoryFiles(new Map([['file:///a.conf', text]])));
    const { root, problems } = evaluate(roots, sources, { variables: new Map(), closed: false });
    assert.deepEqual(problems, []);
    const kms = root.entries.get('kms')?.value;
    assert.ok(kms?.kind === 'object');
    assert.deepEqual(
      kms.unknowns.map(({ cause, subject }) => [cause, subject]),
      [['url', 'https:{{ include "k" . }}']],
    );
    assert.equal(kms.entries.get('region')?.value.kind, 'unknown');
    assert.equal(kms.entries.get('type')?.value.kind, 'string');
    const a = root.entries.get('a')?.value;
    assert.ok(a?.kind === 'unknown');
    assert.deepEqual([a.reason.cause, a.reason.subject], ['environment', 'HELM_b_']);
  });

  it('map to the whole template', () => {
    const host = 'a = {{ .b }}';
    const { map } = withUnknowns(mapped(host), templatesIn(mapped(host), host, findTemplates(host)), host);
    assert.deepEqual(map.toHostRange({ start: 7, end: 9 }), { start: 4, end: 12 });
  });

  for (const part of ['{{ .a }} ', '{{', '}}', 'a = {{ .b }}\n', '"{{ x }}', '{{ x }}[', '${']) {
    it(`are found to the end, however many: ${JSON.stringify(part)}`, () => {
      const host = part.repeat(30_000);
      const templates = findTemplates(host);
      assert.equal(maskTemplates(host, templates).length, host.length);
      const read = withUnknowns(mapped(host), templatesIn(mapped(host), host, templates), host);
      assert.equal(read.map.host.end, host.length);
    });
  }
});

describe('masking templates', () => {
  const cases: [name: string, text: string, masked: string][] = [
    ['inside a line', 'a: {{ .b }}', 'a: xxxxxxxx'],
    ['over lines', 'a: {{ .b\n | c }}\nd', 'a: xxxxxxxxxxxxx\nd'],
    ['alone', 'a:\n  {{ b }}\n  c: 1', 'a:\n  #xxxxxx\n  c: 1'],
    ['alone, inside of a block', 'a: |\n    b {\n{{ if }}\n    }', 'a: |\n    b {\n        \n    }'],
    ['alone, behind a block', 'a: |\n    b\n{{ end }}\nc: 1', 'a: |\n    b\n#xxxxxxxx\nc: 1'],
    ['several', '{{a}}{{b}}\n c{{d}}', '#xxxxxxxxx\n cxxxxx'],
  ];
  for (const [name, text, masked] of cases) {
    it(name, () => assert.equal(maskTemplates(text, findTemplates(text)), masked));
  }
});

describe('variables of the container tool', () => {
  const compose: [name: string, host: string, text: string][] = [
    ['as a value stay what they are', 'a = ${B}', 'a = ${B}'],
    ['with a default', 'a = ${B:-c}', 'a = ${B}'],
    ['without braces', 'a = $B', 'a = ${B}'],
    ['in a string', 'a = ["${B}"]', 'a = [""${B}""]'],
    ['escaped', 'a = $${?B}', 'a = ${?B}'],
    ['nested', 'a = ${B:-${C}}', 'a = ${B}'],
  ];
  for (const [name, host, expected] of compose) {
    it(`of Compose ${name}`, () => {
      const { mapped: unescaped, variables } = composeVariables(mapped(host), host);
      const result = withUnknowns(unescaped, variables, host);
      assert.equal(result.text, expected);
      assertFaithful(host, result);
    });
  }

  it('of Kubernetes are the node’s', () => {
    const host = 'a = $(POD_IP)\nb = ${?C}';
    const result = withUnknowns(mapped(host), kubernetesVariables(mapped(host)), host);
    assert.equal(result.text, 'a = ${POD_IP}\nb = ${?C}');
  });
});
