import assert from 'node:assert/strict';
import { join } from 'node:path';
import { CANTON_VERSIONS, type CantonVersion } from '../../../schemas/version';
import { readNodes } from '../../../server/src/model/facts/view';
import type { Plan } from '../../../server/src/operations/plan';
import { plan } from '../../../server/src/operations/planner';
import { versionsOf } from '../../../server/src/operations/procedure';
import { procedures } from '../../../server/src/operations/procedures';
import { renderMarkdown } from '../../../server/src/operations/render';
import { scalaIdentifier } from '../../../server/src/text/encoders/scala';
import { checkCalls } from '../../kit/console-calls';
import { uriOf } from '../../kit/fixture';
import { recording } from '../../kit/recorded';
import { goldenPlans } from './golden';
import { applied, asChanges, diagnose, type Launch, launch, planned } from './kit';
import { CASES, type Case, X } from './plan-cases';
import { DOMAINS, NETWORK } from './plan-network';

function idOf(node: string): string {
  return node.includes('.') ? node : `participants.${node}`;
}

function planOf(before: Launch, { procedure, node, options }: Case, version: CantonVersion): Plan {
  return plan({ procedure, node: idOf(node), options, ...planned(before, version) });
}

/** What a script does with the lines of the steps, which a runbook does not show, and for how many lines. */
function guarded({ steps, rollback }: Plan, name: string): string[] {
  const found = [...steps, ...rollback].flatMap(({ title, console, guards = {}, leaves }) => [
    ...(leaves === undefined ? [] : [`${title}: leaves ${leaves}`]),
    ...Object.entries(guards).map(([i, guard]) =>
      `${console[Number(i)]} ${JSON.stringify(guard)}`.replaceAll('\n', ' '),
    ),
  ]);
  return [`${name}: ${found.length}`, ...found];
}

describe('plans', () => {
  let old: Launch;
  let current: Launch;
  const golden = goldenPlans();
  const guards = recording(join(__dirname, 'recorded/guards.txt'));
  const networkOf = (version: CantonVersion) => (version === X ? old : current);
  before(async () => {
    old = await launch(NETWORK + DOMAINS);
    current = await launch(NETWORK);
    assert.deepEqual([...old.problems, ...current.problems], []);
  });

  for (const one of CASES) {
    for (const version of one.versions ?? CANTON_VERSIONS) {
      it(`${one.name} in Canton ${version}`, async () => {
        const network = one.domains === undefined ? networkOf(version) : await launch(NETWORK + one.domains);
        const result = planOf(network, one, version);
        golden.compare(
          one.name,
          version,
          renderMarkdown(result, (uri) => network.tree(uri)?.text),
        );
        guards.compare(guarded(result, `${one.name} in ${version}`));
        if (!result.possible) {
          assert.ok(result.reasons.length > 0 && result.steps.length === 0 && result.rollback.length === 0);
          return;
        }
        assert.match(result.steps[0]?.text ?? '', /^canton-kms check --canton-version/m);
        const lines = [...result.steps, ...result.rollback].flatMap(({ console }) => console);
        const nodes = new Set(
          readNodes(network.config, version, 'enterprise').flatMap(({ name }) => [
            scalaIdentifier(name) ?? '',
            `${name}_new`,
          ]),
        );
        // Its name in Splice.
        nodes.add('participant');
        const inText = [...result.steps, ...result.rollback].flatMap(({ text }) => text.match(/`[^`\n]+`/g) ?? []);
        const spans = inText.map((span) => span.slice(1, -1));
        const kinds = new Map(
          readNodes(network.config, version, 'enterprise').map(({ name, kind }) => [scalaIdentifier(name) ?? '', kind]),
        );
        assert.deepEqual(checkCalls([...lines, ...spans].join('\n'), version, nodes, kinds), []);
        await assertEdits(network, result, one, version);
        assertNeedsFiles(network, result, one, version);
      });
    }
  }

  it('are recorded for these cases alone', () => {
    golden.finish();
    guards.finish();
  });

  it('has a case for every procedure, possible in each version that the procedure names', () => {
    for (const procedure of procedures) {
      for (const version of versionsOf(procedure)) {
        const { name } = procedure;
        const cases = CASES.filter((one) => one.procedure === name);
        assert.ok(
          cases.some((one) => planOf(networkOf(version), one, version).possible),
          `${name} is possible for no case in ${version}`,
        );
      }
    }
  });
});

/**
 * Canton accepts the edited configuration, the node has the requested mode, and the inverse edits restore the text
 * exactly.
 */
async function assertEdits(before: Launch, { node, steps, rollback }: Plan, { mode }: Case, version: CantonVersion) {
  const edits = steps.flatMap((step) => step.edits);
  const after = await applied(before, asChanges(before.texts, edits));
  assert.deepEqual(after.problems, []);
  const errors = diagnose(after, version).filter(({ severity }) => severity === 'error');
  assert.deepEqual(
    errors.map(({ code, message }) => `${code}: ${message}`),
    [],
  );
  assert.equal(readNodes(after.config, version, 'enterprise').find(({ id }) => id === node)?.mode, mode);
  const undone = await applied(
    after,
    asChanges(
      after.texts,
      rollback.flatMap((step) => step.edits),
    ),
  );
  assert.equal(undone.texts.get(uriOf('main.conf')), before.texts.get(uriOf('main.conf')));
}

/** Where no file can be changed, a plan that changes one is refused. */
function assertNeedsFiles(network: Launch, { steps }: Plan, one: Case, version: CantonVersion): void {
  if (steps.every(({ edits }) => edits.length === 0)) return;
  const { possible, reasons } = planOf({ ...network, tree: () => undefined }, one, version);
  assert.equal(possible, false);
  assert.deepEqual(reasons, [`None of these files can be changed to configure ${idOf(one.node)}.`]);
}
