import assert from 'node:assert/strict';
import type { TextEdit } from 'vscode-languageserver';
import { workbench } from '../kit/service';

const TEXT = `include required("base.conf")
_kms { type = aws, "region" = \${?AWS_REGION} }
canton.participants.p1 {
  storage.type = postgres # comment
  crypto {
    provider : kms
    kms = \${_kms} { retries.failures { initial-delay = 10 seconds, max-retries = 5 } }
    signing.algorithms.allowed = [ ed-25519, "ec-dsa-sha-256" ]
    private-key-store.encryption { type = "kms", wrapper-key-id = """alias/x""" }
  }
}
`;

describe('completion anywhere', () => {
  /** The text cut off at the cursor, as during typing, and the complete text. */
  for (const [what, rest] of [
    ['half-typed text', () => ''],
    ['finished text', (at: number) => TEXT.slice(at)],
  ] as const) {
    it(`in ${what} replaces text of the line, holds the cursor, and offers nothing twice`, async () => {
      const { service, fixture } = workbench(TEXT);
      const { uri } = fixture.main;
      for (let at = 0; at <= TEXT.length; at++) {
        service.update(uri, TEXT.slice(0, at) + rest(at));
        const lines = TEXT.slice(0, at).split('\n');
        const position = { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
        const items = await service.completion(uri, position, { snippets: true });
        const where = `${TEXT.slice(0, at)}‸`;
        assert.equal(new Set(items.map(({ label }) => label)).size, items.length, where);
        for (const { textEdit, label } of items) {
          const { start, end } = (textEdit as TextEdit).range;
          assert.ok(start.line === position.line && end.line === position.line, `${label} in ${where}`);
          assert.ok(
            start.character <= position.character && position.character <= end.character,
            `${label} in ${where}`,
          );
        }
      }
    });
  }
});
