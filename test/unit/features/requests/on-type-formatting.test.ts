import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { workbench } from '../../../kit/service';

/** The text after the character before the cursor was typed. */
async function typed(marked: string, options = { tabSize: 2, insertSpaces: true }): Promise<string> {
  const { service, cursor, fixture } = workbench(marked);
  const { text } = fixture.main;
  const character = text[fixture.cursor.offset - 1];
  const isNewline = /\n[ \t]*$/.test(text.slice(0, fixture.cursor.offset));
  const edits = await service.onTypeFormatting(
    cursor.uri,
    cursor.position,
    isNewline ? '\n' : (character ?? ''),
    options,
  );
  return TextDocument.applyEdits(TextDocument.create(cursor.uri, '', 1, text), edits);
}

describe('formatting while typing', () => {
  it('tidies what a brace closes, and nothing around it', async () => {
    assert.equal(
      await typed('x   =  1\na {\nb=1\n    c {  d   = [ 1,2]\n}‸\n e=1\n}\n'),
      'x   =  1\na {\nb=1\n  c {  d = [ 1,2]\n  }\n e=1\n}\n',
    );
    assert.equal(await typed('a {\n  b = [\n1\n 2\n]‸\n}\n'), 'a {\n  b = [\n    1\n    2\n  ]\n}\n');
  });

  it('leaves a brace alone that closes no more than a text or a reference', async () => {
    const text = 'a   = "{}‸"\n   b =   ${x}\n';
    assert.equal(await typed(text), text.replace('‸', ''));
    assert.equal(await typed('x   = ${a}‸\n'), 'x   = ${a}\n');
  });

  it('tidies the line before a new one, and indents the new one', async () => {
    assert.equal(await typed('a {\n      b=1\n‸\n}\n'), 'a {\n  b=1\n  \n}\n');
    assert.equal(await typed('a = 1\nb {\n    c   =  1\n    ‸\n}\n'), 'a = 1\nb {\n  c = 1\n  \n}\n');
    assert.equal(await typed('a {\n\t‸}\n', { tabSize: 4, insertSpaces: false }), 'a {\n}\n');
  });

  it('keeps the empty lines that are being typed, and what is behind the cursor', async () => {
    assert.equal(await typed('a {\n  b = 1\n\n\n‸\n}\n'), 'a {\n  b = 1\n\n\n  \n}\n');
    assert.equal(await typed('a {\n‸b   =   1\n}\n'), 'a {\n  b   =   1\n}\n');
  });

  it('keeps its hands off long texts, comments and what has no end', async () => {
    for (const text of ['a = """\n    x=1\n‸\n"""\n', '#   a=1\n‸\n', 'a {\n      b=1\n‸\n', 'a {\n  b = [ }‸\n}\n']) {
      assert.equal(await typed(text), text.replace('‸', ''));
    }
  });
});
