import { deepEqual, equal, ok } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parse } from '../../server/src/hocon/syntax/parse';
import { createLanguageService } from '../../server/src/service';
import { commentsOf } from '../kit/comments';
import { memoryFiles } from '../kit/memory-files';
import { MUTATIONS } from '../kit/mutations';

const EXAMPLES = join(__dirname, '../../examples');
const FOLDER = 'file:///conf/';
const TEXTS = new Map(
  [
    'mistakes.conf',
    'participant1.conf',
    'participant2.conf',
    'participant3.conf',
    'sequencer1.conf',
    'mediator1.conf',
    'shared/aws-kms.conf',
    'shared/storage.conf',
  ].map((name) => [`${FOLDER}${name}`, readFileSync(join(EXAMPLES, name), 'utf8')] as const),
);
const ROOTS = [...TEXTS.keys()].filter((uri) => !uri.includes('/shared/'));

/** Two letters of a word in the wrong order: a misspelled key or value, which often has a fix. */
function swapped(text: string, place: number): string {
  const words = [...text.matchAll(/[a-z-]{4,}/g)];
  const word = words[place % words.length];
  if (word === undefined) return text;
  const at = word.index + 1;
  return text.slice(0, at) + text.charAt(at + 1) + text.charAt(at) + text.slice(at + 2);
}

/** An example with some mistakes in it. */
const mistaken = fc
  .record({
    uri: fc.constantFrom(...TEXTS.keys()),
    swaps: fc.array(fc.nat(), { maxLength: 3 }),
    mutation: fc.option(fc.tuple(fc.constantFrom(...MUTATIONS), fc.nat())),
    newline: fc.constantFrom('\n', '\r\n'),
  })
  .map(({ uri, swaps, mutation, newline }) => {
    let text = swaps.reduce(swapped, TEXTS.get(uri) ?? '');
    if (mutation !== null) {
      const made = [...mutation[0].make(text)];
      text = made[mutation[1] % Math.max(1, made.length)]?.text ?? text;
    }
    return { uri, text: text.replaceAll('\n', newline) };
  });

type Service = ReturnType<typeof createLanguageService>;

async function errorsOf(service: Service): Promise<readonly string[]> {
  const { files } = await service.check(ROOTS, false);
  const all = [...files].flatMap(([uri, { diagnostics }]) => diagnostics.map((one) => ({ ...one, uri })));
  return all
    .filter(({ severity }) => severity === 'error')
    .map(({ uri, code, configPath }) => `${code} ${configPath ?? uri}`);
}

const comments = (uri: string, text: string) =>
  commentsOf(parse(uri, text)).filter((comment) => !comment.includes('canton-kms-ignore'));

describe('the fixes of any mistakes', () => {
  it('together make no new error, keep comments and line ends, and leave nothing to fix', async () => {
    let fixed = 0;
    const check = async ({ uri, text }: { uri: string; text: string }) => {
      const texts = new Map([...TEXTS, [uri, text]]);
      const service = createLanguageService({ files: memoryFiles(texts), list: async () => [...texts.keys()] });
      const before = await errorsOf(service);
      const result = await service.fix(ROOTS, false, (one) => texts.has(one));
      fixed += result.fixes;
      const left = [...before];
      for (const error of await errorsOf(service)) {
        const at = left.indexOf(error);
        ok(at >= 0, `new: ${error}`);
        left.splice(at, 1);
      }
      for (const [changed, { before: old, after }] of result.texts) {
        equal(old, texts.get(changed));
        const kept = comments(changed, after);
        deepEqual(
          comments(changed, old).filter((one) => !kept.includes(one)),
          [],
        );
        if (/\r\n/.test(old)) equal(/(?<!\r)\n/.test(after), false);
      }
      equal((await service.fix(ROOTS, false, (one) => texts.has(one))).texts.size, 0);
    };
    await fc.assert(fc.asyncProperty(mistaken, check), { numRuns: 60 });
    ok(fixed > 60, `${fixed} fixes`);
  });
});
