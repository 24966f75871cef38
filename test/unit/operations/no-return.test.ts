import assert from 'node:assert/strict';
import { CANTON_VERSIONS } from '../../../schemas/version';
import type { Plan, Step } from '../../../server/src/operations/plan';
import { plan } from '../../../server/src/operations/planner';
import { partCount, renderConsole } from '../../../server/src/operations/script';
import { type Launch, launch, planned } from './kit';
import { CASES, X } from './plan-cases';
import { DOMAINS, NETWORK } from './plan-network';

/** Commands on keys and events whose effect cannot be reverted. */
const IRREVERSIBLE = /\.keys\.secret\.delete\(|\.repair\.(?:purge|ignore_events)\(/g;

function irreversible({ console }: Pick<Step, 'console'>): readonly string[] {
  // A deletion that is meant to fail, because the KMS does not have the key, is reverted by registering the key again.
  return console.filter((line) => !line.includes('Try(')).flatMap((line) => line.match(IRREVERSIBLE) ?? []);
}

describe('steps that cannot be undone', () => {
  let old: Launch;
  let current: Launch;
  before(async () => {
    old = await launch(NETWORK + DOMAINS);
    current = await launch(NETWORK);
  });

  function plansOf(): { name: string; made: Plan }[] {
    return CASES.flatMap(({ name, procedure, node, options, domains, versions = CANTON_VERSIONS }) =>
      domains !== undefined
        ? []
        : versions.map((version) => {
            const id = node.includes('.') ? node : `participants.${node}`;
            const network = version === X ? old : current;
            return {
              name: `${name} ${version}`,
              made: plan({ procedure, node: id, options, ...planned(network, version) }),
            };
          }),
    );
  }

  it('are alone in their part of a console script, and in their block', () => {
    let seen = 0;
    for (const { name, made } of plansOf()) {
      const titles = made.steps.flatMap(({ title, pointOfNoReturn }, i) =>
        pointOfNoReturn ? [`${i + 1}. ${title}`] : [],
      );
      seen += titles.length;
      for (let part = 1; part <= partCount(made); part++) {
        const script = renderConsole(made, part);
        const own = titles.filter((title) => script.includes(`println("${title} (point of no return)")`));
        assert.ok(own.length <= 1, `${name}, part ${part}: ${own.join('; ')}`);
      }
      for (const one of made.steps) {
        const found = new Set(irreversible(one));
        assert.ok(found.size <= 1 || one.console.length === 0, `${name}: ${one.title}: ${[...found].join(' ')}`);
        if (irreversible(one).some((command) => command.includes('delete')))
          assert.ok(one.pointOfNoReturn, `${name}: ${one.title}`);
      }
    }
    assert.ok(seen > 0);
  });

  it('disable a key and delete it in two plans', () => {
    for (const version of CANTON_VERSIONS) {
      const planFor = (options: Record<string, string>, node = 'participants.outside') =>
        plan({ procedure: 'delete-keys', node, options, ...planned(version === X ? old : current, version) });
      const texts = ({ steps }: Plan) =>
        steps.flatMap(({ title, text, console }) => [title, text, ...console]).join('\n');
      const first = planFor({ 'set.stage': 'disable' });
      assert.deepEqual(first.reasons, []);
      assert.match(texts(first), /disable-key|Disable the key/);
      assert.doesNotMatch(texts(first), /keys\.secret\.delete\(/);
      assert.ok(first.steps.every(({ pointOfNoReturn }) => !pointOfNoReturn) && first.rollback.length > 0);
      const second = planFor({ 'set.stage': 'delete' });
      assert.match(texts(second), /disabled with the plan of `--set stage=disable`, at least seven days ago/);
      assert.deepEqual(texts(second), texts(planFor({})));
      assert.equal(planFor({ 'set.stage': 'later' }).possible, false);
      assert.equal(planFor({ 'set.stage': 'disable' }, 'participants.fresh').possible, false);
    }
  });
});
