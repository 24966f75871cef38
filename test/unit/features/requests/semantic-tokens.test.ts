import assert from 'node:assert/strict';
import { MAX_TOKENS, semanticTokens } from '../../../../server/src/features/requests/semantic-tokens';
import { TOKEN_MODIFIERS, TOKEN_TYPES } from '../../../../server/src/features/shared/lsp-kinds';
import { parse } from '../../../../server/src/hocon/syntax/parse';
import { workbench } from '../../../kit/service';

/** `region property.defaultLibrary` */
async function tokens(marked: string, open = 'main.conf'): Promise<string[]> {
  const { service, fixture } = workbench(marked);
  const file = fixture.files.get(open);
  assert.ok(file !== undefined);
  const { data } = await service.semanticTokens(file.uri);
  const lines = file.text.split('\n');
  const found: string[] = [];
  let [line, character] = [0, 0];
  for (let i = 0; i < data.length; i += 5) {
    const [down = 0, right = 0, length = 0, type = 0, bits = 0] = data.slice(i, i + 5);
    character = down === 0 ? character + right : right;
    line += down;
    const modifiers = TOKEN_MODIFIERS.filter((_, bit) => (bits & (1 << bit)) !== 0);
    found.push(`${lines[line]?.slice(character, character + length)} ${[TOKEN_TYPES[type], ...modifiers].join('.')}`);
  }
  return found;
}

describe('semantic tokens', () => {
  it('tell what Canton knows from names of your own and from what nobody knows', async () => {
    assert.deepEqual(await tokens('canton.participants.p1.crypto { kms { type = aws, regoin = x } }\nshared = 1'), [
      'canton property.defaultLibrary',
      'participants property.defaultLibrary',
      'p1 namespace',
      'crypto property.defaultLibrary',
      'kms property.defaultLibrary',
      'type property.defaultLibrary',
      'aws enumMember.defaultLibrary',
      'regoin property',
      'shared property',
    ]);
  });

  it('mark the values that Canton lists, also in lists, and substitutions', async () => {
    const found = await tokens(
      'canton.participants.p1.crypto { signing.algorithms.allowed = [ed-25519, nonsense], provider = ${a.b} }',
    );
    assert.ok(found.includes('ed-25519 enumMember.defaultLibrary'), String(found));
    assert.ok(!found.some((one) => one.startsWith('nonsense')));
    assert.deepEqual(found.slice(-2), ['a variable', 'b variable']);
  });

  it('mark keys that Canton has given up, in the versions that did', async () => {
    const text = 'canton { domains {}, participants.p1.init.auto-init = false }';
    const deprecated = async (marked: string) => (await tokens(marked)).filter((one) => one.includes('deprecated'));
    assert.deepEqual(await deprecated(text), ['domains property.deprecated', 'auto-init property.deprecated']);
    assert.deepEqual(await deprecated(`# canton-kms: version=2.10\n${text}`), []);
  });

  it('know the keys of a fragment by the place where it is included', async () => {
    const marked = 'canton.participants.p1.crypto { include "kms" }\n-- kms.conf --\nkms.type = aws\nkms.foo = 1\n';
    assert.deepEqual(await tokens(marked, 'kms.conf'), [
      'kms property.defaultLibrary',
      'type property.defaultLibrary',
      'aws enumMember.defaultLibrary',
      'kms property.defaultLibrary',
      'foo property',
    ]);
    assert.deepEqual((await tokens(marked)).slice(-2), ['include keyword', '"kms" string']);
  });

  it('are those of a range where only that is asked for', async () => {
    const { service, fixture } = workbench('a = 1\nb = 2\nc = 3\n');
    const at = (line: number) => ({ line, character: 0 });
    const { data } = await service.semanticTokens(fixture.main.uri, { start: at(1), end: { line: 1, character: 5 } });
    assert.deepEqual(data, [1, 0, 1, 0, 0]);
  });

  it('end with what can be drawn, and survive any depth', async () => {
    const { workspace, fixture } = workbench('a = 1');
    const snapshot = await workspace.snapshot(fixture.main.uri);
    const of = (text: string) => semanticTokens(snapshot.view(parse(fixture.main.uri, text))).data.length / 5;
    assert.equal(of('k = 1\n'.repeat(MAX_TOKENS + 10)), MAX_TOKENS);
    assert.equal(of('{a'.repeat(10_000)), 10_000);
  });
});
