import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Compares lines with those that a file has, which are read before they are committed: one line says what a user gets in
 * one case. `UPDATE_GOLDEN=1` records what there is now.
 */
export function assertRecorded(path: string, lines: readonly string[], between = '\n'): void {
  const text = `${lines.join(between)}\n`;
  if (process.env.UPDATE_GOLDEN === '1') {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  const recorded = recordedIn(path, between);
  const found = new Set(lines);
  const gone = [...recorded].filter((line) => !found.has(line));
  const added = [...found].filter((line) => !recorded.has(line));
  assert.deepEqual(
    { gone: gone.slice(0, 20), added: added.slice(0, 20) },
    { gone: [], added: [] },
    `UPDATE_GOLDEN=1 records it\n- ${gone.slice(0, 20).join('\n- ')}\n+ ${added.slice(0, 20).join('\n+ ')}\n`,
  );
}

function recordedIn(path: string, between: string): ReadonlySet<string> {
  return new Set(readFileSync(path, 'utf8').replace(/\n$/, '').split(between));
}

/**
 * The same for what many tests find: each compares its own, and one after them that the file has nothing else.
 * @param between the text between two records
 */
export function recording(path: string, between = '\n'): { compare(found: readonly string[]): void; finish(): void } {
  const all = new Set<string>();
  let recorded: ReadonlySet<string> | undefined;
  return {
    compare(found) {
      for (const one of found) all.add(one);
      if (process.env.UPDATE_GOLDEN === '1') return;
      recorded ??= recordedIn(path, between);
      assert.deepEqual(
        found.filter((one) => !recorded?.has(one)),
        [],
      );
    },
    finish: () => assertRecorded(path, [...all], between),
  };
}
