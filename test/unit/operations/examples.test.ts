import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CANTON_VERSIONS, type CantonVersion } from '../../../schemas/version';
import { readNodes } from '../../../server/src/model/facts/view';
import type { Plan } from '../../../server/src/operations/plan';
import { plan } from '../../../server/src/operations/planner';
import { applied, asChanges, diagnose, type Launch, launch, planned } from './kit';

const FOLDER = join(__dirname, '../../../examples');
const urlOf = (name: string) => pathToFileURL(join(FOLDER, name)).href;
const files = new Map(
  readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.conf'))
    .map((name) => [urlOf(name), readFileSync(join(FOLDER, name), 'utf8')]),
);

/** A procedure with its answers, and the mode of the node afterwards: `envelope gcp`. */
type Leg = readonly [procedure: string, options: Readonly<Record<string, string>>, becomes: string];

const GCP = { provider: 'gcp', 'set.location-id': 'global', 'set.project-id': 'ledger', 'set.key-ring-id': 'ring' };
const AWS = { provider: 'aws', 'set.region': 'us-east-1' };
const VAULT = { provider: 'driver', 'set.name': 'vault-kms', 'set.config': '{ address = "https://vault:8200" }' };
const LEAVE: readonly Leg[] = [
  ['revert-envelope', {}, 'none aws'],
  ['revert-envelope', {}, 'none'],
];

/** The sequence of plans that an operator applies to a node of the examples. */
const JOURNEYS: readonly (readonly [node: string, file: string, legs: readonly Leg[]])[] = [
  ['participants.participant1', 'participant1.conf', [['rotate-wrapper-key', {}, 'envelope aws']]],
  [
    'participants.participant1',
    'participant1.conf',
    [['rotate-wrapper-key', { 'set.multi-region-key': 'true' }, 'envelope aws']],
  ],
  [
    'participants.participant1',
    'participant1.conf',
    [
      ['revert-envelope', {}, 'none aws'],
      ['enable-envelope', {}, 'envelope aws'],
    ],
  ],
  [
    'participants.participant1',
    'participant1.conf',
    [
      ['change-provider', GCP, 'none aws'],
      ['change-provider', { ...GCP, 'wrapper-key-id': 'wrapper' }, 'envelope gcp'],
      ['configure', { 'set.audit-logging': 'true' }, 'envelope gcp'],
    ],
  ],
  [
    'participants.participant1',
    'participant1.conf',
    [...LEAVE, ['configure', { ...VAULT, mode: 'envelope' }, 'envelope driver']],
  ],
  [
    'participants.participant1',
    'participant1.conf',
    [...LEAVE, ['register-keys', { ...AWS, state: 'new' }, 'external aws']],
  ],
  ['participants.participant1', 'participant1.conf', [['migrate-transfer-assets', GCP, 'envelope aws']]],
  ['participants.participant1', 'participant1.conf', [['migrate-export-keys', GCP, 'external gcp']]],
  [
    'mediators.mediator1',
    'mediator1.conf',
    [...LEAVE, ['enable-external', { ...GCP, 'set.generate-intermediate-key': 'yes' }, 'external gcp']],
  ],
  ['participants.participant2', 'participant2.conf', [['change-provider', VAULT, 'external driver']]],
  ['participants.participant3', 'participant3.conf', [['register-keys', {}, 'external driver']]],
  ['participants.participant3', 'participant3.conf', [['enable-session-signing-keys', {}, 'external driver']]],
  [
    'sequencers.sequencer1',
    'sequencer1.conf',
    [['rotate-external-keys', { 'set.key': 'signing', 'set.key-spec': 'ec-p-384' }, 'external aws']],
  ],
  ['sequencers.sequencer1', 'sequencer1.conf', [['enable-session-signing-keys', {}, 'external aws']]],
];

function errors(set: Launch, version: CantonVersion): string[] {
  const found = diagnose(set, version).filter(({ severity }) => severity === 'error');
  return [...set.problems.map(({ message }) => message), ...found.map(({ code, message }) => `${code}: ${message}`)];
}

function planFor(set: Launch, node: string, [procedure, options]: Leg, version: CantonVersion): Plan {
  return plan({ procedure, node, options, ...planned(set, version) });
}

async function edited(before: Launch, steps: Plan['steps']): Promise<Launch> {
  return applied(
    before,
    asChanges(
      before.texts,
      steps.flatMap(({ edits }) => edits),
    ),
  );
}

/** Plans and applies each step, and then reverts all of them. Fails if a step cannot be planned. */
async function travel(start: Launch, node: string, legs: readonly Leg[], version: CantonVersion): Promise<boolean> {
  let here = start;
  for (const leg of legs) {
    const made = planFor(here, node, leg, version);
    if (!made.possible) {
      assert.match(
        made.reasons.join(),
        /does not have this|has no documented way|by the same steps|Canton 2\.x rotates|signs only with the default/,
      );
      return false;
    }
    const after = await edited(here, made.steps);
    assert.deepEqual(errors(after, version), [], leg[0]);
    const found = readNodes(after.config, version, 'enterprise').find(({ id }) => id === node);
    assert.equal([found?.mode, found?.kmsType].filter((part) => part !== undefined).join(' '), leg[2], leg[0]);
    const back = await edited(after, made.rollback);
    assert.deepEqual(back.texts, here.texts, `${leg[0]} is taken back to the byte`);
    here = after;
  }
  return true;
}

describe('plans for the examples', () => {
  for (const [node, file, legs] of JOURNEYS) {
    it(`${node}: ${legs.map(([name]) => name).join(', then ')}`, async () => {
      const start = await launch(files, [urlOf(file)]);
      const done: CantonVersion[] = [];
      for (const version of CANTON_VERSIONS) {
        if (errors(start, version).length > 0) continue;
        if (await travel(start, node, legs, version)) done.push(version);
      }
      assert.ok(done.includes('3.5') && done.includes('3.6'), `only in ${done.join(', ')}`);
    });
  }
});
