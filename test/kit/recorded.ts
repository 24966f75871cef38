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
  assert.deepEqual(
    {
      gone: [...recorded].filter((line) => !found.has(line)).slice(0, 20),
      'not recorded': [...found].filter((line) => !recorded.has(line)).slice(0, 20),
    },
    { gone: [], 'not recorded': [] },
  );
}
