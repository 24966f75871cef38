import assert from 'node:assert/strict';
import { findRegions } from '../../server/src/embedded/find-regions';
import { isCanton } from '../unit/embedded/regions';

describe('HOCON in YAML', () => {
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

describe('HOCON in Markdown', () => {
  const large = {
    'one block': `\`\`\`hocon\n${'canton { a = 1 }\n'.repeat(500_000)}`,
    'many blocks': '```\ncanton\n```\n'.repeat(50_000),
    quotes: `${'>'.repeat(100_000)}\n`.repeat(20),
    'deep lists': `${'- '.repeat(100_000)}\n${'\n'.repeat(100_000)}`,
    blanks: `${' '.repeat(100_000)}\`\`\`hocon\n${`${' '.repeat(100_000)}a\n`.repeat(50)}`,
    backticks: '`'.repeat(2_000_000),
    'half fences': '```\n``\n'.repeat(100_000),
    numbers: '1'.repeat(2_000_000),
  };
  for (const [name, text] of Object.entries(large)) {
    it(`is read to its end, however large: ${name}`, () => {
      for (const region of findRegions('markdown', text, isCanton)) assert.ok(region.map.host.end <= text.length);
    });
  }
});
