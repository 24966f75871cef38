import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Compares lines with those that a file has, which are read before they are committed: one line says what a user gets in
 * one case. `UPDATE_GOLDEN=1` records what there is now.
 */
export function assertRecorded(path: string, lines: readonly string[]): void {
  const text = `${lines.join('\n')}\n`;
  if (process.env.UPDATE_GOLDEN === '1') {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  const recorded = new Set(readFileSync(path, 'utf8').split('\n'));
  const found = new Set(text.split('\n'));
  const gone = [...recorded].filter((line) => !found.has(line));
  const added = [...found].filter((line) => !recorded.has(line));
  assert.deepEqual(
    { gone: gone.slice(0, 20), added: added.slice(0, 20) },
    { gone: [], added: [] },
    `UPDATE_GOLDEN=1 records it\n- ${gone.slice(0, 20).join('\n- ')}\n+ ${added.slice(0, 20).join('\n+ ')}\n`,
  );
}

/** The same for lines that many tests find: each compares its own, and one after them that the file has no others. */
export function recording(path: string): { compare(lines: readonly string[]): void; finish(): void } {
  const found = new Set<string>();
  let recorded: ReadonlySet<string> | undefined;
  return {
    compare(lines) {
      for (const line of lines) found.add(line);
      if (process.env.UPDATE_GOLDEN === '1') return;
      recorded ??= new Set(readFileSync(path, 'utf8').split('\n'));
      assert.deepEqual(
        lines.filter((line) => !recorded?.has(line)),
        [],
      );
    },
    finish: () => assertRecorded(path, [...found]),
  };
}
