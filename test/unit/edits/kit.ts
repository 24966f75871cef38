import assert from 'node:assert/strict';
import { applyChanges, inverseOf } from '../../../server/src/edits/changes';
import { type ConfigChange, editConfig } from '../../../server/src/edits/edit-config';
import type { HoconObject, Raw } from '../../../server/src/edits/hocon-text';
import { uriOf } from '../../kit/fixture';
import { applied, type Launch, launch } from '../operations/kit';

export const P1 = ['canton', 'participants', 'p1'];
export const ENVELOPE: HoconObject = {
  kms: { type: 'aws', region: 'us-east-1' },
  'private-key-store': { encryption: { type: 'kms' } },
};
export const EXTERNAL: HoconObject = {
  provider: 'kms',
  kms: { type: 'gcp', 'project-id': 'p', 'location-id': 'global' },
};

export const set = (path: string, value: HoconObject | string | boolean | Raw): ConfigChange => ({
  kind: 'set',
  path: [...P1, ...path.split('.')],
  value,
});
export const remove = (path: string, otherwise: HoconObject | boolean | null = null): ConfigChange => ({
  kind: 'remove',
  path: [...P1, ...path.split('.')],
  otherwise,
});

export function edits(before: Launch, changes: readonly ConfigChange[]) {
  const result = editConfig(before, changes);
  assert.ok(result, 'the place to write was not found');
  return result;
}

/** The text of the file after the changes; they must be reversible to the byte. */
export async function edited(marked: string, changes: readonly ConfigChange[], file = 'main.conf'): Promise<string> {
  const before = await launch(marked);
  const made = edits(before, changes);
  for (const [uri, text] of before.texts) {
    const ofFile = made.filter((change) => change.uri === uri);
    const result = applyChanges(text, ofFile);
    assert.equal(applyChanges(result, inverseOf(text, ofFile)), text, 'the inverse gives the former text');
  }
  const result = await applied(before, made);
  assert.deepEqual(result.problems, []);
  return result.texts.get(uriOf(file)) ?? '';
}
