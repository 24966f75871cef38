import assert from 'node:assert/strict';
import type { Problem } from '../../server/src/hocon/problem';
import { parse } from '../../server/src/hocon/syntax/parse';
import type { SyntaxTree } from '../../server/src/hocon/syntax/syntax';
import { tokensOf } from '../../server/src/hocon/syntax/token';
import { toJson } from '../../server/src/hocon/values/config-value';
import { createLanguageService } from '../../server/src/service';
import { closed, codes, type Launch, launch, open } from '../unit/hocon/launch';

function inside(problems: readonly Problem[], text: string): void {
  for (const { range, message } of problems) {
    assert.ok(range.start >= 0 && range.start <= range.end && range.end <= text.length, message);
    assert.ok(message.length > 0);
  }
}

/** Reads a text in every way; the ranges of all results must be inside it. */
async function read(text: string): Promise<Launch> {
  const files = { 'a.conf': text };
  const strict = await launch(files, { environment: closed() });
  inside(strict.problems, text);
  inside((await launch(files, { environment: open() })).problems, text);
  return strict;
}

function tokenCount(tree: SyntaxTree): number {
  let count = 0;
  let end = 0;
  for (const token of tokensOf(tree)) {
    assert.equal(token.start, end);
    end = token.end;
    count++;
  }
  assert.equal(end, tree.text.length);
  return count;
}

/** The result for an editor: the whole service, from text to diagnostics. */
async function diagnosticsOf(text: string): Promise<number> {
  const uri = 'file:///conf/a.conf';
  const service = createLanguageService({ files: { read: async () => undefined }, list: async () => [] });
  service.update(uri, text);
  return (await service.diagnostics(uri)).length;
}

describe('bad input', () => {
  it('may be empty, blank or nothing but comments', async () => {
    for (const text of ['', ' ', '\n', '\r\n\t', '# note', '// note\n# note\n']) {
      const { root, problems } = await read(text);
      assert.deepEqual(problems, [], JSON.stringify(text));
      assert.deepEqual(toJson(root), {}, JSON.stringify(text));
    }
  });

  it('may be a single character of the grammar', async () => {
    for (const text of ['{', '}', '[', ']', '"', '"""', '$', '${', '${?', '=', ':', '+=', ',', '.', '\\', '`', '\0']) {
      const { problems } = await read(text);
      assert.notEqual(problems.length, 0, JSON.stringify(text));
    }
  });

  it('may be a lone brace: told at the brace', async () => {
    const { problems } = await read('{');
    assert.deepEqual(
      problems.map(({ code, range }) => [code, range]),
      [['hocon/unclosed', { start: 0, end: 1 }]],
    );
  });

  it('may be binary', async () => {
    const bytes = Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 167 + (i >> 4)) & 0xff));
    for (const text of [bytes.toString('latin1'), bytes.toString('utf8'), `PK\u0003\u0004\0\0${'\0'.repeat(500)}`]) {
      const { problems } = await read(text);
      assert.ok(problems.length > 0 && problems.length < 500);
    }
  });

  it('may have NUL in the middle of what is right', async () => {
    const { at } = await read('a = 1\nb = "x\0y"\nc = 3\n');
    assert.equal(at('b').kind, 'unknown');
    assert.deepEqual([toJson(at('a')), toJson(at('c'))], [1, 3]);
  });

  it('may have half of a surrogate pair', async () => {
    const { root } = await read('a = "\ud83d"\nb = \udc00x\nc = 1\n');
    assert.deepEqual(toJson(root), { a: '\ud83d', b: '\udc00x', c: 1 });
  });

  it('may be left of a merge, in part or as a whole', async () => {
    const markers = ['<<<<<<< HEAD', '=======', '>>>>>>> branch'];
    for (const marker of markers) {
      const { root, problems } = await read(`a = 1\n${marker}\nb = 2\n`);
      assert.deepEqual(codes(problems), ['hocon/conflict-marker']);
      assert.deepEqual(toJson(root), { a: 1, b: 2 });
    }
  });

  it('may have CRLF and a byte order mark: no fault of the text', async () => {
    const { root, problems } = await read('\ufeffa = 1\r\nb {\r\n  c = x\r\n}\r\n');
    assert.deepEqual(problems, []);
    assert.deepEqual(toJson(root), { a: 1, b: { c: 'x' } });
  });

  it('gives as many messages for a text of nothing but faults as one can read', async () => {
    for (const line of ['@\n', 'a = "\n', '<<<<<<< HEAD\n', ']\n', 'a =\n']) {
      const { problems } = await read(line.repeat(5_000));
      assert.ok(problems.length > 0 && problems.length <= 1000, `${problems.length} for ${JSON.stringify(line)}`);
    }
  });
});

describe('large input', () => {
  it('of 10 MB is read to its end', async () => {
    const line = `canton.participants.p1.storage.config.url = "jdbc:${'x'.repeat(1000)}"\n`;
    const count = Math.ceil((10 * 1024 * 1024) / line.length);
    const text = `${line.repeat(count)}last = 1\n`;
    assert.ok(text.length > 10 * 1024 * 1024);
    const { entry, at, problems } = await launch({ 'a.conf': text });
    assert.deepEqual(problems, []);
    assert.equal(toJson(at('last')), 1);
    assert.equal(entry('canton.participants.p1.storage.config.url').definitions.length, count);
  });

  it('of 10 MB on one line is read to its end', async () => {
    const { at, problems } = await launch({ 'a.conf': `a = "${'x'.repeat(10 * 1024 * 1024)}", b = 2` });
    assert.deepEqual(problems, []);
    assert.equal(toJson(at('b')), 2);
  });

  it('costs tokens in proportion to its length', () => {
    const count = (n: number) => tokenCount(parse('file:///a.conf', 'a { b = [1, ${x}] "c" } # d\n'.repeat(n)));
    assert.ok(count(4000) <= 4 * count(1000));
  });

  it('of 100 000 definitions of one path has them all, and the last one counts', async () => {
    const lines = Array.from({ length: 100_000 }, (_, i) => `a.b.c = ${i}`);
    const { entry, at, problems } = await launch({ 'a.conf': lines.join('\n') });
    assert.deepEqual(problems, []);
    assert.equal(entry('a.b.c').definitions.length, 100_000);
    assert.equal(toJson(at('a.b.c')), 99_999);
  });

  it('of 100 000 keys has them all', async () => {
    const lines = Array.from({ length: 100_000 }, (_, i) => `k${i} = ${i}`);
    const { root } = await launch({ 'a.conf': lines.join('\n') });
    assert.equal(root.entries.size, 100_000);
  });
});

describe('deep input', () => {
  const nestings: readonly (readonly [name: string, make: (depth: number) => string])[] = [
    ['closed objects', (n) => `${'a {'.repeat(n)}${'}'.repeat(n)}`],
    ['open objects', (n) => 'a {'.repeat(n)],
    ['braces without keys', (n) => '{'.repeat(n)],
    ['closing braces', (n) => '}'.repeat(n)],
    ['closed lists', (n) => `a = ${'['.repeat(n)}${']'.repeat(n)}`],
    ['open lists', (n) => `a = ${'['.repeat(n)}`],
    ['open substitutions', (n) => `a = ${'${'.repeat(n)}`],
    ['objects in lists', (n) => `a = ${'[{a = '.repeat(n)}1${'}]'.repeat(n)}`],
    ['a path', (n) => `a${'.a'.repeat(n)} = 1`],
  ];

  for (const [name, make] of nestings) {
    it(`of 10 000 is a message or nothing: ${name}`, async () => {
      const text = make(10_000);
      const { problems } = await read(text);
      assert.ok(problems.length <= 1000, `${problems.length} messages`);
      assert.ok((await diagnosticsOf(text)) <= 1000);
    });
  }

  for (const [name, piece] of [
    ['opening braces', '{'],
    ['closing braces', '}'],
    ['objects', 'a{'],
  ] as const) {
    it(`of 1 000 000 is a message or nothing: ${name}`, async () => {
      const text = piece.repeat(1_000_000);
      const { problems } = await launch({ 'a.conf': text });
      inside(problems, text);
      assert.ok(problems.length > 0 && problems.length <= 1000, `${problems.length} messages`);
    });
  }

  it('is told where Canton would run out of stack', async () => {
    const { problems } = await read(`${'a {'.repeat(10_000)}${'}'.repeat(10_000)}`);
    assert.deepEqual(codes(problems), ['hocon/too-deep']);
  });
});

describe('substitutions that grow', () => {
  const doubling = (join: (key: string) => string, first: string) =>
    [`k0 = ${first}`, ...Array.from({ length: 60 }, (_, i) => `k${i + 1} = ${join(`\${k${i}}`)}`), 'ok = 1'].join('\n');

  for (const [name, text] of [
    ['text', doubling((k) => `${k}${k}`, '"0123456789"')],
    ['lists', doubling((k) => `${k} ${k}`, '[1]')],
    ['objects', doubling((k) => `{ a = ${k}, b = ${k} }`, '{ x = 1 }')],
  ] as const) {
    it(`beyond all bounds are told, and the rest is there: ${name}`, async () => {
      const { at, problems } = await launch({ 'a.conf': text });
      assert.ok(codes(problems).includes('hocon/too-large'), codes(problems).join(', '));
      assert.equal(toJson(at('ok')), 1);
    });
  }

  it('in a long chain all come to their value', async () => {
    const lines = Array.from({ length: 500 }, (_, i) => `k${i} = \${k${i + 1}}`);
    const { at, problems } = await launch({ 'a.conf': `${lines.join('\n')}\nk500 = end` });
    assert.deepEqual(problems, []);
    assert.equal(toJson(at('k0')), 'end');
  });
});
