import assert from 'node:assert/strict';
import { findRegions } from '../../../server/src/embedded/find-regions';
import { isCanton, regionsOf } from './regions';

const lines = (...all: string[]) => `${all.join('\n')}\n`;

describe('HOCON in YAML', () => {
  it('launches variables together that are merged or aliased into one environment', () => {
    const host = lines(
      'x-env: &env',
      '  ADDITIONAL_CONFIG_A: a = 1',
      'x-one: &one',
      '  ADDITIONAL_CONFIG_C=c = 1',
      'services:',
      '  p:',
      '    environment:',
      '      <<: *env',
      '      ADDITIONAL_CONFIG_B: b = 1',
      '  q:',
      '    environment:',
      '      - *one',
      '      - ADDITIONAL_CONFIG_D=d = 1',
    );
    const groups = regionsOf('yaml', host).map(({ group }) => group);
    assert.equal(groups.length, 4);
    assert.equal(groups[0], groups[2]);
    assert.equal(groups[1], groups[3]);
    assert.notEqual(groups[0], groups[1]);
  });

  it('finds files of a ConfigMap that a tool wrote in quotes', () => {
    const host = lines(
      'kind: ConfigMap',
      'data:',
      '  app: "canton.features {\\n  x = 1\\n}\\n"',
      '  app.conf: "canton.features.x = 2"',
      '  note: "canton.features.x = 3"',
    );
    assert.deepEqual(
      regionsOf('yaml', host).map(({ label, text }) => [label, text]),
      [
        ['app', 'canton.features {\n  x = 1\n}\n'],
        ['app.conf', 'canton.features.x = 2'],
      ],
    );
  });

  type Case = [name: string, host: string, ...regions: [label: string, text: string][]];
  const cases: Case[] = [
    [
      'Helm: a list of names and values',
      lines(
        'additionalEnvVars:',
        '  - name: OTHER',
        '    value: canton.x = 1',
        '  - name: ADDITIONAL_CONFIG_KMS',
        '    value: |',
        '      canton.participants.participant.crypto {',
        '        provider = kms',
        '      }',
        '  - value: a = 1',
        '    name: ADDITIONAL_CONFIG',
      ),
      ['ADDITIONAL_CONFIG_KMS', 'canton.participants.participant.crypto {\n  provider = kms\n}\n'],
      ['ADDITIONAL_CONFIG', 'a = 1'],
    ],
    [
      'Compose: a map',
      lines(
        'services:',
        '  participant:',
        '    environment:',
        '      ADDITIONAL_CONFIG_A: |-',
        '        a = 1',
        '        b = 2',
      ),
      ['ADDITIONAL_CONFIG_A', 'a = 1\nb = 2\n'],
    ],
    [
      'Compose: a list of assignments, in every style',
      lines(
        'services:',
        '  p:',
        '    environment:',
        '      - A=${B}',
        '      - ADDITIONAL_CONFIG_A=a = 1',
        '      - "ADDITIONAL_CONFIG_B=b = \\"x\\"\\nc = 2"',
        '      - |',
        '        ADDITIONAL_CONFIG_C=',
        '          canton {',
        '          }',
      ),
      ['ADDITIONAL_CONFIG_A', 'a = 1'],
      ['ADDITIONAL_CONFIG_B', 'b = "x"\nc = 2'],
      ['ADDITIONAL_CONFIG_C', '\n  canton {\n  }\n'],
    ],
    [
      'Compose: an assignment by its anchor, launched with the list that has its alias',
      lines(
        'x-kms: &kms |',
        '  ADDITIONAL_CONFIG_KMS=',
        '    canton.a = 1',
        'services:',
        '  p:',
        '    environment:',
        '      - *kms',
        '      - ADDITIONAL_CONFIG_B=b = 1',
      ),
      ['ADDITIONAL_CONFIG_KMS', '\n  canton.a = 1\n'],
      ['ADDITIONAL_CONFIG_B', 'b = 1'],
    ],
    [
      'a here-document of a script, and nothing around it',
      lines('args:', '  - |', '    mkdir x', '    cat > x <<-EOF', '    canton.a = $X', '    EOF', '    exec canton'),
      ['', 'canton.a = ${X}\n'],
    ],
    ['no script without one', lines('args:', '  - |', '    bin/canton -c x', '    exec y')],
    [
      'Compose: its variables are the node’s, doubled dollars are HOCON',
      lines('services:', '  p:', '    environment:', '      ADDITIONAL_CONFIG: |', '        a = "${B}", c = $${?D}'),
      ['ADDITIONAL_CONFIG', 'a = ""${B}"", c = ${?D}\n'],
    ],
    [
      'any block that is Canton’s',
      'data:\n  app.conf: |\n    canton { a = 1 }\n  other: |\n    a = 1\n',
      ['app.conf', 'canton { a = 1 }\n'],
    ],
    ['but no other scalar', 'a: "canton { }"\nb: |\n  x\n'],
    ['folded', 'ADDITIONAL_CONFIG: >-\n  a =\n  1\n', ['ADDITIONAL_CONFIG', 'a = 1\n']],
    ['single quotes', "ADDITIONAL_CONFIG: 'a = ''1''\n\n  b = 2'\n", ['ADDITIONAL_CONFIG', "a = '1'\nb = 2"]],
    [
      'flow style',
      '[{name: ADDITIONAL_CONFIG, value: "a = 1"}, ADDITIONAL_CONFIG_B=b]',
      ['ADDITIONAL_CONFIG', 'a = 1'],
      ['ADDITIONAL_CONFIG_B', 'b'],
    ],
    [
      'several documents',
      '---\nADDITIONAL_CONFIG_A: a\n---\nADDITIONAL_CONFIG_B: b\n...\n',
      ['ADDITIONAL_CONFIG_A', 'a'],
      ['ADDITIONAL_CONFIG_B', 'b'],
    ],
    [
      'an anchor, once',
      'x: &c |\n  a = 1\nADDITIONAL_CONFIG_A: *c\nADDITIONAL_CONFIG_B: *c\n',
      ['ADDITIONAL_CONFIG_A', 'a = 1\n'],
    ],
    [
      'an alias of nothing, and of itself',
      'ADDITIONAL_CONFIG_A: *c\nx: &x [*x]\nADDITIONAL_CONFIG_B: b\n',
      ['ADDITIONAL_CONFIG_B', 'b'],
    ],
    ['tags and anchors before a block', 'ADDITIONAL_CONFIG: !!str &a |\n  a = 1\n', ['ADDITIONAL_CONFIG', 'a = 1\n']],
    [
      'an empty value',
      'ADDITIONAL_CONFIG_A:\nADDITIONAL_CONFIG_B: |\nADDITIONAL_CONFIG_C: ""\n',
      ['ADDITIONAL_CONFIG_B', ''],
      ['ADDITIONAL_CONFIG_C', ''],
    ],
    ['a byte order mark', '\uFEFFADDITIONAL_CONFIG: |\n  a = 1\n', ['ADDITIONAL_CONFIG', 'a = 1\n']],
    ['CRLF', 'ADDITIONAL_CONFIG: |\r\n  a {\r\n  }\r\n', ['ADDITIONAL_CONFIG', 'a {\n}\n']],
    ['stray brackets', 'a: }b\n\tc: }\nADDITIONAL_CONFIG: b\nd: ]\n', ['ADDITIONAL_CONFIG', 'b']],
    ['an open list', 'a: [b\nADDITIONAL_CONFIG: b', ['ADDITIONAL_CONFIG', 'b']],
    ['tabs', '\ta: b\nADDITIONAL_CONFIG: b', ['ADDITIONAL_CONFIG', 'b']],
    ['an open string', 'a: y: z\nADDITIONAL_CONFIG: "b', ['ADDITIONAL_CONFIG', 'b']],
    ['no name after sigils', 'a: &\nb: *\nc: !\nADDITIONAL_CONFIG: b', ['ADDITIONAL_CONFIG', 'b']],
    ['a half-typed key above', 'x:\n  val\n  ADDITIONAL_CONFIG: b', ['ADDITIONAL_CONFIG', 'b']],
    [
      'conflict markers',
      lines(
        'ADDITIONAL_CONFIG: |',
        '  a {',
        '<<<<<<< HEAD',
        '    b = 1',
        '=======',
        '    b = 2',
        '>>>>>>> main',
        '  }',
      ),
      ['ADDITIONAL_CONFIG', 'a {\n\n  b = 1\n\n  b = 2\n\n}\n'],
    ],
    [
      'a chart’s template',
      lines(
        'env:',
        '{{- if .Values.kms }}',
        '- name: ADDITIONAL_CONFIG_KMS',
        '  value: |',
        '    canton.participants.participant.crypto {',
        '      kms = {',
        '        {{- include "kms" .Values.kms | trim | nindent 16 }}',
        '        region = "{{ .Values.region }}"',
        '{{- if .Values.audit }}',
        '        audit-logging = {{ .Values.audit }}',
        '{{- end }}',
        '      }',
        '    }',
        '{{- end }}',
        '{{- with .Values.x }}',
        '- name: ADDITIONAL_CONFIG_X',
        '  value: {{ . | quote }}',
        '{{- end }}',
      ),
      [
        'ADDITIONAL_CONFIG_KMS',
        lines(
          'canton.participants.participant.crypto {',
          '  kms = {',
          '    include url("https:{{- include \\"kms\\" .Values.kms | trim | nindent 16 }}")',
          '    region = ""${HELM_Values_region_}""',
          'include url("https:{{- if .Values.audit }}")',
          '    audit-logging = ${HELM_Values_audit_}',
          'include url("https:{{- end }}")',
          '  }',
          '}',
        ),
      ],
      ['ADDITIONAL_CONFIG_X', 'include url("https:{{ . | quote }}")'],
    ],
    [
      'Kubernetes’ variables',
      'env:\n- name: ADDITIONAL_CONFIG\n  value: a = $(B)\n',
      ['ADDITIONAL_CONFIG', 'a = ${B}'],
    ],
  ];
  for (const [name, host, ...regions] of cases) {
    it(name, () => {
      const found = regionsOf('yaml', host);
      assert.deepEqual(
        found.map(({ label, text }) => [label, text]),
        regions,
      );
    });
  }

  it('is Compose’s when the editor says so', () => {
    const host = 'environment:\n  ADDITIONAL_CONFIG: a = $B\n';
    assert.equal(regionsOf('dockercompose', host)[0]?.text, 'a = ${B}');
    assert.equal(regionsOf('yaml.docker-compose', host)[0]?.text, 'a = ${B}');
    assert.equal(regionsOf('yaml', host)[0]?.text, 'a = $B');
  });

  it('is launched with that of the other variables of its container', () => {
    const host = lines(
      'services:',
      '  a:',
      '    environment:',
      '      ADDITIONAL_CONFIG_B: b',
      '      ADDITIONAL_CONFIG_A: a',
      '  b:',
      '    environment: [ADDITIONAL_CONFIG_C=c, ADDITIONAL_CONFIG_D=d]',
      '  c:',
      '    env:',
      '      - {name: ADDITIONAL_CONFIG_E, value: e}',
      '      - name: ADDITIONAL_CONFIG_F',
      '        value: f',
      'data:',
      '  a.conf: |',
      '    canton { a = 1 }',
      '  b.conf: |',
      '    canton { b = 1 }',
    );
    const groups = new Map<number, string[]>();
    for (const { group, rank } of regionsOf('yaml', host)) groups.set(group, [...(groups.get(group) ?? []), rank]);
    assert.deepEqual(
      [...groups.values()].map((ranks) => ranks.map((rank) => rank.replace('ADDITIONAL_CONFIG_', ''))),
      [['B', 'A'], ['C', 'D'], ['E', 'F'], ['a.conf'], ['b.conf']],
    );
  });

  it('is not looked for in other languages', () => {
    assert.deepEqual(findRegions('json', 'ADDITIONAL_CONFIG: a', isCanton), []);
  });

  it('maps every character of a block to its own place', () => {
    const host = 'a: 1\nADDITIONAL_CONFIG: |\r\n    b {\r\n      c = 😀\r\n    }\r\n';
    const [region] = regionsOf('yaml', host);
    assert.ok(region);
    const at = region.text.indexOf('c = 😀');
    const range = region.map.toHostRange({ start: at, end: at + 'c = 😀'.length });
    assert.equal(host.slice(range.start, range.end), 'c = 😀');
    assert.deepEqual(region.map.toRegionRange(range), { start: at, end: at + 'c = 😀'.length });
    assert.equal(region.map.toRegion(host.indexOf('a: 1')), undefined);
  });
});
