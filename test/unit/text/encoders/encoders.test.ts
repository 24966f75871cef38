import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { parse as parseYaml } from 'yaml';
import { parse as parseHocon } from '../../../../server/src/hocon/syntax/parse';
import { breakLogCommands, githubData, githubProperty } from '../../../../server/src/text/encoders/ci';
import { hclString } from '../../../../server/src/text/encoders/hcl';
import {
  hoconPath,
  hoconQuoted,
  hoconString,
  isBare,
  isSubstitution,
} from '../../../../server/src/text/encoders/hocon';
import { jsonString, jsonText } from '../../../../server/src/text/encoders/json';
import { scalaComment, scalaIdentifier, scalaString } from '../../../../server/src/text/encoders/scala';
import { shellComment, shellWord } from '../../../../server/src/text/encoders/shell';
import { terminalLines, terminalText } from '../../../../server/src/text/encoders/terminal';
import { xmlText } from '../../../../server/src/text/encoders/xml';
import { insideDoubleQuotes, insideSingleQuotes, yamlString } from '../../../../server/src/text/encoders/yaml';
import { hostileText, OBEYED } from '../../../kit/hostile-text';

const isWellFormed = (text: string) => !/\p{Cs}/u.test(text);
const holds = (property: (text: string) => void) => fc.assert(fc.property(hostileText, property), { numRuns: 400 });

describe('encoders', () => {
  describe('json', () => {
    it('gives the text back, without a control character or a command of a log', () => {
      holds((text) => {
        assert.equal(JSON.parse(jsonString(text)), text);
        const document = jsonText({ [text]: [text] });
        assert.deepEqual(JSON.parse(document), { [text]: [text] });
        assert.doesNotMatch(document, OBEYED);
        assert.doesNotMatch(document, /##\w*\[/);
      });
    });
  });

  describe('hocon', () => {
    const read = (text: string) => {
      const tree = parseHocon('file:///a.conf', text);
      assert.deepEqual(tree.problems, [], text);
      const { value } = tree.root;
      assert.equal(value.kind, 'object');
      return value.kind === 'object' ? value.entries : [];
    };

    it('a string is one scalar with this value', () => {
      holds((text) => {
        for (const written of [hoconString(text), hoconString(text, true), hoconQuoted(text)]) {
          const [entry, ...others] = read(`k = ${written}\n`);
          assert.equal(others.length, 0);
          assert.ok(entry?.kind === 'field' && entry.value?.kind === 'scalar', written);
          assert.equal(entry.value.value, text);
        }
      });
    });

    it('a path has these elements and is no include', () => {
      fc.assert(
        fc.property(fc.array(hostileText, { minLength: 1, maxLength: 3 }), (path) => {
          const [entry, ...others] = read(`${hoconPath(path)} = 1\n`);
          assert.equal(others.length, 0);
          assert.ok(entry?.kind === 'field');
          assert.deepEqual(
            entry.path.elements.map(({ name }) => name),
            path,
          );
        }),
        { numRuns: 300 },
      );
    });

    it('a key called include is quoted, as Lightbend reads the bare word as a statement', () => {
      assert.equal(hoconPath(['include']), '"include"');
      assert.equal(hoconPath(['a', 'include']), 'a.include');
    });

    it('a bare string with two slashes would begin a comment', () => {
      assert.equal(hoconString('a//b'), '"a//b"');
      assert.equal(hoconString('alias/canton'), 'alias/canton');
    });

    it('a bare text is one that both HOCON and YAML read as it is', () => {
      for (const text of ['us-east-1', 'projects/a/b.c', '10 s', '5']) assert.ok(isBare(text), text);
      for (const text of ['a//b', 'https://a', 'a: b', 'a#b', '', ' a', "it's", '$' + '{A}'])
        assert.ok(!isBare(text), text);
    });

    it('a substitution is one plain path', () => {
      assert.ok(isSubstitution('${REGION}') && isSubstitution('${?a.b-c}'));
      for (const text of ['${a\n}', '${a} ', '${a}${b}', '${}', '${a..b}', '${?}', '${a b}', '${"a"}']) {
        assert.ok(!isSubstitution(text), text);
      }
    });
  });

  describe('yaml', () => {
    it('gives the text back in YAML 1.1 and 1.2', () => {
      holds((text) => {
        for (const version of ['1.1', '1.2'] as const) {
          assert.equal(parseYaml(`k: ${yamlString(text)}\n`, { version }).k, text);
          assert.equal(parseYaml(`k: "${insideDoubleQuotes(text)}"\n`, { version }).k, text);
          const single = insideSingleQuotes(text);
          if (single !== undefined) assert.equal(parseYaml(`k: '${single}'\n`, { version }).k, text);
        }
      });
    });

    it('quotes what another reader takes for a boolean or a number', () => {
      for (const text of ['yes', 'No', 'on', 'y', 'null', 'true', '1', '1e3', '.inf', '~', '']) {
        assert.match(yamlString(text), /^"/, text);
      }
    });
  });

  describe('shell', () => {
    it('is one word with this text', () => {
      const texts = fc.sample(hostileText, 300).filter((text) => isWellFormed(text) && !text.includes('\u0000'));
      const script = texts.map((text) => `printf '%s\\001' ${shellWord(text)}\n`).join('');
      const out = execFileSync('sh', [], { input: script, encoding: 'utf8' });
      assert.deepEqual(out.split('\u0001').slice(0, -1), texts.map(String));
    });

    it('has no argument with U+0000', () => {
      assert.equal(shellWord('a\u0000b'), "'a\ufffdb'");
    });

    it('is never an assignment', () => {
      assert.equal(execFileSync('sh', ['-c', `printf %s ${shellWord('PATH=x')}`], { encoding: 'utf8' }), 'PATH=x');
    });

    it('a comment is one line', () => {
      const script = fc
        .sample(hostileText, 300)
        .map((text) => `${shellComment(text)}\n`)
        .join('');
      assert.equal(execFileSync('sh', [], { input: `${script}printf ok`, encoding: 'utf8' }), 'ok');
    });
  });

  describe('scala', () => {
    it('a string is one literal of this text, on one line', () => {
      holds((text) => {
        const literal = scalaString(text);
        assert.doesNotMatch(literal, OBEYED);
        assert.doesNotMatch(literal, /[\r\n]/);
        assert.equal(readScala(literal), text);
      });
    });

    it('an identifier is plain, or between backticks that nothing in it ends', () => {
      for (const [name, written] of [
        ['p1', 'p1'],
        ['node-1', '`node-1`'],
        ['class', '`class`'],
        ['_', '`_`'],
        ['1a', '`1a`'],
      ] as const) {
        assert.equal(scalaIdentifier(name), written);
      }
      for (const name of ['', 'a`b', 'a\nb', 'a\rb', 'a\\u0060', 'a\u2028b', '\u001b[31m', 'a\u202eb']) {
        assert.equal(scalaIdentifier(name), undefined, JSON.stringify(name));
      }
      holds((text) => assert.match(scalaIdentifier(text) ?? 'refused', /^(?:\w+|`[^`\\\p{Cc}\u2028\u2029]+`)$/u));
    });

    it('a comment has no line that is none, and no unicode escape', () => {
      holds((text) => {
        for (const line of scalaComment(text).split(/[\n\r\f\u0085\u2028\u2029]/)) assert.match(line, /^(?:\/\/ .*)?$/);
        assert.doesNotMatch(scalaComment(text).replaceAll('\\\\', ''), /\\u+000a/);
      });
      assert.equal(scalaComment('a\n\nb\rc'), '// a\n// b\\rc');
      assert.equal(scalaComment('\\u000aboom'), '// \\\\u000aboom');
    });
  });

  describe('hcl', () => {
    it('is one string without a template', () => {
      holds((text) => {
        const literal = hclString(text);
        assert.match(literal, /^"(?:[^"\\\n\r]|\\(?:[nrt"\\]|u[0-9a-f]{4}))*"$/);
        const inside = literal.slice(1, -1).replaceAll('$${', '').replaceAll('%%{', '');
        assert.doesNotMatch(inside, /[$%]\{/);
        const plain = literal.replace(/([$%])\1\{/g, '$1{');
        assert.equal(JSON.parse(plain), text);
      });
    });
  });

  describe('xml', () => {
    it('gives the text back, but for what XML 1.0 has no way to write', () => {
      holds((text) => {
        const written = xmlText(text);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
        assert.doesNotMatch(written, /[\u0000-\u001f\u007f-\u009f\ufffe\uffff<>"']|&(?!#?\w+;)|\p{Cs}/u);
        assert.doesNotMatch(written, /\]\]>/);
      });
      assert.equal(xmlText('<a b="c">\'&\n\t'), '&lt;a b=&quot;c&quot;&gt;&apos;&amp;&#10;&#9;');
      assert.equal(xmlText('\u0000\u001b\ufffe\ud83d'), '\ufffd\ufffd\ufffd\ufffd');
      assert.equal(xmlText('🔑'), '🔑');
    });
  });

  describe('terminal and CI logs', () => {
    it('what is obeyed is shown', () => {
      assert.equal(terminalText('a\u001b[31m\r\n\u009b\u202e\u2028'), 'a\\u001b[31m\\r\\n\\u009b\\u202e\\u2028');
      assert.equal(terminalLines('a\n\tb\r'), 'a\n\tb\\r');
      holds((text) => {
        assert.doesNotMatch(terminalText(text), OBEYED);
        assert.doesNotMatch(terminalText(text), /[\n\t]/);
        assert.doesNotMatch(terminalLines(text), OBEYED);
      });
    });

    it('no line is a command of GitHub, Azure or TeamCity', () => {
      holds((text) => {
        for (const line of terminalLines(text).split('\n')) assert.doesNotMatch(line, /^\s*::|##\w*\[/);
        for (const line of terminalText(text).split('\n')) assert.doesNotMatch(line, /^\s*::|##\w*\[/);
      });
      assert.equal(breakLogCommands('a::b'), 'a::b');
      assert.equal(breakLogCommands('  ::stop-commands::x'), '  \\u003a:stop-commands::x');
    });

    it('a workflow command is one line, and its parts stay apart', () => {
      assert.equal(githubData('100%\n::x::\r\u001b'), '100%25%0A::x::\\r\\u001b');
      assert.equal(githubProperty('a,b:c\n'), 'a%2Cb%3Ac%0A');
      holds((text) => {
        assert.doesNotMatch(githubData(text), OBEYED);
        assert.doesNotMatch(githubData(text), /[\r\n]/);
        assert.doesNotMatch(githubProperty(text), /[\r\n:,]/);
      });
    });
  });
});

/** The value of a Scala string literal (Scala 2.13 language specification, 1.3.5 and 1.3.6). */
function readScala(literal: string): string {
  const [, body = ''] =
    /^"((?:[^"\\\n\r]|\\(?:[btnfr"'\\]|u+[0-9a-fA-F]{4}))*)"$/.exec(literal) ?? assert.fail(literal);
  const named: Readonly<Record<string, string>> = { b: '\b', t: '\t', n: '\n', f: '\f', r: '\r' };
  return body.replace(/\\(?:u+([0-9a-fA-F]{4})|(.))/g, (_, hex: string | undefined, one: string) =>
    hex === undefined ? (named[one] ?? one) : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
