import { deepEqual, equal, ok } from 'node:assert/strict';
import { tokenize } from './tokenize';

/** The innermost scope of each token of a line of Canton configuration. */
async function scopesOf(text: string): Promise<[string, string][]> {
  const tokens = await tokenize('canton-conf', text);
  return tokens.map(([part, scopes]) => [part, scopes.split(' ').at(-1) ?? '']);
}

async function scopeOf(text: string, part: string): Promise<string> {
  const found = (await scopesOf(text)).find(([token]) => token.trim() === part);
  ok(found !== undefined, `no token ${part} in ${text}`);
  return found[1];
}

describe('the grammar of Canton configuration', () => {
  it('tells a path of keys from its value', async () => {
    deepEqual(await scopesOf('canton.participants."my node".crypto { provider = kms }'), [
      ['canton', 'support.type.property-name'],
      ['.', 'punctuation.separator.path'],
      ['participants', 'support.type.property-name'],
      ['.', 'punctuation.separator.path'],
      ['"my node"', 'support.type.property-name.quoted'],
      ['.', 'punctuation.separator.path'],
      ['crypto', 'support.type.property-name'],
      ['{', 'punctuation.section.braces'],
      ['provider', 'support.type.property-name'],
      ['=', 'punctuation.separator.key-value'],
      ['kms', 'string.unquoted'],
      ['}', 'punctuation.section.braces'],
    ]);
  });

  it('takes a key that is still being typed for a key, so that editors offer others', async () => {
    for (const text of ['canton', 'canton {\n  participants', 'canton { part }', 'canton {\n  "a".part # later']) {
      equal((await scopesOf(text)).filter(([, scope]) => scope === 'string.unquoted').length, 0, text);
    }
    deepEqual(await scopesOf('canton.participants.'), [
      ['canton', 'support.type.property-name'],
      ['.', 'punctuation.separator.path'],
      ['participants', 'support.type.property-name'],
      ['.', 'punctuation.separator.path'],
    ]);
    equal(await scopeOf('region = us-east-1', 'us-east-1'), 'string.unquoted');
    equal(await scopeOf('a = [x, y]', 'x'), 'string.unquoted');
    equal(await scopeOf('a = two words', 'two words'.split(' ')[1] as string), 'string.unquoted');
  });

  it('knows all three separators', async () => {
    equal(await scopeOf('a : b', ':'), 'punctuation.separator.key-value');
    equal(await scopeOf('a = b', '='), 'punctuation.separator.key-value');
    equal(await scopeOf('a += b', '+='), 'keyword.operator.append');
  });

  it('knows both comments, wherever a line has room for them', async () => {
    equal(await scopeOf('a = b # why', 'why'), 'comment.line.number-sign');
    equal(await scopeOf('a = b // why', 'why'), 'comment.line.double-slash');
    equal(await scopeOf('a = "b # c"', 'b # c'), 'string.quoted.double');
    equal(await scopeOf('# canton-kms-ignore-next-line', 'canton-kms-ignore-next-line'), 'keyword.other.directive');
  });

  it('marks durations, numbers, booleans and null only where they are the whole value', async () => {
    deepEqual((await scopesOf('a = 10 seconds')).slice(2), [
      ['10', 'constant.numeric.duration'],
      ['seconds', 'keyword.other.unit'],
    ]);
    equal(await scopeOf('a = -1.5e3', '-1.5e3'), 'constant.numeric');
    equal(await scopeOf('a = true', 'true'), 'constant.language.boolean');
    equal(await scopeOf('a = null', 'null'), 'constant.language.null');
    equal(await scopeOf('a = trueish', 'trueish'), 'string.unquoted');
    equal(await scopeOf('a = true story', 'true'), 'string.unquoted');
    equal(await scopeOf('region = us-east-1', 'us-east-1'), 'string.unquoted');
  });

  it('takes substitutions apart, the optional ones too', async () => {
    deepEqual((await scopesOf(`key = \${?KMS_KEY}`)).slice(2), [
      ['${', 'punctuation.definition.substitution.begin'],
      ['?', 'keyword.operator.optional'],
      ['KMS_KEY', 'variable.other.substitution'],
      ['}', 'punctuation.definition.substitution.end'],
    ]);
  });

  it('marks escapes in strings and the ones that HOCON refuses', async () => {
    equal(await scopeOf('a = "x\\ny"', '\\n'), 'constant.character.escape');
    equal(await scopeOf('a = "x\\u00e9"', '\\u00e9'), 'constant.character.escape');
    equal(await scopeOf('a = "x\\q"', '\\q'), 'invalid.illegal.escape');
  });

  it('keeps a triple-quoted string together over lines, quotes and braces', async () => {
    const text = 'a = """one "two"\n } # three\n"""""\nb = 1';
    equal(await scopeOf(text, '} # three'), 'string.quoted.triple');
    equal(await scopeOf(text, 'b'), 'support.type.property-name');
  });

  it('does not let an unclosed string run into the next line', async () => {
    equal(await scopeOf('a = "open\nb = 1', 'b'), 'support.type.property-name');
  });

  it('knows include as a statement and as an ordinary key', async () => {
    equal(await scopeOf('include required(file("a.conf"))', 'include'), 'keyword.control.include');
    equal(await scopeOf('include required(file("a.conf"))', 'required'), 'support.function.include');
    equal(await scopeOf('include "a.conf"', 'a.conf'), 'string.quoted.double');
    equal(await scopeOf('include = 1', 'include'), 'support.type.property-name');
  });

  it('marks characters that an unquoted value must not have', async () => {
    equal(await scopeOf('a = user@host', '@'), 'invalid.illegal.character');
  });

  it('survives half-typed text and long lines', async () => {
    for (const text of ['', '{', '}', '${', 'a = ${', '"', 'a = """', 'include', '<<<<<<< HEAD', '{'.repeat(5000)]) {
      await tokenize('canton-conf', text);
    }
  });
});

describe('the grammar of Canton console scripts', () => {
  it('marks calls, parameters, strings and comments', async () => {
    const tokens = await tokenize('canton-console', 'val k = p1.keys.secret.list(filterName = "a") // all');
    const scopes = new Map(tokens.map(([part, scope]) => [part.trim(), scope]));
    equal(scopes.get('val'), 'keyword.declaration');
    equal(scopes.get('list'), 'entity.name.function');
    equal(scopes.get('filterName'), 'variable.parameter');
    equal(scopes.get('// all'), 'comment.line.double-slash');
  });
});
