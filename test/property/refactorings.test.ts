import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applied } from '../kit/code-actions';
import { uriOf } from '../kit/fixture';
import { workbench } from '../kit/service';
import { comments, effective } from './effective';
import { writtenConfigs } from './written-configs';

const NODE = 'canton.participants.p1';
const MAIN = 'main.conf';

/** As a whole file, and as the section of a node with references to the section. */
const texts = fc
  .tuple(writtenConfigs, fc.boolean())
  .map(([text, isNode]) => (isNode ? `${NODE} {\n${text.replaceAll('${a', `\${${NODE}.a`)}}\n` : text));

describe('refactoring anything', () => {
  it('keeps the effective configuration and the comments', async () => {
    const seen = new Set<string>();
    const check = async (text: string, at: number) => {
      const bench = workbench(text);
      const before = text.slice(0, at % (text.length + 1)).split('\n');
      const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
      const context = { diagnostics: [], only: ['refactor'], createsFiles: true };
      const actions = await bench.service.codeActions(uriOf(MAIN), { start: position, end: position }, context);
      for (const action of actions) {
        seen.add(action.title.split(' ')[0] ?? '');
        const after = applied(bench, action);
        const whole = new Map([MAIN, ...Object.keys(after)].map((file) => [uriOf(file), after[file] ?? text]));
        const roots = action.title.startsWith('Inline') ? ['a', 'b', 'c', 'd e'] : ['_shared'];
        assert.deepEqual(effective(whole, roots), effective(new Map([[uriOf(MAIN), text]]), roots), action.title);
        const kept = comments(...whole.values());
        for (const comment of comments(text)) assert.ok(kept.includes(comment), `${action.title} loses ${comment}`);
        if (!action.title.startsWith('Inline')) assert.deepEqual(kept, comments(text), action.title);
      }
    };
    await fc.assert(fc.asyncProperty(texts, fc.nat(), check), { numRuns: 1000 });
    for (const name of ['Allow', 'Flatten', 'Convert', 'Extract']) assert.ok(seen.has(name), name);
  });
});
