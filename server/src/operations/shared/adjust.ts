import { entryAt } from '../../hocon/syntax/entry-at';
import { listVault, liveness } from '../console/lines';
import { asText, type Facts, option } from '../facts';
import type { Outcome } from '../procedure';
import { editSteps, step } from '../steps';
import type { KmsSettings } from './provider';
import { restart } from './restart';

/** Settings that say where the keys are. */
const PLACES = ['region', 'location-id', 'project-id', 'key-ring-id', 'name'];

/** Other settings for a KMS that the node uses already. The keys stay where they are. */
export function adjustOutcome(facts: Facts, { section }: KmsSettings): Outcome {
  const { target } = facts;
  if (option(facts, 'wrapper-key-id') !== undefined) {
    return { reasons: [`${target.id} has a wrapper key already. Another one: \`rotate-wrapper-key\`.`] };
  }
  const path = [...target.path, 'crypto', 'kms'];
  const moved = PLACES.filter((key) => {
    const written = asText(entryAt(facts.config, [...path, key])?.value);
    return key in section && written !== undefined && written !== section[key];
  });
  if (moved.length > 0) {
    const names = moved.map((key) => `'${key}'`).join(', ');
    return {
      reasons: [
        `With another ${names} ${target.id} would not find its keys. To go over is a procedure of its own: \`change-provider\`.`,
      ],
    };
  }
  const edit = editSteps(facts, 'Change the settings', 'The keys stay where they are.', [
    { kind: 'set', path, value: section },
  ]);
  if (edit === undefined) return { reasons: [`No file at hand can take the settings of ${target.id}.`] };
  if (edit.back.length === 0) return { reasons: [`${target.id} is configured so already; nothing has to change.`] };
  const after = restart(facts, 'The settings count from then on; keys that exist keep their kind.');
  return {
    steps: [
      ...edit.forward,
      after,
      step('verify', 'Verify', 'The keys are the same as before.', [listVault(facts), ...liveness(facts)]),
    ],
    rollback: [...edit.back, after],
  };
}
