import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyChanges } from '../../../../server/src/edits/changes';
import { agreedChanges, Revision } from '../../../../server/src/features/requests/code-action/quick-fixes';
import { rules } from '../../../../server/src/rules';
import { applied, offered } from '../../../kit/code-actions';
import { workbench } from '../../../kit/service';

const URI = 'file:///project/main.conf';

/** The text with all fixes; undefined if there is nothing to fix. */
async function fixed(text: string): Promise<string | undefined> {
  const bench = workbench(`‸${text}`);
  const [action, ...more] = await offered(bench, ['source.fixAll']);
  assert.deepEqual(more, []);
  return action && applied(bench, action)['main.conf'];
}

describe('fixing all', () => {
  it('takes the plain fix of every problem, also those that only come to light by another, and is then done', async () => {
    const text = `# canton-kms-ignore-next-line advice/region nobody knows
canton.participants.p1.crypto {
  provider = kms
  kms {
    tipe = aws
    region = arn:x
    endpoint-override = "C:\\keys"
    audit-logging = TRUE
  }
}
`;
    const after = await fixed(text);
    assert.equal(
      after,
      `canton.participants.p1.crypto {
  provider = kms
  kms {
    type = aws
    region = "arn:x"
    endpoint-override = "C:\\\\keys"
    audit-logging = true
  }
}
`,
    );
    assert.equal(await fixed(after ?? ''), undefined);
  });

  it('has nothing left to do after it was done once, whatever is wrong', async () => {
    for (const { code, examples } of rules) {
      const { text, version = '3.5', edition = 'enterprise' } = examples.bad;
      const marked = `# canton-kms: version = ${version}, edition = ${edition}\n${text}`;
      const after = await fixed(marked);
      if (after !== undefined) assert.equal(await fixed(after), undefined, `${code}: ${after}`);
    }
  });

  it('writes no values that a person has to look at', async () => {
    for (const text of [
      'canton.participants.p1.crypto.kms { type = aws }\n',
      'canton.participants.p1.crypto.session-signing-keys { enabled = false, key-validity-duration = 300 }\n',
    ]) {
      assert.equal(await fixed(text), undefined);
    }
  });

  it('leaves other files and other people’s files alone', async () => {
    assert.equal(await fixed('server { listen: 80;; }\n'), undefined);
    assert.equal(
      await fixed(
        'canton.participants.p1.crypto { include "kms" }\n-- kms.conf --\nkms { type = aws, regoin = us-east-1 }\n',
      ),
      undefined,
    );
  });

  it('leaves a suppression that one of several launches needs', async () => {
    const shared = `# canton-kms-ignore-next-line advice/audit-logging the trail of the cloud has it
kms { type = aws, region = us-east-1 }
`;
    const node = (name: string, more: string) =>
      `-- ${name}.conf --\ncanton.participants.${name}.crypto { provider = kms, include "main"${more} }\n`;
    assert.equal(await fixed(`${shared}${node('a', '')}${node('b', ', kms.audit-logging = true')}`), undefined);
    assert.equal(await fixed(`${shared}${node('b', ', kms.audit-logging = true')}`), shared.replace(/^#.*\n/, ''));
  });

  it('takes one of two fixes that are in each other’s way, all of it', () => {
    const change = (start: number, end: number, newText: string, uri = URI) => ({
      uri,
      range: { start, end },
      newText,
    });
    const fix = (...edits: ReturnType<typeof change>[]) => ({ title: '', edits, preferred: true });
    assert.deepEqual(
      agreedChanges(URI, [
        fix(change(8, 9, 'b'), change(0, 3, 'a')),
        fix(change(3, 4, 'c'), change(20, 21, 'd')),
        fix(change(10, 11, 'e')),
        fix(change(10, 11, 'e')),
        fix(change(30, 31, 'f', 'file:///other')),
        { title: '', edits: [change(40, 41, 'g')] },
      ]),
      [change(0, 3, 'a'), change(8, 9, 'b'), change(10, 11, 'e')],
    );
  });
});

describe('a text that is changed again and again', () => {
  const edits = fc.array(fc.tuple(fc.nat(), fc.nat(4), fc.string({ maxLength: 3 })), { maxLength: 4 });

  it('is the first one with all changes at once', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(edits, { maxLength: 4 }), (first, rounds) => {
        const revision = new Revision(first);
        for (const round of rounds) {
          const { text } = revision;
          let from = 0;
          const changes = round.map(([at, length, newText]) => {
            const start = Math.min(from + (at % 5), text.length);
            const end = Math.min(start + length, text.length);
            from = end;
            return { uri: URI, range: { start, end }, newText };
          });
          const expected = applyChanges(text, changes);
          revision.apply(changes);
          assert.equal(revision.text, expected);
        }
        const all = revision.changes().map((change) => ({ ...change, uri: URI }));
        assert.equal(applyChanges(first, all), revision.text);
      }),
    );
  });
});
