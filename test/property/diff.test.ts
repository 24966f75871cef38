import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from '../../server/src/hocon/syntax/parse';
import { entriesOf } from '../../server/src/hocon/syntax/syntax';
import { rules } from '../../server/src/rules';
import { applied } from '../kit/code-actions';
import { uriOf } from '../kit/fixture';
import { workbench } from '../kit/service';

const MAIN = uriOf('main.conf');
const folder = join(__dirname, '../../examples');
const examples = readdirSync(folder, { encoding: 'utf8' })
  .filter((name) => /^(?:participant|sequencer|mediator).*\.conf$/.test(name))
  .map((name) => readFileSync(join(folder, name), 'utf8'));
const texts = [...examples, ...rules.map((rule) => rule.examples.good.text)];

async function changes(
  old: ReadonlyMap<string, string>,
  fresh: ReadonlyMap<string, string>,
): Promise<readonly string[]> {
  const files = [...old].map(([name, text]) => `-- old/${name} --\n${text}\n`);
  files.push(...[...fresh].map(([name, text]) => `-- new/${name} --\n${text}\n`));
  const { service } = workbench(files.join(''));
  const side = (name: string) => ({ uris: [uriOf(`${name}/main.conf`)], asOneSet: true, folder: uriOf(`${name}/`) });
  const found = await service.diff(side('old'), side('new'));
  return found.flatMap((set) => set.changes).map(({ kind, configPath }) => `${kind} ${configPath}`);
}

const main = (text: string) => new Map([['main.conf', text]]);

describe('the difference that a change of the text makes', () => {
  it('is none for formatting and for every refactoring that keeps what is in effect', async () => {
    const seen = new Set<string>();
    for (const text of texts) {
      const bench = workbench(text);
      const edits = await bench.service.formatting(MAIN, { tabSize: 4, insertSpaces: true });
      const formatted = applied(bench, { title: 'Format', edit: { changes: { [MAIN]: [...(edits ?? [])] } } });
      assert.deepEqual(await changes(main(text), main(formatted['main.conf'] ?? text)), [], text);
      for (const entry of entriesOf(parse(MAIN, text))) {
        const at = new Set([entry.start]);
        for (const offset of at) {
          const before = text.slice(0, offset).split('\n');
          const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
          const context = { diagnostics: [], only: ['refactor'], createsFiles: true };
          const actions = await bench.service.codeActions(MAIN, { start: position, end: position }, context);
          for (const action of actions) {
            const kind = action.title.split(' ')[0] ?? '';
            if (!['Extract', 'Inline', 'Flatten', 'Convert', 'Nest'].includes(kind) || action.edit === undefined)
              continue;
            seen.add(kind);
            const after = new Map(Object.entries({ 'main.conf': text, ...applied(bench, action) }));
            assert.deepEqual(await changes(main(text), after), [], `${action.title}: ${text}`);
          }
        }
      }
    }
    assert.ok(seen.has('Extract'), [...seen].join());
  }).timeout(600_000);

  it('is one line for one value', async () => {
    let count = 0;
    for (const text of texts) {
      for (const entry of entriesOf(parse(MAIN, text))) {
        if (entry.kind !== 'field' || entry.value?.kind !== 'scalar') continue;
        const written = text.slice(entry.value.start, entry.value.end);
        const other = changedValue(written);
        if (other === undefined) continue;
        const changed = text.slice(0, entry.value.start) + other + text.slice(entry.value.end);
        const found = await changes(main(text), main(changed));
        // A value outside of `canton`, or one that another overrides, may be read nowhere, or in several places.
        const name = entry.path.elements.at(-1)?.name ?? '';
        assert.ok(
          found.length <= 1 || !text.slice(0, entry.start).includes('canton'),
          `${written} to ${other}: ${found} in ${text}`,
        );
        if (found.length === 1)
          assert.ok(found[0]?.endsWith(`.${name}`) || found[0]?.includes(`${name}.`), `${found} for ${name}`);
        count += found.length;
      }
    }
    assert.ok(count > 60, `${count} values`);
  }).timeout(600_000);
});

/** Another value of the same kind, so that Canton reads everything else as before; undefined for a mere reference. */
function changedValue(written: string): string | undefined {
  if (written.includes('$')) return undefined;
  if (/^\d+$/.test(written)) return String(Number(written) + 1);
  if (/^(?:true|yes|on)$/.test(written)) return 'false';
  if (/^(?:false|no|off)$/.test(written)) return 'true';
  return /^"[^"]*"$/.test(written) ? `${written.slice(0, -1)}x"` : undefined;
}
