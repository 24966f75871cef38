import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findRegions } from '../../../server/src/embedded';
import { applyHostEdit, isCanton, regionsOf } from './regions';

const lines = (...all: string[]) => `${all.join('\n')}\n`;

describe('HOCON in YAML', () => {
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
        found.map(({ kind, label, text }) => [kind, label, text]),
        regions.map(([label, text]) => ['yaml-block', label, text]),
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

describe('edits of HOCON in YAML', () => {
  type Case = [name: string, host: string, find: string, replacement: string, expected: string | undefined];
  const cases: Case[] = [
    ['a word', 'ADDITIONAL_CONFIG: |\n  a = b\n', 'b', 'c', 'ADDITIONAL_CONFIG: |\n  a = c\n'],
    [
      'more lines',
      'ADDITIONAL_CONFIG: |\n  a = b\n',
      'b',
      '{\n  c = 1\n\n}',
      'ADDITIONAL_CONFIG: |\n  a = {\n    c = 1\n\n  }\n',
    ],
    ['with CRLF', 'ADDITIONAL_CONFIG: |\r\n  a = b\r\n', 'b', '{\n}', 'ADDITIONAL_CONFIG: |\r\n  a = {\r\n  }\r\n'],
    ['a line before another', 'ADDITIONAL_CONFIG: |\n  a\n  b\n', 'b', 'c\nb', 'ADDITIONAL_CONFIG: |\n  a\n  c\n  b\n'],
    ['a whole line away', 'ADDITIONAL_CONFIG: |\n  a\n  b\n  c\n', 'b\n', '', 'ADDITIONAL_CONFIG: |\n  a\n  c\n'],
    ['quotes', 'ADDITIONAL_CONFIG: "a = b"', 'b', '"c\\d"\n', 'ADDITIONAL_CONFIG: "a = \\"c\\\\d\\"\\n"'],
    ['single quotes', "ADDITIONAL_CONFIG: 'a = b'", 'b', "it's", "ADDITIONAL_CONFIG: 'a = it''s'"],
    ['no line end in single quotes', "ADDITIONAL_CONFIG: 'a = b'", 'b', 'c\nd', undefined],
    ['plain', 'ADDITIONAL_CONFIG: a = b', 'b', 'c', 'ADDITIONAL_CONFIG: a = c'],
    ['no comment in a plain scalar', 'ADDITIONAL_CONFIG: a = b', 'b', 'c # d', undefined],
    ['no line end in a folded one', 'ADDITIONAL_CONFIG: >\n  a = b\n', 'b', 'c\nd', undefined],
    ['nothing inside a template', 'ADDITIONAL_CONFIG: |\n  a = {{ .b }}\n', 'HELM_b_', 'c', undefined],
    [
      'a dollar sign for Compose',
      'services:\nADDITIONAL_CONFIG: |\n  a = b\n',
      'b',
      '${?C}',
      'services:\nADDITIONAL_CONFIG: |\n  a = $${?C}\n',
    ],
    [
      'a line with text ahead',
      'ADDITIONAL_CONFIG: |\n  a {\n\n  }\nb: 1',
      '\n}',
      'c = 1\n}',
      'ADDITIONAL_CONFIG: |\n  a {\n  c = 1\n  }\nb: 1',
    ],
  ];
  for (const [name, host, find, replacement, expected] of cases) {
    it(name, () => {
      const [region] = regionsOf('yaml', host);
      assert.ok(region);
      const start = region.text.indexOf(find);
      const edit = region.toHostEdit({ start, end: start + find.length }, replacement);
      assert.equal(edit && applyHostEdit(host, edit), expected);
    });
  }

  it('at the end of a block close their line, and leave what follows where it is', () => {
    const host = 'ADDITIONAL_CONFIG: |\n  a = 1\nb: 2\n';
    const [region] = regionsOf('yaml', host);
    assert.ok(region);
    const end = { start: region.text.length, end: region.text.length };
    for (const newText of ['c = 1', 'c = 1\n']) {
      const edit = region.toHostEdit(end, newText);
      assert.equal(edit && applyHostEdit(host, edit), 'ADDITIONAL_CONFIG: |\n  a = 1\n  c = 1\nb: 2\n');
    }
  });

  it('are read back, whatever they are and wherever', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '{', '"', '\\', "'", '\n', '=', '$'), maxLength: 12 });
    const style = fc.constantFrom('literal', 'double', 'CRLF');
    fc.assert(
      fc.property(text, text, fc.nat(), fc.nat(), style, (before, inserted, a, b, how) => {
        const eol = how === 'CRLF' ? '\r\n' : '\n';
        const block = `z${before}z`.split('\n').map((line) => (line === '' ? '' : `  ${line}`));
        const host =
          how === 'double'
            ? `ADDITIONAL_CONFIG: ${JSON.stringify(`z${before}z`)}\nb: 1\n`
            : `ADDITIONAL_CONFIG: |${eol}${block.join(eol)}${eol}b: 1${eol}`;
        const [region] = regionsOf('yaml', host);
        assert.ok(region);
        const start = 1 + (a % (before.length + 1));
        const end = start + (b % (before.length + 2 - start));
        const edit = region.toHostEdit({ start, end }, inserted);
        assert.ok(edit);
        const [again, ...more] = regionsOf('yaml', applyHostEdit(host, edit));
        assert.deepEqual(more, []);
        assert.equal(again?.text, region.text.slice(0, start) + inserted + region.text.slice(end));
      }),
      { numRuns: 400 },
    );
  });
});

describe('any text at all as YAML', () => {
  it('gives regions that are true to it, and never an error', () => {
    const part = fc.constantFrom(
      ...[
        'ADDITIONAL_CONFIG',
        ': ',
        '|',
        '>',
        '\n',
        '\r\n',
        '  ',
        '\t',
        '- ',
        '"',
        "'",
        '\\',
        '{{',
        '}}',
        '{',
        '}',
        '[',
      ],
      ...[']', '&a ', '*a', '? ', '<<', '#', '---\n', 'kms:\n  ', 'type: aws', 'canton', '=', '$', '\0', '\uFEFF', ','],
      ...['name: ADDITIONAL_CONFIG', 'value: ', '!!str ', '%', '@', '`', '😀', '\\u', '|2\n', '...\n'],
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
        regionsOf('yaml', parts.join(''));
      }),
      { numRuns: 3000 },
    );
  });

  const head = 'ADDITIONAL_CONFIG: |\n';
  const large = {
    'a block of ten megabytes': head + '  canton { a = 1 }\n'.repeat(550_000),
    'a string of many escapes': `ADDITIONAL_CONFIG: "${'a = \\"b\\"\\n '.repeat(40_000)}"`,
    'stray brackets': 'ADDITIONAL_CONFIG: a\nb: }\n'.repeat(20_000),
    blanks: `ADDITIONAL_CONFIG: "a${' '.repeat(1_000_000)}b"`,
    'line ends': `ADDITIONAL_CONFIG: "a${' \n'.repeat(200_000)}  b"`,
    'blank lines': `${head}  a\n${'\n'.repeat(150_000)}`,
    'blank lines between blocks': `${head}  a\n\n\n`.repeat(8_000),
    'open lists': `ADDITIONAL_CONFIG: a\n${'['.repeat(50_000)}`,
    'open maps': `ADDITIONAL_CONFIG: ${'{kms: '.repeat(20_000)}`,
    'nested kms': 'kms: {type: aws, '.repeat(3_000),
    'deep lists': `${'- '.repeat(20_000)}ADDITIONAL_CONFIG=a`,
    NUL: `ADDITIONAL_CONFIG: ${'\0'.repeat(1_000_000)}`,
    templates: `${head}${'  a = {{ .b }}\n'.repeat(50_000)}`,
    'nothing of interest': 'a: b\n'.repeat(2_000_000),
  };
  for (const [name, text] of Object.entries(large)) {
    it(`is read to its end, however large: ${name}`, () => {
      for (const region of findRegions('yaml', text, isCanton)) assert.ok(region.map.host.end <= text.length);
    });
  }
});
